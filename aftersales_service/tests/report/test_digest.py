from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestDigest(AftersalesCommon):
    """The figures of June, as a person of a role gets them by e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env['res.company'].create({'name': "Digest Company"})
        cls.digest = cls.env['digest.digest'].create({
            'name': "Service Desk", 'company_id': cls.company.id})
        cls.manager.company_ids = cls.agent.company_ids = [(4, cls.company.id)]
        card = cls._create_card(company_id=cls.company.id, policy_id=cls.policy.id)
        cls.orders = cls.env['aftersales.order'].create([
            {'date_event': day, 'company_id': cls.company.id, 'warranty_id': card_id,
             'type_id': cls.type_consultation.id, 'answer': "Press the button"}
            for day, card_id in (
                ('2026-06-01 00:00:00', card.id), ('2026-06-03 08:00:00', False),
                ('2026-06-04 08:00:00', False), ('2026-06-30 23:59:59', False),
                ('2026-05-31 23:59:59', card.id), ('2026-07-01 00:00:00', card.id))])
        for order, closed in zip(
                cls.orders[:2], ('2026-06-30 12:00:00', '2026-07-01 00:00:00'), strict=True):
            order.action_next()
            order.action_next()
            order.date_closed = closed

    def _as(self, user):
        digest = self.env['digest.digest'].with_user(user).browse(self.digest.id)
        return digest.with_context(
            start_datetime=datetime(2026, 6, 1), end_datetime=datetime(2026, 7, 1))

    def test_month_of_a_service_desk(self):
        """Four orders were reported in June, one of them covered; one was closed."""
        digest = self._as(self.manager).with_company(self.company)
        self.assertEqual(digest.sudo().kpi_aftersales_new_value, 4)
        self.assertEqual(digest.sudo().kpi_aftersales_closed_value, 1)
        self.assertEqual(digest.sudo().kpi_aftersales_covered_value, 25.0)

    def test_promises_decided_in_the_month(self):
        """Three of four promises of June were met; July counts for July."""
        self.orders.clock_ids.unlink()
        self.env['aftersales.clock'].create([{
            'res_model': 'aftersales.order', 'res_id': self.orders[0].id, 'kind': 'close',
            'company_id': self.company.id, 'duration': 1.0, 'date_start': '2026-06-01',
            'date_stopped': stopped, 'result': result,
        } for stopped, result in (
            ('2026-06-01 00:00:00', 'met'), ('2026-06-10 08:00:00', 'met'),
            ('2026-06-30 23:59:59', 'met'), ('2026-06-11 08:00:00', 'missed'),
            ('2026-06-12 08:00:00', 'void'), ('2026-07-01 00:00:00', 'missed'))])
        self.assertEqual(self._as(self.manager).sudo().kpi_aftersales_kept_value, 75.0)

    def test_month_without_orders_has_no_share(self):
        digest = self._as(self.manager).sudo().with_context(
            start_datetime=datetime(2020, 6, 1), end_datetime=datetime(2020, 7, 1))
        self.assertEqual(digest.kpi_aftersales_covered_value, 0.0)

    def test_agents_get_no_figures_of_others(self):
        for name in ('new', 'closed', 'covered', 'kept'):
            with self.subTest(name=name), self.assertRaisesRegex(AccessError, "figures"):
                self._as(self.agent).sudo()[f'kpi_aftersales_{name}_value']
