from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .score_common import JULY, ScoreCommon

WORDS = "Two parts were missing"


@tagged('post_install', '-at_install')
@freeze_time('2026-08-10 02:00:00')
class TestScorePrivacy(ScoreCommon, HttpCase):
    """Officers, who reviews and the person read a sheet; nothing else tells of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a lead of others, and who runs staff and trainings, are strangers to scores
        cls.strangers = cls.theo | cls.employee | cls.coach | cls.training_officer | new_test_user(
            cls.env, 'head', 'hr.group_hr_manager,aftersales_service.group_aftersales_team_lead',
            password='head-secret')
        cls.strangers.group_ids = [Command.link(cls.env.ref('base.group_allow_export').id)]

    def setUp(self):
        super().setUp()
        self._repair('2026-07-01', 'AC-1')
        self.sheet = self._serve(self._make_sheet())
        self.sheet.with_user(self.technician).signature = SIGNATURE
        self.env.flush_all()

    def test_strangers_find_nothing_by_any_way(self):
        for user in self.strangers | self.outlet_technician:
            sheets = self.env['aftersales.score'].with_user(user)
            lines = self.env['aftersales.score.line'].with_user(user)
            seen, line = sheets.browse(self.sheet.id), lines.browse(self.sheet.line_ids[0].id)
            with self.subTest(user=user.login):
                if user.share:  # pages of the portal show no sheet but the phone's own
                    for model in sheets, lines:
                        with self.assertRaises(AccessError):
                            model.search([])
                else:
                    self.assertFalse(sheets.search([]))
                    self.assertFalse(lines.search([]))
                    self.assertFalse(sheets.search([('own_comment', 'ilike', "parts")]))
                    self.assertFalse(sheets.name_search("Technician Tom"))
                    self.assertEqual(
                        sheets.formatted_read_group([], ['user_id'], ['score:avg']), [])
                    self.assertEqual(
                        lines.formatted_read_group([], ['kpi_id'], ['points:sum']), [])
                    self.assertFalse(self.env['aftersales.work.report'].with_user(user).search([]))
                    self.assertFalse(self.env['ir.attachment'].with_user(user).search([
                        ('res_model', '=', 'aftersales.score'), ('res_field', '=', 'signature')]))
                    with self.assertRaises(AccessError):
                        seen.export_data(['score', 'user_id/name'])
                for way in (
                        lambda seen=seen: seen.read(['score']),
                        lambda seen=seen: seen.web_read({'level': {}}),
                        lambda seen=seen: seen.copy(),
                        lambda seen=seen: seen.action_close(),
                        lambda seen=seen: seen.action_measure(),
                        lambda line=line: line.read(['points']),
                        lambda line=line: line.action_open_cases(),
                        lambda seen=seen: seen.write({'own_comment': "x"})):
                    with self.assertRaises(AccessError):
                        way()

    def test_there_is_no_conversation_and_no_follower(self):
        """Whatever hangs on a document with a conversation leaks by it."""
        for name in 'aftersales.score', 'aftersales.score.line', 'aftersales.work.report':
            for field in 'message_ids', 'message_follower_ids', 'activity_ids', 'access_token':
                self.assertNotIn(field, self.env[name]._fields)
        messages = self.env['mail.message'].search([
            '|', ('model', '=', 'aftersales.score'), ('body', 'ilike', self.sheet.name)])
        self.assertEqual(
            messages.notified_partner_ids, self.technician.partner_id | self.lead.partner_id)
        self.assertFalse(messages.filtered('model'))
        self.assertEqual(set(messages.mapped('subject')), {"A document waits for you"})
        for words in "100", "excellent", WORDS:
            self.assertFalse(messages.filtered(
                lambda message, words=words: words in (message.body or '')))
        for user in self.strangers:
            self.assertFalse(
                self.env['mail.message'].with_user(user).search([('id', 'in', messages.ids)]))

    def test_person_reads_the_own_sheet_once_asked(self):
        self._repair('2026-07-01', 'AC-2', technician_id=self.theo.id)
        draft = self._make_sheet(people=self.theo)
        mine = self.env['aftersales.score'].with_user(self.theo)
        self.assertFalse(mine.search([]))
        with self.assertRaises(AccessError):
            mine.browse(draft.id).read(['score'])
        draft.action_ask_comment()
        self.assertEqual(mine.search([]), draft)
        for values in {'manager_reason': "x"}, {'reward': "x"}, {'signature': SIGNATURE}:
            with self.assertRaises(AccessError):
                mine.search([]).write(values)
        for values in {'state': 'closed'}, {'score': 100.0}, {'user_id': self.employee.id}:
            with self.assertRaises(AccessError):
                mine.search([]).write(values)
        with self.assertRaises(AccessError):
            mine.create({'user_id': self.employee.id, 'month': JULY})

    def test_reviewer_reads_the_own_people_only(self):
        self._repair('2026-07-01', 'AC-2', technician_id=self.theo.id)
        other = self._make_sheet(people=self.theo)
        other.manager_id = False
        self.assertEqual(
            self.env['aftersales.score'].with_user(self.lead).search([]), self.sheet)
        with self.assertRaises(AccessError):
            self.sheet.with_user(self.lead).signature = SIGNATURE
        with self.assertRaises(AccessError):
            self.sheet.with_user(self.lead).own_comment = "x"

    def test_single_ratings_are_not_told_by_a_score(self):
        """With one rated order the figure would be the stars of that customer."""
        kpi = self.env['aftersales.kpi'].create({
            'name': "Satisfied", 'formula': 'satisfaction', 'weight': 10, 'minimum_count': 5})
        order = self._repair('2026-07-03', 'AC-3', technician_id=self.theo.id)
        sheet = self._make_sheet(people=self.theo)
        for stars in 2, 5:
            order.sudo().rating_last_value = stars
            sheet.action_measure()
            line = sheet.line_ids.filtered(lambda line: line.kpi_id == kpi)
            self.assertRecordValues(
                line, [{'numerator': 0, 'denominator': 1, 'is_applicable': False}])

    def test_other_company_sees_nothing(self):
        abroad = self.env['res.company'].create({'name': "Abroad"})
        officer = new_test_user(
            self.env, 'abroad', 'aftersales_training.group_performance_officer',
            company_id=abroad.id, company_ids=[Command.set(abroad.ids)])
        for name in 'aftersales.score', 'aftersales.score.line':
            self.assertFalse(self.env[name].with_user(officer).search([]))
        wizard = self.env['aftersales.score.run'].with_user(officer).create({})
        wizard.sudo().company_id = self.env.company
        with self.assertRaises(AccessError):
            wizard.action_make()

    def test_sheet_is_printed_for_those_who_read_it(self):
        report = self.env['ir.actions.report']
        for user in self.technician, self.lead, self.officer:
            words = report.with_user(user)._render_qweb_html(
                'aftersales_training.report_score', self.sheet.ids)[0].decode()
            for word in "Technician Tom", WORDS, "First-time Fix", "Lead Lea":
                self.assertIn(word, words)

    @mute_logger('odoo.http')
    def test_strangers_print_and_load_nothing(self):
        self.authenticate('head', 'head-secret')
        page = self.url_open(f'/report/html/aftersales_training.report_score/{self.sheet.id}')
        self.assertNotEqual(page.status_code, 200)
        self.assertNotIn(WORDS, page.text)
        signature = self.env['ir.attachment'].sudo().search(
            [('res_model', '=', 'aftersales.score'), ('res_id', '=', self.sheet.id),
             ('res_field', '=', 'signature')])
        self.assertTrue(signature)
        for address in (f'/web/content/{signature.id}',
                        f'/web/image/aftersales.score/{self.sheet.id}/signature'):
            self.assertNotIn(signature.raw, self.url_open(address).content)
