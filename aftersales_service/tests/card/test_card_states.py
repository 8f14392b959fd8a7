from odoo.tests import freeze_time, tagged, users

from .common import CoversCommon


@tagged('post_install', '-at_install')
class TestCardStates(CoversCommon):
    """The cron writes the states that change by themselves, and touches no other card."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time('2026-01-05 10:00:00'):
            cls.units = cls.env['aftersales.warranty'].create([
                {'product_id': cls.conditioner.id, 'partner_id': cls.customer.id,
                 'serial': f'S-{number}', 'delivery_date': day}
                for number, day in enumerate(['2026-01-10', '2026-02-10', False])])
            cls.env.flush_all()

    def test_state_of_new_cards_is_true(self):
        self.assertEqual(self.units.mapped('state'), ['coming', 'coming', 'none'])

    def test_each_state_changes_on_its_day(self):
        for now, states in [
                ('2026-01-10 00:05:00', ['covered', 'coming', 'none']),
                ('2026-02-10 00:05:00', ['covered', 'covered', 'none']),
                ('2027-01-10 23:55:00', ['covered', 'covered', 'none']),
                ('2027-01-11 00:05:00', ['expired', 'covered', 'none']),
                ('2028-01-01 00:05:00', ['expired', 'expired', 'none'])]:
            with self.subTest(now=now), freeze_time(now):
                self._run_cron('ir_cron_warranty_state')
                self.assertEqual(self.units.mapped('state'), states)

    def test_a_day_begins_where_the_company_works(self):
        self.env.company.resource_calendar_id.tz = 'Asia/Shanghai'
        with freeze_time('2027-01-10 16:05:00'):
            self._run_cron('ir_cron_warranty_state')
            self.assertEqual(self.units[0].state, 'expired')

    @freeze_time('2027-01-11 00:05:00')
    def test_cards_that_stay_as_they_are_are_not_touched(self):
        due = self.env['aftersales.warranty'].search(
            self.env['aftersales.warranty']._get_state_due_domain())
        self.assertIn(self.units[0], due)
        self._run_cron('ir_cron_warranty_state')
        self.assertFalse(self.env['aftersales.warranty'].search(
            self.env['aftersales.warranty']._get_state_due_domain()))
        self.assertFalse(self.units[0].date_state_due)

    @users('agent')
    def test_states_are_searched_and_counted(self):
        groups = dict(self.env['aftersales.warranty']._read_group(
            [('id', 'in', self.units.ids)], ['state'], ['__count']))
        self.assertEqual(groups, {'coming': 2, 'none': 1})

    def test_many_cards_cost_as_many_queries_as_few(self):
        cards = self.env['aftersales.warranty'].create([
            {'product_id': self.conditioner.id, 'serial': f'M-{number}',
             'delivery_date': '2026-01-10'} for number in range(60)])
        with freeze_time('2027-06-01'):
            self.assertEqual(self._count_update(cards[:10]), self._count_update(cards[10:]))
            self.assertEqual(set(cards.mapped('state')), {'expired'})

    def _count_update(self, cards):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        cards._update_states()
        return self.env.cr.sql_log_count - before
