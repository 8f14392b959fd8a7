from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestGoodwill(AftersalesCommon):
    """Goodwill is decided by a team lead, who says why."""

    @users('manager')
    def test_lead_gives_goodwill_with_a_reason(self):
        order = self._create_order()
        with self.assertRaisesRegex(UserError, "Say why"):
            order.charge_kind = 'goodwill'
        order.write({'charge_kind': 'goodwill', 'goodwill_reason': "Third visit"})
        self.assertEqual(order.goodwill_user_id, self.manager)
        with self.assertRaisesRegex(UserError, "Say why"):
            order.goodwill_reason = False

    @users('technician', 'dispatcher')
    def test_others_give_none(self):
        order = self._create_order()
        vals = {'charge_kind': 'goodwill', 'goodwill_reason': "A friend"}
        with self.assertRaisesRegex(AccessError, "team lead"):
            order.write(vals)
        with self.assertRaisesRegex(AccessError, "team lead"):
            self._create_order(**vals)
        with self.assertRaisesRegex(AccessError, "team lead"):
            self.env['aftersales.order'].with_context(
                **{f'default_{name}': value for name, value in vals.items()},
            ).create({'partner_id': self.customer.id})
        with self.assertRaisesRegex(UserError, "is protected"):
            order.goodwill_user_id = self.manager
        self.assertEqual(order.charge_kind, 'paid')
