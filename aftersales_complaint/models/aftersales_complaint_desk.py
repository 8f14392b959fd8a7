from odoo import api, fields, models

from .activity_types import REMINDER
from .aftersales_complaint import QUIET_KINDS

# the tabs of the eight steps on the case sheet
_PAGES = ('record', 'judge', 'judge', 'investigate', 'propose', 'propose', 'liability', 'improve')


class AftersalesComplaint(models.Model):
    """What the desk does besides the steps: talk, remind, take over, follow up, print."""

    _inherit = 'aftersales.complaint'

    is_late = fields.Boolean(
        string="Late", compute='_compute_is_late',
        help="The earliest promise is missed.")

    step_strip = fields.Json(
        string="Steps", compute='_compute_step_strip', groups='base.group_user')

    # the daily report: what was closed, and still open, on a day; with what it groups by
    _closed_idx = models.Index(
        '(date_closed) INCLUDE (company_id, received_day, date_deadline, kind, product_id,'
        ' department_id, amount_loss) WHERE date_closed IS NOT NULL')
    _settled_idx = models.Index(
        '(date_settled) INCLUDE (company_id) WHERE date_settled IS NOT NULL')

    @api.depends('stage_id', 'judge_id', 'user_id', 'unit_user_id', 'department_id',
                 'approver_id', 'clock_ids.date_deadline', 'clock_ids.date_stopped')
    def _compute_step_strip(self):
        """List the eight steps with their owners, and how long the present one may still take."""
        for case in self:
            deadline = case.sudo().clock_ids.filtered(
                lambda clock, case=case: not clock.date_stopped
                and clock.kind == case._get_step_kind()).date_deadline
            case._get_step_owners().mapped('name')  # one look-up for all of them
            unit = case.unit_user_id.name or case.department_id.name
            owners = [case.create_uid.name, case.judge_id.name, case.judge_id.name, unit, unit,
                      case.approver_id.name or case.user_id.name, False, False]
            case.step_strip = [
                {'number': number, 'name': name, 'owner': owner or "", 'page': _PAGES[number - 1],
                 'is_done': number < case.step or case.state == 'closed',
                 'is_current': number == case.step and case.state != 'closed',
                 'deadline': number == case.step and deadline and (
                     fields.Datetime.to_string(deadline))}
                for number, (name, owner) in enumerate(
                    zip(self._get_step_names(), owners, strict=True), 1)]

    def _get_step_owners(self):
        """Return the people who took or take one of the steps."""
        return (self.create_uid | self.judge_id | self.unit_user_id | self.approver_id
                | self.user_id)

    @api.model
    def _get_step_names(self):
        """Return the names of the eight steps."""
        return [
            self.env._("Record"), self.env._("Judge"), self.env._("Assign"),
            self.env._("Investigate"), self.env._("Propose"), self.env._("Answer"),
            self.env._("Liability"), self.env._("Improve")]

    @api.depends('date_deadline')
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for case in self:
            case.is_late = bool(case.date_deadline) and case.date_deadline < now

    # === ACTIONS === #

    def action_contact(self):
        """Ask what was said to whom, what was promised and when to call again."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Note a Conversation"),
            'res_model': 'aftersales.complaint.contact', 'view_mode': 'form', 'target': 'new',
            'context': {'default_complaint_id': self.id}}

    def action_remind(self):
        """Remind the units that are late: an activity, a notification and the slip to print."""
        self.check_access('write')
        self._refuse_where('date_closed', self.env._("What is closed waits for no unit"))
        self._refuse_where(
            lambda case: not case._get_reminded_users(),
            self.env._("There is no person to remind: name the person of the unit"))
        for case in self.sudo():  # the right was checked above
            case.reminder_count += 1
            case._remind_unit()
        return self.env.ref('aftersales_complaint.action_report_complaint_reminder').report_action(
            self, config=False)

    def action_report_injury(self):
        """Note that the injury was reported to the authority."""
        self.check_access('write')
        self._refuse_where(
            lambda case: not case.is_injury, self.env._("No injury is noted here"))
        # the right was checked above; the stamp is protected
        self.sudo().write({'date_reported': fields.Datetime.now()})
        self._get_running_clocks().filtered(
            lambda clock: clock.kind == 'complaint_injury')._stop(fields.Datetime.now())

    def action_take_over(self):
        """Turn grievances that the outlet did not settle into complaints."""
        self._refuse_where(
            lambda case: not case.is_grievance or case.state != 'new',
            self.env._("Only grievances that are not settled become complaints"))
        self.check_access('write')
        self._become_complaints()

    def action_view_failure_price(self):
        """Show what the failure behind this complaint costs."""
        self.ensure_one()
        return self.env['aftersales.failure.price']._open_for(
            scope='complaint', complaint_id=self.id, company_id=self.company_id.id)

    # === RULES === #

    def _get_reminded_users(self):
        """Return who works on the complaint now: its unit, else its handler."""
        self.ensure_one()
        case = self.sudo()
        if case.state in ('assigned', 'investigating'):
            return case._get_unit_users() or case.user_id
        return case.user_id

    def _remind_unit(self):
        """Give who is late an activity for today, and a notification in the reader's language."""
        self.ensure_one()
        for user in self._get_reminded_users():
            localized = self.with_context(lang=user.lang)
            summary = localized.env._(
                "Reminder %(count)s: %(case)s", count=self.reminder_count, case=self.display_name)
            self.activity_schedule(
                REMINDER, summary=summary, user_id=user.id)
            self.message_notify(
                partner_ids=user.partner_id.ids,
                # every user may group notifications by their subject
                subject=localized.env._("A document waits for you"),
                body=localized.env._(
                    "This complaint is late. Finish your step, or write down what is missing."))

    def _become_complaints(self):
        """Turn grievances into complaints: the customer's clocks run from the receipt on."""
        # the right was checked, or time did it
        cases = self.sudo().filtered('is_grievance')
        cases.write({'is_grievance': False})
        cases._message_log_batch(dict.fromkeys(cases.ids, self.env._(
            "The outlet did not settle the grievance: it becomes a complaint.")))

    def _on_clock_alert(self, clock, alert):
        """A grievance whose time is over becomes a complaint by itself."""
        result = super()._on_clock_alert(clock, alert)
        if clock.kind == 'complaint_grievance' and alert.percent >= 100:
            self._become_complaints()
        return result

    def _plan_contacts(self):
        """Plan to ask the customer again 7 and 30 days after closing (投诉处理后的维护)."""
        today = fields.Date.context_today(self)
        model_id = self.env['ir.model']._get_id(self._name)
        call_id = self.env['ir.model.data']._xmlid_to_res_id('mail.mail_activity_data_call')
        # one call for all: a step must not cost more the more cases it closes
        self.env['mail.activity'].create([{
            'res_model_id': model_id, 'res_id': case.id, 'activity_type_id': call_id,
            'automated': True, 'user_id': case.user_id.id, 'res_name': case.display_name,
            'date_deadline': fields.Date.add(today, days=days),
            'summary': case.with_context(lang=case.user_id.lang).env._(
                "Ask the customer again, %(days)s days after closing", days=days)}
            for case in self if case.user_id and case.kind not in QUIET_KINDS
            for days in case.company_id._get_complaint_contact_days()])

    # === PAPERS === #

    def _get_report_base_filename(self):
        if len(self) == 1:
            return self.env._("Complaint %(name)s", name=self.name or '')
        return self.env._("Complaints")

    def _get_conversations(self):
        """Return the lines of the complaint record: the notes of conversations, oldest first."""
        self.ensure_one()
        subtype = self.env.ref('aftersales_complaint.mt_complaint_conversation')
        return self.message_ids.filtered(
            lambda message: message.subtype_id == subtype).sorted('date')

    def _get_liability_words(self):
        """Return who is liable for what share, in one line; units and parties, never persons."""
        self.ensure_one()
        lines = self.event_liability_ids._filtered_access('read')
        return ", ".join(f"{line.display_name} {line.share:g} %" for line in lines)

    def _get_measure_lines(self):
        """Return ``[(measure, due date, done date, effect)]`` of the corrective actions."""
        self.ensure_one()
        return [
            (action.name, action.date_due, action.date_done, capa.effect_note or "")
            for capa in self.capa_ids._filtered_access('read') for action in capa.action_ids]

    def _get_promises_kept(self):
        """Return the words for how the customer's promises were kept."""
        self.ensure_one()
        results = dict(self.env['aftersales.clock']._fields['result']._description_selection(
            self.env))
        return ", ".join(
            f"{clock.display_name}: {results[clock.result]}"
            for clock in self.sudo().clock_ids if clock.result in ('met', 'missed'))
