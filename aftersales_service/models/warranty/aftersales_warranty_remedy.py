from odoo import api, fields, models

from ...tools import remedies


class AftersalesWarrantyRemedy(models.Model):
    """A clause of a policy: when the customer may choose a remedy, and at what fee.

    All conditions that are set must hold; see ``tools.remedies.Rule`` for their meaning.
    """

    _name = 'aftersales.warranty.remedy'
    _description = "Remedy Rule"
    _inherit = ['aftersales.cached.mixin']
    _order = 'policy_id, sequence, id'

    policy_id = fields.Many2one(
        'aftersales.warranty.policy', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(
        related='policy_id.company_id', store=True, precompute=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    article = fields.Char(translate=True, help="The clause, printed with the verdict.")
    remedy = fields.Selection(
        [('refund', "Refund"), ('exchange', "Exchange"), ('repair', "Free Repair"),
         ('reduction', "Price Reduction")], required=True, default='repair')
    fault_kind = fields.Selection(
        [('performance', "Performance Fault"), ('safety', "Serious Safety Fault"),
         ('any', "Any Fault"), ('no_reason', "No Reason Needed")],
        required=True, default='any')
    in_term = fields.Boolean(string="Within the Term", default=True)
    has_window = fields.Boolean(string="Only in a Window")
    window_days = fields.Integer(help="Days since the start of the term, the last one included.")
    window_usage = fields.Float(help="Only up to this reading of the meter. Zero: no limit.")
    main_part_ids = fields.Many2many('aftersales.main.part', string="Parts Concerned")
    min_repairs = fields.Integer(
        string="Repairs Done", help="Finished repairs of quality faults, at least.")
    repairs_of = fields.Selection(
        [('all', "All Faults"), ('same_fault', "Same Fault"), ('same_part', "Same Main Part")],
        required=True, default='all')
    over_repair_days = fields.Integer(
        string="Days in Repair Over", help="More days in repair than this, in sum. Zero: any.")
    over_single_days = fields.Integer(
        string="One Repair Over", help="One repair longer than these days. Zero: any.")
    over_wait_days = fields.Integer(
        string="Waiting for Parts Over", help="More days of waiting than this. Zero: any.")
    same_model = fields.Selection(
        [('any', "Either Way"), ('available', "Available"), ('missing', "Not Available")],
        string="Same Model at the Seller", required=True, default='any')
    distance_only = fields.Boolean(string="Distance Sales Only")
    needs_proof = fields.Boolean(string="Proof of Purchase", default=True)
    fee = fields.Selection(
        [('none', "No Fee"), ('daily', "By Days of Use"), ('usage', "By Usage")],
        required=True, default='none',
        help="The rates stand on the policy.")

    _numbers_positive = models.Constraint(
        'CHECK(LEAST(window_days, window_usage, min_repairs, over_repair_days,'
        ' over_single_days, over_wait_days) >= 0)',
        "The limits of a remedy rule cannot be negative.")

    def _to_rules(self):
        """Return these clauses as the plain rules that ``tools.remedies`` decides by."""
        return [rule._to_rule() for rule in self]

    @api.model
    def _get_fault_kinds(self, fault_kind):
        """Return the kinds of fault of the facts that a rule's kind takes."""
        faults = frozenset({remedies.PERFORMANCE, remedies.SAFETY})
        return faults if fault_kind == 'any' else frozenset({fault_kind})

    def _to_rule(self):
        self.ensure_one()
        rates = {'daily': self.policy_id.daily_rate, 'usage': self.policy_id.usage_rate}
        return remedies.Rule(
            remedy=self.remedy, article=self.article or self.name, key=self.id,
            sequence=self.sequence, fault_kinds=self._get_fault_kinds(self.fault_kind),
            window_days=self.window_days if self.has_window else None,
            window_usage=self.window_usage or None, in_term=self.in_term,
            parts=frozenset(self.main_part_ids.ids), min_repairs=self.min_repairs,
            repairs_of=self.repairs_of, over_repair_days=self.over_repair_days or None,
            over_single_days=self.over_single_days or None,
            over_wait_days=self.over_wait_days or None, same_model=self.same_model,
            distance_only=self.distance_only, needs_proof=self.needs_proof, fee=self.fee,
            rate=rates.get(self.fee, 0.0) / 100)
