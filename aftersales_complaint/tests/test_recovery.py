from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .money_common import MoneyCommon


@tagged('post_install', '-at_install')
class TestRecovery(MoneyCommon):
    """Practice case C1: the supplier bears 1,596 of 2,660, pays 1,200, the outlet 798."""

    def setUp(self):
        super().setUp()
        self.case = self._create_complaint(kind='quality', outlet_id=self.north.id)
        self._lose(self.case, 'compensation', 1800)
        self._lose(self.case, 'discount', 700)
        self._lose(self.case, 'visit', 160)
        self._share(self.case, 60, 'supplier', partner_id=self.supplier.id, sequence=1)
        self._share(self.case, 30, 'outlet', outlet_id=self.north.id, sequence=2)
        self._share(self.case, 10, 'company', sequence=3)

    def test_share_of_the_supplier_becomes_a_claim_once(self):
        case = self.case.with_user(self.desk)
        with self.assertRaisesRegex(UserError, "Serve the notice of liability first"):
            case.action_recover()
        self._serve(self.case)
        with self.assertRaises(AccessError):
            self.case.with_user(self.agent).action_recover()
        case.action_recover()
        claim = case.claim_ids
        self.assertRecordValues(claim, [{
            'kind': 'supplier', 'partner_id': self.supplier.id, 'amount_asked': 1596.0,
            'basis': "Glass too thin", 'state': 'draft'}])
        self.assertEqual(claim.line_ids.mapped('amount_asked'), [1080.0, 420.0, 96.0])
        with self.assertRaisesRegex(UserError, "No supplier or carrier is liable"):
            case.action_recover()

    def test_net_loss_of_the_practice_case(self):
        self._serve(self.case)
        self.case.with_user(self.desk).action_recover()
        claim = self.case.claim_ids.with_user(self.desk)
        claim.action_submit()
        claim.action_accept()
        first, second, third = claim.line_ids
        first.decision = 'approved'
        second.write({'decision': 'reduced', 'amount_approved': 120, 'reason': "Their letter"})
        third.write({'decision': 'refused', 'reason': "Their letter"})
        claim.agreement = "1,200"
        claim.with_user(self.lead).action_agree()
        self.assertEqual(self.case.amount_net_loss, 2660)
        claim.action_settle()
        self.assertEqual(self.case.amount_net_loss, 1460)
        with freeze_time('2026-05-20 12:00:00'):
            self.case.liability_ids.sudo().charge_ids.with_user(self.lead).action_settle()
        self.assertEqual(self.case.amount_net_loss, 662)
