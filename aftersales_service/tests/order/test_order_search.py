from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestOrderSearch(AftersalesCommon):
    """What the desk types into the search line: whatever the caller says."""

    @users('agent')
    def test_one_line_finds_by_number_customer_phone_and_serial(self):
        order = self._create_order(serial='LINE-77', phone='+1 650 555 0133')
        self._create_order(partner_id=self.env['res.partner'].sudo().create(
            {'name': "Somebody Else", 'phone': '+1 650 555 0134'}).id)
        for words in (order.name, self.customer.name, self.customer.name[1:6], '650-555-0133',
                      'line-77', 'LINE-7'):
            with self.subTest(words=words):
                self.assertEqual(self.env['aftersales.order'].search(
                    [('search_words', 'ilike', words), ('id', '>=', order.id)]), order)

    @users('dispatcher')
    def test_work_that_has_begun_or_waits_is_not_late(self):
        orders = self.env['aftersales.order'].union(*(
            self._create_order(date_planned='2020-01-02 09:00:00', type_id=self.type_on_site.id,
                               technician_id=self.technician.id) for __ in range(3)))
        __, begun, held = orders
        begun._move_on_to_dispatched()
        begun.action_next()
        held.sudo()._pause_clocks(self.env['aftersales.pause.reason'].search([], limit=1))
        states = ['late', 'begun', 'unplanned']
        self.assertEqual(orders.mapped('planning_state'), states)
        for order, state in zip(orders, states, strict=True):
            self.assertEqual(orders.search(
                [('planning_state', '=', state), ('id', 'in', orders.ids)]), order)
        self.env.flush_all()
        self.assertEqual(
            dict(orders._read_group([('id', 'in', orders.ids)], ['planning_state'], ['__count'])),
            dict.fromkeys(states, 1))
