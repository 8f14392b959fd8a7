from datetime import timedelta

from odoo import api, fields, models


class AftersalesCampaignUnit(models.Model):
    """The letters to the owners: queued, sent outside the batch, reminded, given up.

    E-mail leaves by core's queue; owners without e-mail get the printed letter.
    """

    _inherit = 'aftersales.campaign.unit'

    def _queue_letters(self):
        """Queue a letter for each of these units; the cron sends them in batches."""
        self._note(date_letter_due=fields.Datetime.now())
        self.env.ref('aftersales_service.ir_cron_campaign_letter')._trigger()

    @api.model
    def _cron_send_letters(self, batch_size=100):
        """Send what is due, one committed batch at a time; stopped campaigns wait."""
        self._queue_reminders()
        domain = [('date_letter_due', '!=', False), ('campaign_id.state', '=', 'running')]
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while batch := self.search(domain, limit=batch_size).try_lock_for_update():
            batch._send_letters()
            if not cron._commit_progress(len(batch)):
                break

    def _send_letters(self):
        """Write one e-mail per owner into core's queue, all of a campaign at once.

        Owners without e-mail but with an address wait for the printed letter; without
        either they are noted as not reached.
        """
        now = fields.Datetime.now()
        for campaign, units in self.grouped('campaign_id').items():
            by_mail = units.filtered('partner_id.email_normalized')
            if by_mail and campaign.template_id:
                campaign.template_id.send_mail_batch(
                    by_mail.ids, email_layout_xmlid='mail.mail_notification_light')
            by_post = (units - by_mail).filtered('partner_id.street')
            (units - by_mail - by_post).write({'state': 'unreachable'})
            by_mail._count_letter(now)
        self.write({'date_letter_due': False})

    def _count_letter(self, now):
        """Note that these owners were notified at ``now``: a second time is a reminder."""
        for unit in self:
            unit.write({
                'date_notified': now,
                'reminder_count': unit.reminder_count + bool(unit.date_notified),
                'state': 'notified' if unit.state in ('open', 'unreachable') else unit.state,
            })

    def action_print_letters(self):
        """Print the letters; owners notified by post count as notified from now on."""
        self._ensure_runs()
        # _ensure_runs checked the right to write; the letters are about to leave
        self.sudo()._count_letter(fields.Datetime.now())
        self.sudo().date_letter_due = False
        return self.env.ref('aftersales_service.action_report_campaign_letter').report_action(
            self)

    @api.model
    def _queue_reminders(self):
        """Queue reminders to those who did not react; give up after the last one."""
        now = fields.Datetime.now()
        running = self.env['aftersales.campaign'].search(
            [('state', '=', 'running'), ('reminder_days', '>', 0)])
        for campaign in running:
            late = self.search([
                ('campaign_id', '=', campaign.id), ('state', '=', 'notified'),
                ('date_letter_due', '=', False),
                ('date_notified', '<=', now - timedelta(days=campaign.reminder_days))])
            given_up = late.filtered(
                lambda unit, campaign=campaign: (
                    unit.reminder_count >= campaign.reminder_limit))
            given_up.write({'state': 'unreachable'})
            (late - given_up).write({'date_letter_due': now})

    def _get_letter_link(self):
        """Return the page of the card: the recall stands on it, its owner asks for the work."""
        self.ensure_one()
        # the letter goes to the owner, whose card carries the same address as a code
        return self.warranty_id.sudo()._get_qr_address()

    def _get_report_base_filename(self):
        return (self.campaign_id.name or '').replace('/', '-')
