from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesWarrantyPolicy(models.Model):
    """A published warranty: what is promised for how long on the units it applies to.

    The policy holds the terms; each unit sold gets a card with covers dated from them.
    Changing a policy never changes the cards already made: the promise binds.
    """

    _name = 'aftersales.warranty.policy'
    _description = "Warranty Policy"
    _order = 'sequence, name, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', index='btree_not_null',
        help="Leave empty to offer the policy in every company.")
    start_event = fields.Selection(
        [('delivery', "Delivery"), ('invoice', "Invoice"), ('installation', "Installation")],
        default='delivery', required=True,
        help="The terms run from this date. While it is not known, they run from the delivery.")
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
