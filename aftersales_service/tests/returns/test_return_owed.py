from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-22 12:00:00')
class TestReturnOwed(ReturnsCommon):
    """Only what a rule gives is owed after the authorisation: day 12 gives an exchange only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['O-1', 'O-2'])

    def _create_received(self, cards=None, **values):
        record = self._create_return(
            self.sale, self.cards[0] if cards is None else cards, **values)
        record.action_authorise()
        self._receive(record)
        return record

    @users('agent')
    def test_exchange_does_not_become_a_refund_that_is_not_owed(self):
        record = self._create_received(kind='exchange')
        with self.assertRefused("no refund. Art. 9: within 7 days - it is day 12"):
            record.line_ids.settlement = 'refund'
        self.assertEqual(record.line_ids.settlement, 'exchange')
        record.line_ids.settlement = 'none'
        self.assertEqual(record.line_ids.verdict, "Taken in without refund or exchange.")

    @users('agent')
    def test_refund_may_become_the_exchange_that_is_owed(self):
        with freeze_time('2026-01-15 12:00:00'):
            record = self._create_received()
            record.line_ids.settlement = 'exchange'
        self.assertRecordValues(record.line_ids, [
            {'article': "Art. 10", 'basis': 'warranty', 'refund_amount': 0.0}])

    @users('agent')
    def test_goods_of_one_transfer_are_settled_alike(self):
        with freeze_time('2026-01-15 12:00:00'):
            record = self._create_received(self.cards)
            with self.assertRefused("Settle them alike"):
                record.line_ids[0].settlement = 'exchange'
            record.line_ids.settlement = 'exchange'
        self.assertEqual(set(record.line_ids.mapped('settlement')), {'exchange'})

    @users('agent')
    def test_more_than_is_owed_is_decided_by_a_lead(self):
        with freeze_time('2026-01-15 12:00:00'):
            record = self._create_received(reason=self.unwanted)
        line = record.line_ids
        self.assertEqual(line.refund_amount, 2700.0)
        with self.assertRefused("A team lead decides on more than", AccessError):
            line.refund_amount = 2700.01
        line.refund_amount = 2600
        line.with_user(self.lead).refund_amount = 3000

    @users('agent')
    def test_nothing_is_paid_back_beside_an_exchange_or_for_nothing(self):
        record = self._create_received(kind='exchange')
        with self.assertRefused("is not refunded", ValidationError):
            record.with_user(self.lead).line_ids.refund_amount = 1
        with self.assertRefused("is not refunded", ValidationError):
            self._create_return(self.sale, lines=[{
                'warranty_id': self.cards[1].id, 'settlement': 'none', 'refund_amount': 3000}])

    @users('agent')
    def test_amount_typed_with_the_request_is_what_is_owed_at_most(self):
        with freeze_time('2026-01-15 12:00:00'):
            record = self._create_return(self.sale, reason=self.unwanted, lines=[
                {'warranty_id': self.cards[0].id, 'refund_amount': 3000}])
        self.assertEqual(record.line_ids.refund_amount, 2700.0)
