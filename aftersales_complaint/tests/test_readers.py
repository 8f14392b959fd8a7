from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestReaders(ComplaintCommon):
    """Who reads a claim, an action or a suggestion no more follows it no more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss, cls.helper = (
            new_test_user(cls.env, login, 'base.group_user') for login in ('boss', 'helping'))

    def _assert_lost(self, document, user):
        self.assertNotIn(user.partner_id, document.sudo().message_partner_ids)
        self.assertFalse(document.with_user(user).has_access('read'))

    def test_former_handler_and_former_customer_lose_the_claim(self):
        claim = self.env['aftersales.claim'].with_user(self.desk).create({
            'kind': 'customer', 'partner_id': self.customer.id, 'user_id': self.agent.id})
        claim.sudo().message_subscribe(
            (self.agent.partner_id | self.lead.partner_id | self.customer).ids)
        claim.user_id = self.other_agent
        self._assert_lost(claim, self.agent)
        self.assertIn(self.lead.partner_id, claim.sudo().message_partner_ids)
        claim.partner_id = self.customer.copy({'phone': False})
        self.assertNotIn(self.customer, claim.sudo().message_partner_ids)

    def test_former_owner_member_and_actor_lose_the_corrective_action(self):
        capa = self.env['aftersales.capa'].with_user(self.desk).create({
            'subject': "Glass breaks", 'problem': "At 200 °C", 'user_id': self.employee.id,
            'team_ids': [Command.set(self.boss.ids)], 'action_ids': [Command.create({
                'name': "Test each batch", 'user_id': self.helper.id})]})
        people = self.employee | self.boss | self.helper
        capa.sudo().message_subscribe(people.partner_id.ids)
        capa.user_id = self.desk
        self._assert_lost(capa, self.employee)
        capa.team_ids = [Command.unlink(self.boss.id)]
        self._assert_lost(capa, self.boss)
        self.assertIn(self.helper.partner_id, capa.sudo().message_partner_ids)
        capa.action_ids.user_id = self.desk
        self._assert_lost(capa, self.helper)

    def test_who_carries_a_suggestion_out_no_more_loses_it(self):
        suggestion = self.env['aftersales.suggestion'].with_user(self.desk).create({
            'subject': "Label", 'description': "Mixed up", 'implementer_id': self.employee.id})
        suggestion.sudo().message_subscribe(self.employee.partner_id.ids)
        suggestion.implementer_id = self.boss
        self._assert_lost(suggestion, self.employee)

    def test_claim_is_held_by_a_lead_on_its_form(self):
        claim = self.env['aftersales.claim'].with_user(self.desk).create({
            'kind': 'customer', 'partner_id': self.customer.id, 'signature': False})
        arch = self.env['aftersales.claim'].with_user(self.lead).get_view(view_type='form')['arch']
        self.assertIn('action_legal_hold', arch)
        arch = self.env['aftersales.claim'].with_user(self.desk).get_view(view_type='form')['arch']
        self.assertNotIn('action_legal_hold', arch)
        claim.with_user(self.lead)._hold_data("Court")
        self.assertEqual(claim.sudo().legal_hold_reason, "Court")
