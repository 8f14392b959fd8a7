from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged, users

from ...tools.order_flow import FINAL_STATES, MAIN_LINE, NEXT_STATES, next_state, reachable_states
from ..common import AftersalesCommon

steps_strategy = st.sets(st.sampled_from(MAIN_LINE[1:-1])).map(
    lambda steps: steps | {'registered', 'closed'})


class TestOrderFlowTool(BaseCase):
    """The flow as a pure function, whatever steps a type uses."""

    @given(steps_strategy, st.sampled_from(sorted(NEXT_STATES)))
    def test_only_used_states_are_entered(self, steps, source):
        self.assertLessEqual(
            reachable_states(source, steps) - {'cancelled', 'rejected'}, steps)

    @given(steps_strategy, st.sampled_from(sorted(NEXT_STATES)))
    def test_no_state_follows_itself(self, steps, source):
        self.assertNotIn(source, reachable_states(source, steps))

    @given(steps_strategy)
    def test_the_usual_line_always_ends_closed(self, steps):
        state, passed = 'registered', []
        while state != 'closed':
            passed.append(state)
            state = next_state(state, steps)
        self.assertEqual(passed, sorted(set(passed), key=MAIN_LINE.index))

    @given(steps_strategy, st.sampled_from(sorted(FINAL_STATES)))
    def test_ended_orders_only_reopen(self, steps, source):
        self.assertLessEqual(reachable_states(source, steps), {'registered'})

    def test_a_step_in_use_is_never_skipped(self):
        self.assertNotIn('done', reachable_states('assessed', set(MAIN_LINE)))
        self.assertIn('done', reachable_states('assessed', {'registered', 'assessed', 'done'}))

    def test_finished_work_is_not_called_off(self):
        self.assertIn('cancelled', reachable_states('in_repair', set(MAIN_LINE)))
        self.assertNotIn('cancelled', reachable_states('done', set(MAIN_LINE)))

    def test_a_state_that_orders_do_not_have_is_refused_in_words(self):
        for source, steps in (('waiting', set()), ('registered', {'waiting'})):
            with self.assertRaisesRegex(ValueError, "no state 'waiting'.*is_waiting"):
                reachable_states(source, steps)

    def test_only_new_calls_are_rejected(self):
        self.assertIn('rejected', reachable_states('assessed', set(MAIN_LINE)))
        self.assertNotIn('rejected', reachable_states('scheduled', set(MAIN_LINE)))


@tagged('post_install', '-at_install')
class TestOrderFlow(AftersalesCommon):

    @users('agent')
    def test_order_passes_the_whole_line(self):
        order = self._create_order()
        self._move_to(order, 'closed')
        self.assertTrue(order.date_done)
        self.assertTrue(order.date_closed)

    @users('agent')
    def test_consultation_is_closed_at_once(self):
        order = self._create_order(type_id=self.type_consultation.id, answer="Press the button")
        order.action_next()
        order.action_next()
        self.assertEqual(order.state, 'closed')

    @users('agent')
    def test_carry_in_repair_needs_no_visit(self):
        order = self._create_order(type_id=self.type_carry_in.id)
        order.action_next()
        order.action_next()
        self.assertEqual(order.state, 'in_repair')

    @users('agent')
    def test_rpc_cannot_jump_over_a_stage(self):
        order = self._create_order()
        stage = self.env.ref('aftersales_service.aftersales_stage_done')
        with self.assertRaisesRegex(UserError, "cannot become “Done”"):
            order.write({'stage_id': stage.id, 'signature': 'x'})

    @users('agent')
    def test_rpc_cannot_write_the_state(self):
        order = self._create_order()
        with self.assertRaisesRegex(UserError, "follows from its stage"):
            order.write({'state': 'closed'})

    @users('agent')
    def test_new_order_starts_at_the_start(self):
        stage = self.env.ref('aftersales_service.aftersales_stage_done')
        with self.assertRaisesRegex(UserError, "starts in the first stage"):
            self._create_order(stage_id=stage.id)

    @users('agent')
    def test_context_does_not_start_an_order_in_the_middle(self):
        done = self.env.ref('aftersales_service.aftersales_stage_done')
        with self.assertRaisesRegex(UserError, "starts in the first stage"):
            self.env['aftersales.order'].with_context(default_stage_id=done.id).create({})

    @users('agent')
    def test_stage_that_does_not_exist_is_refused(self):
        order = self._create_order()
        for stage in False, 0, 2**31 - 1, str(order.stage_id.id):
            with self.subTest(stage=stage), self.assertRaisesRegex(
                    UserError, "Choose one of the stages"):
                order.write({'stage_id': stage, 'description': "Half saved"})
        self.assertEqual(order.description, "It does not cool")

    @users('manager')
    def test_manager_imports_orders_under_way(self):
        stage = self.env.ref('aftersales_service.aftersales_stage_done')
        self.assertEqual(self._create_order(stage_id=stage.id).state, 'done')

    @users('agent')
    def test_unknown_customer_is_not_assessed(self):
        order = self.env['aftersales.order'].create({'description': "It is loud"})
        with self.assertRaisesRegex(UserError, "who the customer is"):
            order.action_next()

    @users('agent')
    def test_visit_needs_a_time(self):
        order = self._create_order()
        order.action_next()
        with self.assertRaisesRegex(UserError, "Agree on a time"):
            order.action_next()
        order.date_planned = '2026-06-02 08:00:00'
        order.action_next()
        self.assertEqual(order.state, 'scheduled')

    @users('agent')
    def test_work_without_a_visit_is_scheduled_without_a_time(self):
        kind = self.type_carry_in.copy()
        kind.stage_ids |= self.env.ref('aftersales_service.aftersales_stage_scheduled')
        order = self._create_order(type_id=kind.id)
        self._move_to(order, 'assessed')
        order.date_planned = False
        order.action_next()
        self.assertEqual(order.state, 'scheduled')

    @users('agent')
    def test_dispatch_needs_a_technician(self):
        order = self._create_order()
        self._move_to(order, 'scheduled')
        order.technician_id = False
        with self.assertRaisesRegex(UserError, "Choose the technician"):
            order.action_next()

    @users('agent')
    def test_second_visit_is_planned_again(self):
        order = self._create_order()
        self._move_to(order, 'on_site')
        order.action_plan_again()
        self.assertEqual(order.state, 'scheduled')

    @users('agent')
    def test_cancelling_needs_a_reason(self):
        order = self._create_order()
        order.close_reason = " \n"
        with self.assertRaisesRegex(UserError, "Give the reason"):
            order.action_cancel()
        order.close_reason = "Solved itself"
        order.action_cancel()
        self.assertTrue(order.date_closed)
        order.action_reopen()
        self.assertEqual((order.state, order.date_closed), ('registered', False))

    @users('agent')
    def test_done_work_is_not_cancelled(self):
        order = self._create_order(close_reason="Too late")
        self._move_to(order, 'done')
        with self.assertRaisesRegex(UserError, "cannot become “Cancelled”"):
            order.action_cancel()

    @users('agent')
    def test_refusal_names_the_order(self):
        orders = self._create_order() | self._create_order()
        with self.assertRaisesRegex(UserError, orders[1].name):
            orders.action_cancel()

    @users('agent')
    def test_no_state_beside_a_stage_hides_it(self):
        done = self.env['aftersales.stage'].sudo().search([('state', '=', 'done')], limit=1)
        orders = self.env['aftersales.order']
        for vals in {'stage_id': done.id}, {'stage_id': done.id, 'state': 'registered'}:
            with self.subTest(vals=vals), self.cr.savepoint(), self.assertRaisesRegex(
                    UserError, "starts in the first stage"):
                self._create_order(**vals)
            defaults = {f'default_{name}': value for name, value in vals.items()}
            with self.subTest(defaults=defaults), self.cr.savepoint(), self.assertRaisesRegex(
                    UserError, "starts in the first stage"):
                orders.with_context(**defaults).create({'partner_id': self.customer.id})
        self.assertEqual(self._create_order(state='done').state, 'registered')
