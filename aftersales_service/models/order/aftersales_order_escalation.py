from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import plaintext2html

from ...tools.order_flow import FINAL_STATES
from ..base.roles import TEAM_LEAD
from .aftersales_order_promise import HEAD_OFFICE

ACTIVITY_TYPE = 'aftersales_service.mail_activity_head_office'


class AftersalesOrder(models.Model):
    """What the branch cannot solve goes to the head office, which answers by a clock of its own.

    The head office are the team leads and administrators of the company.
    """

    _inherit = 'aftersales.order'

    escalation_state = fields.Selection(
        [('asked', "With Head Office"), ('answered', "Answered by Head Office")],
        string="Head Office", readonly=True, copy=False, protected=True)
    escalation_question = fields.Text(
        string="Question to Head Office", copy=False,
        help="What the branch cannot solve, and what was tried.", groups='base.group_user')
    escalation_answer = fields.Text(
        string="Answer of Head Office", copy=False, groups='base.group_user')
    date_escalated = fields.Datetime(
        string="Passed to Head Office on", readonly=True, copy=False, protected=True)
    date_escalation_answered = fields.Datetime(
        string="Head Office Answered on", readonly=True, copy=False, protected=True)

    # === ACTIONS === #

    def action_escalate(self):
        """Pass what the branch cannot solve on; its clock runs until the answer."""
        self.check_access('write')
        self._refuse_where('is_closed', self.env._("These orders are closed"))
        self._refuse_where(
            lambda order: order.escalation_state == 'asked',
            self.env._("These orders are with the head office already"))
        self._refuse_where(
            lambda order: not (order.escalation_question or '').strip(),
            self.env._("Write what the branch cannot solve first"))
        now = fields.Datetime.now()
        # check_access checked the right; the answer of an earlier question is noted
        self.sudo().write({
            'escalation_state': 'asked', 'escalation_answer': False,
            'date_escalated': now, 'date_escalation_answered': False})
        self._start_clocks({order: [(HEAD_OFFICE, now)] for order in self})
        self._notify_head_office()

    def action_answer_escalation(self):
        """Give the branch the answer that stands on the orders."""
        self.check_access('write')
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._("Team leads answer for the head office."))
        self._refuse_where(
            lambda order: order.escalation_state != 'asked',
            self.env._("These orders are not with the head office"))
        self._refuse_where(
            lambda order: not (order.escalation_answer or '').strip(),
            self.env._("Write the answer of the head office first"))
        now = fields.Datetime.now()
        # has_group above checked the role
        self.sudo().write({'escalation_state': 'answered', 'date_escalation_answered': now})
        self._get_running_clocks().filtered(lambda clock: clock.kind == HEAD_OFFICE)._stop(now)
        self.sudo().activity_unlink([ACTIVITY_TYPE])  # the same check; the answer is noted below
        for order in self:
            order._send_note(order.technician_id | order.user_id, order.escalation_answer)

    # === RULES === #

    def _get_locked_fields(self):
        """Keep what was asked until it is answered, and the answer until it is asked again."""
        locked = super()._get_locked_fields()
        return locked | {
            'asked': {'escalation_question'}, 'answered': {'escalation_answer'},
        }.get(self.escalation_state, frozenset())

    def _get_locked_message(self):
        if any(self.mapped('escalation_state')):
            return self.env._(
                "The question to the head office and its answer stay as they were given; pass a "
                "new question on after the answer")
        return super()._get_locked_message()

    def _notify_head_office(self):
        """Send each question to the head office; each of its people gets an activity for it."""
        leads = {company: company._get_people_in(TEAM_LEAD) for company in self.company_id}
        kind = self.env.ref(ACTIVITY_TYPE, False) or self._default_activity_type()
        vals_list = [
            order._prepare_escalation_activity(kind, lead)
            for order in self for lead in leads[order.company_id]]
        # one message of all to an order is enough
        self.env['mail.activity'].with_context(mail_activity_quick_update=True).create(vals_list)
        for order in self:
            order._send_note(leads[order.company_id], order.escalation_question)

    def _prepare_escalation_activity(self, kind, lead):
        """Return the activity by which ``lead`` answers; the summary is in the lead's language."""
        self.ensure_one()
        return {
            'activity_type_id': kind.id, 'automated': True, 'user_id': lead.id,
            'res_model_id': self.env['ir.model']._get_id(self._name), 'res_id': self.id,
            'date_deadline': fields.Date.context_today(self),
            'note': plaintext2html(self.escalation_question),
            'summary': self.with_context(lang=lead.lang).env._(
                "The branch needs the head office")}

    def _send_note(self, people, words):
        """Note ``words`` on the order, for the colleagues only, and send them to ``people``."""
        self.ensure_one()
        self.message_post(
            subject=self.name, body=plaintext2html(words), partner_ids=people.partner_id.ids)

    def _on_state_changed(self, target):
        """Drop the open questions of orders that end: the answer is not needed any more."""
        if target in FINAL_STATES:
            # _set_state checked the right to end the orders; their questions end, too
            asked = self.sudo().filtered(lambda order: order.escalation_state == 'asked')
            if asked:
                asked._get_running_clocks().filtered(
                    lambda clock: clock.kind == HEAD_OFFICE)._void()
                asked.escalation_state = False
                asked.activity_unlink([ACTIVITY_TYPE])
        return super()._on_state_changed(target)
