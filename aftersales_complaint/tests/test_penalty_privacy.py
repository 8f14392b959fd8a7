from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from .money_common import PIXEL, PenaltyCommon

PRIVATE = (
    'aftersales.penalty', 'aftersales.penalty.line', 'aftersales.complaint.liability.person',
    'aftersales.penalty.acknowledgement', 'aftersales.penalty.export')


@tagged('post_install', '-at_install')
class TestPenaltyPrivacy(PenaltyCommon):
    """What officers, the person and who decides read, no other user finds on any way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._create_complaint(kind='quality')
        with freeze_time('2026-01-05 12:00:00'):
            cls.env['aftersales.complaint.loss'].with_user(cls.desk).create({
                'complaint_id': cls.case.id, 'component': 'compensation', 'value': 1500})
            cls.unit = cls.env['aftersales.complaint.liability'].with_user(cls.desk).create({
                'complaint_id': cls.case.id, 'party': 'department', 'share': 100,
                'department_id': cls.department.id, 'reason': "Wrong label",
                'photo_ids': [(0, 0, {'name': "unit.png", 'raw': PIXEL})]})
            cls.person = cls.env['aftersales.complaint.liability.person'].with_user(
                cls.complaint_manager).create({
                    'liability_id': cls.unit.id, 'employee_id': cls.wu.id, 'amount': 1500,
                    'photo_ids': [(0, 0, {'name': "person.png", 'raw': PIXEL})]})
            cls.case.with_user(cls.complaint_manager).action_serve_liability()
        cls.penalty = cls._penalise(
            complaint_id=cls.case.id, person_id=cls.person.id, approver_id=cls.boss.id,
            photo_ids=[(0, 0, {'name': "secret.pdf", 'raw': b'%PDF-1.4 secret'})])
        with freeze_time('2026-01-12 12:00:00'):
            cls.penalty.action_ask_statement()
            cls.penalty.with_user(cls.worker).statement = "I was alone"
            cls.penalty.with_user(cls.worker).action_hand_in()
            cls.penalty.with_user(cls.boss).action_approve()
        with freeze_time('2026-02-05 12:00:00'):
            cls.penalty.sudo()._run_months(cls.penalty.first_month)
        cls.other = new_test_user(cls.env, 'pay_other', 'base.group_user', name="Other Ole")
        cls.head = new_test_user(cls.env, 'pay_head', 'base.group_user', name="Head Han")
        cls.department.manager_id = cls._create_employee("Head Han", cls.head)
        cls.strangers = (
            cls.lead, cls.desk, cls.agent, cls.other, cls.head, cls.technician)
        for user in cls.strangers:
            user.group_ids += cls.env.ref('base.group_allow_export')
        cls.env.flush_all()

    def _get_secrets(self):
        return self.penalty.sudo(), self.penalty.sudo().line_ids, self.person.sudo()

    def test_strangers_read_nothing(self):
        for user in self.strangers:
            for records in self._get_secrets():
                own = records.with_user(user)
                with self.subTest(user=user.name, model=records._name):
                    with self.assertRaises(AccessError):
                        own.read(['employee_id', 'amount'])
                    with self.assertRaises(AccessError):
                        own.export_data(['employee_id/name', 'amount'])
                    self.assertFalse(self._try(lambda own=own: own.search([])))
                    self.assertFalse(self._try(lambda own=own: own._read_group(
                        [], ['employee_id'], ['amount:sum'])))
                    self.assertFalse(self._try(lambda own=own: own.search_count(
                        [('amount', '>', 0)])))
                    self.assertFalse(self._try(lambda own=own: own.name_search('')))

    def _try(self, search):
        """Return what a search finds; to be refused is to find nothing."""
        try:
            return search()
        except AccessError:
            return False

    def test_nothing_shows_through_the_case(self):
        for user in self.strangers:
            case = self.case.with_user(user)
            if not case.has_access('read'):
                continue
            for name in ('penalty_ids', 'penalty_count'):
                with self.subTest(user=user.name, field=name), self.assertRaises(AccessError):
                    case.read([name])
            for domain in ([('penalty_ids.amount', '>', 0)],
                           [('liability_ids.person_ids.employee_id', '=', self.wu.id)]):
                with self.subTest(user=user.name, domain=domain), self.assertRaises(AccessError):
                    case.search(domain)
            with self.assertRaises(AccessError):
                self.unit.with_user(user).read(['person_ids'])
        # what is left to the company says nothing of what a person was deducted
        self.assertEqual(self.case.amount_net_loss, 1500)

    def test_no_conversation_activity_or_follower_holds_it(self):
        messages = self.env['mail.message'].sudo()
        for records in self._get_secrets():
            for model in 'mail.message', 'mail.activity', 'mail.followers':
                name = 'model' if model == 'mail.message' else 'res_model'
                self.assertFalse(self.env[model].sudo().search_count(
                    [(name, '=', records._name)]), model)
        sent = messages.search([('body', 'ilike', self.penalty.name)])
        self.assertTrue(sent)  # asked, to be decided, approved
        self.assertEqual(
            sent.notified_partner_ids, self.worker.partner_id | self.boss.partner_id)
        self.assertFalse(any("1,500" in (message.body or '') for message in sent))
        for user in self.strangers:
            self.assertFalse(messages.with_user(user).sudo(False).search(
                [('id', 'in', sent.ids)]), user.name)
        words = " ".join(messages.search([
            ('model', 'in', ('aftersales.complaint', 'aftersales.complaint.liability')),
            ('res_id', 'in', (self.case.id, self.unit.id))]).mapped('body'))
        self.assertNotIn("Wu Wei", words)

    def test_subjects_that_every_user_groups_by_say_nothing(self):
        self.case.with_user(self.complaint_manager).action_reopen_liability()
        self._serve(self.case)  # tells the head of the department
        rows = self.env['mail.notification'].with_user(self.other).formatted_read_group(
            [], ['mail_message_id', 'res_partner_id'], ['__count'])
        words = " ".join(str(row['mail_message_id']) for row in rows)
        self.assertIn("A document waits for you", words)
        for word in "penalty", "notice", "liable", "statement", self.penalty.name, self.case.name:
            self.assertNotIn(word.lower(), words.lower())

    def test_files_are_read_by_who_reads_the_penalty(self):
        for file in self.penalty.sudo().photo_ids, self.person.sudo().photo_ids:
            for user in self.strangers:
                with self.subTest(user=user.name, file=file.name):
                    with self.assertRaises(AccessError):
                        file.with_user(user).read(['raw'])
                    self.assertFalse(
                        file.with_user(user).search([('id', '=', file.id)]))
        for user in self.worker, self.officer, self.boss:
            self.assertEqual(
                self.penalty.sudo().photo_ids.with_user(user).raw, b'%PDF-1.4 secret')

    def test_the_three_who_read(self):
        for user in self.worker, self.officer, self.second, self.boss:
            with self.subTest(user=user.name):
                self.assertEqual(self.penalty.with_user(user).amount, 1500)
                self.assertEqual(self.penalty.with_user(user).line_ids.amount, 500)
        # the form reads the names of what it links
        for user in self.worker, self.officer, self.boss:
            self.penalty.with_user(user).web_read({
                'employee_id': {'fields': {'display_name': {}}},
                'complaint_id': {'fields': {'display_name': {}}},
                'scheme_id': {'fields': {'display_name': {}}},
                'line_ids': {'fields': {'amount': {}}}})

    def test_manager_who_does_not_decide_reads_no_penalty(self):
        for user in self.complaint_manager, self.second_manager:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.penalty.with_user(user).read(['amount'])
        # who decides on liability knows the persons named there
        self.assertEqual(self.person.with_user(self.second_manager).amount, 1500)

    def test_base_points_and_bonus_are_for_few(self):
        self.assertEqual(self.job.with_user(self.officer).aftersales_base_points, 1)
        for user in self.strangers:
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    self.job.with_user(user).read(['aftersales_base_points'])
                with self.assertRaises(AccessError):
                    self.wu.with_user(user).read(['aftersales_bonus'])
        with self.assertRaises(AccessError):
            self.wu.with_user(self.officer).read(['aftersales_bonus'])
        for model, names in (('hr.job', ['aftersales_base_points']),
                             ('hr.employee', ['aftersales_base_points', 'aftersales_bonus']),
                             ('hr.version', ['aftersales_bonus'])):
            for name in names:
                self.assertFalse(self.env[model]._fields[name].copy, (model, name))

    def test_other_companies_read_nothing(self):
        other = self.env['res.company'].create({'name': "Other"})
        self.officer.write({'company_ids': [(4, other.id)]})
        for records in self._get_secrets():
            own = records.with_user(self.officer).with_context(allowed_company_ids=other.ids)
            self.assertFalse(own.search([('id', 'in', records.ids)]), records._name)

    def test_portal_users_have_no_access(self):
        portal = new_test_user(self.env, 'pay_portal', 'base.group_portal')
        for name in PRIVATE:
            self.assertFalse(self.env[name].with_user(portal).has_access('read'), name)
