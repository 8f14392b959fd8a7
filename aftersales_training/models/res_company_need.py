from datetime import datetime, time, timedelta

from odoo import fields, models

from odoo.addons.aftersales_service.tools.timezone import to_utc


class ResCompany(models.Model):
    """When training needs are proposed."""

    _inherit = 'res.company'

    training_renewal_days = fields.Integer(
        string="Renewal before the End (days)", default=90,
        help="So many days before a certificate ends, its renewal is a training need.")
    training_repeat_count = fields.Integer(
        string="Repeat Repairs until Training", default=2,
        help="So many repeat repairs of a product category within the days below propose its "
             "course to the technician. 0: none do.")
    training_repeat_days = fields.Integer(
        string="Repeat Repairs Count for (Days)", default=90)

    _training_need_numbers = models.Constraint(
        'CHECK(training_renewal_days >= 0 AND training_repeat_count >= 0 AND '
        'training_repeat_days > 0)',
        "Days and numbers of repeat repairs cannot be negative, and they count for a day at least.")

    def _get_training_start(self):
        """Return, in UTC, when a session begins unless somebody says: Monday, two weeks ahead."""
        self.ensure_one()
        today = self._get_aftersales_day(fields.Datetime.now())
        monday = today + timedelta(days=14 - today.weekday())
        return to_utc(
            datetime.combine(monday, time(9)), self.resource_calendar_id.tz or 'UTC')
