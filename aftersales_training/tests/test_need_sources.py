from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tests.common import users

from .need_common import NeedCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-06-01 08:00:00')
class TestNeedSources(NeedCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.conditioner.categ_id = cls.env['product.category'].create({'name': "Conditioners"})

    def _find(self, *users):
        """Run the nightly search; return the needs of these people by person and origin."""
        self.env['aftersales.training.need'].action_propose()
        return {(need.user_id, need.origin): need for need in self._get_needs(*users)}

    def test_a_search_that_finds_nothing_says_so(self):
        self._create_certificate(self.technician, '2026-08-30')
        needs = self.env['aftersales.training.need'].with_user(self.training_officer)
        self.assertEqual(needs.action_propose()['res_model'], needs._name)
        self.assertEqual(needs.action_propose()['tag'], 'display_notification')

    @users('training_officer')
    def test_a_post_asks_for_what_its_people_lack(self):
        sheet = self._create_post(
            self.technician, self.agent, is_for_outlets=True).with_env(self.env)
        self.outlet.state = 'active'
        self._create_certificate(self.agent, '2028-01-01')
        self.assertEqual(sheet.people_count, 3)
        action = sheet.action_propose()
        needs = self.env['aftersales.training.need'].search(action['domain'])
        self.assertEqual(needs.user_id, self.technician | self.outlet_technician)
        self.assertEqual(set(needs.mapped('date_deadline')), {date(2026, 7, 1)})
        self.assertEqual(needs.evidence_ids.mapped('record_name'), 2 * ["Installer"])

    def test_the_night_finds_certificates_that_end_within_90_days_and_were_not_renewed(self):
        self._create_certificate(self.technician, '2026-08-30')
        self._create_certificate(self.outlet_technician, '2026-08-31')
        self._create_certificate(self.agent, '2026-07-01')
        self._create_certificate(self.agent, '2029-06-01')
        found = self._find(self.technician, self.outlet_technician, self.agent)
        self.assertEqual(set(found), {(self.technician, 'expiring')})
        self.assertEqual(
            found[self.technician, 'expiring'].date_deadline, date(2026, 8, 30))
        # the next night finds nothing further
        self.assertEqual(
            self._find(self.technician, self.outlet_technician, self.agent), found)

    def test_the_nightly_job_keeps_what_it_found(self):
        self._create_certificate(self.technician, '2026-08-01')
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_training.ir_cron_propose_training_needs').method_direct_trigger()
        self.assertEqual(self._get_needs(self.technician).origin, 'expiring')

    def test_two_repeat_repairs_propose_the_course_of_the_category(self):
        self.height_course.category_ids = self.conditioner.categ_id
        card = self._create_card()
        for day in ('2026-05-01', '2026-05-10', '2026-05-20'):
            order = self._create_order(
                warranty_id=card.id, date_event=f'{day} 08:00:00',
                technician_id=self.technician.id)
            order.sudo().write({'date_done': f'{day} 10:00:00'})
        self.env.flush_all()
        found = self._find(self.technician)
        self.assertEqual(set(found), {(self.technician, 'repeat')})
        self.assertEqual(
            found[self.technician, 'repeat'].evidence_ids.res_model, 'aftersales.order')
        self.env.company.training_repeat_count = 3
        found[self.technician, 'repeat'].evidence_ids.unlink()
        found[self.technician, 'repeat'].unlink()
        self.assertFalse(self._find(self.technician))

    def test_who_mends_what_others_left_needs_no_course(self):
        """Tim repairs two units that come back; Ann, who mends them, did nothing wrong."""
        self.height_course.category_ids = self.conditioner.categ_id
        ann = self._create_person('ann', 'technician', "Technician Ann")
        for __ in range(2):
            card = self._create_card()
            for person, day in (self.technician, '2026-05-10'), (ann, '2026-05-20'):
                order = self._create_order(
                    warranty_id=card.id, date_event=f'{day} 08:00:00', technician_id=person.id)
                order.sudo().write({'date_done': f'{day} 10:00:00'})
        self.env.flush_all()
        found = self._find(self.technician, ann)
        self.assertEqual(set(found), {(self.technician, 'repeat')})

    def test_a_new_product_asks_those_who_serve_its_category(self):
        self._create_order(
            product_id=self.conditioner.id, technician_id=self.technician.id,
            date_event='2026-05-01 08:00:00')
        new = self.env['product.template'].create({
            'name': "Split 3000", 'categ_id': self.conditioner.categ_id.id})
        course = self.env['aftersales.training.course'].create({
            'name': "Split 3000", 'product_ids': [(4, new.id)], 'launch_date': '2026-07-15'})
        self.env.flush_all()
        need = self._find(self.technician, self.agent)[self.technician, 'product']
        self.assertEqual(need.course_id, course)
        self.assertEqual(need.date_deadline, date(2026, 7, 15))
        self.assertFalse(self._get_needs(self.agent))

    def test_a_course_without_a_certificate_is_fulfilled_for_its_time(self):
        plain = self.env['aftersales.training.course'].create({
            'name': "Manners", 'validity_months': 12})
        for learner, day in ((self.technician, '2025-06-02'), (self.agent, '2025-05-31')):
            session = self._create_session(
                learner, course_id=plain.id, date_start=f'{day} 01:00:00',
                date_end=f'{day} 09:00:00')
            session.attendance_ids.sudo().state = 'passed'
        people, company = self.technician | self.agent, self.env.company
        self.assertEqual(
            plain._get_fulfilled(people, company), {(self.technician.id, plain.id, company.id)})

    @users('training_officer')
    def test_a_licence_finds_the_course_that_prepares_for_it(self):
        form = Form(self.env['aftersales.training.requirement'])
        form.name = "Roof Worker"
        with form.line_ids.new() as line:
            line.kind = 'licence'
            line.skill_id = self.height_skill
        sheet = form.save()
        self.assertRecordValues(sheet.line_ids, [{
            'course_id': self.height_course.id, 'name': "Work at Height", 'days': 30}])
        with self.assertRaisesRegex(ValidationError, "Choose the course"):
            sheet.line_ids = [(0, 0, {'kind': 'course', 'name': "Something"})]

    @users('training_officer')
    def test_certificates_without_a_course_are_refused_with_the_way_out(self):
        certificate = self._create_certificate(self.technician, '2026-07-15')
        self.height_course.active = False
        with self.assertRaisesRegex(UserError, "which skill it grants"):
            certificate.with_env(self.env).action_plan_renewal()

    def test_finding_needs_takes_the_same_queries_for_few_and_many(self):
        sheet = self._create_post(self.technician)
        needs = self.env['aftersales.training.need']
        one = self._count_queries(lambda: needs._find_all(self.env.company))
        self.env['hr.employee'].create([
            {'name': user.name, 'user_id': user.id, 'job_id': sheet.job_ids.id}
            for user in (self.agent, self.dispatcher, self.coach, self.manager)])
        many = self._count_queries(lambda: needs._find_all(self.env.company))
        self.assertEqual(len(needs._find_all(self.env.company)), 5)
        self.assertLessEqual(many, one + 1)
