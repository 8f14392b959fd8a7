from datetime import datetime, timezone

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .request_common import RequestCommon


@tagged('post_install', '-at_install')
class TestPartDigest(RequestCommon):
    """The figures of spare parts of June, as a planner gets them by e-mail."""

    def _as(self, user):
        digest = self.env['digest.digest'].create({
            'name': "Parts", 'company_id': self.env.company.id})
        self.env.flush_all()
        self.env.invalidate_all()
        return digest.with_user(user).with_context(
            # core hands over instants with a time zone
            start_datetime=datetime(2026, 6, 1, tzinfo=timezone.utc),
            end_datetime=datetime(2026, 7, 1, tzinfo=timezone.utc)).sudo()

    def test_fill_rate_of_the_month(self):
        self.env['aftersales.part.demand'].search([]).unlink()
        self.env['aftersales.part.demand'].create([
            {'month': month, 'asked_product_id': self.board.id, 'asked_quantity': 1,
             'line_count': lines, 'at_once_count': at_once}
            for month, lines, at_once in (
                ('2026-05-01', 5, 0), ('2026-06-01', 20, 19), ('2026-07-01', 5, 0))])
        self.assertEqual(self._as(self.planner).kpi_part_fill_value, 95.0)

    def test_requests_that_had_not_come_by_the_end_of_the_month(self):
        """One came in July, one is waited for; one came in June, one was asked for in July."""
        before = self._as(self.planner).kpi_part_waiting_value
        self._stock(self.board, 10)
        requests = []
        for asked, received in (
                ('2026-06-02', '2026-07-01'), ('2026-06-03', None), ('2026-06-04', '2026-06-30'),
                ('2026-07-01', None), ('2026-06-05', None)):
            with freeze_time(f'{asked} 04:00:00'):
                requests.append(self._request())
            if received:
                with freeze_time(f'{received} 04:00:00'):
                    self._hand_over(requests[-1])
        requests[-1].action_cancel()
        self.assertEqual(self._as(self.planner).kpi_part_waiting_value, before + 2)

    def test_value_of_what_is_dead_today(self):
        self.env['aftersales.part.class'].search([]).unlink()
        self.env['aftersales.part.class'].create({
            'product_id': self.board.id, 'company_id': self.env.company.id, 'fsn': 'N',
            'abc': 'C', 'date_from': '2026-01-01'})
        self.assertEqual(self._as(self.planner).kpi_part_dead_value, 300.0)

    def test_others_get_no_figures(self):
        for user in self.storekeeper, self.agent:
            for name in 'fill', 'waiting', 'dead':
                with self.subTest(user=user.name, name=name), \
                        self.assertRaisesRegex(AccessError, "figures"):
                    self._as(user)[f'kpi_part_{name}_value']

    def test_figures_lead_to_their_lists(self):
        digest = self._as(self.planner)
        actions = digest._compute_kpis_actions(self.env.company, self.planner)
        for name in 'fill', 'waiting', 'dead':
            self.env.ref(actions[f'kpi_part_{name}'].split('?')[0])
