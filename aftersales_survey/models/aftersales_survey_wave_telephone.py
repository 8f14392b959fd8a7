from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .roles import MANAGER


class AftersalesSurveyWave(models.Model):
    """How the recipients of a wave are called: whom, how often, and how many of an outlet."""

    _inherit = 'aftersales.survey.wave'

    call_after_days = fields.Integer(
        string="Call after Days of Silence", default=2,
        help="Who did not answer the message for so many days may be called.")
    call_share = fields.Float(
        string="Silent Customers Called (%)", default=0.0,
        help="So many of those who do not answer the message are called. 0 calls none of them.")
    is_paid_called = fields.Boolean(
        string="Call Paid Jobs", default=True, help="Who paid for the work is always called.")
    is_suspect_called = fields.Boolean(
        string="Call Suspect Jobs", default=True,
        help="All customers of a technician are called whose work a customer denied in the last "
             "90 days.")
    call_attempts = fields.Integer(
        string="Attempts to Call", default=3,
        help="Who is not reached by so many attempts gets the question by message.")
    call_hours = fields.Float(
        string="Working Hours between Attempts", default=4.0,
        help="With 4 hours three attempts take two working days.")
    _call_limits_valid = models.Constraint(
        'CHECK(call_after_days >= 0 AND call_share >= 0 AND call_share <= 100'
        ' AND call_attempts > 0 AND call_hours > 0)',
        "Days and share of calls cannot be negative, the share is at most 100 %, and there is "
        "at least one attempt.")

    # === CALLS AFTER THE WORK === #

    @api.model
    def action_start_next_day_calls(self):
        """Let the follow-up desk call customers of the user's company after the work, from now on.

        The first questionnaire for repairs is asked; both may be changed in the settings.
        """
        company = self.env.company
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Survey managers start the calls: ask one."))
        # the role was checked; which wave a company has is a setting of administrators
        if company.sudo().survey_call_wave_id.state == 'running':
            return
        survey = self.env['survey.survey'].search([
            ('survey_type', '=', 'aftersales'), ('aftersales_purpose', '=', 'after_repair'),
            ('company_id', 'in', (company.id, False))], order='company_id, id', limit=1)
        if not survey:
            raise UserError(self.env._(
                "There is no questionnaire for repairs: write one with the purpose “After a "
                "Repair” first."))
        wave = self.create({
            'name': self.env._("Calls after the work"), 'survey_id': survey.id,
            'company_id': company.id, 'kind': 'trigger', 'event': 'order_done',
            'channel': 'phone', 'throttle_days': 7})
        wave._set_state('running')
        company.sudo().survey_call_wave_id = wave

    def _get_waiting_domain(self, now):
        """Leave the calls after the work to the plan of follow-ups, which knows their shares."""
        if self == self.company_id.survey_call_wave_id:
            return Domain.FALSE
        return super()._get_waiting_domain(now)
