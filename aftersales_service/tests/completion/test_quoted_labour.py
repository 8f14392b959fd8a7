from odoo.exceptions import UserError
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestQuotedLabour(AftersalesCommon):
    """What is quoted and what is noted as work are one fact, not two."""

    def setUp(self):
        super().setUp()
        self.order = self._create_order(technician_id=self.technician.id)
        self.labour = self.env['aftersales.labour'].create({
            'order_id': self.order.id, 'product_id': self.hour.id, 'quantity': 1.0})

    def _quote(self):
        order = self.order.with_user(self.env.user)
        order.action_create_quotation()
        return order.sudo().sale_order_ids.filtered(lambda sale: sale.state != 'cancel')

    @users('technician')
    def test_changed_line_is_quoted_again(self):
        old = self._quote()
        self.labour.with_user(self.env.user).quantity = 2.0
        self.assertEqual(old.state, 'cancel')
        self.assertTrue(self.order.with_user(self.env.user).is_quotable)
        self.assertEqual(self._quote().order_line.product_uom_qty, 2.0)

    @users('technician')
    def test_deleted_line_leaves_no_quotation(self):
        old = self._quote()
        self.labour.with_user(self.env.user).unlink()
        self.assertEqual(old.state, 'cancel')
        self.assertFalse(self.order.with_user(self.env.user).is_quotable)

    @users('technician')
    def test_line_that_the_customer_accepted_stays(self):
        self._quote().action_confirm()
        labour = self.labour.with_user(self.env.user)
        for name, change in {
                'quantity': lambda: labour.write({'quantity': 3.0}),
                'product': lambda: labour.write({'product_id': self.hour.copy().id}),
                'delete': labour.unlink}.items():
            with self.subTest(change=name), self.cr.savepoint(), (
                    self.assertRaisesRegex(UserError, "customer accepted")):
                change()
        labour.sequence = 20  # says nothing of the price
