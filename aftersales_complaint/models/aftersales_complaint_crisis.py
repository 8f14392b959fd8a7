from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .roles import AGENT, COMPLAINT_MANAGER, DESK, TEAM_LEAD

SIGNS = ('sign_no_proof', 'sign_excess', 'sign_threat', 'sign_professional')


class AftersalesComplaint(models.Model):
    """Abnormal complaints and crises: a second person, a lawyer, one voice.

    Both change how we work, never what the customer is entitled to.
    """

    _inherit = 'aftersales.complaint'

    # An abnormal complaint
    sign_no_proof = fields.Boolean(
        string="Claims Again without Proof", groups='base.group_user')
    sign_excess = fields.Boolean(
        string="Demand Far above the Loss", groups='base.group_user')
    sign_threat = fields.Boolean(string="Threats", groups='base.group_user')
    sign_professional = fields.Boolean(
        string="Professional Claimant", groups='base.group_user')
    second_user_id = fields.Many2one(
        'res.users', string="Second Person", domain=[('share', '=', False)], copy=False,
        groups='base.group_user', tracking=True,
        help="Is present in each talk with the customer.")
    legal_user_id = fields.Many2one(
        'res.users', string="Checked by (Legal)", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    date_legal = fields.Datetime(
        string="Legally Checked on", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    legal_note = fields.Text(
        string="Legal Opinion", copy=False, groups='base.group_user')
    police_reference = fields.Char(
        string="Report to the Police", copy=False, groups='base.group_user')
    special_note = fields.Text(
        string="Special Customer", compute='_compute_special_note',
        groups='aftersales_service.group_aftersales_agent')

    # The media
    media_outlet = fields.Char(string="Medium", copy=False, groups='base.group_user')
    media_link = fields.Char(string="Published at", copy=False, groups='base.group_user')
    media_infringement = fields.Text(
        string="Infringement", copy=False, groups='base.group_user',
        help="What is wrong in the report, which right it infringes, and what proves it.")

    # A crisis
    date_crisis = fields.Datetime(
        string="Crisis since", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    crisis_leader_id = fields.Many2one(
        'res.users', string="Leads the Crisis Team", domain=[('share', '=', False)],
        copy=False, groups='base.group_user')
    # as text: the ORM searches by a listed domain when users are made, before they are internal
    crisis_team_ids = fields.Many2many(
        'res.users', 'aftersales_complaint_crisis_team_rel', 'complaint_id', 'user_id',
        domain="[('share', '=', False)]", copy=False, groups='base.group_user')
    crisis_speaker_id = fields.Many2one(
        'res.users', string="Speaker", domain=[('share', '=', False)], copy=False,
        groups='base.group_user', help="The only one who speaks in public.")
    crisis_statement = fields.Text(
        string="Public Statement", copy=False, groups='base.group_user')
    date_statement_due = fields.Datetime(
        string="Statement Due", compute='_compute_date_statement_due',
        groups='base.group_user')
    date_statement = fields.Datetime(
        string="Statement Given on", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    crisis_log = fields.Text(
        string="Log of the Crisis", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    crisis_entry = fields.Char(
        string="New Entry", copy=False, groups='base.group_user',
        help="What happened or was said; it goes to the log with name and time.")
    crisis_review = fields.Text(
        string="Review after the Crisis", copy=False, groups='base.group_user')
    crisis_missing = fields.Char(
        string="Still Missing", compute='_compute_crisis_missing', groups='base.group_user')

    # === COMPUTES === #

    @api.depends('partner_id.commercial_partner_id')
    def _compute_special_note(self):
        for case in self:
            customer = case.partner_id.commercial_partner_id
            case.special_note = customer.is_aftersales_special and (
                customer.aftersales_special_facts)

    @api.depends('date_crisis')
    def _compute_date_statement_due(self):
        for case in self:
            case.date_statement_due = case.date_crisis and case.date_crisis + timedelta(
                hours=case.company_id.aftersales_statement_hours)

    @api.depends('date_crisis', 'crisis_leader_id', 'crisis_team_ids', 'crisis_speaker_id',
                 'crisis_statement', 'date_statement', 'crisis_review')
    def _compute_crisis_missing(self):
        for case in self:
            case.crisis_missing = case.date_crisis and ", ".join(
                self._fields[name]._description_string(self.env)
                for name in self._get_crisis_fields() if not case[name])

    @api.model
    def _get_crisis_fields(self):
        """Return the items of the crisis checklist, in the order of the work."""
        return ('crisis_leader_id', 'crisis_team_ids', 'crisis_speaker_id', 'crisis_statement',
                'date_statement', 'crisis_review')

    @api.constrains('is_abnormal', 'abnormal_facts', *SIGNS)
    def _check_abnormal(self):
        for case in self.filtered('is_abnormal'):
            if not (case.abnormal_facts or '').strip() or not any(case[name] for name in SIGNS):
                raise ValidationError(self.env._(
                    "A complaint is abnormal by facts: tick a sign and write down what "
                    "happened."))

    @api.constrains('second_user_id', 'user_id')
    def _check_second_person(self):
        for case in self.filtered('second_user_id'):
            if case.second_user_id == case.user_id:
                raise ValidationError(self.env._(
                    "The second person is another one than who handles the complaint."))

    # === ACTIONS === #

    def action_check_legally(self):
        """Note that the written answer was checked legally, by another person."""
        self.check_access('write')
        self._refuse_where(
            lambda case: not case.is_abnormal,
            self.env._("Only abnormal complaints need a legal check"))
        self._refuse_where(
            lambda case: not (case.answer or '').strip() or not (case.legal_note or '').strip(),
            self.env._("Write the answer to the customer and the legal opinion first"))
        if any(case.user_id == self.env.user and case._get_other_colleagues() for case in self):
            raise AccessError(self.env._(
                "Another person checks the answer legally than who handles the complaint."))
        # the right to the case was checked above; the stamps are protected
        self.sudo().write({
            'legal_user_id': self.env.uid, 'date_legal': fields.Datetime.now()})

    def action_open_crisis(self):
        """Open the crisis file of urgent complaints."""
        self.check_access('write')
        if not any(map(self.env.user.has_group, (DESK, TEAM_LEAD))):
            raise AccessError(self.env._("The complaint desk and team leads open a crisis."))
        self._refuse_where(
            lambda case: case.level != 'urgent',
            self.env._("Only an urgent complaint becomes a crisis"))
        for case in self.sudo().filtered(lambda case: not case.date_crisis):
            case.write({
                'date_crisis': fields.Datetime.now(),
                'crisis_leader_id': case.crisis_leader_id.id or self.env.uid})
            case._add_to_crisis_log(self.env._("Crisis opened"))
            for user in case.company_id._get_people_in(COMPLAINT_MANAGER):
                case.activity_schedule(
                    'mail.mail_activity_data_warning', user_id=user.id,
                    summary=case.with_context(lang=user.lang).env._("Crisis"))

    def action_give_statement(self):
        """Note that the speaker gave the statement."""
        self.check_access('write')
        self._refuse_where(
            lambda case: not case.date_crisis, self.env._("There is no crisis"))
        self._refuse_where(
            lambda case: not case.crisis_speaker_id or not (case.crisis_statement or '').strip(),
            self.env._("Name the speaker and write the statement first"))
        if any(case.crisis_speaker_id != self.env.user and case.crisis_leader_id != self.env.user
               for case in self):
            raise AccessError(self.env._("Only the speaker and the leader give statements."))
        for case in self.sudo():  # checked above
            case.date_statement = fields.Datetime.now()
            case._add_to_crisis_log(
                self.env._("Statement: %(words)s", words=case.crisis_statement))

    def action_log_crisis(self):
        """Put the new entry into the log, which does not change afterwards."""
        self.check_access('write')
        self._refuse_where(
            lambda case: not case.date_crisis or not (case.crisis_entry or '').strip(),
            self.env._("Write what happened first"))
        for case in self.sudo():  # checked above
            case._add_to_crisis_log(case.crisis_entry)
            case.crisis_entry = False

    def _add_to_crisis_log(self, words):
        """Add a line with time and name, as superuser."""
        self.ensure_one()
        moment = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        line = f'{moment:%Y-%m-%d %H:%M} {self.env.user.name}: {words}'
        self.crisis_log = "\n".join(filter(None, [self.crisis_log, line]))

    def _end_crisis_warnings(self):
        """End the warnings of managers: the crisis file is complete, or the case has ended."""
        self.activity_feedback(['mail.mail_activity_data_warning'])

    # === RULES === #

    def _ensure_state_rules(self, target):
        result = super()._ensure_state_rules(target)
        if target in ('informed', 'unfounded'):
            self._ensure_abnormal_answer()
        elif target == 'closed':
            self._refuse_where(
                lambda case: case.sudo().date_crisis and case.sudo().crisis_missing,
                self.env._("The crisis file is not complete"))
        return result

    def _ensure_abnormal_answer(self):
        """Refuse to answer an abnormal complaint alone or without a legal check."""
        abnormal = self.sudo().filtered('is_abnormal')  # the step checked the access
        for case in abnormal:
            if case._get_other_colleagues() and not case.second_user_id:
                raise UserError(self.env._(
                    "%(case)s is abnormal: name the second person who is present.",
                    case=case.name))
            if not case.date_legal:
                raise UserError(self.env._(
                    "%(case)s is abnormal: the written answer is checked legally first.",
                    case=case.name))

    def _get_other_colleagues(self):
        """Return who else of the company could be the second person; a small firm may have none."""
        self.ensure_one()
        return self.company_id._get_people_in(AGENT) - self.user_id

    # === WHAT IS WRITTEN === #

    def _find_legally_checked(self, vals):
        """Return the complaints whose answer was checked legally and is about to change."""
        if 'answer' not in vals:
            return self.browse()
        return self.sudo().filtered(
            lambda case: case.date_legal and case.answer != vals['answer'])

    def _follow_crisis(self, vals, checked):
        """End the warnings of a complete file; ask for a new legal check of a changed answer."""
        if not vals.keys().isdisjoint(self._get_crisis_fields()):
            # write checked the right
            self.sudo().filtered(
                lambda case: case.date_crisis and not case.crisis_missing)._end_crisis_warnings()
        if checked:
            checked.write({'date_legal': False, 'legal_user_id': False})
