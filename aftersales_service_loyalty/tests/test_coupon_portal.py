from odoo.tests import HttpCase, freeze_time, tagged

from odoo.addons.aftersales_service.tests import people

from .common import CouponCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestCouponPortal(HttpCase, CouponCommon):
    """The customer reads on the return's page what the coupon is worth, but not its code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = people.get_visitor(cls.env, 'owner')
        with freeze_time('2026-01-10 12:00:00'):
            cls.sale = cls._sell_and_pay(serials=['K-1'], partner=cls.owner.partner_id)

    def test_value_is_shown_but_not_the_code(self):
        self.gift_cards.date_to = '2026-12-31'
        record = self._create_inspected(self.sale, partner_id=self.owner.partner_id.id)
        record.action_settle()
        self.authenticate('owner', 'owner-secret')
        page = self.url_open(f'/my/returns/{record.id}').text
        self.assertIn("Paid by Coupon", page)
        self.assertIn("3,000.00", page)
        self.assertIn("12/31/2026", page)
        self.assertNotIn(record.coupon_id.code, page)
