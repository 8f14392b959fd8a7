from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tests.common import new_test_user, users

from .need_common import NeedCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-06-01 08:00:00')
class TestNeed(NeedCommon):

    @users('training_officer')
    def test_three_fields_make_a_need(self):
        form = Form(self.env['aftersales.training.need'])
        form.user_id = self.outlet_technician
        form.course_id = self.height_course
        form.date_deadline = '2026-07-01'
        need = form.save()
        self.assertRecordValues(need, [{
            'origin': 'manual', 'state': 'open', 'outlet_id': self.outlet.id}])

    def test_a_proposal_twice_is_one_need_with_both_reasons_and_the_earlier_day(self):
        propose = self.env['aftersales.training.need']._propose
        vals = {'user_id': self.technician.id, 'course_id': self.height_course.id}
        order = self._create_order()
        [first] = propose([{
            **vals, 'origin': 'product', 'date_deadline': date(2026, 8, 1)}])
        second, third = propose(2 * [{
            **vals, 'origin': 'repeat', 'date_deadline': date(2026, 7, 1),
            'res_model': 'aftersales.order', 'res_id': order.id}])
        self.assertEqual(first | second | third, first)
        self.assertRecordValues(first, [{
            'origin': 'product', 'date_deadline': date(2026, 7, 1)}])
        self.assertEqual(sorted(first.evidence_ids.mapped('origin')), ['product', 'repeat'])

    @users('training_officer')
    def test_what_was_dropped_stays_dropped_for_the_same_evidence(self):
        vals = {'user_id': self.technician.id, 'course_id': self.height_course.id,
                'origin': 'repeat', 'res_model': 'aftersales.order', 'res_id': 1}
        needs = self.env['aftersales.training.need']
        [need] = needs._propose([vals])
        with self.assertRaisesRegex(UserError, "why"):
            need._drop(" ")
        wizard = self.env['aftersales.training.drop'].create(
            {'need_ids': [(4, need.id)], 'reason': "Works in the office now"})
        wizard.action_drop()
        self.assertEqual(need.state, 'dropped')
        self.assertEqual(needs._propose([vals]), [needs.browse()])
        [other] = needs._propose([{**vals, 'res_id': 2}])
        self.assertEqual(other.state, 'open')
        with self.assertRaisesRegex(UserError, "closed already"):
            need._drop("Again")

    @users('training_officer')
    def test_one_click_from_certificates_that_end_to_a_session(self):
        # licences end, one of them was renewed already
        certificates = self._create_certificate(self.technician, '2026-07-15')
        certificates |= self._create_certificate(self.outlet_technician, '2026-08-01')
        renewed = self._create_certificate(self.agent, '2026-07-01')
        self._create_certificate(self.agent, '2029-06-01')
        action = (certificates | renewed).with_env(self.env).action_plan_renewal()
        session = self.env['aftersales.training.session'].browse(action['res_id'])
        self.assertEqual(session.course_id, self.height_course)
        self.assertEqual(
            session.attendance_ids.user_id, self.technician | self.outlet_technician)
        self.assertRecordValues(session.need_ids.sorted('date_deadline'), [
            {'date_deadline': date(2026, 7, 15), 'origin': 'expiring', 'state': 'scheduled'},
            {'date_deadline': date(2026, 8, 1), 'origin': 'expiring', 'state': 'scheduled'}])

    @users('training_officer')
    def test_one_session_teaches_one_course(self):
        other = self.env['aftersales.training.course'].create({'name': "Refrigerant R32"})
        needs = self._create_need(self.technician) | self._create_need(self.technician, other)
        with self.assertRaisesRegex(UserError, "one course"):
            needs.with_env(self.env).action_plan_session()

    def _hold(self, *learners, here):
        """Hold a session of the needs of these learners, to which only some come."""
        needs = self.env['aftersales.training.need'].browse()
        for learner in learners:
            needs |= self._create_need(learner)
        needs.session_id = session = self._create_session(
            date_start='2026-06-01 07:00:00', date_end='2026-06-01 09:00:00')
        session.action_confirm()
        session.attendance_ids.filtered(
            lambda attendance: attendance.user_id in here).with_user(
                self.coach).action_note_present()
        session.with_user(self.coach).action_hold()
        return needs

    def test_a_session_settles_the_needs_of_its_learners(self):
        came, absent = self._hold(
            self.technician, self.outlet_technician, here=self.technician)
        self.assertRecordValues(came | absent, [
            {'state': 'met', 'date_closed': date(2026, 6, 1)},
            {'state': 'open', 'date_closed': False}])
        self.assertFalse(absent.session_id)

    @users('training_officer')
    def test_who_is_invited_waits_for_no_other_session(self):
        need = self._create_need(self.technician).with_env(self.env)
        session = self._create_session(self.technician)
        self.assertRecordValues(need, [{'session_id': session.id, 'state': 'scheduled'}])
        other = self._create_session(course_id=self.height_course.copy().id)
        with self.assertRaisesRegex(ValidationError, "another course"):
            need.session_id = other

    def test_a_cancelled_session_lets_its_needs_go(self):
        need = self._create_need(self.technician)
        need.action_plan_session()
        need.session_id.action_cancel()
        self.assertEqual(need.state, 'open')

    def test_a_licence_of_the_law_is_needed_until_it_is_registered(self):
        self.height_skill.is_statutory = True
        need = self._hold(self.technician, here=self.technician)
        self.assertEqual(need.state, 'scheduled')
        self.env['aftersales.certificate'].create({
            'user_id': self.technician.id, 'skill_id': self.height_skill.id,
            'kind': 'statutory', 'licence_number': "T310", 'valid_until': '2029-06-01'})
        self.assertEqual(need.state, 'met')

    @users('training_officer')
    def test_people_and_courses_of_another_company_are_refused(self):
        company = self.env['res.company'].sudo().create({'name': "Elsewhere"})
        stranger = new_test_user(
            self.env(su=True), 'stranger_s', 'base.group_user', company_id=company.id,
            company_ids=[(6, 0, company.ids)])
        course = self.height_course.copy({'company_id': company.id})
        for user, taught in ((stranger, self.height_course), (self.technician, course)):
            with self.assertRaisesRegex(ValidationError, "does not belong"):
                self._create_need(user, taught)

    @users('technician')
    def test_people_read_their_own_needs_and_not_what_was_said_about_them(self):
        own = self._create_need(self.technician, note="Broke two boards").with_env(self.env)
        other = self._create_need(self.agent).with_env(self.env)
        self.assertEqual(own.search([]), own)
        self.assertEqual(own.read(['display_name'])[0]['id'], own.id)
        with self.assertRaises(AccessError):
            other.read(['course_id'])
        for secret in ('note', 'evidence_ids', 'drop_reason'):
            with self.assertRaises(AccessError):
                own.read([secret])
        needs = self.env['aftersales.training.need']
        for ask in (lambda: needs.search([('note', 'ilike', "boards")]),
                    lambda: needs.search([('evidence_ids.reason', '!=', False)]),
                    lambda: needs.formatted_read_group([], ['note'], ['__count'])):
            with self.assertRaises(AccessError):
                ask()
        with self.assertRaises(AccessError):
            own.date_deadline = '2027-01-01'
        with self.assertRaises(AccessError):
            self.env['aftersales.training.need.evidence'].search([])

    @users('lead')
    def test_team_leads_read_the_needs_of_their_people_only(self):
        own = self._create_need(self.outlet_technician)
        self._create_need(self.technician)
        self.outlet.member_ids = [(4, self.env.uid)]
        self.assertEqual(own.with_env(self.env).search([]), own)
        with self.assertRaises(AccessError):
            own.with_env(self.env)._drop("No time")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lea")
