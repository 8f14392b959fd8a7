from odoo.exceptions import UserError
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestStage(AftersalesCommon):

    @users('manager')
    def test_stage_may_be_split_and_renamed(self):
        stage = self.env['aftersales.stage'].create(
            {'name': "Waiting for Customer", 'state': 'scheduled', 'is_waiting': True})
        stage.name = "Customer Away"
        stage.unlink()
        self.assertFalse(stage.exists())

    @users('manager')
    def test_last_stage_of_a_state_stays(self):
        with self.assertRaisesRegex(UserError, "last stage of the state “Scheduled”"):
            self.env.ref('aftersales_service.aftersales_stage_scheduled').unlink()
        with self.assertRaisesRegex(UserError, "last stage of the state “Scheduled”"):
            self.env.ref('aftersales_service.aftersales_stage_scheduled').state = 'done'

    @users('manager')
    def test_used_stage_keeps_its_state(self):
        order = self._create_order()
        second = self.env['aftersales.stage'].create({'name': "Call Back", 'state': 'registered'})
        order.stage_id = second
        with self.assertRaisesRegex(UserError, "Call Back is in use"):
            second.state = 'done'

    @users('manager')
    def test_orders_that_have_the_state_go_along_to_its_other_stage(self):
        registered, assessed = self._create_order(), self._create_order()
        assessed.action_next()
        second = self.env['aftersales.stage'].create({'name': "Second Look", 'state': 'assessed'})
        (registered | assessed).stage_id = second
        self.assertEqual([registered.stage_id, assessed.stage_id], [second, second])

    @users('manager')
    def test_moving_inside_a_state_stamps_nothing(self):
        order = self._create_order()
        order.stage_id = self.env['aftersales.stage'].create(
            {'name': "Call Back", 'state': 'registered'})
        self.assertFalse(order.date_closed)
