from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests.visit.common import VisitCommon
from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .common import TrainingCommon

BOTTOM = 'document.querySelector("main").lastElementChild.getBoundingClientRect().bottom'
TALL = '''[...document.querySelectorAll(".unit .buttons > *")]
    .filter((el) => el.getBoundingClientRect().height > 60).map((el) => el.innerText)'''


@tagged('post_install', '-at_install')
class TestKnowledgePhone(HttpCase, TrainingCommon, VisitCommon):
    """Knowledge, tools and notices at 390 px, for an outlet's technician."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outlet_technician.password = 'outlet_technician'
        symptom = cls.env['aftersales.diagnosis.code'].create({
            'name': "Does not cool", 'code': 'T-S1', 'kind': 'symptom'})
        cls.article = cls.env['aftersales.article'].create({
            'name': "四通阀卡滞 Valve Sticks", 'fault': "It hums", 'code_ids': symptom.ids,
            'remedy': "<p>Tap the <b>valve</b></p>", 'owner_id': cls.training_officer.id,
            'review_date': '2099-01-01'})
        cls.article.action_submit()
        cls.article.action_publish()
        offence = cls.env['aftersales.offence'].create(
            {'code': 'T-D1', 'name': "Shoe covers forgotten", 'points': 1})
        cls.notice = cls.env['aftersales.notice'].create({
            'technician_id': cls.outlet_technician.id, 'offence_id': offence.id,
            'facts': "No shoe covers at the Wangs'"})
        cls.notice.action_ask_statement()
        cls.tool = cls.env['aftersales.tool'].create({
            'name': "Vacuum Pump", 'code': 'T-1', 'receiver_id': cls.outlet_technician.id})
        cls.tool.action_issue()
        cls.order = cls._dispatch(
            technician=cls.outlet_technician, date=fields.Datetime.now(), symptom_id=symptom.id)

    def test_outlet_person_finds_judges_answers_and_confirms(self):
        phone = Phone(self, 'outlet_technician')
        phone.open('/my/jobs')
        phone.tap('nav.pages a', "Knowledge Base")
        phone.enter('input[name=words]', "stfkz")
        phone.tap('.article summary', "Valve Sticks")
        phone.see('.article .remedy b', "valve")
        phone.tap('.article .helped', "Helped")
        phone.see('.article', "Thank you for your answer")
        phone.open('/my/jobs#page/training')
        phone.tap('.training-tool .tool-receipt', "I Have It")
        phone.miss('.tool-receipt')
        phone.see('.training-notice', "No shoe covers at the Wangs'")
        phone.tap('.answer-notice', "Answer until")
        phone.see('#sheet-title', "Statement")
        phone.type('.sheet textarea', "The bag was stolen")
        phone.tap('.sheet .big', "Hand In")
        phone.miss('.sheet')
        phone.see('.training-notice', "The bag was stolen")
        phone.see('.queue-badge', "✓")
        phone.settle()
        self.assertLessEqual(phone.ask('document.documentElement.scrollWidth'), 390)
        with phone.at_rest():
            self.assertEqual(self.article.helped_count, 1)
            self.assertTrue(self.tool.issue_ids.date_confirmed)
            self.assertRecordValues(self.notice, [{
                'statement': "The bag was stolen",
                'stated_by_id': self.outlet_technician.id}])

    def test_no_bar_covers_buttons_and_no_button_breaks_its_words(self):
        """The pages of all modules below, and the buttons that they add to a unit."""
        self.order.visit_ids._set_state('on_site')
        self.env.flush_all()
        phone = Phone(self, 'outlet_technician')
        phone.open('/my/jobs#page/training')
        phone.see('.answer-notice', "Answer until")
        phone.settle()
        phone.ask('scrollTo(0, document.body.scrollHeight)')
        self.assertLessEqual(phone.ask(BOTTOM), phone.ask(
            'document.querySelector("nav.pages").getBoundingClientRect().top'))
        phone.open('/my/jobs')
        phone.tap('.card.job', "Li Na")
        phone.see('.unit button', "Send In a Case")
        self.assertEqual(phone.ask(TALL), [])
