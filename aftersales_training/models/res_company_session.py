import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_sign_in_minutes = fields.Integer(
        string="Sign-in before the Start (Minutes)", default=30)
    aftersales_exam_days = fields.Integer(
        string="Exam Open for (Days)", default=14,
        help="After the session, and after a retest was granted.")
    aftersales_behaviour_days = fields.Char(
        string="Behaviour Checks after (Days)", default="30, 60, 90",
        help="Days after the session on which somebody looks at the learner's work.")
    aftersales_effect_days = fields.Integer(
        string="Results before and after (Days)", default=90)
    aftersales_reaction_target = fields.Float(string="Reaction: at Least", default=4.0)
    aftersales_gain_target = fields.Float(string="Gain: at Least (%)", default=20.0)

    @api.constrains('aftersales_behaviour_days')
    def _check_behaviour_days(self):
        for company in self:
            if not re.fullmatch(r'\s*(\d{1,3}\s*(,\s*\d{1,3}\s*)*)?',
                                company.aftersales_behaviour_days or ''):
                raise ValidationError(self.env._(
                    "Write the days of the behaviour checks as numbers with commas: 30, 60, 90."))

    @api.constrains('aftersales_sign_in_minutes', 'aftersales_exam_days', 'aftersales_effect_days')
    def _check_training_numbers(self):
        for company in self:
            if company.aftersales_sign_in_minutes < 0 or company.aftersales_exam_days < 0 or (
                    company.aftersales_effect_days < 1):
                raise ValidationError(self.env._(
                    "The days and minutes of trainings cannot be negative; results need a day at "
                    "least."))

    def _get_behaviour_days(self):
        """Return the days after a session on which behaviour is checked, the first one first."""
        self.ensure_one()
        return sorted({int(days) for days in re.findall(
            r'\d+', self.aftersales_behaviour_days or '')})
