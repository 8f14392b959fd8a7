from base64 import b64decode
from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from odoo.addons.aftersales_service.tests.common import DOT, SIGNATURE

from .common import TrainingCommon

MODELS = {
    'aftersales.notice', 'aftersales.training.attendance', 'aftersales.training.check',
    'aftersales.certificate', 'aftersales.score', 'aftersales.work.report',
    'aftersales.tool.issue'}
# names a person and nothing that would have to go: who keeps a plan, the need of a course, a
# level, a vote, who has a tool now; lines go with their sheet
BARE = {
    'aftersales.training.plan', 'aftersales.training.need', 'aftersales.grade.person',
    'aftersales.article.vote', 'aftersales.tool', 'aftersales.training.trainer',
    'aftersales.work.day'}


@tagged('post_install', '-at_install')
class TestStaffPrivacy(TrainingCommon):
    """What is personal of staff goes after its period, is held in a dispute, and is audited."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.past = fields.Datetime.now() - timedelta(days=400)
        cls.env['aftersales.erasure.period'].create([
            {'res_model': model, 'kind': kind, 'days': 365}
            for model in MODELS for kind in ('text', 'signature', 'photo', 'staff_record')])

    def _erase(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_erase_expired').method_direct_trigger()
        self.env.invalidate_all()

    def test_each_model_about_a_person_is_audited(self):
        documents = {
            records._name for records in self.env['aftersales.erasure']._get_documents()}
        self.assertLessEqual(MODELS, documents)
        found = set()
        for name, model in self.env.items():
            field = model._fields.get('user_id')
            if field is not None and field.comodel_name == 'res.users' and not (
                    model._abstract or model._transient or not model._auto) and (
                        model._original_module == 'aftersales_training'):
                found.add(name)
        self.assertLessEqual(found, MODELS | BARE, "add it to staff_privacy.py, or say why not")
        for name in MODELS:
            self.assertTrue(getattr(self.env[name], '_is_mobile_action_private', True), name)

    def _write_notice(self, **values):
        tom = self.env['hr.employee'].search([('user_id', '=', self.technician.id)]) or (
            self.env['hr.employee'].create({'name': "Tom", 'user_id': self.technician.id}))
        offence = self.env['aftersales.offence'].create(
            {'code': str(uuid4())[:8], 'name': "Late", 'points': 1})
        notice = self.env['aftersales.notice'].create({
            'employee_id': tom.id, 'offence_id': offence.id, 'facts': "He came late",
            'evidence': "Anna saw it",
            'photo_ids': [Command.create({'name': "a.png", 'raw': b64decode(SIGNATURE)})]})
        notice.write({
            'state': 'final', 'statement': "The bus", 'signature': SIGNATURE,
            'date_served': self.past - timedelta(days=400), 'validity_months': 6, **values})
        return notice

    def test_notices_lose_their_words_after_they_are_spent(self):
        spent, held = self._write_notice(), self._write_notice()
        valid = self._write_notice(validity_months=60)
        held.with_user(self._create_person('lead', 'team_lead', "Lead Lea")).sudo()._hold_data(
            "Court")
        self._erase()
        self.assertRecordValues(spent | held | valid, [
            {'facts': "—", 'evidence': False, 'statement': False, 'signature': False},
            *[{'facts': "He came late", 'evidence': "Anna saw it", 'statement': "The bus",
               'signature': held.signature}] * 2])
        with self.assertRaisesRegex(UserError, "a legal hold keeps it"):
            held.photo_ids.unlink()
        self.assertTrue(self.env['aftersales.erasure'].search_count([('text_count', '>', 0)]))

    def test_attendances_checks_and_certificates_keep_facts_alone(self):
        session = self._create_session(
            self.technician, date_start=self.past, date_end=self.past + timedelta(hours=2))
        attendance = session.attendance_ids
        survey = self.env['survey.survey'].create({'title': "Height", 'survey_type': 'custom'})
        answers = self.env['survey.user_input'].create({
            'survey_id': survey.id, 'training_attendance_id': attendance.id})
        attendance.write({'state': 'passed', 'note': "Was afraid", 'sign_in_device': 'abc',
                          'theory': 90.0})
        session.state = 'held'
        check = self.env['aftersales.training.check'].create({
            'user_id': self.technician.id, 'examiner_id': self.coach.id,
            'course_id': self.height_course.id, 'date_planned': self.past.date(),
            'remark': "Shaky", 'item_ids': [Command.create(
                {'name': "Harness", 'photo': DOT, 'note': "Loose"})]})
        check.write({'state': 'done', 'learner_signature': SIGNATURE})
        self._erase()
        self.assertRecordValues(attendance, [
            {'state': 'passed', 'theory': 90.0, 'note': False, 'sign_in_device': False}])
        self.assertFalse(answers.exists())
        self.assertRecordValues(check, [{'remark': False, 'learner_signature': False}])
        self.assertRecordValues(check.item_ids, [
            {'name': "Harness", 'note': False, 'photo': False}])

    def test_tools_that_came_back_and_single_days_are_forgotten(self):
        tool = self.env['aftersales.tool'].create({
            'name': "Pump", 'code': 'T-9', 'receiver_id': self.technician.id})
        tool.action_issue()
        tool.action_take_back()
        tool.receiver_id = self.agent
        tool.action_issue()
        tool.issue_ids.filtered('date_returned').date_returned = self.past
        report = self.env['aftersales.work.report'].create({
            'user_id': self.technician.id, 'month': '2024-03-01', 'day_ids': [Command.create(
                {'date': '2024-03-05', 'kind': 'sick'})]})
        report.state = 'approved'
        self._erase()
        self.assertEqual(tool.issue_ids.user_id, self.agent)
        self.assertTrue(report.exists())
        self.assertFalse(report.day_ids)

    def test_person_who_asks_loses_the_same(self):
        notice = self._write_notice()
        self.agent.partner_id.with_user(self.manager)._erase_service_data()
        self.assertEqual(notice.facts, "He came late")
        self.technician.partner_id.with_user(self.manager)._erase_service_data()
        notice.invalidate_recordset()
        self.assertEqual(notice.facts, "—")

    def test_dispatchers_read_no_log_of_private_actions(self):
        tool = self.env['aftersales.tool'].create({
            'name': "Pump", 'code': 'T-9', 'receiver_id': self.technician.id})
        tool.action_issue()
        actions = self.env['aftersales.job.action']
        actions.with_user(self.technician)._handle_batch([{
            'uuid': str(uuid4()), 'kind': 'tool_receipt', 'res_model': tool.issue_ids._name,
            'res_id': tool.issue_ids.id, 'payload': {}}])
        domain = [('res_model', '=', tool.issue_ids._name)]
        self.assertEqual(len(actions.with_user(self.technician).search(domain)), 1)
        lead = new_test_user(
            self.env, 'boss', 'aftersales_service.group_aftersales_manager')
        for user in self.dispatcher, lead:
            self.assertFalse(actions.with_user(user).search(domain))
