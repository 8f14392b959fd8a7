from uuid import uuid4

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from .common import TrainingCommon

CONDUCT = 'aftersales_conduct.group_conduct_officer'
LEAD = 'aftersales_service.group_aftersales_team_lead'


@tagged('post_install', '-at_install')
class TestViolation(TrainingCommon):
    """Checks of conduct that were not kept make notices: one act, one notice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref(CONDUCT).user_ids = False
        cls.officer = new_test_user(cls.env, 'olga', f'{CONDUCT},{LEAD}', name="Officer Olga")
        cls.second = new_test_user(cls.env, 'sven', CONDUCT, name="Officer Sven")
        cls.other_technician = cls._create_person(
            'other_technician', 'technician', "Technician Theo")
        cls.tom = cls.env['hr.employee'].create({
            'name': "Tom", 'user_id': cls.technician.id})
        cls.d01 = cls.env['aftersales.offence'].create(
            {'code': 'T-D1', 'name': "Seven ones", 'points': 1})
        cls.d03 = cls.env['aftersales.offence'].create(
            {'code': 'T-D3', 'name': "Smoked", 'points': 2})
        template = cls.env['aftersales.checklist.template'].create({'name': "Seven"})
        cls.checks = cls.env['aftersales.checklist.template.line'].create([
            {'template_id': template.id, 'name': name, 'offence_id': offence.id}
            for name, offence in (
                ("Uniform", cls.d01), ("Shoe covers", cls.d01), ("No smoke", cls.d03))])

    def _visit(self, *results, technician=None):
        """Return the answered checks of an order that the technician did today."""
        technician = technician or self.technician
        order = self._create_order(
            technician_id=technician.id, outlet_id=technician.share and self.outlet.id)
        lines = self.env['aftersales.checklist.line'].create([
            {'order_id': order.id, 'template_line_id': check.id, 'phase': 'during',
             'result': result} for check, result in zip(self.checks, results, strict=True)])
        lines.write({'date_answered': fields.Datetime.now()})
        return lines.filtered(lambda line: line.result == 'not_ok').with_user(self.officer)

    def test_shipped_seven_ones_name_their_acts(self):
        """Water and cigarettes are D03 with 2 points, the other five D01 with 1."""
        lines = self.env.ref('aftersales_service.aftersales_checklist_template_seven').line_ids
        self.assertEqual(
            [(line.offence_id.code, line.offence_id.points) for line in lines.sorted('sequence')],
            [('D01', 1)] * 4 + [('D03', 2)] * 2 + [('D01', 1)])

    def test_one_notice_for_each_person_and_day(self):
        lines = self._visit('not_ok', 'not_ok', 'not_ok') | self._visit('not_ok', 'ok', 'ok')
        other = self._visit('not_ok', 'ok', 'ok', technician=self.outlet_technician)
        action = (lines | other).action_propose_notices()
        notices = self.env['aftersales.notice'].search(action['domain'], order='points desc')
        self.assertRecordValues(notices, [
            {'employee_id': self.tom.id, 'technician_id': False, 'offence_id': self.d03.id,
             'points': 5.0, 'state': 'draft', 'author_id': self.officer.id},
            {'employee_id': False, 'technician_id': self.outlet_technician.id,
             'offence_id': self.d01.id, 'points': 1.0, 'state': 'draft',
             'author_id': self.officer.id}])
        self.assertEqual(lines.notice_id, notices[0])
        # an officer without a role of the service sees their number, and no service order
        self.assertEqual(notices[0].with_user(self.second).violation_count, 4)
        for line in lines:
            self.assertIn(f"{line.order_id.name} · {line.name}", notices[0].facts)
        # the person is heard first
        with self.assertRaisesRegex(UserError, "Ask the person for a statement first"):
            notices[0].with_user(self.officer).action_propose()
        with self.assertRaisesRegex(UserError, "one act, one notice"):
            lines.action_propose_notices()

    def test_act_that_has_a_notice_gets_no_second_one(self):
        lines = self._visit('not_ok', 'ok', 'ok')
        written = self.env['aftersales.notice'].with_user(self.officer).create({
            'employee_id': self.tom.id, 'offence_id': self.d01.id, 'facts': "No uniform"})
        lines.action_propose_notices()
        self.assertEqual(lines.notice_id, written)
        # another act from the same visit belongs to the same notice
        more = self._visit('ok', 'ok', 'not_ok')
        written.unlink()
        self.assertFalse(lines.notice_id)
        known = self.env['aftersales.notice'].with_user(self.officer).create({
            'employee_id': self.tom.id, 'offence_id': self.d01.id, 'facts': "No uniform",
            'res_model': 'aftersales.order', 'res_id': more.order_id.id})
        more.action_propose_notices()
        self.assertEqual(more.notice_id, known)

    def test_who_may_not_and_what_leads_to_none(self):
        lines = self._visit('not_ok', 'ok', 'ok')
        for user in self.technician, self.dispatcher:
            with self.assertRaises(AccessError):
                lines.with_user(user).action_propose_notices()
            with self.assertRaises(AccessError):
                lines.with_user(user).read(['notice_id'])
        with self.assertRaisesRegex(AccessError, "is protected"):
            lines.is_set_aside = True
        own = self._visit('not_ok', 'ok', 'ok', technician=self.officer)
        with self.assertRaisesRegex(AccessError, "what is about you"):
            own.action_propose_notices()
        stranger = self._visit('not_ok', 'ok', 'ok', technician=self.other_technician)
        with self.assertRaisesRegex(UserError, "no technician who is an employee"):
            stranger.action_propose_notices()
        lines.action_set_aside()
        with self.assertRaisesRegex(UserError, "decided on these already"):
            lines.action_propose_notices()

    def test_merits_stand_against_demerits(self):
        lines = self._visit('not_ok', 'not_ok', 'not_ok')
        notice = self.env['aftersales.notice'].search(
            lines.action_propose_notices()['domain']).with_user(self.officer)
        notice.action_ask_statement()
        notice.with_user(self.technician).statement = "True"
        notice.with_user(self.technician).action_hand_in()
        notice.action_propose()
        notice.with_user(self.second).action_approve()
        praise = self.env.ref('aftersales_conduct.aftersales_offence_m01')  # 5 points
        praise.badge_id = self.env.ref('aftersales_training.badge_praised')
        merit = notice.create({
            'employee_id': self.tom.id, 'offence_id': praise.id, 'facts': "A letter",
            'evidence': "Letter"})
        self.assertEqual(notice.person_points, 4.0)
        merit.action_propose()
        merit.with_user(self.second).action_approve()
        notice.invalidate_recordset(['person_points'])
        self.assertEqual(notice.person_points, -1.0)
        with self.assertRaises(AccessError):
            notice.with_user(self.technician).read(['person_points'])
        grant = self.env['gamification.badge.user'].search([('user_id', '=', self.technician.id)])
        self.assertEqual(grant.badge_id, praise.badge_id)
        self.assertFalse(grant.comment)

    # === THE PHONE === #

    def _send(self, kind, words, notice, user):
        [answer] = self.env['aftersales.job.action'].with_user(user)._handle_batch([{
            'uuid': str(uuid4()), 'kind': kind, 'payload': {'words': words},
            'res_model': 'aftersales.notice', 'res_id': notice.id}])
        return answer['status'], answer['message']

    def test_outlet_person_answers_and_appeals_by_phone(self):
        lines = self._visit('not_ok', 'ok', 'ok', technician=self.outlet_technician)
        notice = self.env['aftersales.notice'].search(
            lines.action_propose_notices()['domain']).with_user(self.officer)
        read = self.env['aftersales.notice'].with_user(
            self.outlet_technician)._get_mobile_notices
        self.assertFalse(read(self.outlet_technician)['notices'])
        self.assertEqual(
            self._send('notice_answer', "x", notice, self.outlet_technician)[0], 'refused')
        notice.action_ask_statement()
        [row] = read(self.outlet_technician)['notices']
        self.assertIn("Uniform", row['facts'])
        self.assertTrue(row['answer_until'])
        self.assertFalse(read(self.technician)['notices'])
        for user in self.technician, self.other_technician:
            self.assertEqual(self._send('notice_answer', "Not mine", notice, user)[0], 'refused')
        # words are kept as they were written, or refused: the answer is closed with them
        status, message = self._send('notice_answer', "x" * 2001, notice, self.outlet_technician)
        self.assertEqual(status, 'refused')
        self.assertRegex(message, "2001 characters, and 2000 are read")
        self.assertRecordValues(notice, [{'statement': False, 'date_stated': False}])
        self.assertEqual(self._send(
            'notice_answer', "It was torn", notice, self.outlet_technician), ('done', ''))
        self.assertRecordValues(notice, [{
            'statement': "It was torn", 'stated_by_id': self.outlet_technician.id}])
        notice.action_propose()
        notice.with_user(self.second).action_approve()
        self.assertEqual(read(self.outlet_technician)['points'], 1.0)
        self.assertEqual(self._send(
            'notice_appeal', "Torn that day", notice, self.outlet_technician), ('done', ''))
        self.assertEqual(notice.state, 'appealed')
        self.assertEqual(read(self.outlet_technician)['points'], 0.0)
        # the log of it is no way round
        for user in self.dispatcher, self.manager:
            self.assertFalse(self.env['aftersales.job.action'].with_user(user).search(
                [('res_model', '=', 'aftersales.notice')]))
