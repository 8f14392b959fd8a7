from odoo.tests import freeze_time, tagged, users

from .common import CoversCommon


@tagged('post_install', '-at_install')
class TestCoverStarts(CoversCommon):
    """Each term has its own start; while its event is unknown, the order of the policy holds."""

    def _get_start(self, event, **dates):
        self.policy.start_event = 'delivery'
        self.policy.manufacture_grace_days = 90
        self.policy.term_ids.start_event = event
        card = self._create_card(**{'delivery_date': False, **dates})
        return {str(cover.date_start) for cover in card.cover_ids}

    @users('agent')
    def test_each_event_starts_its_terms(self):
        dates = {
            'delivery_date': '2026-01-10', 'invoice_date': '2026-01-08',
            'installation_date': '2026-01-15', 'activation_date': '2026-02-01',
            'manufacture_date': '2025-12-01'}
        for event, day in [
                ('invoice', '2026-01-08'), ('delivery', '2026-01-10'),
                ('installation', '2026-01-15'), ('activation', '2026-02-01'),
                ('manufacture', '2026-03-01')]:
            with self.subTest(event=event):
                self.assertEqual(self._get_start(event, **dates), {day})

    @users('agent')
    def test_unknown_event_falls_back_to_delivery_invoice_and_manufacture(self):
        for dates, day in [
                ({'delivery_date': '2026-01-10', 'invoice_date': '2026-01-08'}, '2026-01-10'),
                ({'invoice_date': '2026-01-08'}, '2026-01-08'),
                ({'manufacture_date': '2025-12-01'}, '2026-03-01')]:
            with self.subTest(dates=dates):
                self.assertEqual(self._get_start('installation', **dates), {day})

    @users('agent')
    def test_one_term_may_start_later_than_the_others(self):
        self.policy.term_ids[2].start_event = 'installation'
        card = self._create_card().with_user(self.env.user)
        card.installation_date = '2026-02-01'
        self.assertEqual(
            [day for __, __, day, __ in self._get_days(card)],
            ['2026-01-10', '2026-01-10', '2026-02-01'])

    @users('agent')
    def test_dates_given_later_keep_the_length_once_promised(self):
        card = self._create_card().with_user(self.env.user)
        self.policy.term_ids[0].months = 24
        card.delivery_date = '2026-01-20'
        self.assertEqual(str(card.date_end), '2027-01-20')

    def test_installation_done_dates_the_card(self):
        self.policy.start_event = 'installation'
        card = self._create_card()
        order = self._create_order(
            type_id=self.env.ref('aftersales_service.aftersales_order_type_installation').id,
            warranty_id=card.id)
        with freeze_time('2026-02-03 12:00:00'):
            self._move_to(order, 'done')
        self.assertEqual(str(card.installation_date), '2026-02-03')
        self.assertEqual(str(card.date_end), '2027-02-03')
