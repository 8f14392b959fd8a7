from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain

from .roles import MANAGER

EXCLUSIONS = [
    ('no_customer', "No customer"), ('test', "Test order"), ('staff', "Own staff"),
    ('opt_out', "Wants no surveys"), ('recent', "Asked lately"), ('no_channel', "No address"),
    ('repeated', "Same customer"), ('quota', "Quota of the outlet reached"),
    ('sample', "Not in the sample")]


class AftersalesSurveyInvitation(models.Model):
    """One person who is asked: where the question came from, how it was sent, what came back.

    The answers themselves are ``survey.user_input``; its key opens the public page. What a
    continuous wave left out is an archived row with its reason.
    """

    _name = 'aftersales.survey.invitation'
    _description = "Survey Invitation"
    _inherit = ['aftersales.document.link.mixin', 'aftersales.notify.mixin',
                'aftersales.protected.mixin']
    _order = 'id desc'
    _check_company_auto = True
    # the messages carry the customer's key: no colleague reads them
    _is_message_private = True

    active = fields.Boolean(default=True, copy=False, protected=True)
    wave_id = fields.Many2one(
        'aftersales.survey.wave', required=True, index=True, ondelete='cascade',
        protected='after')
    company_id = fields.Many2one('res.company', required=True, index=True, protected='after')
    survey_id = fields.Many2one(related='wave_id.survey_id')
    res_model = fields.Char(protected='after')
    res_id = fields.Many2oneReference(protected='after')
    partner_id = fields.Many2one(
        'res.partner', string="Customer", index='btree_not_null', protected='after')
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', protected='after',
        link_access='read')
    outlet_id = fields.Many2one('aftersales.outlet', index='btree_not_null', protected='after')
    technician_id = fields.Many2one('res.users', protected='after')
    product_id = fields.Many2one('product.product', protected='after')
    region_id = fields.Many2one('res.country.state', protected='after')
    is_drawn = fields.Boolean(
        string="Chosen by the Wave", copy=False, protected=True,
        help="A wave chooses a record once.")
    state = fields.Selection(
        [('draft', "Drawn"), ('sent', "Sent"), ('answered', "Answered"), ('refused', "Refused"),
         ('excluded', "Excluded"), ('expired', "Expired")],
        default='draft', required=True, readonly=True, copy=False, index=True, protected=True)
    exclusion = fields.Selection(
        EXCLUSIONS, string="Left Out", readonly=True, copy=False, protected=True)
    channel = fields.Selection(
        [('message', "Message"), ('phone', "Telephone"), ('qr', "QR Code")],
        default='message', required=True, protected='after')
    user_input_id = fields.Many2one(
        'survey.user_input', string="Answers", readonly=True, copy=False, index='btree_not_null',
        ondelete='set null', protected=True)
    date_deadline = fields.Datetime(string="Deadline", copy=False, protected=True)
    date_sent = fields.Datetime(string="Sent on", readonly=True, copy=False, protected=True)
    date_reminded = fields.Datetime(
        string="Reminded on", readonly=True, copy=False, protected=True)
    reminder_count = fields.Integer(
        string="Reminders", readonly=True, copy=False, protected=True)
    date_answered = fields.Datetime(
        string="Answered on", readonly=True, copy=False, protected=True)
    is_late = fields.Boolean(compute='_compute_is_late', search='_search_is_late')
    caller_id = fields.Many2one('res.users', string="Interviewer")
    date_next_call = fields.Datetime(string="Next Call", copy=False)
    attempt_count = fields.Integer(
        string="Attempts", readonly=True, copy=False, protected=True)

    _document_uniq = models.UniqueIndex(
        "(wave_id, res_model, res_id) WHERE is_drawn", "A wave asks about a record once.")
    _open_idx = models.Index("(wave_id, id) WHERE state IN ('draft', 'sent')")

    # === COMPUTES === #

    @api.depends('partner_id', 'record_name')
    def _compute_display_name(self):
        for invitation in self:
            invitation.display_name = invitation.partner_id.name or invitation.record_name

    @api.depends('date_deadline', 'state')
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for invitation in self:
            invitation.is_late = invitation.state in ('draft', 'sent') and bool(
                invitation.date_deadline) and invitation.date_deadline < now

    @api.model
    def _search_is_late(self, operator, value):
        if operator != 'in':
            return NotImplemented
        late = Domain('state', 'in', ('draft', 'sent')) & Domain(
            'date_deadline', '<', fields.Datetime.now())
        return late if set(value) == {True} else ~late if set(value) == {False} else Domain.TRUE

    # === ACTIONS === #

    def action_view_answers(self):
        """Open what this customer answered."""
        return self.user_input_id._get_records_action()

    def action_resend(self):
        """Remind the customers of these invitations, who are silent, at once."""
        self.check_access('read')
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Survey managers remind customers: ask one."))
        # has_group above checked the right
        self.sudo().filtered(lambda invitation: invitation.state == 'sent')._remind()

    @api.model
    def _get_invitations_action(self, domain):
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_survey.aftersales_survey_invitation_action')
        action.update(domain=domain, context={})
        return action

    @api.model
    def _get_document_models(self):
        return (*super()._get_document_models(), 'aftersales.order', 'aftersales.warranty',
                'res.partner')

    # === CREATION === #

    @api.model
    def _create_invitations(self, wave, rows):
        """Invite the people of ``rows`` in the name of one wave; return the invitations.

        Hook to call: by code that checked the right to ask, as superuser, for any number of rows:
        the answers, their keys and questions are made in one batch. Raises an ``IntegrityError``
        where the wave chose the record already.

        :param rows: dicts with ``res_model``, ``res_id``, ``partner_id`` and what is noted besides
        """
        invitations = self.with_context(tracking_disable=True).create([{
            'wave_id': wave.id, 'company_id': wave.company_id.id, 'channel': wave.channel,
            'is_drawn': True, **row} for row in rows])
        answers = invitations._create_answers(wave)
        for invitation, answer in zip(invitations, answers, strict=True):
            invitation.user_input_id = answer
        invitations.partner_id.commercial_partner_id.aftersales_last_survey_date = (
            fields.Datetime.now())
        if wave.channel != 'message':
            invitations.write({'state': 'sent', 'date_sent': fields.Datetime.now()})
        return invitations.with_env(self.env)

    def _create_answers(self, wave):
        """Return the empty answers of these invitations, one for each, in their order."""
        survey = wave.survey_id
        # the same questions for all are looked up once, and not for each
        questions = survey._prepare_user_input_predefined_questions().ids if (
            survey.questions_selection == 'all') else []
        return self.env['survey.user_input'].create([{
            'survey_id': survey.id, 'aftersales_invitation_id': invitation.id,
            'email': invitation.partner_id.email, 'nickname': invitation.partner_id.name,
            **({'predefined_question_ids': [Command.set(questions)]} if questions else {})}
            for invitation in self])

    # === SENDING === #

    def _send(self):
        """Send these invitations by the notifications of their companies, once."""
        self.write({'state': 'sent', 'date_sent': fields.Datetime.now()})
        self._notify_customer('survey_invited')

    def _remind(self):
        """Remind the customers of these invitations, who are silent."""
        now = fields.Datetime.now()
        for count, invitations in self.grouped('reminder_count').items():
            invitations.write({'reminder_count': count + 1, 'date_reminded': now})
            invitations._notify_customer('survey_reminded', f'survey_reminded {count + 1}')

    @api.model
    def _cron_send(self, batch_size=500):
        """Send what was launched, then remind who is silent, one committed batch at a time."""
        now, cron = fields.Datetime.now(), self.env['ir.cron']
        waves = self.env['aftersales.survey.wave'].search(
            [('state', '=', 'running')]).filtered(lambda wave: wave._is_in_window(now))
        for wave in waves:
            for domain, step in wave._get_sending_domains(now):
                cron._commit_progress(remaining=self.search_count(domain))
                while batch := self.search(
                        domain, order='id', limit=batch_size).try_lock_for_update(
                            allow_referencing=True):
                    step(batch)
                    if not cron._commit_progress(len(batch)):
                        return

    # === WHAT CAME OF IT === #

    def _refuse(self):
        """Note that these people do not want to answer; they hear no more of it.

        Hook to call: as superuser by code that checked who refuses, for a batch; answered ones
        stay as they are. Raises nothing.
        """
        self.filtered(lambda invitation: invitation.state in ('draft', 'sent', 'expired')).write(
            {'state': 'refused', 'date_answered': fields.Datetime.now()})

    def _expire(self):
        """Close what was not answered in time."""
        self.write({'state': 'expired'})

    def _unsubscribe(self):
        """Take these open invitations back: the customer wants no surveys.

        Called as superuser by ``_opt_out_of_surveys`` of the customer.
        """
        self.write({'state': 'excluded', 'exclusion': 'opt_out'})
