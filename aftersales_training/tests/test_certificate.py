import doctest

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import BaseCase, HttpCase, tagged, users
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests.common import DOT

from ..models.aftersales_completion_try_check import WRONG_LIMIT
from ..tools import certificate as certificate_tool
from ..tools import practice as practice_tool
from ..tools.certificate import Span, find_flaw
from ..tools.practice import Item, mark_sheet
from .certificate_common import CertificateCommon


@tagged('post_install', '-at_install')
class TestTools(BaseCase):

    def test_examples(self):
        for module in certificate_tool, practice_tool:
            with self.subTest(module.__name__):
                self.assertEqual(doctest.testmod(module).failed, 0)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.dates(), st.none() | st.dates(), st.booleans())), st.dates())
    def test_a_day_has_no_flaw_exactly_when_a_certificate_holds(self, rows, day):
        spans = [Span(*row) for row in rows]
        holds = any(span.covers(day) and not span.is_revoked for span in spans)
        self.assertEqual(find_flaw(spans, day) is None, holds)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(
        st.sampled_from(['passed', 'failed', 'na', None]), st.floats(0.1, 10), st.booleans()),
        min_size=1), st.floats(1, 100))
    def test_a_failed_red_line_never_passes_and_marks_stay_in_bounds(self, rows, pass_mark):
        items = [Item(*row) for row in rows]
        mark = mark_sheet(items, pass_mark)
        self.assertTrue(0.0 <= mark.percent <= 100.0 + 1e-9)
        if any(item.is_red_line and item.result == 'failed' for item in items):
            self.assertEqual((mark.is_passed, mark.is_decided), (False, True))
        self.assertFalse(mark.is_passed and not mark.is_decided)


@tagged('post_install', '-at_install')
@freeze_time('2026-06-01 04:00:00')
class TestCertificate(CertificateCommon):
    """Issued by others, frozen, revoked with a reason, read by few."""

    def _issue(self, person=None, course=None, by=None, **values):
        certificates = self.env['aftersales.certificate'].with_user(by or self.coach).sudo()
        return certificates._issue(person or self.technician, course or self.split_course, **values)

    def test_the_only_officer_of_a_company_registers_the_own_certificate(self):
        officer = self.training_officer
        company = self.env['res.company'].create({'name': "Two Ladders Ltd"})
        officer.company_ids = [Command.link(company.id)]
        licence = self.licence.copy({'company_id': company.id}) if (
            'company_id' in self.licence._fields and self.licence.company_id) else self.licence
        with self.assertRaisesRegex(UserError, "Another training officer registers"):
            self._certify(officer, licence, '2026-01-01', '2028-12-31')
        own = self._certify(
            officer, licence, '2026-01-01', '2028-12-31', company_id=company.id)
        self.assertTrue(own.code)
        # a second one is there: they register each other's
        self.coach.write({'company_ids': [Command.link(company.id)], 'group_ids': [Command.link(
            self.env.ref('aftersales_training.group_training_officer').id)]})
        with self.assertRaisesRegex(UserError, "Another training officer registers"):
            self._certify(
                officer, licence, '2029-01-01', '2030-12-31', company_id=company.id)

    def test_course_leads_to_a_certificate_with_level_and_end(self):
        certificate = self._issue()
        self.assertRecordValues(certificate, [{
            'kind': 'company', 'skill_id': self.split_skill.id, 'state': 'valid',
            'grade_id': self.env.ref('aftersales_training.aftersales_grade_2').id}])
        self.assertEqual(
            (str(certificate.valid_from), str(certificate.valid_until)),
            ('2026-06-01', '2028-05-31'))
        self.assertRegex(certificate.name, r'^CERT/2026/\d{5}$')
        self.assertRegex(certificate.code, r'^[2-9A-Z]{8}$')
        self.assertEqual(self.split_skill.user_ids, self.technician)

    def test_refused_certificates(self):
        for what, act, words in (
                ('self', lambda: self._issue(self.coach, by=self.coach), "your own"),
                ('old exam', lambda: self._issue(date='2025-11-30'), "leads to no certificate"),
                ('coming exam', lambda: self._issue(date='2026-06-02'), "lies ahead"),
                ('own licence', lambda: self._certify(
                    self.training_officer, self.licence, '2026-01-01', '2027-01-01'), "your own"),
                ('own by default', lambda: self.env['aftersales.certificate'].with_user(
                    self.training_officer).with_context(
                        default_user_id=self.training_officer.id).create({
                            'skill_id': self.split_skill.id, 'reason': "Why not"}), "your own"),
                ('no reason', lambda: self._certify(
                    self.technician, self.split_skill, '2026-01-01', '2027-01-01', reason=" "),
                 "Say why"),
                ('law by company', lambda: self._certify(
                    self.technician, self.licence, '2026-01-01', '2027-01-01', kind='company'),
                 "asked for by law"),
                ('law for a season', lambda: self._certify(
                    self.technician, self.licence, '2026-06-01', '2026-06-30', kind='temporary',
                    reason="Peak"), "asked for by law"),
                ('no number', lambda: self._certify(
                    self.technician, self.licence, '2026-01-01', '2027-01-01',
                    licence_number=" "), "number that stands"),
                ('endless season', lambda: self._certify(
                    self.technician, self.split_skill, '2026-06-01', False, kind='temporary'),
                 "has an end"),
                ('long season', lambda: self._certify(
                    self.technician, self.split_skill, '2026-06-01', '2026-08-30',
                    kind='temporary'), "at most 90 days"),
                ('deletion', lambda: self._issue().unlink(), "stays in the register")):
            with self.subTest(what), self.assertRaisesRegex(
                    (UserError, ValidationError), words), self.cr.savepoint():
                act()
        self.assertTrue(self._certify(
            self.technician, self.split_skill, '2026-06-01', '2026-08-29', kind='temporary'))
        # the law's course leads to no paper of the company
        self.split_course.skill_id = self.licence
        self.assertFalse(self._issue())

    def test_what_was_issued_stays(self):
        certificate = self._issue().with_user(self.training_officer)
        for vals in ({'valid_until': '2040-01-01'}, {'user_id': self.training_officer.id},
                     {'skill_id': self.licence.id}, {'name': "1"}, {'code': "1"},
                     {'date_revoked': False}, {'kind': 'temporary'}, {'course_id': False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError), self.cr.savepoint():
                certificate.write(vals)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.split_skill.with_user(self.training_officer).write(
                {'certificate_ids': [Command.create({'user_id': self.training_officer.id})]})
        created = self.env['aftersales.certificate'].with_user(
            self.training_officer).with_context(
                default_course_id=self.split_course.id, default_code='AAAA').create({
                    'user_id': self.technician.id, 'skill_id': self.split_skill.id,
                    'reason': "Register"})
        self.assertFalse(created.course_id)
        self.assertNotEqual(created.code, 'AAAA')

    def test_officers_revoke_with_a_reason_and_no_one_twice(self):
        certificate = self._issue()
        for user in (self.technician, self.coach, self.dispatcher):
            with self.subTest(user.name), self.assertRaises(AccessError), self.cr.savepoint():
                certificate.with_user(user)._revoke("Why not")
        officer = certificate.with_user(self.training_officer)
        with self.assertRaisesRegex(UserError, "Give the reason"), self.cr.savepoint():
            officer._revoke(" ")
        officer._revoke("Two misdiagnoses")
        with self.assertRaisesRegex(UserError, "revoked already"):
            officer._revoke("Again")

    def test_state_follows_the_day(self):
        certificate = self._certify(
            self.technician, self.split_skill, '2026-06-01', '2026-08-30')
        for day, state in (('2026-05-31', 'valid'), ('2026-06-01', 'expiring'),
                           ('2026-08-30', 'expiring'), ('2026-08-31', 'expired')):
            with self.subTest(day), freeze_time(f'{day} 04:00:00'):
                certificate.invalidate_recordset()
                self.assertEqual(certificate.state, state)
                self.assertIn(certificate, self.env['aftersales.certificate'].search(
                    [('state', '=', state)]))

    # === WHO READS === #

    def test_people_read_their_own_leads_their_team_and_scans_few(self):
        certificate = self._certify(
            self.technician, self.licence, '2026-01-01', '2027-01-01', scan=DOT)
        lead = self._create_person('lead', 'team_lead', "Lead Lea")
        self.assertTrue(certificate.with_user(self.training_officer).scan)
        self.assertTrue(certificate.with_user(self.technician).name)
        file = self.env['ir.attachment'].sudo().search([
            ('res_model', '=', certificate._name), ('res_id', '=', certificate.id),
            ('res_field', '=', 'scan')])
        for user in (self.technician, self.dispatcher, self.outlet_technician, lead, self.coach):
            with self.subTest(user.name):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    certificate.with_user(user).read(['scan'])
                with self.assertRaises(AccessError), self.cr.savepoint():
                    file.with_user(user).read(['raw'])
                with self.assertRaises(UserError), self.cr.savepoint():
                    certificate.with_user(user).export_data(['scan'])
        self.assertFalse(self.env['aftersales.certificate'].with_user(lead).search(
            [('user_id', '=', self.technician.id)]))
        self.outlet.write({'member_ids': [Command.link(self.technician.id),
                                          Command.link(lead.id)], 'manager_id': lead.id})
        self.assertEqual(self.env['aftersales.certificate'].with_user(lead).search(
            [('user_id', '=', self.technician.id)]), certificate)
        with self.assertRaises(AccessError):
            self.env['aftersales.certificate'].with_user(self.outlet_technician).search([])

    def test_officer_of_another_company_reads_none(self):
        certificate = self._issue()
        company = self.env['res.company'].create({'name': "Second Company"})
        stranger = self.training_officer.copy({
            'login': 'stranger_officer', 'company_ids': [Command.set(company.ids)],
            'company_id': company.id})
        with self.assertRaises(AccessError):
            certificate.with_user(stranger).read(['name'])

    # === MIRROR AND REMINDERS === #

    def test_employees_have_it_among_their_skills(self):
        kind = self.env['hr.skill.type'].create({
            'name': "Licences", 'is_certification': True,
            'skill_ids': [Command.create({'name': "Split"})],
            'skill_level_ids': [Command.create({'name': "Basic", 'level_progress': 20}),
                                Command.create({'name': "Full", 'level_progress': 65})]})
        self.split_skill.hr_skill_id = kind.skill_ids
        employee = self.env['hr.employee'].create({
            'name': "Tom", 'user_id': self.technician.id})
        certificate = self._issue()
        line = employee.employee_skill_ids
        self.assertRecordValues(line, [{
            'skill_id': kind.skill_ids.id, 'valid_from': certificate.valid_from,
            'valid_to': certificate.valid_until}])
        self.assertEqual(line.skill_level_id.name, "Full")
        line.with_user(self.technician).sudo().valid_to = '2090-01-01'  # core lets employees
        with freeze_time('2028-06-01 04:00:00'):
            flaws = self.split_skill._find_flaws(
                self.technician, {(self.env.company, self.env['aftersales.certificate']
                                   ._get_today())})
        self.assertTrue(flaws)
        certificate.with_user(self.training_officer)._revoke("Left")
        self.assertFalse(line.exists())

    def test_reminders_come_once_per_mark_and_stop_with_a_successor(self):
        certificate = self._certify(
            self.technician, self.split_skill, '2025-01-01', '2026-08-30')
        sent = []
        for day in ('2026-05-31', '2026-06-01', '2026-06-02', '2026-07-05', '2026-08-05',
                    '2026-08-29'):
            with freeze_time(f'{day} 04:00:00'):
                self.env['aftersales.certificate']._cron_follow_the_day()
            sent.append(len(certificate.customer_message_ids))
        self.assertEqual(sent, [0, 1, 1, 2, 3, 3])
        self.assertEqual(
            certificate.customer_message_ids[0]._get_document().user_id, self.technician)
        other = self._certify(
            self.outlet_technician, self.split_skill, '2025-01-01', '2026-08-30')
        self._certify(self.outlet_technician, self.split_skill, '2026-06-01', '2027-08-30')
        self.env['aftersales.certificate']._cron_follow_the_day()
        self.assertFalse(other.customer_message_ids)

    def test_outlets_lack_people_by_their_level(self):
        self.env['aftersales.certificate.minimum'].create([
            {'level': 'a', 'skill_id': self.split_skill.id, 'heads': 2},
            {'level': 'b', 'skill_id': self.licence.id, 'heads': 5}])
        self.outlet.write({
            'level': 'a', 'member_ids': [Command.link(self.technician.id)]})
        self._issue()
        self.assertEqual(self.outlet.certified_shortage, "Split Installation 1 of 2")
        self._issue(self.outlet_technician)
        self.outlet.invalidate_recordset()
        self.assertFalse(self.outlet.certified_shortage)

    # === GRADES === #

    @users('training_officer')
    def test_grades_ask_for_their_conditions_or_a_reason(self):
        steps = self.env['aftersales.grade.person']
        vals = {'user_id': self.technician.id, 'date': '2026-06-01',
                'grade_id': self.env.ref('aftersales_training.aftersales_grade_2').id}
        with self.assertRaisesRegex(UserError, "12 months in the grade before"), (
                self.cr.savepoint()):
            steps.create(vals)
        with self.assertRaisesRegex(UserError, "your own grade"), self.cr.savepoint():
            steps.create(vals | {'user_id': self.training_officer.id, 'reason': "Why not"})
        step = steps.create(vals | {'reason': "Brought along"})
        self.assertEqual(
            steps._get_current(self.technician, self.env.company)[self.technician], step)
        with self.assertRaises(AccessError):
            steps.with_user(self.technician).create(vals | {'reason': "Mine"})

    def test_no_grade_is_skipped_and_no_other_subject_counts(self):
        """A trainee for washers with good marks in etiquette is no expert for split units."""
        washers = self.env['product.category'].create({'name': "Washers"})
        trainee, first, expert = (
            self.env.ref(f'aftersales_training.aftersales_grade_{name}')
            for name in ('trainee', '1', 'expert'))
        steps = self.env['aftersales.grade.person']
        manners = self.env['aftersales.training.course'].create({
            'name': "Etiquette", 'kind': 'conduct'})
        session = self._create_session(
            self.technician, course_id=manners.id, date_start='2026-05-04 01:00:00',
            date_end='2026-05-04 09:00:00')
        session.attendance_ids.sudo().write({
            'theory': 95, 'date_theory': '2026-05-04 09:00:00'})
        vals = {'user_id': self.technician.id, 'date': '2026-06-01'}
        steps.create([vals | {
            'grade_id': trainee.id, 'category_id': washers.id, 'date': '2023-01-01'}])
        for category, grade, words in (
                (washers, expert, "the grade “Technician III” before"),
                (self.split, first, "the grade “Trainee” before"),
                (washers, first, "theory 80 .now –")):
            with self.subTest(words), self.assertRaisesRegex(UserError, words), (
                    self.cr.savepoint()):
                steps.create([vals | {'grade_id': grade.id, 'category_id': category.id}])
        manners.write({'kind': 'on_job', 'category_ids': [Command.set(washers.ids)]})
        step = steps.new(vals | {'grade_id': first.id, 'category_id': washers.id})
        self.assertEqual(step._get_facts()['theory'], 95)

    def test_validity_ends_with_the_month_where_it_has_no_such_day(self):
        course = self.split_course
        for months, day, last in (
                (6, '2026-08-31', '2027-02-28'), (12, '2024-02-29', '2025-02-28'),
                (24, '2026-06-01', '2028-05-31')):
            course.validity_months = months
            with self.subTest(day), freeze_time(f'{day} 04:00:00'):
                certificate = self.env['aftersales.certificate'].sudo()._issue(
                    self.technician, course)
                self.assertEqual(str(certificate.valid_until), last)

    def test_temporary_certificates_have_a_limit_in_sum(self):
        values = {'kind': 'temporary', 'reason': "Peak season"}
        first = self._certify(
            self.technician, self.split_skill, '2026-06-01', '2026-07-30', **values)  # 60 days
        self._certify(
            self.technician, self.split_skill, '2026-07-31', '2026-08-29', **values)  # 30 days
        with self.assertRaisesRegex(ValidationError, "90 days within a year"), (
                self.cr.savepoint()):
            self._certify(
                self.technician, self.split_skill, '2026-08-30', '2026-08-30', **values)
        first.with_user(self.training_officer)._revoke("Passed the course")
        self._certify(
            self.technician, self.split_skill, '2026-08-30', '2026-09-30', **values)

    def test_a_temporary_certificate_is_no_successor(self):
        certificate = self._certify(
            self.technician, self.split_skill, '2025-01-01', '2026-08-30')
        self._certify(self.technician, self.split_skill, '2026-08-01', '2026-09-15',
                      kind='temporary', reason="Peak season")
        self.env.company.aftersales_reminder_days = "10, 45"
        sent = []
        for day in ('2026-07-16', '2026-07-17', '2026-08-19', '2026-08-20'):
            with freeze_time(f'{day} 04:00:00'):
                certificate.invalidate_recordset()
                self.env['aftersales.certificate']._cron_follow_the_day()
                sent.append((
                    len(certificate.sudo().customer_message_ids), certificate.state))
        self.assertEqual(
            sent, [(1, 'expiring'), (1, 'expiring'), (1, 'expiring'), (2, 'expiring')])
        with self.assertRaisesRegex(ValidationError, "numbers with commas"):
            self.env.company.aftersales_reminder_days = "soon"


@tagged('post_install', '-at_install')
class TestCertificatePage(HttpCase, CertificateCommon):
    """The public page shows a name for number and code alone, and closes after wrong ones."""

    def test_page(self):
        certificate = self._certify(
            self.technician, self.split_skill, '2025-01-01', '2099-01-01')
        number, code = certificate.name, certificate.code
        url = certificate.sudo()._get_check_url().split('/certificate')[1]
        self.env['res.lang']._activate_lang('zh_CN')
        for spoken, lang in ('zh-CN,zh;q=0.9', 'zh-CN'), ('fr', 'en-US'):
            page = self.url_open('/certificate', headers={'Accept-Language': spoken})
            self.assertIn(f'lang="{lang}"', page.text[:400])
            self.opener.cookies.clear()
        page = self.url_open(f'/certificate{url}')
        self.assertIn("Technician Tom", page.text)
        self.assertEqual(page.headers['Cache-Control'], 'no-store')
        for query in (f'number={number}&code=AAAAAAAA', f'number=CERT/1&code={code}',
                      f'number=%25&code={code}', f'code={code}', f'number={number}',
                      'number=%00&code=%00'):
            with self.subTest(query):
                page = self.url_open(f'/certificate?{query}')
                self.assertEqual(page.status_code, 200)
                self.assertIn("No certificate has this number", page.text)
                self.assertNotIn("Technician Tom", page.text)
        certificate.with_user(self.training_officer)._revoke("Left")
        self.assertIn("Revoked", self.url_open(f'/certificate{url}').text)
        with mute_logger('odoo.http'):
            for __ in range(WRONG_LIMIT):
                self.url_open('/certificate?number=1&code=1')
        closed = self.url_open(f'/certificate?number={number}&code=AAAAAAAA').text
        self.assertIn("Too many wrong numbers", closed)
        self.assertNotIn("Technician Tom", closed)
        # others share the address: the code of a paper is right all the same
        self.assertIn("Technician Tom", self.url_open(f'/certificate{url}').text)
