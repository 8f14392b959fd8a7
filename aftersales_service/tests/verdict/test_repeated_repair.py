from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged, users

from ..common import SIGNATURE
from .common import DAY_400, VerdictCommon


@tagged('post_install', '-at_install')
class TestRepeatedRepair(VerdictCommon):
    """Out of warranty the customer pays, but not a second time for the same fault."""

    def setUp(self):
        super().setUp()
        self.symptom = self.env['aftersales.diagnosis.code'].create(
            {'name': "No cooling", 'code': 'T1', 'kind': 'symptom'})
        self.policy.remedy_ids = [Command.create({
            'name': "Again", 'article': "Art. 6", 'remedy': 'repair', 'in_term': False,
            'repairs_of': 'same_fault', 'since_repair_days': 30, 'sequence': 1})]
        first = self._create_judged(DAY_400, symptom_id=self.symptom.id)
        first.date_done = '2027-02-16 12:00:00'

    def _report(self, moment='2027-03-01 12:00:00', **values):
        order = self._create_judged(moment, **{'symptom_id': self.symptom.id, **values})
        return order.with_user(self.env.user)

    def _add_lines(self, order):
        part = self.env['stock.move'].sudo().create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1.0})
        labour = self.env['aftersales.labour'].create({
            'order_id': order.id, 'product_id': self.hour.id})
        return part, labour

    @users('agent')
    def test_verdict_makes_order_and_lines_free(self):
        order = self._report()
        part, labour = self._add_lines(order)
        self.assertEqual((order.charge_kind, labour.cover_percent), ('paid', 0.0))
        order.action_decide()
        self.assertRecordValues(order, [{'is_repeat': True, 'charge_kind': 'free'}])
        self.assertEqual(part.aftersales_cover_percent, 100.0)
        self.assertRecordValues(labour, [{
            'cover_percent': 100.0,
            'cover_reason': "Repaired again: the last repair did not hold"}])

    @users('agent')
    def test_phone_says_what_the_desk_has_not_decided_yet(self):
        order, other = self._report(), self._report(symptom_id=False)
        orders = (order | other).sudo()

        def read():
            shared = orders._get_mobile_context()
            return [unit._prepare_mobile_order(shared)['is_repeat_expected'] for unit in orders]

        self.assertEqual(read(), [True, False])
        self._add_lines(order)
        order.action_decide()
        self.assertEqual(read(), [False, False])
        # the price that was signed on the phone meanwhile settles by itself
        self.assertIsNone(order._accept_price(SIGNATURE, "Li Na", 130.0))

    @users('agent')
    def test_later_lines_are_free_and_a_new_date_changes_nothing(self):
        order = self._report()
        order.action_decide()
        __, labour = self._add_lines(order)
        self.assertEqual(labour.cover_percent, 100.0)
        order.date_event = '2027-03-02 12:00:00'
        self.assertEqual(order.charge_kind, 'free')

    @users('agent')
    def test_another_fault_or_a_later_day_is_paid(self):
        for values in ({'symptom_id': False}, {'moment': '2027-03-19 12:00:00'}):
            with self.subTest(**values):
                order = self._report(**values)
                order.action_decide()
                self.assertRecordValues(order, [{'is_repeat': False, 'charge_kind': 'paid'}])

    @users('agent')
    def test_cause_that_turns_out_another_takes_it_back(self):
        order = self._report()
        __, labour = self._add_lines(order)
        order.action_decide()
        order.symptom_id = False
        order.action_decide()
        self.assertRecordValues(order, [{'is_repeat': False, 'charge_kind': 'paid'}])
        self.assertEqual(labour.cover_percent, 0.0)

    @users('agent')
    def test_done_work_stays_as_it_was_paid(self):
        order = self._report()
        order.sudo().date_done = '2027-03-02 12:00:00'
        order.action_decide()
        self.assertRecordValues(order, [{'is_repeat': False, 'charge_kind': 'paid'}])

    @users('agent')
    def test_no_user_types_it(self):
        with self.assertRaisesRegex(UserError, "“Repeated Repair” .* is protected"):
            self._report().is_repeat = True
