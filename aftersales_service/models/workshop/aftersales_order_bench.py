from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.workshop import bench_state

# the columns of the bench, in the order in which an article passes them
BENCH_STATES = [
    ('waiting', "Waiting"),
    ('in_repair', "In Repair"),
    ('waiting_part', "Waiting for a Part"),
    ('own_check', "First Inspection"),
    ('final_check', "Final Inspection"),
    ('ready', "Ready"),
]
# what the steps of the bench say; each time an article gets on it, it begins without
BENCH_STAMPS = (
    'own_check_result', 'own_check_user_id', 'date_own_check', 'final_check_result',
    'final_check_user_id', 'date_final_check', 'date_repaired', 'repairer_id', 'date_ready',
    'date_ready_notice', 'date_unclaimed_notice', 'date_disposed')


class AftersalesOrder(models.Model):
    """The article on the bench: repaired, inspected by two people, ready to be fetched.

    The column follows from what was done; it cannot be dragged past an inspection.
    """

    _inherit = 'aftersales.order'

    bench_state = fields.Selection(
        BENCH_STATES, string="Bench", compute='_compute_bench_state', store=True, precompute=True,
        index='btree_not_null', group_expand=True, protected=True)
    bench_shelf = fields.Char(
        string="Shelf", copy=False, help="Where the article lies.", groups='base.group_user')
    date_repaired = fields.Datetime(string="Repaired on", readonly=True, copy=False, protected=True)
    repairer_id = fields.Many2one('res.users', readonly=True, copy=False, protected=True)
    date_own_check = fields.Datetime(
        string="First Inspection on", readonly=True, copy=False, protected=True)
    date_final_check = fields.Datetime(
        string="Final Inspection on", readonly=True, copy=False, protected=True)
    date_ready = fields.Datetime(string="Ready on", readonly=True, copy=False, protected=True)
    date_ready_notice = fields.Datetime(
        string="Customer Notified on", readonly=True, copy=False, protected=True)
    check_note = fields.Char(
        string="Finding", copy=False, help="What an inspection found; needed when it fails.",
        groups='base.group_user')

    @api.depends('stage_id', 'type_id', 'date_repaired', 'own_check_result',
                 'final_check_result')
    def _compute_bench_state(self):
        states = self.env['aftersales.stage']._get_states()
        waiting = self.env['aftersales.stage']._get_waiting_ids()
        for order in self:
            is_carried_in, needs_checks = order.type_id._get_workshop_facts()
            order.bench_state = bench_state(
                states.get(order.stage_id.id), is_carried_in=is_carried_in,
                is_waiting=order.stage_id.id in waiting, is_repaired=bool(order.date_repaired),
                own=order.own_check_result if needs_checks else 'passed',
                final=order.final_check_result if needs_checks else 'passed')

    # === ACTIONS === #

    def action_receive(self):
        """Note that the article lies in the workshop now."""
        self.filtered(lambda order: not order.date_received).date_received = (
            fields.Datetime.now())

    def action_repaired(self):
        """Note that the repairer is ready; the inspections follow, where asked for."""
        self._ensure_on_bench('in_repair')
        self._write_bench({
            'date_repaired': fields.Datetime.now(), 'repairer_id': self.env.uid})
        self.filtered(lambda order: order.bench_state == 'ready')._on_ready()

    def action_own_check_passed(self):
        """Record that the repairer inspected their own work and found it good."""
        self._inspect('own_check', 'passed')

    def action_own_check_failed(self):
        """Record that the repairer found a fault in their own work: it goes on."""
        self._inspect('own_check', 'failed')

    def action_final_check_passed(self):
        """Record that a second person found the work good: the customer is notified."""
        self._inspect('final_check', 'passed')

    def action_final_check_failed(self):
        """Record that a second person found a fault: back to the repairer."""
        self._inspect('final_check', 'failed')

    def action_notify_ready(self):
        """Notify the customers once more that their articles wait for them."""
        self.check_access('write')
        self._ensure_on_bench('ready')
        self._notify_ready()

    # === RULES === #

    @api.model
    def _refresh_bench(self, domain):
        """Recompute open orders after a change of their type or stage."""
        # the change of the configuration holds for everybody's orders
        orders = self.sudo().search(Domain(domain) & Domain('date_closed', '=', False))
        self.env.add_to_compute(self._fields['bench_state'], orders)

    def _write_bench(self, vals):
        self.check_access('write')
        # check_access checked the right to write; only the steps of the bench get here
        self.sudo().write(vals)

    def _ensure_on_bench(self, column):
        """Refuse a step for articles that stand elsewhere."""
        labels = dict(self._fields['bench_state']._description_selection(self.env))
        self._refuse_where(
            lambda order: order.bench_state != column,
            self.env._(
                "These articles are not in “%(column)s”; reload the board", column=labels[column]))

    def _inspect(self, check, result):
        """Record an inspection by the current user; a failed one sends the article back."""
        self._ensure_on_bench(check)
        if check == 'final_check':
            self._ensure_other_inspector()
        vals = {f'{check}_result': result, f'{check}_user_id': self.env.uid,
                f'date_{check}': fields.Datetime.now()}
        if result == 'failed':
            self._refuse_where(
                lambda order: not (order.check_note or '').strip(),
                self.env._("Write down what the inspection found"))
            self._log_failed_check(check)
            # after the next repair both inspections are repeated
            vals.update(date_repaired=False, own_check_result=vals.get('own_check_result'))
        self._write_bench({**vals, 'check_note': False})
        self.filtered(lambda order: order.bench_state == 'ready')._on_ready()

    def _log_failed_check(self, check):
        """Keep each failed inspection in the history: a later one replaces its result."""
        labels = dict(self._fields['bench_state']._description_selection(self.env))
        self._message_log_batch({
            order.id: self.env._(
                "%(check)s failed: %(note)s", check=labels[check], note=order.check_note)
            for order in self})

    def _ensure_other_inspector(self):
        """Refuse the final inspection by those who repaired the article."""
        self._refuse_where(
            lambda order: self.env.user in (
                order.repairer_id | order.own_check_user_id | order.technician_id),
            self.env._("The final inspection must be made by a person other than the repairer"))

    def _ensure_done(self):
        result = super()._ensure_done()
        self._ensure_inspected()
        return result

    def _ensure_scheduled(self):
        result = super()._ensure_scheduled()
        self._ensure_inspected()
        return result

    def _ensure_inspected(self):
        """Let no article leave the workshop before both inspections its type asks for."""
        self._refuse_where(
            lambda order: order.state == 'in_repair' and order.type_id.needs_checks
            and order.bench_state != 'ready',
            self.env._("Both inspections must be passed before the article leaves"))

    def _prepare_state_vals(self, target, moment):
        """Begin with a clean bench each time an article gets on it."""
        vals = super()._prepare_state_vals(target, moment)
        if target in ('taken_to_shop', 'in_repair'):
            vals.update(dict.fromkeys(BENCH_STAMPS, False))
        return vals

    def _on_ready(self):
        """Do what follows when articles are ready to be fetched or brought back."""
        if self:
            self._write_bench({'date_ready': fields.Datetime.now()})
            self._notify_ready()

    def _notify_ready(self):
        """Notify the customers that their articles are ready: the one place that does.

        Customers without an address or a notification rule are called: the handler gets
        an activity.
        """
        messages = self._notify_customer('ready', f'ready {fields.Datetime.now()}')
        reached = self.browse(set(messages._filter_addressed().mapped('res_id')))
        for order in self - reached:
            user = order.user_id or self.env.user
            order.activity_schedule(
                'mail.mail_activity_data_call', user_id=user.id,
                summary=self.with_context(lang=user.lang).env._(
                    "Inform the customer that the article is ready"))
        reached._write_bench({'date_ready_notice': fields.Datetime.now()})
