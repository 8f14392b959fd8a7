from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.aftersales_conduct.models.aftersales_notice_mixin import OFFICER

# what the person concerned does by phone
PERSON_ACTIONS = frozenset({'notice_answer', 'notice_appeal'})


class AftersalesNotice(models.Model):
    """Where a notice comes from, what counts of the person, and the person's phone.

    Outlets' technicians read and answer on the phone alone.
    """

    _name = 'aftersales.notice'
    _inherit = ['aftersales.notice', 'aftersales.mobile.mixin']
    _is_mobile_action_private = True

    violation_ids = fields.One2many(
        'aftersales.checklist.line', 'notice_id', string="Violations", readonly=True, copy=False,
        protected=True, groups=OFFICER)
    violation_count = fields.Integer(
        string="Number of Violations", compute='_compute_violation_count', groups=OFFICER)
    person_points = fields.Float(
        string="Points of the Person", compute='_compute_person_points', groups=OFFICER,
        help="Of the notices that count today: demerits less merits.")

    @api.depends('violation_ids')
    def _compute_violation_count(self):
        # how many there are is for officers who may not read service orders, too
        counts = dict(self.env['aftersales.checklist.line'].sudo()._read_group(
            [('notice_id', 'in', self.ids)], ['notice_id'], ['__count']))
        for notice in self:
            notice.violation_count = counts.get(notice._origin.sudo(), 0)

    @api.depends('employee_id', 'technician_id', 'state', 'points', 'offset_id')
    def _compute_person_points(self):
        for notice in self:
            # for officers only, who read the notices themselves
            notice.person_points = self.sudo()._get_points(
                notice.employee_id, notice.technician_id)

    @api.model
    def _get_document_models(self):
        """Let sheets of scores and site checks be the source of merits and demerits."""
        return (*super()._get_document_models(), 'aftersales.score', 'aftersales.training.check')

    def action_view_violations(self):
        """Show the checks that were not kept, to officers who may read service orders."""
        self.ensure_one()
        self.check_access('read')
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_training.aftersales_violation_action')
        return action | {'domain': [('notice_id', '=', self.id)], 'context': {}}

    def action_view_person_notices(self):
        """Show merits against demerits of the person."""
        self.ensure_one()
        self.check_access('read')
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_conduct.aftersales_notice_action')
        return action | {
            'domain': [('employee_id', '=', self.employee_id.id),
                       ('technician_id', '=', self.technician_id.id)],
            'context': {'group_by': 'kind'}}

    def _on_final(self):
        """Honour merits by their badge."""
        result = super()._on_final()
        merits = self.filtered(lambda notice: notice.kind == 'merit' and notice.user_id)
        for badge, notices in merits.grouped(lambda notice: notice.offence_id.badge_id).items():
            badge._grant_once({notice: notice.user_id for notice in notices})
        return result

    # === THE PHONE === #

    def _check_mobile_access(self, kind):
        # portal users may not read notices: only whether it is theirs is asked
        notice = self.sudo()
        if kind not in PERSON_ACTIONS or notice.user_id != self.env.user or not (
                notice.date_asked or notice.date_served):
            return super()._check_mobile_access(kind)
        return None

    def _on_mobile_notice_answer(self, payload, moment):
        self.statement = self._read_text(
            payload, 'words', self.env._("Write your words first."))
        self.action_hand_in()

    def _on_mobile_notice_appeal(self, payload, moment):
        self.appeal = self._read_text(
            payload, 'words', self.env._("Write your words first."))
        self.action_appeal()

    @api.model
    def _get_mobile_notices(self, user):
        """Return what the phone of ``user`` shows of their own notices, and the points that count.

        Called by the phone's data as the user, who may be a portal user. Raises nothing.
        """
        # the domain names the user as the person concerned, once asked
        notices = self.sudo().search([
            ('user_id', '=', user.id), '|', ('date_asked', '!=', False),
            ('date_served', '!=', False)])
        return {
            'notices': [notice._prepare_mobile_notice() for notice in notices],
            'points': sum(
                -notice.points if notice.kind == 'merit' else notice.points
                for notice in notices.filtered_domain(
                    self._get_counted_domain(fields.Date.context_today(self)))),
        }

    def _prepare_mobile_notice(self):
        self.ensure_one()
        states = dict(self._fields['state']._description_selection(self.env))
        return {
            'res_model': self._name, 'res_id': self.id, 'name': self.name,
            'kind': self.kind, 'act': self.offence_id.name,
            'day': format_date(self.env, self.act_date), 'facts': self.facts or "",
            'sanction': self.sanction_id.name or "", 'points': self.points,
            'state': self.state, 'state_label': states[self.state],
            'statement': self.statement or "", 'appeal': self.appeal or "",
            'is_spent': self.is_spent,
            'valid_until': format_date(self.env, self.valid_until) or "",
            'answer_until': format_date(self.env, self.statement_date) if (
                self.state == 'statement' and not self.date_stated) else "",
            'appeal_until': format_date(self.env, self.appeal_date) if (
                self.state == 'served' and self._can_appeal()) else "",
        }
