from odoo import fields, models


class HrVersion(models.Model):
    """The bonus belongs to the dated terms of employment, as the wage does."""

    _inherit = 'hr.version'

    aftersales_bonus = fields.Monetary(
        string="Monthly Bonus", groups='hr.group_hr_manager', copy=False,
        help="The full efficiency bonus of a month: what deductions from the bonus are "
             "measured by.")

    _aftersales_bonus_positive = models.Constraint(
        'CHECK(aftersales_bonus >= 0)', "A bonus cannot be negative.")
