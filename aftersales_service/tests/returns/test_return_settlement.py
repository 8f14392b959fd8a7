from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnSettlement(ReturnsCommon):
    """Two persons above the limit; goods go where most is recovered and nothing forbids it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['R-1', 'R-2'])

    def _create_received(self, **values):
        record = self._create_return(self.sale, self.card, **values)
        record.action_authorise()
        self._receive(record)
        return record

    # === TWO PERSONS === #

    @users('lead')
    def test_second_person_approves_above_the_limit(self):
        self.company.aftersales_return_limit = 2999
        record = self._create_received()
        record.user_id = self.agent  # who may read it, but decides nothing
        self._inspect(record)
        self.assertTrue(record.is_approval_needed)
        with self.assertRefused("a second person, a team lead, must approve"):
            record.action_settle()
        with self.assertRefused("A second person must approve what you asked"):
            record.action_approve()
        with self.assertRefused("approved by a team lead", AccessError):
            record.with_user(self.agent).action_approve()
        record.with_user(self.other_lead).action_approve()
        self.assertEqual(record.approver_id, self.other_lead)
        record.action_settle()
        self.assertEqual(record.state, 'settled')

    @users('agent')
    def test_who_gave_goodwill_is_no_second_person(self):
        self.company.aftersales_return_limit = 100
        record = self._create_return(self.sale, self.card)
        record.with_user(self.lead).goodwill_reason = "A good customer"
        self._walk_to_inspected(record)
        with self.assertRefused("A second person must approve what you asked"):
            record.with_user(self.lead).action_approve()
        record.with_user(self.other_lead).action_approve()
        self.assertEqual(record.approver_id, self.other_lead)

    @users('agent')
    def test_who_raised_the_refund_is_no_second_person(self):
        self.company.aftersales_return_limit = 100
        record = self._create_received()
        record.line_ids.refund_amount = 100
        self._inspect(record)
        record.with_user(self.lead).line_ids.refund_amount = 2999
        # a colleague's last touch still counts as the lead's own amount
        record.line_ids.refund_amount = 2998
        with self.assertRefused("A second person must approve what you asked"):
            record.with_user(self.lead).action_approve()
        record.with_user(self.other_lead).action_approve()
        self.assertEqual(record.approver_id, self.other_lead)

    @users('agent')
    def test_no_goodwill_is_handed_to_another_name(self):
        self.company.aftersales_return_limit = 100
        record = self._create_return(self.sale, self.card)
        record.with_user(self.lead).goodwill_reason = "A good customer"
        record.with_user(self.other_lead).goodwill_reason = "A good old customer"
        self._walk_to_inspected(record)
        for user in self.lead, self.other_lead:
            with self.assertRefused("A second person must approve what you asked"):
                record.with_user(user).action_approve()

    def test_requesters_are_not_typed(self):
        record = self._create_return(self.sale, self.card)
        with self.assertRefused("is protected", AccessError):
            record.with_user(self.lead).requester_ids = self.agent

    @users('agent')
    def test_below_the_limit_no_approval_is_asked(self):
        self.company.aftersales_return_limit = 3000
        record = self._create_received()
        self._inspect(record)
        self.assertFalse(record.is_approval_needed)
        record.action_settle()

    @users('agent')
    def test_another_amount_asks_for_another_approval(self):
        self.company.aftersales_return_limit = 100
        record = self._create_received()
        self._inspect(record)
        record.with_user(self.lead).action_approve()
        record.line_ids.refund_amount = 2500
        self.assertFalse(record.approver_id)
        with self.assertRefused("above the limit"):
            record.action_settle()

    @users('agent')
    def test_exchange_counts_with_its_price(self):
        self.company.aftersales_return_limit = 2999
        record = self._create_received(kind='exchange')
        self._inspect(record)
        self.assertEqual((record.amount_refund, record.amount_settled), (0.0, 3000.0))
        self.assertTrue(record.is_approval_needed)

    @users('agent')
    def test_lower_refund_is_credited_with_its_deduction(self):
        record = self._create_received()
        self._inspect(record)
        record.line_ids.refund_amount = 2800
        record.action_settle()
        self.assertEqual(
            record.sudo().refund_id.invoice_line_ids.mapped('price_total'), [3000.0, -200.0])

    @users('agent')
    def test_taxes_are_credited_in_proportion(self):
        tax = self.env['account.tax'].sudo().create({
            'name': "VAT 10 %", 'amount': 10, 'type_tax_use': 'sale'})
        self.conditioner.sudo().taxes_id = tax
        sale = self._sell(serials=['R-8'])
        record = self._create_return(sale, reason=self.unwanted)
        self.assertRecordValues(record.line_ids, [
            {'price_unit': 3300.0, 'refund_amount': 2970.0}])
        self._walk_to_inspected(record)
        record.action_settle()
        self.assertRecordValues(record.sudo().refund_id, [
            {'amount_total': 2970.0, 'amount_untaxed': 2700.0}])

    @users('agent')
    def test_nothing_is_settled_twice(self):
        record = self._create_received()
        self._inspect(record)
        record.action_settle()
        with self.assertRefused("cannot become “Settled”"):
            record.action_settle()
        self.assertEqual(len(record.sudo().refund_ids), 1)

    # === WHERE THE GOODS GO === #

    @users('agent')
    def test_best_way_by_grade(self):
        record = self._create_received()
        line = record.line_ids
        for grade, kind in (('A', 'restock'), ('B', 'refurbish'), ('C', 'vendor')):
            with self.subTest(grade=grade):
                line.grade = grade
                self.assertEqual(line.disposition_id, self.ways[kind])
        line.return_id.sudo().reason_id.responsible = 'customer'
        line.write({'grade': 'D'})
        self.assertEqual(line.disposition_id.kind, 'harvest')

    @users('agent')
    def test_unwiped_data_stay_and_batteries_are_not_scrapped(self):
        self.conditioner.sudo().write(
            {'keeps_aftersales_data': True, 'has_aftersales_battery': True})
        record = self._create_received()
        line = record.line_ids
        line.grade = 'A'
        self.assertFalse(line.proposed_disposition_id)
        line.disposition_id = self.ways['restock']
        with self.assertRefused("personal data must be wiped first"):
            record.action_inspected()
        line.is_wiped = True
        self.assertEqual(line.disposition_id, self.ways['restock'])
        line.write({'disposition_id': self.ways['scrap'].id, 'disposition_reason': "Old"})
        with self.assertRefused("goods with a battery may not go this way"):
            record.action_inspected()

    @users('agent')
    def test_another_way_needs_a_reason(self):
        record = self._create_received()
        record.line_ids.write({'grade': 'A', 'disposition_id': self.ways['scrap'].id})
        with self.assertRefused("Say why .* goes to “Scrap” and not to"):
            record.action_inspected()
        record.line_ids.disposition_reason = "Recalled by its maker"
        record.action_inspected()
        record.action_settle()
        scrapped = self.env['stock.scrap'].sudo().search(
            [('aftersales_return_id', '=', record.id)])
        self.assertRecordValues(scrapped, [{
            'state': 'done', 'scrap_qty': 1.0, 'lot_id': self.card.lot_id.id}])
        self.assertEqual(self._get_stock(
            self.conditioner, self.company.aftersales_return_location_id), 0.0)

    @users('agent')
    def test_refurbishing_has_its_own_place_which_is_made_once(self):
        cards = self._get_cards(self.sale)
        for card in cards:
            record = self._create_return(self.sale, card)
            self._walk_to_inspected(record, grade='B')
            record.action_settle()
        location = self.ways['refurbish'].sudo().location_id
        self.assertEqual(location.location_id, self.company.aftersales_return_location_id)
        self.assertEqual(self._get_stock(self.conditioner, location), 2.0)

    @users('agent')
    def test_other_unit_in_the_parcel_is_not_accepted(self):
        record = self._create_received()
        record.line_ids.write({'grade': 'A', 'is_serial_match': False})
        with self.assertRefused("is another unit than the one"):
            record.action_inspected()

    @users('agent')
    def test_goods_without_a_grade_wait(self):
        record = self._create_received()
        with self.assertRefused("has no grade or no disposition yet"):
            record.action_inspected()

    @users('agent')
    def test_recovered_value_may_be_entered_later(self):
        record = self._create_received()
        self._inspect(record)
        self.assertAlmostEqual(record.line_ids.recovered_value, 2696.5)
        record.action_settle()
        record.line_ids.recovered_value = 2500
        with self.assertRefused("cannot be changed like this"):
            record.line_ids.grade = 'D'

    @users('manager')
    def test_a_way_back_to_the_customer_stays(self):
        with self.assertRefused("must lead back to the customer"):
            self.ways['customer'].with_env(self.env).active = False
