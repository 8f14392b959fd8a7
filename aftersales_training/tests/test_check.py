from uuid import uuid4

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests.common import DOT, SIGNATURE
from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .certificate_common import CertificateCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-06-01 04:00:00')
class TestCheck(CertificateCommon):
    """The sheet of a practice exam, as an examiner's phone fills it in."""

    def _send(self, kind, payload, check=None, user=None):
        check = check or self.check
        [answer] = self.env['aftersales.job.action'].with_user(user or self.coach)._handle_batch([{
            'uuid': str(uuid4()), 'kind': kind, 'res_model': check._name, 'res_id': check.id,
            'payload': payload}])
        return answer['status'], answer['message']

    def setUp(self):
        super().setUp()
        self.check = self._create_check()

    def _judge(self, check, failed=(), count=12):
        for number, item in enumerate(check.item_ids[:count], start=1):
            status, message = self._send('exam_item', {
                'check_id': item.id, 'result': 'failed' if number in failed else 'passed'}, check)
            self.assertEqual(status, 'done', message)

    def _sign(self, check=None, **payload):
        return self._send('exam_sign', {
            'learner_signature': SIGNATURE, 'examiner_signature': SIGNATURE, **payload}, check)

    def test_learner_without_photo_has_the_picture_of_the_initials(self):
        self.assertIn('svg', self.check.sudo()._prepare_mobile_check()['picture'][:24])

    def test_passed_exam_leads_to_the_certificate(self):
        self._judge(self.check, failed={7})
        self.assertEqual(self._sign()[0], 'done')
        self.assertRecordValues(self.check, [{'state': 'done', 'result': 'passed'}])
        self.assertAlmostEqual(self.check.mark, 100 * 11 / 12)
        self.assertRecordValues(self.check.certificate_id, [{
            'user_id': self.technician.id, 'skill_id': self.split_skill.id, 'state': 'valid'}])
        shown = self.coach.with_user(self.coach)._get_mobile_data('exams')['checks']
        self.assertEqual(shown[0]['certificate'], self.check.certificate_id.name)

    def test_red_line_fails_at_once_and_a_retest_follows(self):
        self._judge(self.check, failed={1}, count=1)
        self.assertEqual(self._sign()[0], 'done')
        self.assertRecordValues(self.check, [{'state': 'done', 'result': 'failed'}])
        self.assertFalse(self.check.certificate_id)
        self.assertRecordValues(self.check.retest_ids, [{
            'state': 'open', 'examiner_id': self.coach.id, 'user_id': self.technician.id}])
        self.assertEqual(str(self.check.retest_ids.date_planned), '2026-06-08')
        self.assertEqual(len(self.check.retest_ids.item_ids), 12)

    def test_a_sheet_that_hardly_applies_proves_nothing(self):
        """The red line and ten items do not apply, one is passed: 100 percent, and failed."""
        red, *__, last = self.check.item_ids.with_user(self.coach)
        self.check.item_ids.with_user(self.coach).write({'result': 'na'})
        last.result = 'passed'
        self.assertFalse(self.check._mark().is_passed)
        red.result = 'passed'  # 2 of 12 items are less than half
        self.assertFalse(self.check._mark().is_passed)
        self.split_course.applies_from = 16
        self.assertTrue(self.check._mark().is_passed)

    def test_too_few_points_fail(self):
        self._judge(self.check, failed={3, 4})  # 83.3 of 85
        self._sign()
        self.assertEqual(self.check.result, 'failed')

    def test_refusals_on_the_phone(self):
        item = self.check.item_ids[0]
        item.needs_photo = True
        other = self._create_check(user_id=self.outlet_technician.id).item_ids[0]
        passed = {'check_id': item.id, 'result': 'passed'}
        for what, answer, words in (
                ('stranger', lambda: self._send('exam_item', passed, user=self.technician),
                 "no longer yours"),
                ('learner', lambda: self._send('exam_sign', {}, user=self.technician),
                 "no longer yours"),
                ('officer not named', lambda: self._send(
                    'exam_item', passed, user=self.training_officer), "no longer yours"),
                ('foreign item', lambda: self._send(
                    'exam_item', {'check_id': other.id, 'result': 'passed'}), "which item"),
                ('no result', lambda: self._send(
                    'exam_item', {'check_id': item.id, 'result': 'great'}), "which item"),
                ('rubbish', lambda: self._send(
                    'exam_item', {'check_id': {}, 'result': []}), "which item|unreadable"),
                ('no picture', lambda: self._send(
                    'exam_item', passed | {'image': 'PHN2Zy8+'}), "not a photo"),
                ('words that would be cut', lambda: self._send(
                    'exam_item', passed | {'note': "x" * 2001}), "write it shorter"),
                ('items open', self._sign, "Judge all items"),
                ('dot', lambda: self._sign(learner_signature=DOT), "A dot"),
                ('one signature', lambda: self._sign(examiner_signature=""), "not a photo")):
            with self.subTest(what):
                status, message = answer()
                self.assertEqual(status, 'refused')
                self.assertRegex(message, words)
        self._judge(self.check)
        self.assertRegex(self._sign()[1], "Take the photos")
        self._send('exam_item', passed | {'image': DOT})
        self.assertEqual(self._sign()[0], 'done')
        self.assertRegex(self._send('exam_item', passed)[1], "signed or cancelled")

    def test_results_are_the_named_examiners_and_stay(self):
        item = self.check.item_ids[0]
        for user in (self.technician, self.training_officer, self.dispatcher):
            with self.subTest(user.name), self.assertRaises(AccessError), self.cr.savepoint():
                item.with_user(user).result = 'passed'
            with self.subTest(f"{user.name}, by the sheet"), self.assertRaises(AccessError), (
                    self.cr.savepoint()):
                self.check.with_user(user).item_ids = [
                    Command.update(item.id, {'result': 'passed'})]
        coach = self.check.with_user(self.coach)
        coach.item_ids = [Command.update(item.id, {'result': 'passed'})]
        for vals in ({'state': 'done'}, {'result': 'passed'}, {'learner_signature': SIGNATURE},
                     {'pass_mark': 1.0}, {'mark': 99.0}, {'user_id': self.coach.id},
                     {'item_ids': [Command.create({'name': "Easy", 'result': 'passed'})]},
                     {'item_ids': [Command.delete(item.id)]}):
            with self.subTest(vals=[*vals]), self.assertRaises(AccessError), self.cr.savepoint():
                coach.write(vals)
        with self.assertRaisesRegex(UserError, "signed by both"), self.cr.savepoint():
            coach.action_done()
        with self.assertRaisesRegex(ValidationError, "own work"), self.cr.savepoint():
            coach.examiner_id = self.technician
        self._judge(self.check)
        self._sign()
        with self.assertRaisesRegex(UserError, "stays as it is"), self.cr.savepoint():
            item.with_user(self.coach).result = 'failed'
        with self.assertRaisesRegex(UserError, "stay"), self.cr.savepoint():
            self.check.with_user(self.training_officer).remark = "Better"
        with self.assertRaisesRegex(UserError, "Signed sheets stay"), self.cr.savepoint():
            self.check.with_user(self.training_officer).unlink()

    def test_sheets_are_read_by_examiner_officer_and_the_learner_once_signed(self):
        checks = self.env['aftersales.training.check']
        for user, count in ((self.coach, 1), (self.training_officer, 1), (self.technician, 0),
                            (self.dispatcher, 0), (self.agent, 0)):
            with self.subTest(user.name):
                self.assertEqual(checks.with_user(user).search_count(
                    [('id', '=', self.check.id)]), count)
        for user in (self.outlet_technician, self.technician):
            self.assertIsNone(user.with_user(user)._get_mobile_data('exams'))
        with self.assertRaises(AccessError):
            checks.with_user(self.outlet_technician).search([])
        self._judge(self.check)
        self._sign()
        self.assertTrue(self.check.with_user(self.technician).mark)

    def test_own_certificates_and_no_others_on_my_training(self):
        self._certify(self.technician, self.licence, '2026-01-01', '2026-07-01')
        self._certify(self.outlet_technician, self.split_skill, '2026-01-01', '2027-01-01')
        shown = self.outlet_technician.with_user(self.outlet_technician)._get_mobile_data(
            'training')['certificates']
        self.assertEqual([(item['skill'], item['state']) for item in shown], [
            ("Split Installation", 'valid')])

    def test_attendance_gets_its_sheet_its_mark_and_its_retest(self):
        session = self._create_session(self.technician, course_id=self.split_course.id)
        session.with_user(self.training_officer).action_confirm()
        attendance = session.attendance_ids
        attendance.with_user(self.coach).action_note_present()
        check = attendance.check_ids
        self.assertRecordValues(check, [{'examiner_id': self.coach.id, 'state': 'open'}])
        self._judge(check, failed={1}, count=1)
        self.assertEqual(self._sign(check)[0], 'done')
        retest = attendance.check_ids - check
        self.assertRecordValues(attendance, [{
            'state': 'failed', 'has_red_line': True, 'retest_date': retest.date_planned}])
        shown = attendance.sudo()._prepare_mobile_attendance()
        self.assertEqual(
            (shown['retest'], shown['pretest']), (str(retest.date_planned), ''))
        self.assertRecordValues(retest, [{'previous_id': check.id, 'state': 'open'}])
        self._judge(retest)
        self.assertRegex(self._sign(retest)[1], "The retest is planned for")
        retest.with_user(self.coach).date_planned = '2026-06-01'
        self.assertEqual(self._sign(retest)[0], 'done')
        self.assertRecordValues(attendance, [{'state': 'passed', 'practice': 100.0}])
        self.assertEqual(len(attendance.check_ids), 2)
        self.assertRecordValues(retest.certificate_id, [{
            'attendance_id': attendance.id, 'user_id': self.technician.id}])
        again = self.env['aftersales.certificate'].sudo()._issue(
            self.technician, self.split_course, attendance=attendance)
        self.assertEqual(again, retest.certificate_id)

    def test_absent_people_get_neither_sheet_nor_certificate(self):
        session = self._create_session(self.technician, course_id=self.split_course.id)
        session.with_user(self.training_officer).action_confirm()
        attendance = session.attendance_ids
        attendance.with_user(self.coach).action_note_present()
        attendance.with_user(self.coach).action_note_absent()
        self.assertEqual(attendance.check_ids.state, 'cancelled')
        with self.assertRaisesRegex(UserError, "did not pass"):
            self.env['aftersales.certificate'].with_user(self.coach).sudo()._issue(
                self.technician, self.split_course, attendance=attendance)

    def test_behaviour_check_is_noted_at_the_attendance(self):
        self.height_course.item_ids = [Command.create({
            'name': f"On the job {number}", 'kind': 'behaviour'}) for number in range(5)]
        session = self._create_session(self.technician)
        checks = self.env['aftersales.training.check']._plan_behaviour(session.attendance_ids)
        self.assertRecordValues(checks, [{
            'kind': 'behaviour', 'examiner_id': self.coach.id, 'user_id': self.technician.id}])
        self.assertFalse(self.env['aftersales.training.check']._plan_behaviour(
            session.attendance_ids))
        coach = checks.with_user(self.coach)
        coach.item_ids = [
            Command.update(item.id, {'result': 'failed' if number else 'passed'})
            for number, item in enumerate(coach.item_ids)]
        coach.action_done()
        self.assertEqual((checks.result, session.attendance_ids.behaviour), ('failed', 20.0))
        self.assertFalse(checks.retest_ids)


@tagged('post_install', '-at_install')
class TestExamPhone(HttpCase, CertificateCommon):
    """The examiner's phone: twelve items, a red line, a cut network, two signatures."""

    def test_exam_on_the_phone(self):
        self.coach.tz = 'UTC'
        check = self._create_check(serial="AC-0001")
        self._create_check(user_id=self.outlet_technician.id)
        self.env.flush_all()
        phone = Phone(self, 'coach')
        phone.open('/my/jobs')
        phone.tap('nav.pages a', "Exams")
        phone.tap('.card.exam', "Technician Tom")
        phone.see('.sheet .exam-item.is-red-line', "Step 1")
        phone.cut_network()
        for number in range(1, 13):
            phone.tap('.exam-passed:not(.is-chosen)', "Pass")
            phone.wait(
                f'document.querySelectorAll(".exam-passed.is-chosen").length === {number}')
        phone.see('.exam-verdict', "100.0 of 100: passed")
        phone.tap('.sheet .big', "To the Signatures")
        phone.draw('.signature-pad')
        phone.draw('.signature-pad ~ .signature-pad')
        phone.tap('.sheet .big', "Finish")
        phone.see('.exam-done .exam-outcome', "waits for the network")
        phone.restore_network()
        phone.see('.exam-done .exam-outcome', "certificate CERT/")
        phone.tap('.card.exam', "Outlet Olga")
        phone.tap('.exam-item.is-red-line .exam-failed', "Fail")
        phone.see('.exam-verdict.is-bad', "A red line was crossed")
        phone.see('.sheet .big:not(:disabled)', "To the Signatures")
        self.assertLessEqual(phone.ask('document.documentElement.scrollWidth'), 390)
        phone.settle()
        with phone.at_rest():
            self.assertEqual((check.state, check.result), ('done', 'passed'))
            self.assertEqual(check.certificate_id.user_id, self.technician)
