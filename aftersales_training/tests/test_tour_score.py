from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .score_common import ScoreCommon


@tagged('post_install', '-at_install')
class TestTourScore(HttpCase, ScoreCommon):
    """A month's score by clicks, from real orders to the signed appraisal sheet."""

    def test_month_from_the_orders_to_the_signed_sheet(self):
        month = self.env['aftersales.score']._get_last_month()
        for number in range(4):
            self._repair(fields.Date.add(month, days=number), f'TOUR-{number}')
        self._repair(fields.Date.add(month, days=20), 'TOUR-0')
        self.officer.password = 'performance_officer'
        # the chief of the employee reviews
        chief, tom = self.env['hr.employee'].create([
            {'name': user.name, 'user_id': user.id} for user in (self.lead, self.technician)])
        tom.parent_id = chief

        self.start_tour(
            '/odoo', 'aftersales_score_make', login='performance_officer', timeout=120)
        sheet = self.env['aftersales.score'].search([('month', '=', month)])
        self.assertRecordValues(sheet, [{
            'state': 'own', 'user_id': self.technician.id, 'manager_id': self.lead.id,
            'score': 75.6}])

        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.tap('nav.pages a', "My Training")
        phone.see('.score', "75.6")
        phone.tap('.score-comment', "Comment and Hand In")
        phone.enter('textarea[name=comment]', "TOUR-0 needed a rare part")
        phone.tap('.sheet .big', "Hand In")
        phone.see('.score .badge', "Manager's Review")
        phone.see('.queue-badge', "✓")
        self.assertLessEqual(phone.ask('document.documentElement.scrollWidth'), 390)
        phone.settle()
        with phone.at_rest():
            self.assertRecordValues(sheet, [{
                'state': 'manager', 'own_comment': "TOUR-0 needed a rare part"}])
        phone.close()

        self.start_tour(
            '/odoo/monthly-sheets', 'aftersales_score_review', login='lead', timeout=120)
        self.env.invalidate_all()
        self.assertRecordValues(sheet, [{
            'state': 'served', 'manager_reason': "Parts are taken along from now on"}])

        phone = Phone(self, 'technician')
        phone.open('/my/jobs#page/training')
        phone.tap('.score-sign', "Sign")
        phone.draw('.signature-pad')
        phone.tap('.sheet .big', "Sign")
        phone.see('.score .badge', "Closed")
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            self.assertRecordValues(sheet, [{'state': 'closed', 'score': 75.6}])
            self.assertTrue(sheet.signature)
        phone.close()

    def test_wrong_mark_is_refused_in_the_sheet_and_the_words_stay(self):
        self._repair(self.env['aftersales.score']._get_last_month(), 'TOUR-1')
        self._make_sheet(people=self.technician).action_ask_comment()
        self.env.flush_all()
        phone = Phone(self, 'technician')
        phone.open('/my/jobs#page/training')
        phone.tap('.score-comment', "Comment and Hand In")
        phone.see('.sheet .big:disabled', "Hand In")  # nothing was written yet
        phone.enter('textarea[name=comment]', "All went well")
        phone.enter('.sheet input[type=number]', "999")
        phone.see('.sheet label', "Marks go from 0 to 100.")
        phone.see('.sheet .big:disabled', "Hand In")
        self.assertEqual(phone.ask(
            'document.querySelector("textarea[name=comment]").value'), "All went well")
