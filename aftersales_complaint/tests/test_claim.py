import io
import zipfile

from freezegun import freeze_time
from PIL import Image
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import ComplaintCommon


def _photo(size=(8, 8)):
    """Return a JPEG with a place in its metadata."""
    buffer, image = io.BytesIO(), Image.new('RGB', size, 'red')
    exif = image.getexif()
    exif[0x010F] = "Secret Camera"
    image.save(buffer, 'JPEG', exif=exif)
    return buffer.getvalue()


@tagged('post_install', '-at_install')
class TestClaim(ComplaintCommon):
    """Claims are decided line by line, agreed on by others, and end in a draft entry."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env['res.partner'].create({'name': "Glass Works", 'is_company': True})

    def _claim(self, user=None, lines=((300.0, 'compensation'),), **values):
        return self.env['aftersales.claim'].with_user(user or self.desk).create({
            'kind': 'customer', 'partner_id': self.customer.id,
            'line_ids': [Command.create({'name': f"Item {number}", 'kind': kind,
                                         'amount_asked': amount})
                         for number, (amount, kind) in enumerate(lines, 1)], **values})

    def _accept(self, claim):
        claim.action_submit()
        claim.basis = "The glass broke without a cause from outside"
        claim.action_accept()

    def _inspect(self, claim):
        claim.write({
            'inspection_date': '2026-06-03', 'inspection_people': "Li Na, Tom",
            'inspection_result': "Tension in the glass"})
        claim.action_inspect()

    @users('desk')
    def test_customer_claim_from_the_letter_to_the_credit_note(self):
        form = Form(self.env['aftersales.claim'])
        form.partner_id = self.customer
        form.letter = "Letter of 1 June"
        with form.line_ids.new() as line:
            line.name = "Carpet"
            line.kind = 'compensation'
            line.amount_asked = 300
        claim = form.save()
        self.assertTrue(claim.name.startswith('CL/'))
        self._accept(claim)
        with self.assertRaisesRegex(UserError, "inspected jointly before you agree"):
            claim.line_ids.decision = 'approved'
            claim.with_user(self.lead).action_agree()
        self._inspect(claim)
        claim.line_ids.write({
            'decision': 'reduced', 'amount_approved': 200, 'reason': "The carpet was used"})
        with self.assertRaisesRegex(UserError, "Write down what both sides agree on"):
            claim.with_user(self.lead).action_agree()
        claim.agreement = "200, and nothing more from this event"
        with self.assertRaisesRegex(AccessError, "Another person approves"):
            claim.action_agree()
        claim.with_user(self.lead).action_agree()
        self.assertEqual(claim.approver_id, self.lead)
        claim.action_settle()
        move = claim.sudo().move_id
        self.assertRecordValues(move, [{
            'move_type': 'out_refund', 'state': 'draft', 'partner_id': self.customer.id,
            'amount_total': 200.0, 'invoice_origin': claim.name}])
        self.assertEqual(claim.payment_state, 'draft')
        with self.assertRaises(UserError):
            claim.action_settle()

    def test_agent_handles_and_does_not_decide(self):
        claim = self._claim(self.agent)
        self._accept_as_desk(claim)
        for step in claim.action_agree, claim.action_refuse, claim.action_settle:
            with self.assertRaisesRegex(AccessError, "desk and team leads decide"):
                step()
        other = self._claim(self.desk)
        self.assertFalse(other.with_user(self.agent).search([('id', '=', other.id)]))
        with self.assertRaises(AccessError):
            other.line_ids.with_user(self.agent).decision = 'approved'

    def _accept_as_desk(self, claim):
        self._accept(claim.with_user(self.desk))

    def test_amount_above_the_authority_is_refused(self):
        claim = self._claim(lines=((1500.0, 'compensation'),))
        self._accept(claim)
        self._inspect(claim)
        claim.line_ids.decision = 'approved'
        claim.agreement = "All of it"
        with self.assertRaisesRegex(UserError, "above your authority"):
            claim.with_user(self.lead).action_agree()
        claim.with_user(self.complaint_manager).action_agree()
        self.assertEqual(claim.state, 'agreed')

    def test_manager_does_not_approve_an_own_claim_beside_another_manager(self):
        claim = self._claim(self.complaint_manager)
        self._accept(claim)
        self._inspect(claim)
        claim.line_ids.decision = 'approved'
        claim.agreement = "All of it"
        with self.assertRaisesRegex(AccessError, "Another person approves"):
            claim.action_agree()
        managers = self.env.ref('aftersales_complaint.group_complaint_manager').all_user_ids
        (managers - self.complaint_manager - self.env.ref('base.user_root')).active = False
        claim.action_agree()  # the only one of a small firm
        self.assertEqual(claim.approver_id, self.complaint_manager)

    def test_each_line_is_decided_with_its_reason(self):
        claim = self._claim(lines=((100.0, 'labour'), (50.0, 'part')))
        self._accept(claim)
        self._inspect(claim)
        claim.agreement = "The labour"
        first, second = claim.line_ids
        first.decision = 'approved'
        with self.assertRaisesRegex(UserError, "Decide on each line first"):
            claim.with_user(self.lead).action_agree()
        second.decision = 'refused'
        with self.assertRaisesRegex(UserError, "Give the reason for each line"):
            claim.with_user(self.lead).action_agree()
        second.reason = "The part is not of this unit"
        claim.with_user(self.lead).action_agree()
        self.assertRecordValues(claim, [{'amount_asked': 150.0, 'amount_approved': 100.0}])
        with self.assertRaisesRegex(UserError, "stays as it is"):
            second.reason = "Another"

    @mute_logger('odoo.sql_db')
    def test_no_more_is_approved_than_is_asked_for(self):
        claim = self._claim()
        self._accept(claim)
        for values in ({'decision': 'reduced', 'amount_approved': 300.0},
                       {'decision': 'reduced', 'amount_approved': 301.0},
                       {'decision': 'reduced', 'amount_approved': 0.0}):
            with self.assertRaisesRegex(ValidationError, "enter less"), self.cr.savepoint():
                claim.line_ids.write(values)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._claim(lines=((-1.0, 'other'),))

    def test_what_is_asked_for_stays_once_submitted(self):
        claim = self._claim()
        claim.action_submit()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            claim.line_ids.amount_asked = 5000
        for change in Command.create({'name': "More", 'amount_asked': 1}), Command.delete(
                claim.line_ids.id):
            with self.assertRaisesRegex(UserError, "stays as it is"), self.cr.savepoint():
                claim.line_ids = [change]
        with self.assertRaisesRegex(UserError, "stay as they are"):
            claim.partner_id = self.supplier

    # === OUTLETS === #

    def _outlet_claim(self, order, **values):
        return self.env['aftersales.claim'].with_user(self.desk).create({
            'kind': 'outlet', 'outlet_id': self.outlet.id, 'line_ids': [Command.create({
                'name': "Labour", 'kind': 'labour', 'order_id': order.id,
                'amount_asked': 120.0})], **values})

    def test_work_of_an_outlet_is_claimed_once(self):
        partner = self.env['res.partner'].create({'name': "North Station", 'is_company': True})
        self.outlet = self.env['aftersales.outlet'].create({
            'name': "North", 'partner_id': partner.id})
        order = self._create_order(user_id=self.desk.id)
        claim = self._outlet_claim(order)
        self.assertEqual(claim.partner_id, partner)
        claim.action_submit()
        again = self._outlet_claim(order)
        with self.assertRaisesRegex(UserError, "is claimed already, in CL/"):
            again.action_submit()
        claim.refusal_reason = "Without the old part"
        claim.action_refuse()
        again.action_submit()
        again.basis = "Contract, section 4"
        again.action_accept()
        again.line_ids.decision = 'approved'
        again.agreement = "As claimed"
        again.with_user(self.lead).action_agree()
        again.action_settle()
        self.assertRecordValues(again.sudo().move_id, [{
            'move_type': 'in_invoice', 'state': 'draft', 'partner_id': partner.id,
            'amount_total': 120.0}])

    def test_boss_of_the_outlet_does_not_decide_on_its_claim(self):
        partner = self.env['res.partner'].create({'name': "North Station", 'is_company': True})
        self.outlet = self.env['aftersales.outlet'].create({
            'name': "North", 'partner_id': partner.id, 'manager_id': self.lead.id,
            'member_ids': [Command.set(self.lead.ids)]})
        claim = self._outlet_claim(self._create_order(user_id=self.desk.id))
        self._accept(claim)
        claim.line_ids.decision = 'approved'
        claim.agreement = "As claimed"
        with self.assertRaisesRegex(AccessError, "other party does not decide"):
            claim.with_user(self.lead).action_agree()

    # === DEADLINES === #

    def test_deadlines_follow_the_kind(self):
        """Seven calendar days to accept; a carrier has three working days, or seven."""
        with freeze_time('2026-06-05 08:00:00'):  # a Friday
            claim = self._claim(date_received='2026-06-05')
            self.assertEqual(str(claim.date_due), '2026-06-12')
            case = self._create_complaint()
            carrier = self._claim(kind='carrier', complaint_id=case.id)
            self.assertFalse(carrier.date_due)
            carrier.action_submit()
            self.assertEqual(str(carrier.date_due), '2026-06-10')
            carrier.is_complex = True
            self.assertEqual(str(carrier.date_due), '2026-06-16')
        with freeze_time('2026-06-13 08:00:00'):
            claim.action_submit()
            self.assertIn(claim, claim.search(claim._get_late_domain()))
            self.assertRecordValues(claim.activity_ids, [{
                'user_id': self.desk.id, 'date_deadline': fields.Date.to_date('2026-06-12')}])
            claim.action_cancel()
            self.assertFalse(claim.activity_ids)

    # === RECOVERY === #

    def _recovery(self):
        case = self._create_complaint(
            description="Li Na calls from +1 650 555 0100: the glass broke",
            photo_ids=[Command.create({'name': "li_na_kitchen.jpg", 'raw': _photo()})])
        case.write({'user_id': self.agent.id, 'cause': "Agent Anna says: tension in the glass"})
        return self._claim(
            kind='supplier', partner_id=self.supplier.id, complaint_id=case.id,
            basis="Agent Anna found tension", lines=((1800.0, 'goods'), (160.0, 'visit')))

    def test_recovery_ends_in_a_debit_note(self):
        claim = self._recovery()
        self._accept(claim)
        claim.line_ids[0].write({
            'decision': 'reduced', 'amount_approved': 1200.0, 'reason': "By their report"})
        claim.line_ids[1].decision = 'approved'
        claim.agreement = "1,360 by their letter"
        claim.with_user(self.lead).action_agree()
        claim.action_settle()
        self.assertRecordValues(claim.sudo().move_id, [{
            'move_type': 'in_refund', 'state': 'draft', 'partner_id': self.supplier.id,
            'amount_total': 1360.0}])

    def test_recovery_without_evidence_is_refused(self):
        claim = self._claim(kind='supplier', partner_id=self.supplier.id)
        with self.assertRaisesRegex(UserError, "Add evidence first"):
            claim.action_submit()

    def test_evidence_pack_names_nobody(self):
        claim = self._recovery()
        claim.action_submit()
        action = claim.action_download_pack()
        file = self.env['ir.attachment'].sudo().search([
            ('res_model', '=', 'aftersales.claim'), ('res_id', '=', claim.id)])
        self.assertIn(str(file.id), action['url'])
        with zipfile.ZipFile(io.BytesIO(file.raw)) as pack:
            names = pack.namelist()
            self.assertEqual(len(names), 3)
            self.assertIn('photo_01.jpg', names)
            self.assertNotIn(b"Secret Camera", pack.read('photo_01.jpg'))
            self.assertIn("Item 1", pack.read('costs.csv').decode('utf-8-sig'))
        words = self.env['ir.actions.report'].sudo()._render_qweb_html(
            'aftersales_complaint.report_evidence_pack', claim.ids)[0].decode()
        for secret in ("Li Na", "555 0100", "Agent Anna", "li_na_kitchen"):
            self.assertNotIn(secret, words)
        for fact in ("the glass broke", "tension in the glass", "L***"):
            self.assertIn(fact, words)
        with self.assertRaises(AccessError):
            claim.with_user(self.employee).action_download_pack()

    def test_reports_are_masked_in_the_pack_or_named_as_left_out(self):
        claim = self._recovery()
        claim.photo_ids = [
            Command.create({'name': 'test.txt', 'raw': b"Li Na heard it: 3 bar"}),
            Command.create({'name': 'laboratory.pdf', 'raw': b"%PDF-1.4 Li Na heard it"})]
        action = claim.action_download_pack()
        self.assertIn("laboratory.pdf", action['params']['message'])
        self.assertNotIn("test.txt", action['params']['message'])
        file = self.env['ir.attachment'].sudo().search([
            ('res_model', '=', 'aftersales.claim'), ('res_id', '=', claim.id),
            ('mimetype', '=', 'application/zip')])
        self.assertIn(str(file.id), action['params']['next']['url'])
        with zipfile.ZipFile(io.BytesIO(file.raw)) as pack:
            words = pack.read('report_01.txt').decode('utf-8-sig')
            self.assertFalse([name for name in pack.namelist() if b"Li Na" in pack.read(name)])
        self.assertIn("3 bar", words)

    def test_evidence_pack_masks_persons_in_any_writing_without_a_complaint(self):
        self.customer.write({
            'name': "Zhou Meifang", 'phone': "021 5550 0199", 'street': "88 Nanjing Road",
            'street2': "Floor 5, Rose Court", 'city': "Shanghai", 'email': "zhou@example.com",
            'child_ids': [Command.create({'name': "Petra Quandt"})]})
        order = self.env['aftersales.order'].create({
            'partner_id': self.customer.id, 'user_id': self.desk.id,
            'technician_id': self.technician.id, 'caller_name': "Old Wanderer"})
        words = (
            "Meifang (02155500199, +86 21 5550-0199) and Quandt, NANJING ROAD 88, rose court, "
            "Shanghai 88, zhou@example.com; Wanderer opened it")
        claim = self._claim(kind='supplier', partner_id=self.supplier.id, basis=words, lines=())
        claim.line_ids = [Command.create({
            'name': f" \n＝{words}", 'kind': 'compensation', 'amount_asked': 5,
            'order_id': order.id, 'serial': "\u3000=1+1"})]
        page = self.env['ir.actions.report'].sudo()._render_qweb_html(
            'aftersales_complaint.report_evidence_pack', claim.ids)[0].decode()
        table = claim._build_pack_costs().decode('utf-8-sig')
        for text in page, table:
            for secret in ("Meifang", "Quandt", "0199", "NANJING", "rose court", "Shanghai 88",
                           "zhou", "Wanderer"):
                self.assertNotIn(secret, text)
        self.assertIn("opened it", page)
        self.assertIn("' \n＝", table)
        self.assertIn("'\u3000=1+1", table)

    # === PRIVACY AND MERGED CASES === #

    def test_finished_claim_forgets_persons_after_the_period(self):
        claim = self._recovery()
        claim.photo_ids = [Command.create({'name': "a.jpg", 'raw': _photo()})]
        self._accept(claim)
        claim.refusal_reason = "Li Na broke it"
        claim.action_refuse()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE aftersales_claim SET write_date = now() - interval '4 years' WHERE id = %s",
            [claim.id])
        other = self._recovery()  # under way
        claim.invalidate_recordset()
        limits = self.env['aftersales.erasure.period'].sudo()._get_limits(self.env.company)
        for kind in 'photo', 'text':
            claims = self.env['aftersales.claim'].sudo()
            found = claims.search(claims._get_personal_data_domain(
                kind, limits['aftersales.claim', kind]))
            self.assertIn(claim.id, found.ids)
            self.assertNotIn(other.id, found.ids)
        claims = claim.sudo()
        claims._erase_personal_data({'photo', 'text'}, 'retention')
        self.assertFalse(claims.refusal_reason or claims.basis or claims.photo_ids)
        self.assertEqual(claims.amount_asked, 1960.0)

    def test_claims_follow_a_merged_case(self):
        case = self._create_complaint()
        claim = self._claim(complaint_id=case.id)
        target = self._create_complaint()
        case.with_user(self.desk)._merge_into(target.with_user(self.desk))
        self.assertEqual(claim.complaint_id, target)

    # === ACCESS === #

    def test_complaint_that_the_user_may_not_read_is_no_source(self):
        case = self._create_complaint()
        case.user_id = self.desk
        with self.assertRaises(AccessError):
            self._claim(self.agent, complaint_id=case.id)

    def test_other_company_sees_no_claim(self):
        claim = self._claim()
        abroad = self.env['res.company'].create({'name': "Abroad"})
        self.complaint_manager.write({
            'company_ids': [Command.set(abroad.ids)], 'company_id': abroad.id})
        self.assertFalse(claim.with_user(self.complaint_manager).search([]))
