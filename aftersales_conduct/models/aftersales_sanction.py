from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.ladder import Step, add_up, convert, pick_by_burden, pick_by_points

KINDS = [('demerit', "Demerit"), ('merit', "Merit")]


class AftersalesSanction(models.Model):
    """A step of the ladder: what a demerit leads to, or how a merit is honoured.

    It says from which burden or points the step applies, what it comes to in money and how
    many of it make one of the next level. Demotion and dismissal are proposals: the law of
    the place decides on them, not this table.
    """

    _name = 'aftersales.sanction'
    _description = "Sanction"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'kind, level, times, id'

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default='demerit')
    level = fields.Integer(
        required=True, default=1,
        help="1 warning or commendation, 2 minor demerit or merit, 3 major demerit or merit. A "
             "merit cancels a demerit of its level or a lower one in the same year.")
    times = fields.Integer(
        required=True, default=1, help="So many sanctions of the level are given at once.")
    burden_to = fields.Float(
        string="Burden up to", digits='Product Price',
        help="The highest loss that a person answers for at which this step applies, in the "
             "company's currency. 0: the burden does not lead to this step.")
    is_unlimited = fields.Boolean(
        string="Any Higher Burden", help="The step for all that is above the others.")
    points_from = fields.Float(
        string="From Points",
        help="Points within twelve months that lead to this step. 0: points do not.")
    amount_min = fields.Float(
        string="Least Amount", digits='Product Price',
        help="What one sanction comes to at least, where the rules of the place allow it.")
    amount_per_point = fields.Float(
        string="Amount per Base Point", digits='Product Price')
    is_full_bonus = fields.Boolean(
        string="Whole Bonus", help="The whole bonus of the month is not paid.")
    is_proposal = fields.Boolean(
        string="Proposal Only",
        help="Management and the law decide; a notice only proposes it.")
    next_count = fields.Integer(
        string="Make One of the Next Level",
        help="So many of this level within their validity are one of the next. 0: they are not "
             "added up.")
    approvals = fields.Integer(
        default=1,
        help="So many persons approve it one after the other, beside who wrote the notice: the "
             "department, then the general manager. The last one serves it.")
    validity_months = fields.Integer(
        string="Validity (Months)", default=12,
        help="After so many months the sanction is spent.")
    date_from = fields.Date(string="Valid from")
    date_to = fields.Date(string="Valid until")
    company_id = fields.Many2one('res.company', index=True, help="Empty: for all companies.")
    active = fields.Boolean(default=True)

    _numbers_positive = models.Constraint(
        'CHECK(level >= 0 AND times > 0 AND burden_to >= 0 AND points_from >= 0 AND '
        'approvals > 0 AND amount_min >= 0 AND amount_per_point >= 0 AND next_count >= 0 AND '
        'validity_months >= 0)',
        "The numbers of a sanction cannot be negative, and it is given and approved at least once.")

    @api.constrains('next_count')
    def _check_next_count(self):
        if any(sanction.next_count == 1 for sanction in self):
            raise ValidationError(self.env._(
                "One sanction cannot make one of the next level: enter 2 or more, or 0."))

    # === LADDER === #

    @api.model
    def _get_ladder(self, company, day, kind='demerit'):
        """Return the steps that hold in a company on a day."""
        # the ladder is published: everybody may know what a burden leads to
        return self.sudo().search(
            Domain('kind', '=', kind) & Domain('company_id', 'in', [False, company.id])
            & (Domain('date_from', '=', False) | Domain('date_from', '<=', day))
            & (Domain('date_to', '=', False) | Domain('date_to', '>=', day)))

    def _to_steps(self):
        """Return ``{step: sanction}`` for the pure ladder."""
        return {Step(
            sanction.level, sanction.times,
            None if sanction.is_unlimited else sanction.burden_to or 0.0,
            sanction.points_from or None): sanction for sanction in self}

    @api.model
    def _propose(self, company, day, burden=0.0, points=0.0):
        """Return the step that a burden, or else the points of twelve months, lead to.

        :param burden: the loss that the person answers for, in the company's currency
        """
        steps = self._get_ladder(company, day)._to_steps()
        by_burden = [step for step in steps if step.burden_to is None or step.burden_to]
        step = pick_by_burden(burden, by_burden) if burden else pick_by_points(points, steps)
        return steps[step] if step else self.browse()

    def _add_up(self, company, day):
        """Return ``{level: how many}`` once the lower ones among these became higher ones.

        Hook to call: by what adds up the sanctions of one person, such as a promotion, as any
        user, for the many that are valid on the day. Raises nothing.
        """
        counts = {}
        for sanction in self:
            counts[sanction.level] = counts.get(sanction.level, 0) + sanction.times
        sizes = {sanction.level: sanction.next_count
                 for sanction in self._get_ladder(company, day) if sanction.next_count}
        return add_up(counts, sizes)

    def _convert(self, base_points, bonus):
        """Return the least amount that this sanction comes to, in the company's currency."""
        self.ensure_one()
        return convert(self.times, self.amount_min, self.amount_per_point, base_points,
                       bonus if self.is_full_bonus else None)
