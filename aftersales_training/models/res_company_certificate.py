from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.certificate import read_days


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_temporary_days = fields.Integer(
        string="Temporary Certificates Hold at Most (Days)", default=90,
        help="All of a person for the same skill together, within a year.")
    aftersales_exam_months = fields.Integer(
        string="Exams Count for (Months)", default=6,
        help="An exam that lies longer back leads to no certificate; 0: however long.")

    aftersales_reminder_days = fields.Char(
        string="Remind before the End (Days)", default="90, 60, 30",
        help="So many days before a certificate ends the person is reminded. With the first one "
             "it is about to expire.")
    aftersales_retest_days = fields.Integer(
        string="Practice Exam Again after (Days)", default=7)
    aftersales_calibration_days = fields.Integer(
        string="Calibration: Ask before the End (Days)", default=30)

    _aftersales_certificate_limits = models.Constraint(
        'CHECK(aftersales_temporary_days > 0 AND aftersales_exam_months >= 0 AND '
        'aftersales_retest_days >= 0 AND aftersales_calibration_days >= 0)',
        "Temporary certificates hold for a day at least; days and months cannot be negative.")

    @api.constrains('aftersales_reminder_days')
    def _check_reminder_days(self):
        for company in self:
            if not read_days(company.aftersales_reminder_days):
                raise ValidationError(self.env._(
                    "Write the days of the reminders as numbers with commas: 90, 60, 30."))

    def _get_reminder_days(self):
        """Return how many days before the end of a certificate the person is reminded."""
        self.ensure_one()
        return read_days(self.aftersales_reminder_days)
