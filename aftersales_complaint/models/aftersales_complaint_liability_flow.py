from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.liability import missing_share
from ..tools.loss import resale_deadline
from .roles import COMPLAINT_MANAGER


class AftersalesComplaint(models.Model):
    """The decision on liability: served, open to objections, final, and decided again.

    A complaint manager serves it. It is final once the time to object is over and all
    objections were ruled on. The resale month of returned goods begins with it.
    """

    _inherit = 'aftersales.complaint'

    # === ACTIONS === #

    def action_propose_shares(self):
        """Fill empty sheets with the default split between units."""
        self.check_access('write')
        self._ensure_liability_open()
        lines = self.env['aftersales.complaint.liability']
        lines.create([
            vals for case in self if not case.event_liability_ids
            for vals in case._prepare_default_shares()])

    def action_serve_liability(self):
        """Serve the notice of liability to all parties."""
        self._ensure_may_decide_liability()
        self._ensure_free_to_move()
        self._refuse_where(
            lambda case: case.liability_state != 'draft',
            self.env._("The notice of liability is served already"))
        self._ensure_shares_complete()
        for case in self:
            case._serve_liability()

    def action_reopen_liability(self):
        """Decide liability again; outlets are charged again once it is served."""
        self._ensure_may_decide_liability()
        self._ensure_free_to_move()
        self._ensure_liability_open(is_decided_allowed=True)
        self._refuse_where(
            lambda case: case.liability_state == 'draft',
            self.env._("Liability is not decided yet"))
        self._reopen_liability(self.env._("Reopened by %(user)s.", user=self.env.user.name))

    # === WHO AND WHEN === #

    def _ensure_may_decide_liability(self):
        self.check_access('write')
        if not self.env.su and not self.env.user.has_group(COMPLAINT_MANAGER):
            raise AccessError(self.env._("Complaint managers decide on liability."))

    def _ensure_liability_open(self, is_decided_allowed=False):
        """Refuse to change losses and shares of what is closed, or was decided."""
        self._refuse_where(
            lambda case: case.state in ('closed', 'merged', 'unfounded'),
            self.env._("These complaints are closed: reopen them first"))
        if not is_decided_allowed:
            self._refuse_where(
                lambda case: case.liability_state != 'draft',
                self.env._("Liability is decided: a complaint manager reopens it first"))

    def _ensure_shares_complete(self):
        """Refuse shares that are not 100 per cent of each subject."""
        for case in self:
            for subject, lines in case.liability_ids.grouped('subject').items():
                missing = missing_share(lines.mapped('share'))
                if missing:
                    raise UserError(self.env._(
                        "%(case)s: the shares for %(subject)s are %(total)s %%, not 100 %%. "
                        "Correct them first.", case=case.display_name,
                        subject=dict(lines._fields['subject']._description_selection(
                            self.env))[subject], total=f'{100 - missing:g}'))
            if (case.amount_loss or not case.amount_delay) and not case.event_liability_ids:
                raise UserError(self.env._(
                    "%(case)s: name the parties that are liable for the event first.",
                    case=case.display_name))
            if case.amount_delay and not case.delay_liability_ids:
                raise UserError(self.env._(
                    "%(case)s: name the parties that are liable for the delay first.",
                    case=case.display_name))

    def _can_object_to_liability(self):
        """Return whether the time to object still runs, in the company's days."""
        self.ensure_one()
        today = self.company_id._get_aftersales_day(fields.Datetime.now())
        return self.liability_state == 'served' and bool(
            self.liability_objection_date and self.liability_objection_date >= today)

    # === SERVE AND REOPEN === #

    def _prepare_default_shares(self):
        """Return the lines of the default split between units for one complaint.

        The unit at fault (the outlet complained of, else the unit that investigated) bears the
        first share; what others should have caught is the company's until somebody is named.
        """
        self.ensure_one()
        rule = self.env['aftersales.complaint.rule']._find_splits('units', self)[:1]
        common = {'complaint_id': self.id, 'subject': 'event'}
        own = common | {'party': 'company', 'sequence': 20}
        party = {'party': 'outlet', 'outlet_id': self.outlet_id.id} if self.outlet_id else (
            {'party': 'department', 'department_id': self.department_id.id}
            if self.department_id else {})
        if not rule or not party:
            return [own | {'share': 100.0}]
        return [common | party | {'share': rule.share_first}, own | {
            'share': 100.0 - rule.share_first}]

    def _serve_liability(self):
        """Serve one complaint: stamps, clocks, charges; the parties are notified."""
        self.ensure_one()
        now = fields.Datetime.now()
        today = self.company_id._get_aftersales_day(now)
        self.liability_ids._set_state('served')
        is_waiting = any(line.resale_state == 'waiting' for line in self.loss_ids)
        last_day = self.company_id._get_last_day(
            today, self.company_id.aftersales_objection_days, is_workdays=True)
        # the right to decide was checked by the action; the stamps are protected
        case = self.sudo()
        case.write({
            'liability_state': 'served', 'date_liability': today,
            'liability_user_id': self.env.uid, 'liability_objection_date': last_day or today,
            'resale_deadline': case.resale_deadline or (
                is_waiting and resale_deadline(today))})
        kinds = [('complaint_objection', now, case.liability_objection_date)]
        if is_waiting:
            kinds.append(('complaint_resale', now, case.resale_deadline))
        running = set(case._get_running_clocks().mapped('kind'))
        case._start_clocks({case: [kind for kind in kinds if kind[0] not in running]})
        self.liability_ids._sync_charges()
        case._plan_after_liability()
        self._notify_departments()
        self._message_log(body=self.env._(
            "Notice of liability served: %(parties)s. Objections until %(day)s.",
            parties=self._describe_shares(),
            day=format_date(self.env, case.liability_objection_date)))

    def _plan_after_liability(self):
        """Pass on, as superuser, what waits for liability; earlier steps go their own way."""
        self.filtered(lambda case: case.state == 'settled')._plan_next_step()

    def _describe_shares(self):
        return ", ".join(
            f'{line.display_name} {line.share:g} %' for line in self.liability_ids if line.share)

    def _notify_departments(self):
        """Send the heads of liable departments a line about their share, and until when."""
        for line in self.liability_ids.filtered(lambda line: line.share and line.department_id):
            for head in line.department_id._get_aftersales_heads(line.company_id):
                localized = line.with_context(lang=head.lang).env
                words = localized._(
                    "Complaint %(name)s: %(department)s is liable for %(share)s %%. Objections "
                    "are possible until %(day)s.", name=self.name,
                    department=line.department_id.display_name, share=f'{line.share:g}',
                    day=format_date(self.env, self.liability_objection_date,
                                    lang_code=head.lang))
                # no document: the line says what the head may know of it. Every user may group
                # notifications by their subject, so it says nothing
                self.env['mail.thread'].message_notify(
                    partner_ids=head.partner_id.ids,
                    subject=localized._("A document waits for you"), body=words)

    def _reopen_liability(self, reason):
        """Take the notice back; called by steps that checked the right to."""
        decided = self.sudo().filtered(lambda case: case.liability_state != 'draft')
        decided.liability_ids.filtered(lambda line: line.state != 'draft')._set_state('draft')
        decided.write({
            'liability_state': 'draft', 'date_liability': False, 'liability_user_id': False,
            'liability_objection_date': False})
        decided._get_running_clocks().filtered(
            lambda clock: clock.kind == 'complaint_objection')._void()
        decided.liability_ids._sync_charges()
        decided._plan_after_liability()
        decided._message_log_batch(dict.fromkeys(decided.ids, self.env._(
            "Liability is decided again. %(reason)s", reason=reason)))

    # === WHAT THE CASE ASKS FOR === #

    def _get_liable_users(self):
        """Return the users who are liable in this case and so approve nothing of it.

        Who is named on the sheet and who leads a liable unit. Hook: called as the user, for one
        record, before an approval. Raises nothing.
        """
        self.ensure_one()
        # only whether the approver is one of them is used
        return self.env['res.users'] | self.sudo().liability_ids._get_liable_users()

    def _ensure_shares_complete_where_lost(self):
        self.sudo().filtered('amount_loss')._ensure_shares_complete()

    # === CRON === #

    @api.model
    def _cron_liability(self, batch_size=100):
        """End objection windows and resale months that are over, one committed batch at a time."""
        cron = self.env['ir.cron']
        for find, end in ((self._get_objection_domain, self._end_objections),
                          (self._get_resale_domain, self._end_resale)):
            domain = find()
            cron._commit_progress(remaining=self.search_count(domain))
            while batch := self.search(domain, limit=batch_size).try_lock_for_update():
                end(batch)
                if not cron._commit_progress(len(batch)):
                    return

    @api.model
    def _get_objection_domain(self):
        """Return the complaints whose time to object is over, with no objection open."""
        return (
            Domain('liability_state', '=', 'served')
            & Domain('liability_objection_date', '<', fields.Date.context_today(self))
            & Domain('liability_ids', 'not any', Domain('state', '=', 'objected')))

    @api.model
    def _end_objections(self, cases):
        """Make liability final; outlets have their own window with each charge."""
        cases.liability_state = 'final'
        cases._stop_window('complaint_objection')

    @api.model
    def _get_resale_domain(self):
        return (
            Domain('resale_deadline', '<', fields.Date.context_today(self))
            & Domain('loss_ids', 'any', Domain('component', '=', 'return')
                     & Domain('is_window_over', '=', False)))

    @api.model
    def _end_resale(self, cases):
        """Turn goods that were not sold within the month into an actual loss."""
        lines = cases.loss_ids.filtered(lambda line: line.component == 'return')
        lines.is_window_over = True
        cases._stop_window('complaint_resale')
        cases.liability_ids._sync_charges()
        unsold = cases.filtered(lambda case: 'unsold' in case.loss_ids.mapped('resale_state'))
        unsold._message_log_batch(dict.fromkeys(unsold.ids, self.env._(
            "Returned goods were not sold within the month: the loss is final.")))

    def _stop_window(self, kind):
        """Stop the clocks of a window that ended: a window is no promise that is missed."""
        for clock in self._get_running_clocks().filtered(lambda clock: clock.kind == kind):
            clock._stop(min(clock.date_deadline or fields.Datetime.now(), fields.Datetime.now()))
