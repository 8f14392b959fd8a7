from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestNumbers(AftersalesCommon):
    """Numbers drawn for a batch look and follow one another as core's single ones do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['ir.sequence'].search([('code', '=', 'aftersales.order')]).unlink()

    def _create_sequence(self, **values):
        return self.env['ir.sequence'].create({
            'name': "Orders", 'code': 'aftersales.order', 'prefix': 'A/', 'padding': 3,
            'company_id': False, **values})

    def _draw(self, sequence, count):
        return self.env['aftersales.order']._draw_from(sequence, count)

    def test_each_company_has_its_own_prefix(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        self._create_sequence(suffix='/X')
        self._create_sequence(prefix='B/', company_id=company.id, number_increment=5)
        orders = self.env['aftersales.order'].create([
            {'company_id': owner.id} for owner in (
                self.env.company, company, self.env.company, company, company)])
        self.assertEqual(
            orders.mapped('name'), ['A/001/X', 'B/001', 'A/002/X', 'B/006', 'B/011'])

    def test_both_kinds_of_sequences_go_on_where_the_batch_ended(self):
        for kind in 'standard', 'no_gap':
            with self.subTest(kind):
                sequence = self._create_sequence(
                    implementation=kind, number_next=7, number_increment=2)
                self.assertEqual(self._draw(sequence, 1), ['A/007'])
                self.assertEqual(self._draw(sequence, 3), ['A/009', 'A/011', 'A/013'])
                self.assertEqual(sequence.next_by_id(), 'A/015')
                self.assertEqual(self._draw(sequence, 2), ['A/017', 'A/019'])

    def test_months_count_for_themselves(self):
        for kind in 'standard', 'no_gap':
            with self.subTest(kind):
                sequence = self._create_sequence(
                    implementation=kind, use_date_range=True,
                    prefix='A/%(range_year)s/%(range_month)s/', date_range_ids=[
                        Command.create({'date_from': f'2026-{month}-01',
                                        'date_to': f'2026-{month}-{last}'})
                        for month, last in (('05', 31), ('06', 30))])
                for day, numbers in (
                        ('2026-05-31', ['A/2026/05/001', 'A/2026/05/002']),
                        ('2026-06-01', ['A/2026/06/001', 'A/2026/06/002', 'A/2026/06/003']),
                        ('2026-05-30', ['A/2026/05/003', 'A/2026/05/004']),
                        # core makes the missing range: the rest of the year
                        ('2026-09-09', ['A/2026/07/001', 'A/2026/07/002'])):
                    with freeze_time(f'{day} 12:00:00'):
                        self.assertEqual(self._draw(sequence, len(numbers)), numbers)

    def test_without_a_sequence_the_number_stays_empty(self):
        orders = self.env['aftersales.order'].create([{}, {}])
        self.assertEqual(orders.mapped('name'), [False, False])

    def test_a_batch_costs_the_same_whatever_its_number(self):
        for values, limit in (
                ({}, 2), ({'use_date_range': True}, 5), ({'implementation': 'no_gap'}, 5),
                ({'use_date_range': True, 'implementation': 'no_gap'}, 8)):
            sequence = self._create_sequence(**values)
            self._draw(sequence, 2)
            costs = []
            for count in 10, 100:
                self.env.flush_all()
                before = self.env.cr.sql_log_count
                self._draw(sequence, count)
                costs.append(self.env.cr.sql_log_count - before)
            with self.subTest(values):
                self.assertEqual(*costs)
                self.assertLessEqual(costs[0], limit)
