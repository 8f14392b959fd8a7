from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestCardRights(AftersalesCommon):

    @users('agent')
    def test_agent_keeps_cards_but_deletes_none(self):
        card = self._create_card().with_user(self.env.user)
        card.installation_date = '2026-01-12'
        with self.assertRaises(AccessError):
            card.unlink()

    @users('agent')
    def test_agent_cannot_lengthen_a_cover(self):
        card = self._create_card().with_user(self.env.user)
        with self.assertRaises(AccessError):
            card.cover_ids[0].date_end = '2050-01-01'
        with self.assertRaises(AccessError):
            self.policy.with_user(self.env.user).term_ids[0].months = 99

    @users('employee')
    def test_employee_sees_no_card(self):
        for model in ('aftersales.warranty', 'aftersales.warranty.cover',
                      'aftersales.warranty.policy', 'aftersales.warranty.term'):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].search([])

    def test_cards_and_policies_stay_in_their_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        policy = self.policy.copy({'company_id': company.id})
        card = self._create_card(company_id=company.id, policy_id=policy.id)
        for records in (card, card.cover_ids, policy, policy.term_ids):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                records.with_user(self.manager).read(['display_name'])
        shared = self.policy.with_user(self.manager)
        self.assertTrue(shared.read(['name']))
