from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tests.common import new_test_user

from ..common import SIGNATURE
from .common import WorkshopCommon


@tagged('post_install', '-at_install')
class TestBench(WorkshopCommon):
    """An article passes repair and two inspections, and leaves no other way."""

    def test_article_passes_the_bench(self):
        order = self._bring_in()
        columns = [order.bench_state]
        for user, step in (
                (self.technician, 'action_repaired'),
                (self.technician, 'action_own_check_passed'),
                (self.inspector, 'action_final_check_passed')):
            getattr(order.with_user(user), step)()
            columns.append(order.bench_state)
        self.assertEqual(columns, ['in_repair', 'own_check', 'final_check', 'ready'])
        self.assertRecordValues(order, [{
            'repairer_id': self.technician.id, 'own_check_user_id': self.technician.id,
            'final_check_user_id': self.inspector.id, 'own_check_result': 'passed',
            'final_check_result': 'passed'}])
        self.assertTrue(order.date_own_check and order.date_final_check and order.date_ready)
        order.action_done()
        self.assertEqual((order.state, order.bench_state), ('done', False))

    def test_repairer_does_not_make_the_final_inspection(self):
        order = self._bring_in()
        order.action_repaired()
        order.action_own_check_passed()
        with self.assertRaisesRegex(UserError, "other than the repairer"):
            order.action_final_check_passed()
        order.sudo().technician_id = False  # handing the order over changes nothing
        with self.assertRaisesRegex(UserError, "other than the repairer"):
            order.with_user(self.technician).sudo().action_final_check_passed()

    def test_responsible_of_the_order_does_not_make_the_final_inspection(self):
        order = self._bring_in()
        order.action_repaired()
        order.action_own_check_passed()
        order.sudo().technician_id = self.manager
        with self.assertRaisesRegex(UserError, "other than the repairer"):
            order.with_user(self.manager).action_final_check_passed()
        self.assertFalse(order.final_check_result)

    def test_failed_inspection_sends_back_and_both_are_repeated(self):
        order = self._bring_in()
        order.action_repaired()
        order.action_own_check_passed()
        judged = order.with_user(self.inspector)
        with self.assertRaisesRegex(UserError, "what the inspection found"):
            judged.action_final_check_failed()
        judged.check_note = "Fan hums"
        judged.action_final_check_failed()
        self.assertEqual(order.bench_state, 'in_repair')
        self.assertEqual(order.final_check_result, 'failed')
        self.assertIn("Fan hums", order.message_ids[0].body)
        self._make_ready(order)
        self.assertEqual(order.bench_state, 'ready')

    def test_own_inspection_may_fail_as_well(self):
        order = self._bring_in()
        order.action_repaired()
        order.check_note = "Still leaks"
        order.action_own_check_failed()
        self.assertRecordValues(order, [{
            'bench_state': 'in_repair', 'own_check_result': 'failed', 'check_note': False}])

    def test_article_does_not_leave_uninspected(self):
        order = self._bring_in()
        with self.assertRaisesRegex(UserError, "Both inspections"):
            order.action_done()
        order.action_repaired()
        order.action_own_check_passed()
        with self.assertRaisesRegex(UserError, f"Both inspections.*{order.name}"):
            order.stage_id = self.env.ref('aftersales_service.aftersales_stage_done')
        self.assertEqual(order.state, 'in_repair')

    def test_article_of_a_visit_does_not_go_back_uninspected(self):
        kind = self.type_on_site.copy({'name': "Inspected on Site", 'needs_checks': True})
        order = self._create_order(type_id=kind.id)
        self._move_to(order, 'on_site')
        order.handover_signature = order.signature
        order.action_take_to_shop()
        self.assertEqual(order.bench_state, 'waiting')
        order.action_next()
        with self.assertRaisesRegex(UserError, "Both inspections"):
            order.action_plan_again()
        self._make_ready(order)
        order.action_plan_again()
        self.assertEqual((order.state, order.bench_state), ('scheduled', False))

    def _take_along(self):
        """Return an order whose article was taken along and repaired."""
        order = self._create_order(product_id=self.conditioner.id)
        self._move_to(order, 'on_site')
        order.handover_signature = order.signature
        order.action_take_to_shop()
        order.action_next()
        return order

    def test_article_taken_along_is_given_back_against_a_signature(self):
        order = self._take_along()
        with self.assertRaisesRegex(UserError, f"that the article came back: {order.name}"):
            order.action_done()
        order.return_signature = SIGNATURE
        order.action_done()
        self.assertEqual(order.state, 'done')

    def test_article_brought_back_by_a_visit_is_signed_for_as_well(self):
        order = self._take_along()
        order.action_plan_again()
        order.action_next()
        order.action_next()
        with self.assertRaisesRegex(UserError, "that the article came back"):
            order.action_done()
        shared = order._get_mobile_context()
        self.assertFalse(order._prepare_mobile_order(shared)['is_signed'])
        order.visit_ids.filtered(lambda visit: visit.state == 'on_site')._on_mobile_sign(
            order, {'image': SIGNATURE}, None)
        self.assertTrue(order._prepare_mobile_order(shared)['is_signed'])
        order.action_done()
        self.assertEqual(order.return_signature, order.signature)

    def test_stated_and_shown_refusal_replaces_the_signature_of_the_article(self):
        order = self._take_along()
        order.write({'refusal_reason': "Customer not at home", 'refusal_photo': SIGNATURE})
        order.action_done()
        self.assertEqual(order.state, 'done')

    def test_type_without_inspections_is_ready_when_repaired(self):
        order = self._bring_in(type_id=self.type_carry_in.id)
        order.action_repaired()
        self.assertEqual(order.bench_state, 'ready')
        self.assertTrue(order.date_ready)

    def test_inspections_are_not_typed(self):
        order = self._bring_in()
        for name in ('own_check_result', 'final_check_result', 'date_repaired', 'date_ready'):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "is protected"):
                order.write({name: False})
        with self.assertRaisesRegex(UserError, "is protected"):
            self.env['aftersales.order'].with_user(self.agent).create(
                {'final_check_result': 'passed'})

    def test_steps_are_taken_in_their_column(self):
        order = self._bring_in()
        with self.assertRaisesRegex(UserError, "not in “First Inspection”"):
            order.action_own_check_passed()
        with self.assertRaisesRegex(UserError, "not in “Final Inspection”"):
            order.with_user(self.inspector).action_final_check_passed()

    def test_colleague_without_the_order_does_nothing(self):
        order = self._bring_in()
        with self.assertRaises(UserError):
            order.with_user(self.other_agent).action_repaired()
        self.assertFalse(order.date_repaired)
        self._make_ready(order)
        with self.assertRaises(AccessError):
            order.with_user(self.other_agent).action_notify_ready()

    def test_waiting_stage_is_its_own_column(self):
        order = self._bring_in()
        order.stage_id = self.env.ref('aftersales_service.aftersales_stage_waiting_part')
        self.assertEqual(order.bench_state, 'waiting_part')

    def test_board_follows_the_configuration(self):
        order = self._bring_in(type_id=self.type_carry_in.id)
        order.action_repaired()
        self.type_carry_in.needs_checks = True
        self.assertEqual(order.bench_state, 'own_check')
        self.env.ref('aftersales_service.aftersales_stage_in_repair').is_waiting = True
        self.assertEqual(order.bench_state, 'waiting_part')

    def test_new_carry_in_waits_and_other_orders_are_not_there(self):
        self.assertEqual(
            self._create_order(type_id=self.type_carry_in.id).bench_state, 'waiting')
        self.assertFalse(self._create_order().bench_state)

    def test_second_time_on_the_bench_starts_clean(self):
        order = self._bring_in(close_reason="Too dear")
        self._make_ready(order)
        order.action_cancel()
        order.action_reopen()
        order.action_next()
        order.action_next()
        self.assertRecordValues(order, [{
            'bench_state': 'in_repair', 'own_check_result': False, 'date_ready': False}])

    def test_board_shows_every_column(self):
        self._bring_in()
        groups = self.env['aftersales.order'].with_context(
            read_group_expand=True).formatted_read_group(
                [('bench_state', '!=', False)], ['bench_state'], ['__count'])
        self.assertEqual([group['bench_state'] for group in groups], [
            'waiting', 'in_repair', 'waiting_part', 'own_check', 'final_check', 'ready'])

    def test_form_shows_inspections_to_read_only(self):
        order = self._bring_in()
        with Form(order) as form, self.assertRaises(AssertionError):
            form.own_check_result = 'passed'
        self.assertFalse(order.own_check_result)

    def test_two_of_one_firm_may_be_one_where_the_type_says_so(self):
        alone = new_test_user(
            self.env, 'alone', 'aftersales_service.group_aftersales_technician')
        order = self._bring_in(
            type_id=self.type_carry_in.id, technician_id=alone.id).with_user(alone)
        order.action_repaired()
        order.action_done()
        self.assertEqual(order.state, 'done')
