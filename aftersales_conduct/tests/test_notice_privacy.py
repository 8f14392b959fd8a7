from base64 import b64decode
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .common import ConductCommon

TECHNICAL = ('aftersales_service.group_aftersales_team_lead,'
             'aftersales_service.group_aftersales_manager,hr.group_hr_manager')


@tagged('post_install', '-at_install')
class TestNoticePrivacy(ConductCommon, HttpCase):
    """Officers, the person and who decides read a notice; nothing else tells of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a manager of the service and of all staff is a stranger to notices
        cls.head = new_test_user(cls.env, 'head', TECHNICAL, password='head-secret')

    def setUp(self):
        super().setUp()
        self.notice = self._write_notice(
            photo_ids=[Command.create({'name': "proof.txt", 'raw': b"secret words"})])

    def test_strangers_find_nothing_by_any_way(self):
        self._serve(self.notice)
        self.env.flush_all()
        for user in self.stranger, self.head, self.boss:
            user.group_ids = [Command.link(self.env.ref('base.group_allow_export').id)]
            notices = self.env['aftersales.notice'].with_user(user)
            seen = notices.browse(self.notice.id)
            with self.subTest(user=user.login):
                self.assertFalse(notices.search([]))
                self.assertFalse(notices.search([('facts', 'ilike', 'valve')]))
                self.assertEqual(notices.search_count([('employee_id', '=', self.wu.id)]), 0)
                self.assertFalse(notices.name_search(self.notice.name))
                self.assertEqual(
                    notices.formatted_read_group([], ['employee_id'], ['points:sum']), [])
                self.assertFalse(self.env['aftersales.notice.points.report'].with_user(
                    user).formatted_read_group([], ['employee_id'], ['points:sum']))
                self.assertFalse(self.env['ir.attachment'].with_user(user).search(
                    [('res_model', '=', 'aftersales.notice')]))
                for way in (
                        lambda seen=seen: seen.read(['facts']),
                        lambda seen=seen: seen.export_data(['facts', 'employee_id']),
                        lambda seen=seen: seen.web_read({'facts': {}}),
                        lambda seen=seen: seen.action_approve(),
                        lambda user=user: self.notice.photo_ids.with_user(user).read(['raw']),
                        lambda seen=seen: seen.write({'statement': "x"})):
                    with self.assertRaises(AccessError):
                        way()

    def test_there_is_no_conversation_and_nobody_follows(self):
        """Whatever hangs on a document with a conversation leaks by it."""
        for name in ('message_ids', 'message_follower_ids', 'activity_ids', 'access_token'):
            self.assertNotIn(name, self.notice._fields)
        self._serve(self.notice)
        messages = self.env['mail.message'].search([
            '|', ('model', '=', 'aftersales.notice'), ('body', 'ilike', self.notice.name)])
        self.assertEqual(  # the person, and who decides
            messages.notified_partner_ids, self.worker.partner_id | self.second.partner_id)
        self.assertFalse(messages.filtered('model'))
        # every user may group notifications by their subject
        self.assertEqual(set(messages.mapped('subject')), {"A document waits for you"})
        self.assertFalse(messages.filtered(lambda message: "valve" in (message.body or "")))
        self.assertFalse(self.env['mail.message'].with_user(self.head).search(
            [('id', 'in', messages.ids)]))

    def test_person_reads_what_is_held_against_them_once_asked(self):
        mine = self.env['aftersales.notice'].with_user(self.worker)
        self.assertFalse(mine.search([]))
        with self.assertRaises(AccessError):
            mine.browse(self.notice.id).read(['facts'])
        self.notice.action_ask_statement()
        self.assertEqual(mine.search([]).facts, "A valve was not mounted")
        self.assertEqual(
            self.notice.photo_ids.with_user(self.worker).raw, b"secret words")
        with self.assertRaises(AccessError):
            mine.search([]).write({'facts': "Nothing"})
        with self.assertRaises(AccessError):
            mine.search([]).unlink()
        with self.assertRaises(AccessError):
            mine.create({'employee_id': self.wu.id, 'offence_id': self.offence.id, 'facts': "x"})

    def test_evidence_of_a_proposed_notice_stays(self):
        self.notice.action_ask_statement()
        with self.assertRaises(AccessError):
            self.notice.photo_ids.with_user(self.worker).raw = b"other words"
        self.notice.statement = "I was alone"
        self.notice.action_hand_in()
        self.notice.action_propose()
        with self.assertRaisesRegex(UserError, "stay as they are"):
            self.notice.photo_ids.unlink()

    def test_spent_demerit_is_left_to_the_person_alone(self):
        self.notice.approver_id = self.boss
        notice = self._serve_by(self.boss)
        self._close_appeal(notice)
        notice.sudo()._set_state('final')
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE aftersales_notice SET valid_until = CURRENT_DATE - 1 WHERE id = %s",
            [notice.id])
        notice.invalidate_recordset()
        # the day decides, before the cron notes it
        self._check_left_to_the_person(notice)
        self.env.ref('aftersales_conduct.ir_cron_aftersales_notice_spent').method_direct_trigger()
        notice.invalidate_recordset()
        self._check_left_to_the_person(notice)
        # nor does a refusal tell of it: the same act may be written down again
        notice.sudo(False).with_user(self.officer).create({
            'employee_id': self.wu.id, 'offence_id': notice.offence_id.id,
            'act_date': notice.act_date, 'facts': "Another paper"})

    def test_spent_notice_loses_its_words_after_the_period(self):
        """By the library alone; the person may ask for it before, too."""
        self.assertIn('aftersales.notice', [
            documents._name for documents in self.env['aftersales.erasure']._get_documents()])
        spent, valid = self.notice, self._write_notice(act_date='2020-01-02')
        (spent | valid).sudo().write({'state': 'final', 'signature': SIGNATURE})
        past = fields.Datetime.now() - timedelta(days=400)
        for notice, months in (spent, 6), (valid, 60):
            notice.sudo().write({'date_served': past, 'validity_months': months})
        erase = self.env['aftersales.notice'].sudo().search(
            [('user_id', '=', self.worker.id)])._erase_personal_data
        self.assertEqual(list(spent._get_customer_domain(self.worker.partner_id)),
                         [('user_id.partner_id', 'in', self.worker.partner_id.ids)])
        erase(('text', 'photo', 'signature'), 'retention')
        self.assertRecordValues(spent.sudo(), [
            {'facts': "—", 'evidence': False, 'signature': False, 'photo_ids': []}])
        self.assertRecordValues(valid.sudo(), [
            {'facts': "A valve was not mounted", 'evidence': "Photo of line 3"}])
        self.assertTrue(valid.sudo().signature)

    def _check_left_to_the_person(self, notice):
        for user in self.officer, self.second, self.boss:
            seen = notice.with_user(user)
            with self.subTest(user=user.login):
                self.assertFalse(seen.search([('employee_id', '=', self.wu.id)]))
                self.assertFalse(self.env['aftersales.notice.points.report'].with_user(
                    user).search([('employee_id', '=', self.wu.id)]))
                with self.assertRaises(AccessError):
                    seen.read(['facts'])
        self.assertEqual(notice.with_user(self.worker).facts, "A valve was not mounted")

    def _serve_by(self, decider):
        self.notice.action_ask_statement()
        self.notice.with_user(self.worker).statement = "I was alone"
        self.notice.with_user(self.worker).action_hand_in()
        self.notice.action_propose()
        self.notice.with_user(decider).action_approve()
        return self.notice

    def test_other_company_sees_nothing(self):
        abroad = self.env['res.company'].create({'name': "Abroad"})
        officer = new_test_user(
            self.env, 'abroad', 'aftersales_conduct.group_conduct_officer',
            company_id=abroad.id, company_ids=[Command.set(abroad.ids)])
        self.assertFalse(self.env['aftersales.notice'].with_user(officer).search([]))
        self.assertFalse(
            self.env['aftersales.notice.points.report'].with_user(officer).search([]))

    def test_points_are_shown_to_officers_and_the_person(self):
        self._serve(self.notice)
        self.env.flush_all()
        report = self.env['aftersales.notice.points.report']
        for user in self.officer, self.worker:
            row = report.with_user(user).search([('employee_id', '=', self.wu.id)])
            self.assertRecordValues(row, [{
                'points': 3.0, 'demerit_points': 3.0, 'merit_points': 0.0, 'notice_count': 1,
                'employee_id': self.wu.id}])
        # a colleague with a notice of their own sees that one only
        ed = self.env['hr.employee'].create({'name': "Ed", 'user_id': self.stranger.id})
        self._write_notice(employee_id=ed.id)
        self.assertFalse(report.with_user(self.stranger).search([]))

    def test_public_copy_names_nobody(self):
        self.notice.photo_ids = [(0, 0, {
            'name': "valve.png", 'raw': b64decode(SIGNATURE)})]
        self._serve(self.notice)
        words = self._render('aftersales_conduct.report_announcement')
        self.assertNotIn("valve.png", words)
        for name in ("Wu Wei", "Worker Wu", "Officer Olga", "Officer Sven", "Assembly"):
            self.assertNotIn(name, words)
        self.assertIn("Valve forgotten", words)
        words = self._render('aftersales_conduct.report_notice')
        for name in ("Wu Wei", "Officer Sven", "I was alone on two lines", "valve.png"):
            self.assertIn(name, words)

    def _render(self, name):
        return self.env['ir.actions.report'].with_user(self.officer)._render_qweb_html(
            name, self.notice.ids)[0].decode()

    @mute_logger('odoo.http')
    def test_strangers_print_nothing(self):
        self._serve(self.notice)
        self.authenticate('head', 'head-secret')
        for name in ('report_notice', 'report_announcement'):
            page = self.url_open(f'/report/html/aftersales_conduct.{name}/{self.notice.id}')
            self.assertNotEqual(page.status_code, 200)
            self.assertNotIn("Wu Wei", page.text)
        file = self.notice.photo_ids
        self.assertNotIn("secret words", self.url_open(f'/web/content/{file.id}').text)
