from datetime import date

from odoo.tests import freeze_time, tagged, users

from .common import CoversCommon

DAY = date(2026, 6, 1)


@tagged('post_install', '-at_install')
@freeze_time('2026-06-01 10:00:00')
class TestExchangedUnit(CoversCommon):
    """The unit given in exchange has a new term, or the rest of the old one."""

    def _exchange(self, **values):
        return self.card.with_user(self.env.user)._after_exchange(
            self._create_card(serial='AC-0002', delivery_date='2026-06-01', **values), DAY)

    @users('agent')
    def test_all_terms_start_again(self):
        self.policy.exchange_term = 'full'
        new = self._exchange()
        self.assertEqual(self._get_days(new), [
            ('exchange', 'whole_unit', '2026-06-01', '2027-06-01'),
            ('exchange', 'labour', '2026-06-01', '2027-06-01'),
            ('exchange', 'component', '2026-06-01', '2029-06-01')])
        self.assertEqual((self.card.state, str(self.card.date_end)), ('void', '2026-05-31'))
        self.assertEqual((new.replaces_id, new.partner_id), (self.card, self.customer))

    @users('agent')
    def test_terms_go_on(self):
        self.policy.exchange_term = 'rest'
        new = self._exchange()
        self.assertEqual(self._get_days(new, kind='whole_unit'), [
            ('exchange', 'whole_unit', '2026-01-10', '2027-01-10')])
        self.assertEqual(str(new.date_start), '2026-01-10')

    @users('agent')
    def test_what_was_sold_goes_along(self):
        self._sell_extension(self.card)
        for term, days in [('full', ('2027-06-02', '2028-06-02'))]:
            self.policy.exchange_term = term
            new = self._exchange()
            self.assertEqual(self._get_days(new, origin='extended'), [
                ('extended', 'whole_unit', *days)])

    @users('agent')
    def test_serial_number_without_card_gets_one(self):
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'AC-0003', 'product_id': self.conditioner.id})
        new = self.card.with_user(self.env.user)._after_exchange(lot, DAY)
        self.assertEqual((new.serial, new.partner_id), ('AC-0003', self.customer))
        self.assertEqual(len(new.cover_ids), 3)

    @users('agent')
    def test_later_dates_keep_the_new_terms(self):
        new = self._exchange()
        new.sudo().delivery_date = '2026-06-03'
        self.assertEqual(str(new.date_end), '2027-06-01')
