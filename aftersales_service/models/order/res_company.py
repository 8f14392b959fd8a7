from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_reminder_limit = fields.Integer(
        string="Reminders before Alert", default=2,
        help="When a customer asked this often about an open order, dispatchers are told.")
    aftersales_reply_hours = fields.Float(
        string="Working Hours to Reply", default=8.0,
        help="A question that is not answered at once is promised a reply within this time.")
    aftersales_repair_days = fields.Integer(
        string="Days a Repair Must Hold", default=30,
        help="A further repair of the same unit within this time counts as a repeat repair. "
             "China's three-guarantee rules ask for 30 days (article 6).")

    def _get_reply_deadline(self):
        """Return until when a question of now is answered, in working time."""
        self.ensure_one()
        now, hours = fields.Datetime.now(), self.aftersales_reply_hours
        planned = self.resource_calendar_id.plan_hours(hours, now, compute_leaves=True) if (
            self.resource_calendar_id) else False
        return planned or fields.Datetime.add(now, hours=hours)
