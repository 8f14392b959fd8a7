from odoo import http
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged

from .common import CoversCommon


@tagged('post_install', '-at_install')
class TestActivation(HttpCase, CoversCommon):
    """The owner takes the unit into use on the page of its card; terms may start with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = new_test_user(cls.env, 'unit_owner', 'base.group_portal')
        cls.stranger = new_test_user(cls.env, 'unit_stranger', 'base.group_portal')
        cls.card.partner_id = cls.owner.partner_id
        cls.policy.start_event = 'activation'

    @freeze_time('2026-02-01 10:00:00')
    def test_terms_start_with_the_activation_and_only_once(self):
        card = self._create_card(serial='AC-0002')
        card._activate_from_portal()
        self.assertEqual(str(card.date_end), '2027-02-01')
        with freeze_time('2026-03-01'):
            card._activate_from_portal()
        self.assertEqual(str(card.activation_date), '2026-02-01')

    def test_page_offers_it_to_the_owner(self):
        self.authenticate('unit_owner', 'unit_owner')
        page = self.url_open(f'/my/warranty/{self.card.id}').text
        self.assertIn('name="activate"', page)
        self.policy.start_event = 'delivery'
        page = self.url_open(f'/my/warranty/{self.card.id}').text
        self.assertNotIn('name="activate"', page)

    def _activate(self, login):
        self.authenticate(login, login)
        return self.url_open(f'/my/warranty/{self.card.id}/activate', data={
            'csrf_token': http.Request.csrf_token(self)})

    def test_owner_activates_the_unit(self):
        self.assertEqual(self._activate('unit_owner').status_code, 200)
        self.assertEqual(self.card.activation_date, self._today())

    def test_a_stranger_activates_nothing(self):
        self.assertEqual(self._activate('unit_stranger').status_code, 404)
        self.assertFalse(self.card.activation_date)
