from odoo import http
from odoo.tests import tagged

from ..common import PortalCommon
from .common import RecallCommon


@tagged('post_install', '-at_install')
class TestPortalRecall(PortalCommon, RecallCommon):
    """The card's page says that a recall is open; the owner asks for the work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.cards[2]
        cls.card.partner_id = cls.owner.partner_id
        cls.url = f'/my/warranty/{cls.card.id}'

    def setUp(self):
        super().setUp()
        self.campaign = self._start()
        self.unit = self.campaign.unit_ids[0]
        self.ask_url = f'{self.url}/recall/{self.unit.id}'

    def _ask(self, url=None):
        return self.url_open(
            url or self.ask_url, data={'csrf_token': http.Request.csrf_token(self)})

    def test_owner_sees_the_recall_and_asks_for_the_work(self):
        self.authenticate('owner', 'owner-secret')
        page = self.url_open(self.url).text
        for text in ("Safety Recall", "Capacitor may overheat", "Switch it off",
                     "Ask for the Work"):
            self.assertIn(text, page)
        answer = self._ask()
        self.assertEqual(answer.status_code, 200)
        order = self.unit.order_id
        self.assertRecordValues(order, [{
            'campaign_id': self.campaign.id, 'channel': 'portal',
            'partner_id': self.owner.partner_id.id}])
        self.assertIn(f'/my/service/{order.id}', answer.url)
        page = self.url_open(self.url).text
        self.assertIn("It is planned already", page)
        self.assertNotIn("Ask for the Work", page)

    def test_asking_twice_makes_one_order(self):
        self.authenticate('owner', 'owner-secret')
        self._ask()
        self._ask()
        self.assertEqual(self.env['aftersales.order'].search_count(
            [('campaign_id', '=', self.campaign.id)]), 1)

    def test_stranger_neither_sees_nor_asks(self):
        self.authenticate('stranger', 'stranger-secret')
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertEqual(self._ask().status_code, 404)
        self.assertFalse(self.unit.order_id)

    def test_link_of_the_letter_shows_the_danger_but_no_button(self):
        page = self.url_open(self.unit._get_letter_link()).text
        self.assertIn("Capacitor may overheat", page)
        self.assertNotIn("Ask for the Work", page)

    def test_unit_of_another_card_is_not_found(self):
        self.authenticate('owner', 'owner-secret')
        other = self.campaign.unit_ids[1]
        self.assertEqual(self._ask(f'{self.url}/recall/{other.id}').status_code, 404)
        self.assertFalse(other.order_id)

    def test_stopped_campaign_is_not_shown(self):
        self.campaign.action_stop()
        self.authenticate('owner', 'owner-secret')
        self.assertNotIn("Capacitor may overheat", self.url_open(self.url).text)
        self.assertEqual(self._ask().status_code, 404)
