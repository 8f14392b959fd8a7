from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import users

from odoo.addons.aftersales_complaint.tests.common import ComplaintCommon
from odoo.addons.aftersales_training.tests.need_common import NeedCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-06-01 08:00:00')
class TestComplaintNeed(ComplaintCommon, NeedCommon):
    """Founded complaints and running corrective actions show who has to learn what."""

    @classmethod
    def _create_colleague(cls, login, group, name):
        parent = NeedCommon if 'complaint' not in group else ComplaintCommon
        return parent._create_colleague.__func__(cls, login, group, name)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        above = cls.env['aftersales.complaint.category'].create({
            'name': "On Site", 'kind': 'service', 'training_course_id': cls.height_course.id})
        cls.category = above.create({
            'name': "Ladder", 'kind': 'service', 'parent_id': above.id})

    def _complain(self):
        order = self.env['aftersales.order'].sudo().create({
            'partner_id': self.customer.id, 'description': "The ladder fell through the roof",
            'technician_id': self.technician.id})
        return self._create_complaint(
            env=self.env(su=True), order_id=order.id, category_id=self.category.id)

    def _create_capa(self, *learners, **values):
        return self.env['aftersales.capa'].sudo().create({
            'subject': "Falls", 'problem': "Two falls in May", 'user_id': self.desk.id,
            'action_ids': [Command.create({
                'name': "Teach the ladder", 'date_due': '2026-06-20',
                'training_course_id': self.height_course.id,
                'learner_ids': [Command.set([learner.id for learner in learners])]})],
            **values}).sudo(False)

    @users('desk')
    def test_a_founded_complaint_proposes_the_course_of_its_category(self):
        case = self._complain().with_env(self.env)
        self.assertFalse(self._get_all_needs())
        case.action_judge()
        need = self._get_all_needs()
        self.assertRecordValues(need, [{
            'user_id': self.technician.id, 'course_id': self.height_course.id,
            'origin': 'complaint'}])
        self.assertRecordValues(need.evidence_ids, [{
            'res_model': 'aftersales.complaint', 'res_id': case.id}])

    @users('desk')
    def test_the_desk_requests_a_training_by_three_fields(self):
        case = self._complain().with_env(self.env)
        action = case.action_request_training()
        request = self.env['aftersales.training.request'].with_context(
            **action['context']).create({'date_deadline': '2026-07-01'})
        self.assertRecordValues(request, [{
            'learner_ids': self.technician.ids, 'course_id': self.height_course.id}])
        request.action_request()
        self.assertRecordValues(self._get_all_needs(), [{
            'origin': 'complaint', 'date_deadline': date(2026, 7, 1)}])

    @users('technician')
    def test_a_technician_requests_no_training_of_a_complaint(self):
        capa = self._create_capa(self.agent)
        request = self.env['aftersales.training.request']
        with self.assertRaises(AccessError):
            request.create({
                'capa_id': capa.id, 'learner_ids': self.agent.ids,
                'course_id': self.height_course.id}).action_request()
        with self.assertRaisesRegex(AccessError, "ask one of them"):
            request.create({
                'learner_ids': self.agent.ids,
                'course_id': self.height_course.id}).action_request()

    @users('desk')
    def test_a_running_corrective_action_makes_needs_of_its_learners(self):
        capa = self._create_capa(self.technician).with_env(self.env)
        self.assertFalse(self._get_all_needs())
        capa.action_start()
        self.assertRecordValues(self._get_all_needs(), [{
            'user_id': self.technician.id, 'origin': 'capa', 'date_deadline': date(2026, 6, 20)}])
        capa.action_ids.learner_ids = [Command.link(self.outlet_technician.id)]
        self.assertEqual(
            self._get_all_needs().user_id, self.technician | self.outlet_technician)

    @users('training_officer')
    def test_the_officer_reads_the_need_and_not_the_complaint(self):
        case = self._complain()
        case.with_user(self.desk).action_judge()
        evidence = self._get_all_needs().with_env(self.env).evidence_ids
        self.assertEqual(evidence.origin, 'complaint')
        self.assertFalse(evidence.record_name)

    def _get_all_needs(self):
        return self.env['aftersales.training.need'].sudo().search(
            [('course_id', '=', self.height_course.id)])

    def test_founded_complaints_are_results_of_a_training(self):
        self._complain().with_user(self.desk).action_judge()
        self._complain()
        found = self.env['aftersales.training.attendance']._read_results(
            self.env.company, self.technician, date(2026, 5, 1), date(2026, 6, 2))
        self.assertEqual(found['complaints'][self.technician.id], [(date(2026, 6, 1), 1)])
