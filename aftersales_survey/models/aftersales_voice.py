from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

KINDS = [
    ('informant', "Report of an Informant"), ('audit', "Internal Audit Finding"),
    ('box', "Opinion Box"), ('card', "Suggestion Card"), ('book', "Satisfaction Book"),
    ('visit', "Customer Visit or Meeting")]


class AftersalesVoice(models.Model):
    """What somebody said of the service without being asked by a survey, and the answer.

    Informants are volunteers outside, who agreed to report from their area. Internal auditors are
    colleagues who check. The two are never mixed: customers trust the one, the other is paid.
    """

    _name = 'aftersales.voice'
    _description = "Voice of Customers and Colleagues"
    _inherit = [
        'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin', 'aftersales.number.mixin',
        'aftersales.erasure.mixin']
    _order = 'date desc, id desc'
    _check_company_auto = True
    _rec_names_search = ['name', 'subject']

    _TRANSITIONS = {
        'answered': {'new'}, 'closed': {'answered', 'new'}, 'new': {'answered', 'closed'}}
    _STAMPS = {'answered': 'date_answered', 'closed': 'date_closed'}

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection(KINDS, required=True, default='card', index=True)
    tone = fields.Selection(
        [('praise', "Praise"), ('suggestion', "Suggestion"), ('criticism', "Criticism"),
         ('question', "Question")], string="What It Is", required=True, default='suggestion')
    subject = fields.Char(required=True)
    # the form asks for it; an erasure empties it
    words = fields.Text(string="In Their Words")
    date = fields.Date(
        string="Received on", required=True, default=fields.Date.context_today, index=True)
    partner_id = fields.Many2one(
        'res.partner', string="Customer or Informant", index='btree_not_null', check_company=True)
    auditor_id = fields.Many2one(
        'res.users', string="Internal Auditor", index='btree_not_null', copy=False,
        domain=[('share', '=', False)])
    outlet_id = fields.Many2one('aftersales.outlet', index='btree_not_null', check_company=True)
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', check_company=True,
        link_access='read')
    user_id = fields.Many2one(
        'res.users', string="Handled by", index=True, tracking=True,
        domain=[('share', '=', False)], default=lambda self: self.env.user)

    # The answer
    state = fields.Selection(
        [('new', "Open"), ('answered', "Answered"), ('closed', "Closed")], default='new',
        required=True, readonly=True, index=True, copy=False, tracking=True, protected=True)
    answer = fields.Text(copy=False, help="What was replied, and what is done about it.")
    answer_result = fields.Selection(
        [('content', "Content"), ('not_content', "Not Content")], string="Content with the Answer",
        copy=False)
    date_answered = fields.Datetime(
        string="Answered on", readonly=True, copy=False, protected=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True, copy=False, protected=True)

    @api.depends('name', 'subject')
    def _compute_display_name(self):
        for voice in self:
            voice.display_name = " · ".join(filter(None, [voice.name, voice.subject]))

    @api.constrains('kind', 'partner_id', 'auditor_id')
    def _check_speaker(self):
        for voice in self:
            if voice.kind == 'informant' and not voice.partner_id.sudo().aftersales_informant_date:
                raise ValidationError(self.env._(
                    "“%(voice)s” is a report of an informant: choose a contact who agreed to "
                    "report, with the day on which they agreed.", voice=voice.subject))
            if (voice.kind == 'audit') != bool(voice.auditor_id):
                raise ValidationError(self.env._(
                    "“%(voice)s”: an internal audit finding names the colleague who checked, the "
                    "other kinds name none. Correct the kind or the auditor.",
                    voice=voice.subject))

    # === ACTIONS === #

    def action_answer(self):
        """Note that the voices are answered."""
        self._set_state('answered')

    def action_close(self):
        """Close the voices; who is not content needs another answer first."""
        self._set_state('closed')

    def action_reopen(self):
        """Take the voices up again."""
        self._set_state('new')

    # === RULES === #

    def _ensure_answered(self):
        self._refuse_where(
            lambda voice: not (voice.answer or '').strip(),
            self.env._("Write the answer first"))

    def _ensure_closed(self):
        self._refuse_where(
            lambda voice: voice.state == 'new' and voice.tone != 'praise',
            self.env._("Answer these first: only praise needs no answer"))
        self._refuse_where(
            lambda voice: voice.answer_result == 'not_content',
            self.env._("They are not content with the answer: take these up again"))

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state == 'new':
            return locked
        return locked | {'words', 'subject', 'kind', 'partner_id', 'auditor_id', 'date', 'answer'}

    def _get_locked_message(self):
        return self.env._("What was said and answered stays: take it up again to change it")

    # === PRIVACY === #

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('state', '=', 'closed') & Domain('date_closed', '<=', moment)

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'words', 'answer')
