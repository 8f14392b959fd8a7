from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from .aftersales_warranty_term import START_EVENTS


class AftersalesWarrantyPolicy(models.Model):
    """A published warranty: what is promised for how long on the units it applies to.

    The policy holds the terms; each unit sold gets a card with covers dated from them.
    Changing a policy never changes the cards already made: the promise binds.
    """

    _name = 'aftersales.warranty.policy'
    _description = "Warranty Policy"
    _inherit = ['aftersales.cached.mixin']
    _order = 'sequence, name, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', index='btree_not_null',
        help="Leave empty to offer the policy in every company.")
    # Version: which text of the policy binds a unit sold on a day
    code = fields.Char(
        index='btree_not_null', copy=False,
        help="The same code joins the versions of one policy.")
    version = fields.Char(help="How this version is called, such as 2026.")
    date_from = fields.Date(string="Valid From", help="First day of sale that it binds.")
    date_to = fields.Date(string="Valid To", help="Last day of sale that it binds.")
    country_ids = fields.Many2many(
        'res.country', string="Jurisdiction",
        help="Where its law holds. Leave empty for a promise of the company's own.")
    law = fields.Char(string="Source", translate=True, help="The law or document behind it.")
    description = fields.Text(translate=True)

    # Rules
    remedy_ids = fields.One2many(
        'aftersales.warranty.remedy', 'policy_id', string="Remedy Rules", copy=True)
    exclusion_ids = fields.Many2many(
        'aftersales.warranty.exclusion', string="Grounds of Exclusion")
    usage_unit = fields.Selection(
        [('km', "Kilometres"), ('hours', "Operating Hours"), ('cycles', "Cycles")],
        help="What the unit's meter counts, for limits by usage.")
    manufacture_grace_days = fields.Integer(
        string="Days After Manufacture",
        help="Where only the factory date is known, terms start so many days after it.")
    daily_rate = fields.Float(
        string="Depreciation per Day (%)", digits=(16, 4),
        help="Per cent of the price for each day of use, where a remedy asks for a fee.")
    usage_rate = fields.Float(
        string="Fee per 1,000 Units of Usage (%)", digits=(16, 4),
        help="Per cent of the price for each 1,000 km, hours or cycles.")
    is_extended_by_repair = fields.Boolean(
        string="Repair Days Move the End", default=True,
        help="The days in repair and waiting for parts are added to the running terms.")
    exchange_term = fields.Selection(
        [('full', "Starts Again"), ('rest', "Goes On")], string="Term After Exchange",
        default='full', required=True)
    part_term_days = fields.Integer(
        string="Cover of Replaced Parts (Days)",
        help="Own term of a part fitted by a repair; zero: none.")
    transfer_rule = fields.Selection(
        [('free', "Free"), ('approval', "With Approval"), ('none', "Ends With the Owner")],
        string="New Owner", default='free', required=True)

    start_event = fields.Selection(
        START_EVENTS, default='delivery', required=True,
        help="The terms run from this date. While it is not known, they run from the delivery, "
             "else from the invoice, else some days after the manufacture.")
    term_ids = fields.One2many(
        'aftersales.warranty.term', 'policy_id', string="Terms", copy=True)
    exclusions = fields.Html(
        translate=True, help="What ends the promise; printed on the warranty card.")
    card_count = fields.Integer(string="Cards", compute='_compute_card_count')

    def _compute_card_count(self):
        counts = dict(self.env['aftersales.warranty']._read_group(
            [('policy_id', 'in', self.ids)], ['policy_id'], ['__count']))
        for policy in self:
            policy.card_count = counts.get(policy._origin, 0)

    @api.constrains('active', 'term_ids')
    def _check_terms(self):
        for policy in self:
            if policy.active and not policy.term_ids:
                raise ValidationError(self.env._(
                    "The policy %(policy)s promises nothing yet: add at least one term.",
                    policy=policy.name))

    def action_view_cards(self):
        """Show the warranty cards made under these policies."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_warranty_action')
        action['domain'] = [('policy_id', 'in', self.ids)]
        action['context'] = {}
        return action

    @ormcache('self.id')
    def _get_rules(self):
        """Return the remedy rules as ``tools.remedies`` reads them."""
        # what is promised is the same for everybody
        return tuple(self.sudo().remedy_ids._to_rules())
