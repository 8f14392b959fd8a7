import pytz

from odoo import fields, models

from ...tools.quiet_hours import quiet_until


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_quiet_start = fields.Float(
        string="Quiet from", default=21.0,
        help="From this hour on no customer's phone rings; what waits is sent in the morning. "
             "A code that the customer waits for is sent at any hour.")
    aftersales_quiet_end = fields.Float(
        string="Quiet until", default=8.0, help="The same hour as the start: never quiet.")
    aftersales_message_attempts = fields.Integer(
        string="Attempts to Send", default=3,
        help="A message that was refused this often has failed.")
    aftersales_message_wait = fields.Integer(
        string="Minutes between Attempts", default=15)

    _aftersales_quiet_hours = models.Constraint(
        'CHECK(aftersales_quiet_start >= 0 AND aftersales_quiet_start < 24 '
        'AND aftersales_quiet_end >= 0 AND aftersales_quiet_end < 24)',
        "Quiet hours are hours of the day.")
    _aftersales_message_positive = models.Constraint(
        'CHECK(aftersales_message_attempts > 0 AND aftersales_message_wait > 0)',
        "Attempts to send and the minutes between them must be positive.")

    def _get_quiet_end(self, moment):
        """Return when the quiet hours of ``moment`` end (both UTC); ``None`` outside them."""
        self.ensure_one()
        zone = pytz.timezone(self.resource_calendar_id.tz or 'UTC')
        local = pytz.utc.localize(moment).astimezone(zone).replace(tzinfo=None)
        end = quiet_until(local, self.aftersales_quiet_start, self.aftersales_quiet_end)
        return end and zone.localize(end).astimezone(pytz.utc).replace(tzinfo=None)
