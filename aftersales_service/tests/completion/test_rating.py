from odoo.tests import tagged, users

from ..outlet.common import OutletCommon


@tagged('post_install', '-at_install')
class TestRating(OutletCommon):
    """A rating counts for the order and for the outlet that served."""

    def _rate(self, rate, outlet):
        order = self._create_order(outlet_id=outlet.id)
        order.sudo().rating_apply(rate, token=order.sudo()._rating_get_access_token())
        return order

    @users('dispatcher')
    def test_outlet_is_the_parent_of_the_rating(self):
        self._rate(5, self.north)
        order = self._rate(2, self.north)
        self._rate(1, self.south)
        self.assertEqual(order.rating_last_value, 2)
        north = self.north.with_env(self.env)
        self.assertRecordValues(north, [{'rating_count': 2, 'rating_avg': 3.5}])
        action = north.action_view_ratings()
        self.assertEqual(self.env[action['res_model']].search_count(action['domain']), 2)
        action = order.action_view_ratings()
        self.assertEqual(self.env[action['res_model']].search_count(action['domain']), 1)

    def test_rating_follows_the_order_to_another_outlet(self):
        order = self._rate(4, self.north)
        order.outlet_id = self.south
        self.assertEqual([self.north.rating_count, self.south.rating_count], [0, 1])

    def test_technician_is_the_one_rated(self):
        order = self._create_order(technician_id=self.technician.id)
        self.assertEqual(order._rating_get_operator(), self.technician.partner_id)
