from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from odoo.addons.aftersales_service.tests.common import PortalCommon

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestClaimPortal(PortalCommon, ComplaintCommon):
    """Outlets and suppliers read and answer what concerns them; strangers find nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        works = cls.env['res.partner'].create({'name': "Glass Works", 'is_company': True})
        cls.seller = new_test_user(
            cls.env, 'seller', 'base.group_portal', password='seller-secret')
        cls.seller.partner_id.parent_id = works
        case = cls._create_complaint(user_id=cls.desk.id)
        cls.claim = cls.env['aftersales.claim'].with_user(cls.desk).create({
            'kind': 'supplier', 'partner_id': works.id, 'complaint_id': case.id,
            'basis': "Desk Dina found tension for Li Na", 'line_ids': [Command.create({
                'name': "Oven of Li Na", 'amount_asked': 1596.0})]})
        cls.notice = cls.env['aftersales.capa'].with_user(cls.desk).create({
            'kind': 'rectification', 'subject': "Report changes", 'partner_id': works.id,
            'demand': "Report them four weeks ahead", 'date_due': '2027-01-01'})

    def _page(self):
        return self.url_open('/my/claims').text

    def test_other_party_reads_without_persons_and_answers(self):
        self.authenticate('seller', 'seller-secret')
        self.assertNotIn(self.claim.name, self._page())  # drafts are ours
        self.claim.action_submit()
        self.notice.action_start()
        page = self._page()
        for fact in self.claim.name, self.notice.name, "1,596.00", "found tension":
            self.assertIn(fact, page)
        for secret in "Desk Dina", "Li Na":
            self.assertNotIn(secret, page)
        self._post(f'/my/claims/{self.claim.id}/answer', answer="We bear 1,200")
        self._post(f'/my/rectifications/{self.notice.id}/answer', answer="Done")
        self.assertEqual(self.claim.answer, "We bear 1,200")
        self.assertRecordValues(self.notice, [{'answer': "Done"}])
        self.assertTrue(self.notice.date_answered)
        self.assertIn("We bear 1,200", self._page())
        self.assertIn("Please write your answer", self._post(
            f'/my/claims/{self.claim.id}/answer', answer="  ").text)

    def test_answer_after_the_decision_is_refused(self):
        self.claim.action_submit()
        self.claim.refusal_reason = "Their letter"
        self.claim.action_refuse()
        self.authenticate('seller', 'seller-secret')
        page = self._post(f'/my/claims/{self.claim.id}/answer', answer="Wait").text
        self.assertIn("takes no more answers", page)
        self.assertFalse(self.claim.answer)

    def test_strangers_find_nothing(self):
        self.claim.action_submit()
        self.notice.action_start()
        self.authenticate('stranger', 'stranger-secret')
        self.assertNotIn(self.claim.name, self._page())
        for url in (f'/my/claims/{self.claim.id}/answer', '/my/claims/0/answer',
                    f'/my/claims/{2 ** 40}/answer',
                    f'/my/rectifications/{self.notice.id}/answer'):
            with self.subTest(url=url):
                self.assertEqual(self._post(url, answer="x").status_code, 404)
        self.assertFalse(self.claim.answer or self.notice.answer)

    def test_customer_does_not_see_claims_here(self):
        """A claim of a customer is settled by letter; it is never shown to others."""
        company = self.seller.partner_id.parent_id
        claim = self.env['aftersales.claim'].with_user(self.desk).create({
            'kind': 'customer', 'partner_id': company.id,
            'line_ids': [Command.create({'name': "Carpet", 'amount_asked': 10.0})]})
        claim.action_submit()
        capa = self.env['aftersales.capa'].with_user(self.desk).create({
            'subject': "Secret 8D", 'problem': "X", 'partner_id': company.id})
        capa.action_start()
        self.authenticate('seller', 'seller-secret')
        page = self._page()
        self.assertNotIn(claim.name, page)
        self.assertNotIn("Secret 8D", page)
