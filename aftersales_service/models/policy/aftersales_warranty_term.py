from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.warranty import COMPONENT, CONSUMABLE, LABOUR, TRAVEL, WHOLE_UNIT

TERM_KINDS = [
    (WHOLE_UNIT, "Whole Unit"), (COMPONENT, "Main Parts"), (LABOUR, "Labour"),
    (TRAVEL, "Travel"), (CONSUMABLE, "Consumables")]
START_EVENTS = [
    ('delivery', "Delivery"), ('invoice', "Invoice"), ('installation', "Installation"),
    ('manufacture', "Production"), ('activation', "Activation")]


class AftersalesWarrantyTerm(models.Model):
    """One promise of a policy: a kind of help, its length, and what limits it."""

    _name = 'aftersales.warranty.term'
    _description = "Warranty Term"
    _inherit = ['aftersales.cached.mixin']
    _order = 'policy_id, sequence, id'

    policy_id = fields.Many2one(
        'aftersales.warranty.policy', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(
        related='policy_id.company_id', store=True, precompute=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(TERM_KINDS, required=True, default=WHOLE_UNIT)
    months = fields.Integer(
        string="Length (Months)", required=True, default=12,
        help="Calendar months, counted from the starting event.")
    days = fields.Integer(
        string="Length (Days)", help="Days on top of the months, or instead of them.")
    usage_limit = fields.Float(
        help="The term also ends at this reading of the meter; whichever comes first. "
             "Zero: no limit.")
    start_event = fields.Selection(
        START_EVENTS, string="Starts With",
        help="Leave empty to start with the event of the policy.")
    percent = fields.Float(
        string="Cover (%)", default=100.0, required=True,
        help="The share of the price that the warranty covers; the customer pays the rest.")
    main_part_ids = fields.Many2many(
        'aftersales.main.part', string="Main Parts", ondelete='restrict',
        help="What a term for main parts covers.")
    has_labour = fields.Boolean(
        string="With Labour and Travel", default=True,
        help="A repair of these parts is free as a whole: its labour, too, and its trip where "
             "a term promises trips.")
    is_renewed = fields.Boolean(
        string="Starts Again for Fitted Parts",
        help="A part that a repair fits starts the whole term again, from the day of the repair.")
    article = fields.Char(
        translate=True, help="The clause that promises it, printed with the verdict.")

    _length_positive = models.Constraint(
        'CHECK(months >= 0 AND COALESCE(days, 0) >= 0 AND months + COALESCE(days, 0) > 0)',
        "A warranty term lasts at least one day.")
    _percent_in_range = models.Constraint(
        'CHECK(percent > 0 AND percent <= 100)', "The covered share must be more than 0 and at "
                                                 "most 100 %.")
    _usage_limit_positive = models.Constraint(
        'CHECK(usage_limit >= 0)', "A usage limit cannot be negative.")

    @api.constrains('kind', 'main_part_ids')
    def _check_main_parts(self):
        for term in self:
            if term.kind == COMPONENT and not term.main_part_ids:
                raise ValidationError(self.env._(
                    "The term %(term)s covers main parts: name at least one of them.",
                    term=term.name))

    @api.constrains('usage_limit')
    def _check_usage_unit(self):
        self.policy_id._check_usage_unit()

    def write(self, vals):
        left = self.policy_id if 'policy_id' in vals else self.policy_id.browse()
        result = super().write(vals)
        left._check_terms()
        return result

    def _prepare_promise(self, start_event):
        """Return what a cover keeps of this term, so that a later text changes nothing.

        :param start_event: of the policy that makes the promise
        """
        self.ensure_one()
        return {
            'term_id': self.id,
            'kind': self.kind,
            'name': self.name,
            'start_event': self.start_event or start_event,
            'months': self.months,
            'days': self.days,
            'percent': self.percent,
            'usage_limit': self.usage_limit,
            'main_part_ids': self.main_part_ids.ids,
            'has_labour': self.has_labour,
            'is_renewed': self.is_renewed,
            'article': self.article,
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last(self):
        for policy in self.policy_id:
            followed = policy.base_id._get_terms() if policy.base_id else self.browse()
            if policy.active and not policy.term_ids - self and not followed:
                raise UserError(self.env._(
                    "%(policy)s would promise nothing without its last term: archive the "
                    "policy instead.", policy=policy.name))
