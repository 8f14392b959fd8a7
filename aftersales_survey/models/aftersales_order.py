import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import consteq
from odoo.tools.misc import hmac

from odoo.addons.aftersales_service.tools.order_flow import reachable_states
from odoo.addons.aftersales_service.tools.qr import qr_png

from ..tools.calls import is_called
from .aftersales_survey_population_mixin import CATEGORY, OUTLET, PRODUCT, REGION

FEEDBACK_DAYS = 60  # after the work, a printed report may be answered
_SCOPE = 'aftersales-survey-feedback'
_LENGTH = 40  # hexadecimal digits of the signature: 160 bits
_logger = logging.getLogger(__name__)


class AftersalesOrder(models.Model):
    """What surveys ask about an order, and what its calls lead to."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.survey.population.mixin']
    _survey_strata = {
        OUTLET: 'outlet_id', REGION: 'partner_id.state_id', CATEGORY: 'product_id.categ_id',
        PRODUCT: 'product_id', 'technician': 'technician_id', 'type': 'type_id',
        'grade': 'partner_id.aftersales_grade_id'}

    is_test = fields.Boolean(
        string="Test Order", copy=False,
        help="Made to try something out: its customer is asked in no survey.")
    survey_invitation_count = fields.Integer(
        compute='_compute_survey_invitation_count',
        groups='aftersales_survey.group_survey_interviewer')
    survey_call = fields.Selection(
        [('planned', "Called by the Follow-up Desk"), ('spared', "Not Called")],
        string="Follow-up by", readonly=True, copy=False, protected=True,
        groups='base.group_user')
    call_reason_id = fields.Many2one(
        'aftersales.call.reason', index='btree_not_null', check_company=True, copy=False,
        groups='base.group_user', help="Choose it to see what to ask, and what may help at once.")
    call_script = fields.Text(compute='_compute_call_script', groups='base.group_user')

    def _get_feedback_key(self):
        """Return the key that the report carries; another customer's report has another one."""
        self.ensure_one()
        # the secret of the database signs, and is shown to no one
        signature = hmac(
            self.env(su=True), _SCOPE, (self.id, self.company_id.id, self.partner_id.id))
        return f'o{self.id}-{signature[:_LENGTH]}'

    @api.model
    def _find_by_feedback_key(self, key):
        """Return the order whose report carries ``key``, as superuser; none for another key."""
        orders = self.sudo()
        number, dash, __ = key[1:].partition('-')
        if not (key.startswith('o') and dash and number.isdecimal() and len(number) < 10):
            return orders
        order = orders.with_context(active_test=False).browse(int(number)).exists()
        return order if order and consteq(order._get_feedback_key(), key) else orders

    def _get_feedback_survey(self):
        """Return what the customer of a finished order is asked; the company's own first.

        Hook: called by the printed service report and the page behind its code, as any user,
        for one order; the questionnaire is returned as superuser, an empty one prints no code.
        Raises nothing.
        """
        self.ensure_one()
        # customers read no questionnaires; this one is asked of them
        surveys = self.env['survey.survey'].sudo()
        return surveys if not self.date_done else surveys.search(
            [('survey_type', '=', 'aftersales'), ('aftersales_purpose', '=', 'after_repair'),
             ('company_id', 'in', (False, self.company_id.id))],
            order='company_id, id', limit=1)

    def _get_feedback_qr(self):
        """Return the QR code of the questionnaire for the report.

        None where there is nothing to ask, or the customer wants no surveys.
        """
        # who prints the report need not read the customer
        firm = self.sudo().partner_id.commercial_partner_id
        if firm.aftersales_survey_opt_out or not self._get_feedback_survey():
            return None
        return qr_png(f'{self.get_base_url()}/feedback/{self._get_feedback_key()}')

    def _prepare_feedback_vals(self, survey):
        """Return the values of the answers that are given by the key of the report."""
        self.ensure_one()
        return {
            'survey_id': survey.id, 'aftersales_order_id': self.id, 'is_from_report': True,
            'company_id': self.company_id.id, 'partner_id': self.partner_id.id,
            'aftersales_outlet_id': self.outlet_id.id,
            'aftersales_technician_id': self.technician_id.id,
            'aftersales_product_id': self.product_id.id,
            'aftersales_region_id': self.partner_id.state_id.id,
            'deadline': self.date_done + timedelta(days=FEEDBACK_DAYS)}

    def _compute_survey_invitation_count(self):
        counts = dict(self.env['aftersales.survey.invitation']._read_group(
            [('order_id', 'in', self.ids)], ['order_id'], ['__count']))
        for order in self:
            order.survey_invitation_count = counts.get(order._origin, 0)

    def action_view_survey_invitations(self):
        """Show what the customers of these orders were asked."""
        return self.env['aftersales.survey.invitation']._get_invitations_action(
            [('order_id', 'in', self.ids)])

    @api.model
    def _get_survey_domain(self, company):
        return super()._get_survey_domain(company) & Domain(
            'state', 'in', ('done', 'signed', 'followed_up', 'closed'))

    @api.model
    def _get_survey_events(self):
        return super()._get_survey_events() | {
            'order_done': 'date_done', 'order_closed': 'date_closed'}

    @api.model
    def _get_survey_exclusions(self, wave):
        return {'test': Domain('is_test', '=', True)} | super()._get_survey_exclusions(wave)

    def _prepare_survey_invitation_vals(self):
        return super()._prepare_survey_invitation_vals() | {
            'order_id': self.id, 'outlet_id': self.outlet_id.id,
            'technician_id': self.technician_id.id, 'product_id': self.product_id.id}

    # === PLAN === #

    def _plan_follow_ups(self):
        """Give the call after the work to the follow-up desk, where the company has one.

        Others, and those that cannot be called about, go to the handlers as before. Must not
        raise: what the desk cannot plan, the handlers get.
        """
        planned = self.browse()
        for company, orders in self.grouped('company_id').items():
            wave = company.survey_call_wave_id
            if wave.state != 'running':
                continue
            try:
                with self.env.cr.savepoint():
                    planned |= orders._plan_survey_calls(wave)
            except UserError as error:
                self.env.invalidate_all()
                _logger.info("Follow-up calls of %s go to the handlers: %s", company.name, error)
        return super(AftersalesOrder, self - planned)._plan_follow_ups()

    def _plan_survey_calls(self, wave):
        """Plan the calls of orders of one company by the desk; return the orders that it takes.

        Orders that are spared get their day as well, so that they are asked once. Those without
        a number are left to the handlers. What was done for an open loop is followed up by its
        second interview alone.
        """
        again = self.env['aftersales.loop'].search([
            ('re_service_order_id', 'in', self.ids), ('state', '!=', 'closed')])
        second = again.re_service_order_id & self
        planned = (self - second).filtered('phone')
        reasons = planned._filter_survey_askable(wave)._choose_survey_calls(wave)
        called = self.browse().concat(*reasons)
        for (company, day), orders in (planned | second).grouped(lambda order: (
                order.company_id,
                order.company_id._get_aftersales_day(order.date_done))).items():
            orders.write({'date_follow_up': self._get_follow_up_day(company, day)})
        (called | second).write({'survey_call': 'planned'})
        (planned - called).write({'survey_call': 'spared'})
        invitations = self.env['aftersales.survey.invitation']._create_invitations(
            wave, [order._prepare_survey_call_row() for order in called]) if called else ()
        for order, invitation in zip(called, invitations, strict=True):
            invitation._plan_call(reasons[order], order.date_follow_up)
        return planned | second

    def _filter_survey_askable(self, wave):
        """Return the orders whose customers this wave may ask, and has not asked yet."""
        known = self.env['aftersales.survey.invitation'].with_context(active_test=False).search([
            ('wave_id', '=', wave.id), ('res_model', '=', self._name),
            ('res_id', 'in', self.ids)])
        # the number called is the order's, whatever the customer's card says
        out = Domain.OR(domain for reason, domain in self._get_survey_exclusions(wave).items()
                        if reason != 'no_channel')
        return self - self.browse(known.mapped('res_id')) - self.search(
            Domain('id', 'in', self.ids) & out)

    def _choose_survey_calls(self, wave):
        """Return ``{order: reason}`` of the orders that are called about: by rule, else by share.

        The share is the one of the customer's grade, of consumers the company's.
        """
        invitations = self.env['aftersales.survey.invitation']
        suspects = invitations._get_suspects(wave.company_id)
        left = invitations._count_quota_left(wave, self.outlet_id)
        reasons = {}
        for order in self:
            reason = order._get_survey_call_rule(wave, suspects)
            share = wave.company_id._get_survey_call_share(order.partner_id)
            if not reason and left[order.outlet_id] > 0 and is_called(
                    f'{wave.id}', order.id, share):
                reason, left[order.outlet_id] = 'next_day', left[order.outlet_id] - 1
            if reason:
                reasons[order] = reason
        return reasons

    def _get_survey_call_rule(self, wave, suspects):
        """Return why the customer is called whatever share and quota say; none for most.

        Hook: called as superuser for one order, or none, whose customer may be called. A module
        that knows a further reason adds it to ``call_reason`` of the invitation by
        ``selection_add`` and answers before ``super()``. Raises nothing.

        :param wave: in which the customer is asked
        :param suspects: ``{(company, technician)}`` whose work a customer denied lately
        :return: a key of ``call_reason``, or ``False``
        """
        if wave.is_suspect_called and (self.company_id, self.technician_id) in suspects:
            return 'suspect'
        return 'paid' if wave.is_paid_called and self.charge_kind == 'paid' else False

    def _prepare_survey_call_row(self):
        """Return the row of the invitation to one order's customer."""
        self.ensure_one()
        return {
            'res_model': self._name, 'res_id': self.id, 'order_id': self.id,
            'partner_id': self.partner_id.id, 'outlet_id': self.outlet_id.id,
            'technician_id': self.technician_id.id, 'product_id': self.product_id.id,
            'region_id': self.site_id.state_id.id, 'channel': 'phone'}

    # === WHAT FOLLOWS === #

    def _note_survey_result(self, result):
        """Note what came of the call, and take the step that follows it, where it comes next.

        Called as superuser, for orders whose follow-up the desk planned; others, and those whose
        result stands already, stay as they are.
        """
        called = self.filtered(
            lambda order: order.survey_call == 'planned' and not order.follow_up_result)
        called.write({'follow_up_result': result})
        ready = called.filtered(lambda order: 'followed_up' in reachable_states(
            order.state, order.type_id._get_steps()))
        if ready:
            ready._set_state('followed_up')

    def _on_done(self):
        """Ask the customers of open loops again, once the second order is done."""
        result = super()._on_done()
        loops = self.env['aftersales.loop'].search([
            ('re_service_order_id', 'in', self.ids), ('state', 'in', ('open', 'acting'))])
        for loop in loops:
            loop.solution = "\n".join(filter(None, (
                loop.solution, self.env._("Second order done: %(order)s",
                                          order=loop.re_service_order_id.name),
                loop.re_service_order_id.solution)))
        loops.filtered('invitation_id')._set_state('second_call')
        return result

    @api.depends('call_reason_id')
    @api.depends_context('lang')
    def _compute_call_script(self):
        for order in self:
            reason = order.call_reason_id
            order.call_script = "\n\n".join(filter(None, [
                reason.hint, reason.script_intake, reason.script_booking]))
