from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged, users

from .common import NOON, ClockCommon


@tagged('post_install', '-at_install')
class TestClockKinds(ClockCommon):
    """Kinds and criteria belong to documents; each leaves alone what it does not know."""

    def _forget_repairs(self):
        """Let orders know no clock of the kind ``repair``, as if another module had added it."""
        order = self.env.registry['aftersales.order']
        states = {kind: ends for kind, ends in self.env['aftersales.order'].
                  _get_clock_states().items() if kind != 'repair'}
        self.enterContext(patch.object(order, '_get_clock_states', lambda self: states))

    @users('agent')
    def test_order_leaves_alone_the_clocks_of_another_module(self):
        self._forget_repairs()
        with freeze_time(NOON):
            done, called_off, changed = (
                self._create_order(close_reason="Solved itself") for __ in range(3))
            clocks = self.env['aftersales.clock'].sudo().create([
                {'res_model': order._name, 'res_id': order.id, 'kind': 'repair',
                 'company_id': order.company_id.id, 'duration': 1, 'date_start': NOON,
                 'date_deadline': '2026-06-03 13:00:00'}
                for order in (done, called_off, changed)])
            self.assertEqual(str(done.date_deadline), '2026-06-03 13:00:00')
            self._move_to(done, 'closed')
            called_off.action_cancel()
            changed.type_id = self.type_consultation
            changed.severity = '3'
        self.assertEqual(clocks.mapped('result'), ['running'] * 3)
        self.assertEqual(str(called_off.date_deadline), '2026-06-03 13:00:00')

    def test_promised_time_of_an_unknown_kind_is_refused(self):
        self._forget_repairs()
        with self.assertRaisesRegex(ValidationError, "Service Order.*no promise “Repair”"):
            self.target.create({'kind': 'repair', 'duration': 1})

    @users('manager')
    def test_manager_promises_something_in_the_form(self):
        with Form(self.env['aftersales.clock.target']) as form:
            form.kind = 'arrive'
            form.duration = 3
            form.unit = 'legal'
            form.severity = '2'
        self.assertRecordValues(form.record, [{
            'res_model': 'aftersales.order', 'display_name': "Arrive within 3 days"}])

    def test_undeclared_kind_is_refused_when_the_registry_is_loaded(self):
        order = self.env['aftersales.order']
        order._register_hook()
        self.enterContext(patch.object(
            type(order), '_get_clock_kinds', lambda self: {'answer', 'cooling'}))
        with self.assertRaisesRegex(ValueError, "aftersales.order.*not declared: cooling"):
            order._register_hook()

    def test_criterion_without_field_is_refused_when_the_registry_is_loaded(self):
        target = self.env['aftersales.clock.target']
        target._register_hook()
        self.enterContext(patch.object(
            type(target), '_get_criteria', lambda self: {'moon_phase': 'moon'}))
        with self.assertRaisesRegex(ValueError, "do not exist: moon_phase"):
            target._register_hook()

    @freeze_time(NOON)
    @users('agent')
    def test_promised_times_are_of_one_document(self):
        self.enterContext(patch.object(
            self.env.registry['aftersales.clock.mixin'], '_get_clock_models',
            lambda self: ['aftersales.order', 'aftersales.campaign']))
        self.enterContext(patch.object(
            self.env.registry['aftersales.campaign'], '_get_clock_kinds',
            lambda self: {'arrive'}, create=True))
        self.target.create({
            'res_model': 'aftersales.campaign', 'kind': 'arrive', 'duration': 1,
            'severity': '3', 'company_id': self.env.company.id})
        self.assertEqual(
            self._get_deadline(self._create_order(severity='3'), 'arrive'),
            '2026-06-03 14:00:00')
        facts = {'company': self.env.company.id}
        find = self.env['aftersales.clock.target']._find
        # without the fact that it asks for, the promise does not hold
        self.assertFalse(find('aftersales.campaign', 'arrive', facts))
        self.assertEqual(
            find('aftersales.campaign', 'arrive', facts | {'severity': '3'}, 2).duration, 2)

    @freeze_time(NOON)
    @users('agent')
    def test_module_adds_a_criterion_by_its_field_and_fact(self):
        target, order = (self.env.registry[name] for name in (
            'aftersales.clock.target', 'aftersales.order'))
        criteria, facts = target._get_criteria, order._get_clock_facts
        # as if the calendar of a promise were asked for: any field of the target will do
        self.enterContext(patch.object(
            target, '_get_criteria', lambda self: criteria(self) | {'sequence': 'channel_rank'}))
        self.enterContext(patch.object(
            order, '_get_clock_facts', lambda self: (
                facts(self)[0] | {'channel_rank': 7 if self.channel == 'email' else 8},
                facts(self)[1])))
        self.target.search([('kind', '=', 'arrive')]).unlink()
        self.target.create([
            {'kind': 'arrive', 'duration': 5, 'sequence': 7},
            {'kind': 'arrive', 'duration': 9, 'sequence': 8}])
        for channel, deadline in (('email', '17'), ('phone', '21')):
            self.assertEqual(
                self._get_deadline(self._create_order(channel=channel), 'arrive'),
                f'2026-06-03 {deadline}:00:00')
