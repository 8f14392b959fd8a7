from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..base.roles import TEAM_LEAD


class AftersalesReturn(models.Model):
    """Goods that wait for a disposition lose value: deadlines, reminders and alarms."""

    _inherit = 'aftersales.return'

    date_due = fields.Datetime(
        string="Disposition Due", compute='_compute_due', store=True, index=True,
        help="Until then the goods are to be inspected, and their way decided.", protected=True)
    date_alarm = fields.Datetime(
        string="Alarm", compute='_compute_due', store=True, protected=True)
    alert_level = fields.Selection(
        [('none', "None"), ('reminded', "Reminded"), ('alarm', "Alarm")],
        default='none', required=True, readonly=True, copy=False, protected=True)
    urgency = fields.Selection(
        [('none', "In Time"), ('late', "Late"), ('alarm', "Alarm")],
        compute='_compute_urgency')

    _undecided_idx = models.Index("(date_due) WHERE state = 'received'")

    @api.depends('date_received')
    def _compute_due(self):
        for record in self:
            company, received = record.company_id, record.date_received
            record.date_due = received and (
                received + timedelta(hours=company.aftersales_disposition_hours))
            record.date_alarm = received and (
                received + timedelta(days=company.aftersales_disposition_alarm_days))

    @api.depends('state', 'date_due', 'date_alarm')
    def _compute_urgency(self):
        now = fields.Datetime.now()
        for record in self:
            if record.state != 'received' or not record.date_due or record.date_due >= now:
                record.urgency = 'none'
            else:
                record.urgency = 'alarm' if record.date_alarm < now else 'late'

    # === CRON === #

    @api.model
    def _cron_remind_dispositions(self, batch_size=100):
        """Remind of late dispositions, then raise the alarm: each once, in committed batches."""
        cron = self.env['ir.cron']
        late, alarming = self._get_late_domain('date_due'), self._get_late_domain('date_alarm')
        steps = (
            (alarming & Domain('alert_level', '!=', 'alarm'), 'alarm'),
            (late & Domain('alert_level', '=', 'none'), 'reminded'))
        cron._commit_progress(remaining=sum(self.search_count(domain) for domain, __ in steps))
        for domain, level in steps:
            while batch := self.search(domain, limit=batch_size).try_lock_for_update():
                batch.alert_level = level
                batch._alert_late(level)
                if not cron._commit_progress(len(batch)):
                    return

    @api.model
    def _get_late_domain(self, field):
        return Domain('state', '=', 'received') & Domain(field, '<', fields.Datetime.now())

    def _alert_late(self, level):
        """Give an activity to the person responsible; at the alarm to the team leads.

        Each reads it in their own language, whatever that of the cron is.
        """
        for company, records in self.grouped('company_id').items():
            leads = company._get_people_in(TEAM_LEAD)
            for user, group in records.grouped('user_id').items():
                people = leads if level == 'alarm' or not user else user
                for person in people:
                    localized = group.with_context(lang=person.lang)
                    localized.activity_schedule(
                        'mail.mail_activity_data_warning' if level == 'alarm'
                        else 'mail.mail_activity_data_todo', user_id=person.id,
                        summary=localized.env._("Goods wait for a disposition: alarm")
                        if level == 'alarm'
                        else localized.env._("Inspect the goods and decide where they go"))
