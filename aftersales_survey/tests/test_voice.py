from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from .common import SurveyCommon


@tagged('post_install', '-at_install')
class TestVoice(SurveyCommon):

    def _hear(self, **values):
        return self.env['aftersales.voice'].create({
            'subject': "The hotline is busy", 'words': "Nobody answers at noon.", **values})

    @users('interviewer')
    def test_card_is_answered_and_closed(self):
        voice = self._hear(kind='card', partner_id=self.customer.id)
        self.assertTrue(voice.name)
        with self.assertRaisesRegex(UserError, "Answer these first"):
            voice.action_close()
        with self.assertRaisesRegex(UserError, "Write the answer"):
            voice.action_answer()
        voice.answer = "From Monday two colleagues are there at noon."
        voice.action_answer()
        with self.assertRaisesRegex(UserError, "take it up again"):
            voice.words = "All is well."
        voice.answer_result = 'not_content'
        with self.assertRaisesRegex(UserError, "not content"):
            voice.action_close()
        voice.answer_result = 'content'
        voice.action_close()
        self.assertTrue(voice.date_closed)

    @users('interviewer')
    def test_praise_needs_no_answer(self):
        voice = self._hear(kind='book', tone='praise')
        voice.action_close()
        self.assertEqual(voice.state, 'closed')

    @users('interviewer')
    def test_informants_are_people_outside_who_agreed(self):
        with self.assertRaisesRegex(ValidationError, "agreed to report"):
            self._hear(kind='informant', partner_id=self.customer.id)
        self.customer.aftersales_informant_date = '2026-01-10'
        voice = self._hear(kind='informant', partner_id=self.customer.id)
        with self.assertRaisesRegex(ValidationError, "internal audit"):
            voice.auditor_id = self.agent

    @users('interviewer')
    def test_internal_auditors_are_colleagues(self):
        with self.assertRaisesRegex(ValidationError, "internal audit"):
            self._hear(kind='audit')
        voice = self._hear(kind='audit', auditor_id=self.agent.id)
        with self.assertRaisesRegex(ValidationError, "internal audit"):
            voice.kind = 'box'

    def test_only_interviewers_of_the_company_read_it(self):
        voice = self._hear()
        self.assertTrue(voice.with_user(self.interviewer).read(['words']))
        with self.assertRaises(AccessError):
            voice.with_user(self.agent).read(['words'])
        with self.assertRaises(AccessError):
            voice.with_user(self.interviewer).unlink()
        voice.sudo().company_id = self.env['res.company'].create({'name': "Abroad"})
        with self.assertRaises(AccessError):
            voice.with_user(self.interviewer).read(['words'])

    def test_words_are_erased_after_their_period(self):
        voice = self._hear(answer="Done.")
        voice.action_answer()
        voice.action_close()
        self.assertIn('aftersales.voice', [
            model._name for model in self.env['aftersales.erasure']._get_documents()])
        domain = voice._get_personal_data_domain('text')
        self.assertEqual(voice.search(domain) & voice, voice)
