from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import remedies

REMEDIES = [
    ('refund', "Refund"), ('exchange', "Exchange"), ('part_refund', "Refund of the Part"),
    ('part', "Replacement of the Part"), ('repair', "Free Repair"),
    ('reduction', "Price Reduction"), ('loan', "Loan Unit")]


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
        REMEDIES, required=True, default='repair',
        help="A loan unit, or what replaces it, is for the time of a repair. A part may be "
             "replaced or refunded by itself, such as an accessory or an assembly.")
    fault_kind = fields.Selection(
        [('any', "Any Fault"), ('performance', "Performance Fault"),
         ('safety', "Serious Safety Fault"), ('no_reason', "No Reason Needed")],
        required=True, default='any',
        help="A serious safety fault counts as a performance fault; a minor defect is neither. "
             "Where no reason is needed, no exclusion takes the remedy away.")

    # When
    in_term = fields.Boolean(
        string="Within the Term", default=True, help="Within the term of the whole unit.")
    in_part_term = fields.Boolean(
        string="Within the Cover of the Part",
        help="While another cover holds for the part concerned: of a main part, of a part "
             "replaced earlier, or an extended warranty.")
    has_window = fields.Boolean(string="Only in a Window")
    window_days = fields.Integer(
        string="Days", help="Days since the start of the window, the last one included.")
    window_months = fields.Integer(
        string="Months", help="Calendar months before the days; the last day is included.")
    window_from = fields.Selection(
        [('start', "Start of the Term"), ('delivery', "Delivery"),
         ('season', "First Operating Season")], string="Counted From",
        required=True, default='start')
    window_usage = fields.Float(
        string="Up to Reading",
        help="Only up to this reading of the meter; whichever comes first. Zero: no limit.")
    presumed_months = fields.Integer(
        string="Presumed (Months)",
        help="For so long a fault is taken to be as old as the sale; later the customer must "
             "prove it. Zero: the customer never has to prove it.")

    # What happened before
    main_part_ids = fields.Many2many(
        'aftersales.main.part', string="Parts Concerned", ondelete='restrict',
        help="The fault concerns one of these parts. Empty: any part.")
    without_part_ids = fields.Many2many(
        'aftersales.main.part', 'aftersales_remedy_without_part_rel', string="Not for Parts",
        ondelete='restrict', help="A fault of nothing but these parts gives nothing.")
    min_repairs = fields.Integer(
        string="Repairs Done", help="Finished repairs of quality faults, at least.")
    repairs_of = fields.Selection(
        [('all', "All Faults"), ('same_fault', "Same Fault"),
         ('same_part', "Replacements of the Same Main Part")], required=True, default='all')
    min_replacements = fields.Integer(
        string="Parts Replaced",
        help="So many of these repairs, at least, replaced a main part.")
    min_exchanges = fields.Integer(
        string="Units Exchanged",
        help="So many earlier units, at least, were exchanged for this one.")
    since_repair_days = fields.Integer(
        string="Days Since Repair",
        help="The last of these repairs ended no more days ago: it did not hold. Zero: any.")
    over_repair_days = fields.Integer(
        string="Days in Repair Over", help="More days in repair than this, in sum. Zero: any.")
    over_single_days = fields.Integer(
        string="One Repair Over",
        help="More days than this in one repair, without its waits for parts. Zero: any.")
    over_stay_days = fields.Integer(
        string="One Repair with Waits Over",
        help="More days than this in one repair, its waits for parts included. Zero: any.")
    over_stay_workdays = fields.Integer(
        string="One Repair Over (Working Days)",
        help="More working days than this in one repair, its waits for parts included. Zero: "
             "any.")
    over_wait_days = fields.Integer(
        string="Waiting for Parts Over",
        help="More days than this from hand-in to the end of a wait for a part. Zero: any.")
    counts_begun_days = fields.Boolean(
        string="Count by 24 Hours",
        help="Each begun day of 24 hours counts as one, in the sum of days and in one repair "
             "with its waits.")
    needs_refusal = fields.Boolean(
        string="Seller Refuses",
        help="The seller refuses to repair and to replace, or cannot.")

    # The sale
    same_model = fields.Selection(
        [('any', "Either Way"), ('available', "Available"), ('missing', "Not Available")],
        string="Same Model at the Seller", required=True, default='any')
    instead_of_exchange = fields.Boolean(
        help="Where another rule gives the right to an exchange, the customer may have this "
             "in its place.")
    distance_only = fields.Boolean(string="Distance Sales Only")
    needs_proof = fields.Boolean(string="Proof of Purchase", default=True)
    needs_original = fields.Boolean(
        string="Original Proof", help="A copy of the invoice is not enough.")
    fee = fields.Selection(
        [('none', "No Fee"), ('daily', "By Days of Use"), ('usage', "By Usage")],
        required=True, default='none',
        help="The rates are set on the policy.")
    summary = fields.Char(
        string="When", compute='_compute_summary', help="The conditions of the rule in words.")

    _numbers_positive = models.Constraint(
        'CHECK(LEAST(window_days, window_months, window_usage, presumed_months, min_repairs,'
        ' min_replacements, min_exchanges, since_repair_days, over_repair_days,'
        ' over_single_days, over_stay_days, over_stay_workdays, over_wait_days) >= 0)',
        "The limits of a remedy rule cannot be negative.")

    @api.depends(lambda self: self._get_condition_fields())
    @api.depends_context('lang')
    def _compute_summary(self):
        for rule in self:
            rule.summary = " · ".join(rule._get_conditions())

    @api.constrains('has_window', 'window_days', 'window_months', 'window_usage')
    def _check_window(self):
        for rule in self:
            if rule.has_window and not (
                    rule.window_days or rule.window_months or rule.window_usage):
                raise ValidationError(self.env._(
                    "The window of “%(rule)s” has no length: give it days, months or a reading "
                    "of the meter.", rule=rule.name))

    @api.constrains('instead_of_exchange', 'remedy')
    def _check_instead_of_exchange(self):
        for rule in self:
            if rule.instead_of_exchange and rule.remedy == 'exchange':
                raise ValidationError(self.env._(
                    "“%(rule)s” gives an exchange in place of an exchange.", rule=rule.name))

    @api.constrains('fee', 'policy_id')
    def _check_rates(self):
        """Refuse a fee for which a policy in force that follows these rules has no rate."""
        policies = following = self.policy_id
        while following:
            # also policies that this user does not see take these rules
            following = following.sudo().search([('base_id', 'in', following.ids)]) - policies
            policies |= following
        policies._check_rates()

    # === BUSINESS RULES === #

    def _to_rules(self, policy):
        """Return these clauses as the plain rules that ``tools.remedies`` decides by.

        :param policy: whose rates count: the one that applies the rules, not that of the law
        """
        rates = {'daily': policy.daily_rate / 100, 'usage': policy.usage_rate / 100}
        return [rule._to_rule(rates.get(rule.fee, 0.0)) for rule in self]

    @api.model
    def _get_fault_kinds(self, fault_kind):
        """Return the kinds of fault of the facts that a rule's kind takes."""
        return {
            'any': remedies.FAULTS,
            'performance': frozenset({remedies.PERFORMANCE, remedies.SAFETY}),
        }.get(fault_kind, frozenset({fault_kind}))

    def _to_rule(self, rate):
        self.ensure_one()
        window = self if self.has_window else self.browse()
        return remedies.Rule(
            remedy=self.remedy, article=self.article or self.name, key=self.id,
            sequence=self.sequence, fault_kinds=self._get_fault_kinds(self.fault_kind),
            window_days=window.window_days or None, window_months=window.window_months,
            window_usage=window.window_usage or None, window_from=self.window_from,
            in_term=self.in_term, in_part_term=self.in_part_term,
            presumed_months=self.presumed_months or None,
            parts=frozenset(self.main_part_ids.ids), min_repairs=self.min_repairs,
            repairs_of=self.repairs_of, since_repair_days=self.since_repair_days or None,
            over_repair_days=self.over_repair_days or None,
            over_single_days=self.over_single_days or None,
            over_stay_days=self.over_stay_days or None,
            over_stay_workdays=self.over_stay_workdays or None,
            over_wait_days=self.over_wait_days or None,
            counts_begun_days=self.counts_begun_days, same_model=self.same_model,
            buyer=self.policy_id.buyer, needs_original=self.needs_original,
            needs_refusal=self.needs_refusal,
            without_parts=frozenset(self.without_part_ids.ids),
            min_replacements=self.min_replacements, min_exchanges=self.min_exchanges,
            instead_of_exchange=self.instead_of_exchange, distance_only=self.distance_only,
            needs_proof=self.needs_proof, fee=self.fee, rate=rate)
