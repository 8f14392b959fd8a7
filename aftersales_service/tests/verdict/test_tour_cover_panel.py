from odoo.tests import HttpCase, tagged

from .common import DAY_5, VerdictCommon


@tagged('post_install', '-at_install')
class TestTourCoverPanel(HttpCase, VerdictCommon):

    def test_what_if_changes_the_colours_and_stores_nothing(self):
        order = self._create_judged(DAY_5)
        self.agent.password = 'agent-secret'
        self.authenticate('agent', 'agent-secret')
        self.start_tour(
            f'/odoo/service-orders/{order.id}', 'aftersales_cover_panel', login='agent')
        self.assertEqual(str(order.event_day), '2026-01-15')
        self.assertRecordValues(order.verdict_ids, [{'remedy': 'refund'}])
