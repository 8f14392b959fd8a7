from base64 import b64decode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.aftersales_parts.tests.old_part_common import OldPartCommon
from odoo.addons.aftersales_parts.tests.test_inspection import ReceiptCommon
from odoo.addons.aftersales_service.tests.common import SIGNATURE


@tagged('post_install', '-at_install')
class TestRejectedLot(ReceiptCommon):
    """The storekeeper asks the supplier to pay for what the inspection rejected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls._create_person('claim_agent', 'agent', "Agent Ann")
        cls.lead = cls._create_person('claim_lead', 'team_lead', "Lead Leo")

    def _reject(self, quantity=10, **defect):
        inspection = self._inspect(self._receive(quantity))
        self._find_defects(inspection, 2, severity='critical', **defect)
        inspection.action_reject()
        return inspection

    def _get_claims(self, goods):
        return goods.sudo().claim_line_ids.claim_id

    def test_rejected_lot_is_claimed_at_its_price(self):
        inspection = self._reject()
        action = inspection.action_claim()
        claim = self._get_claims(inspection)
        self.assertRecordValues(claim, [{
            'kind': 'supplier', 'partner_id': self.supplier.id, 'state': 'draft',
            'user_id': False, 'amount_asked': 1000.0}])
        self.assertRecordValues(claim.line_ids, [{
            'kind': 'part', 'product_id': self.board.id, 'quantity': 10.0,
            'inspection_id': inspection.id}])
        self.assertIn("10 of 10 rejected: Crack (2)", claim.basis)
        # the storekeeper, who reads no claims, is shown where it went
        self.assertIn(claim.name, action['params']['message'])
        self.assertTrue(inspection.is_claimed)

    def test_unassigned_claim_is_submitted_by_an_agent(self):
        inspection = self._reject()
        inspection.action_claim()
        claim = self._get_claims(inspection).with_user(self.desk)
        self.assertEqual(claim.search([('state', '=', 'draft')]), claim)
        claim.action_submit()  # the inspection is its evidence
        self.assertEqual(claim.state, 'submitted')

    def test_lots_of_one_supplier_go_on_one_claim(self):
        first, second = self._reject(), self._reject(20)
        (first | second).action_claim()
        claim = self._get_claims(first)
        self.assertEqual(self._get_claims(second), claim)
        self.assertEqual(claim.amount_asked, 3000.0)

    def test_photos_go_along_as_copies(self):
        inspection = self._inspect(self._receive(10))
        inspection._add_photo("crack.png", b64decode(SIGNATURE))
        self._find_defects(inspection, 2, severity='critical')
        inspection.action_reject()
        inspection.action_claim()
        photo = self._get_claims(inspection).photo_ids
        self.assertEqual((photo.name, photo.res_model), ("crack.png", 'aftersales.claim'))
        self.assertNotEqual(photo, inspection.photo_ids)

    def test_good_and_claimed_lots_are_refused(self):
        good = self._inspect(self._receive(10))
        good.action_accept()
        with self.assertRaisesRegex(UserError, "Only rejected and failed goods"):
            good.action_claim()
        bad = self._reject()
        bad.action_claim()
        with self.assertRaisesRegex(UserError, "claimed already"):
            bad.action_claim()
        self._get_claims(bad).with_user(self.lead).action_cancel()
        self.assertFalse(bad.is_claimed)
        bad.action_claim()
        self.assertEqual(len(self._get_claims(bad)), 2)

    def test_filter_shows_what_is_to_claim(self):
        bad, claimed = self._reject(), self._reject()
        claimed.action_claim()
        lots = bad | claimed
        self.assertEqual(lots.search([('id', 'in', lots.ids), ('is_claimed', '=', False)]), bad)
        self.assertEqual(lots.search([('id', 'in', lots.ids), ('is_claimed', '=', True)]), claimed)

    def test_goods_on_two_drafts_are_submitted_once(self):
        bad = self._reject()
        bad.action_claim()
        first = self._get_claims(bad)
        # as two clerks who pressed at the same moment
        second = first.copy()
        second.line_ids.inspection_id = bad
        second.user_id = self.lead
        first.with_user(self.desk).action_submit()
        with self.assertRaisesRegex(UserError, "Another claim asks for these goods"):
            second.with_user(self.lead).action_submit()

    def test_others_claim_nothing(self):
        bad = self._reject()
        with self.assertRaises(AccessError):
            bad.with_user(self.technician).action_claim()
        bad.action_claim()
        line = bad.sudo().claim_line_ids
        with self.assertRaises(AccessError):
            line.with_user(self.storekeeper).read(['amount_asked'])
        with self.assertRaises(AccessError):
            line.with_user(self.lead).inspection_id = False


@tagged('post_install', '-at_install')
class TestFailedPart(OldPartCommon):
    """Parts that failed in free repairs are claimed by those who judge them."""

    def test_confirmed_faults_are_claimed_from_their_suppliers(self):
        supplier = self.env['res.partner'].create({'name': "Board Works", 'is_company': True})
        self.board.seller_ids = [Command.create({'partner_id': supplier.id})]
        bad, broken = self._create_tags(2, state='judged', verdict='accepted')
        broken.sudo().verdict = 'customer'
        with self.assertRaisesRegex(UserError, "Only rejected and failed goods"):
            (bad | broken).action_claim()
        bad.action_claim()
        claim = bad.sudo().claim_line_ids.claim_id
        self.assertRecordValues(claim, [{
            'kind': 'supplier', 'partner_id': supplier.id, 'amount_asked': 150.0}])
        self.assertIn(bad.name, claim.basis)

    def test_part_without_supplier_is_refused_in_words(self):
        bad = self._create_tags(1, state='judged', verdict='accepted')
        with self.assertRaisesRegex(UserError, "Enter the supplier first"):
            bad.action_claim()
