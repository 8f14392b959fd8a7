from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users

from .common import ComplaintCommon

SCORES = {'score_benefit': 40, 'score_completeness': 8, 'score_creativity': 8, 'score_range': 8,
          'score_time': 8, 'score_cost': 8}


@tagged('post_install', '-at_install')
class TestSuggestion(ComplaintCommon):
    """Suggestions are scored, answered, carried out and rewarded, each by another person."""

    def _suggest(self, **values):
        return self.env['aftersales.suggestion'].with_user(self.employee).create({
            'subject': "Label the valves", 'description': "They are mixed up", **values})

    @users('employee')
    def test_colleague_hands_in_two_fields(self):
        form = Form(self.env['aftersales.suggestion'])
        form.subject = "Label the valves"
        form.description = "They are mixed up"
        suggestion = form.save()
        self.assertEqual(suggestion.author_id, self.employee)
        self.assertTrue(suggestion.name.startswith('SG/'))
        with self.assertRaises(AccessError):
            suggestion.score_benefit = 50
        with self.assertRaises(AccessError):
            suggestion.action_score()
        with self.assertRaises(AccessError):
            self.env['aftersales.suggestion'].create({
                'subject': "X", 'description': "Y", 'author_id': self.agent.id})

    def test_the_author_scores_and_rewards_nothing_when_handing_in(self):
        values = {**SCORES, 'reward_amount': 5000, 'benefit_amount': 9000, 'answer': "Great",
                  'implementer_id': self.employee.id, 'date_due': '2026-02-01',
                  'is_explained': True, 'reward_note': "A car", 'user_id': self.employee.id}
        for suggestion in self._suggest(**values), self.env['aftersales.suggestion'].with_user(
                self.employee).with_context(
                    **{f'default_{name}': value for name, value in values.items()}).create(
                        {'subject': "X", 'description': "Y"}):
            self.assertFalse(any(suggestion[name] for name in values), values)
        with self.assertRaisesRegex(AccessError, "Another person scores"), self.cr.savepoint():
            self.env['aftersales.suggestion'].with_user(self.desk).create(
                {'subject': "X", 'description': "Y", **SCORES})
        self.assertTrue(self.env['aftersales.suggestion'].with_user(self.desk).create(
            {'subject': "X", 'description': "Y", 'author_id': self.agent.id, **SCORES}).score)

    def test_from_the_score_to_the_reward(self):
        with freeze_time('2026-01-05 08:00:00'):
            suggestion = self._suggest().with_user(self.desk)
            self.assertEqual(str(suggestion.check_date), '2026-01-12')
            with self.assertRaisesRegex(UserError, "Enter the scores first"):
                suggestion.action_score()
            suggestion.write(SCORES)
            suggestion.action_score()
            self.assertRecordValues(suggestion, [{'score': 80, 'reward_proposed': 100.0}])
            with self.assertRaisesRegex(UserError, "Write the answer to the author"):
                suggestion.action_accept()
            suggestion.answer = "We do it from February on"
            with self.assertRaisesRegex(UserError, "Name who carries it out"):
                suggestion.action_accept()
            suggestion.write({'implementer_id': self.technician.id, 'date_due': '2026-02-01'})
            suggestion.action_accept()
            self.assertTrue(suggestion.message_ids.filtered(
                lambda message: self.employee.partner_id in message.partner_ids))
            suggestion.with_user(self.technician).action_implement()
        with freeze_time('2026-03-01 08:00:00'):
            suggestion.write({'effect_note': "No mix-up since", 'benefit_amount': 10000})
            with self.assertRaisesRegex(UserError, "effect is checked from"):
                suggestion.action_reward()
        with freeze_time('2026-04-06 08:00:00'):
            self.assertEqual(suggestion.reward_proposed, 2000.0)
            suggestion.reward_amount = 2000
            suggestion.action_reward()
        self.assertRecordValues(suggestion, [{'state': 'rewarded', 'rewarder_id': self.desk.id}])
        with self.assertRaisesRegex(UserError, "stays as it is"):
            suggestion.reward_amount = 3000

    def test_rejected_in_person_and_with_a_reason(self):
        suggestion = self._suggest().with_user(self.desk)
        suggestion.write(SCORES)
        suggestion.action_score()
        suggestion.answer = "The valves are labelled already"
        with self.assertRaisesRegex(UserError, "in person first"):
            suggestion.action_reject()
        suggestion.is_explained = True
        suggestion.action_reject()

    def test_nobody_scores_or_rewards_their_own(self):
        suggestion = self.env['aftersales.suggestion'].with_user(self.desk).create({
            'subject': "X", 'description': "Y"})
        with self.assertRaisesRegex(AccessError, "Another person scores"):
            suggestion.write(SCORES)
        suggestion.with_user(self.lead).write(SCORES)
        with self.assertRaisesRegex(AccessError, "Another person decides on your own"):
            suggestion.action_score()

    def test_ended_suggestion_forgets_persons_after_the_period(self):
        suggestions = self._suggest() | self._suggest() | self._suggest()
        ended, held, _under_way = suggestions
        for suggestion in ended.with_user(self.desk) | held.with_user(self.desk):
            suggestion.write({**SCORES, 'is_explained': True, 'answer': "Li Na labelled them"})
            suggestion.action_score()
            suggestion.action_reject()
        held.with_user(self.lead)._hold_data("Court")
        with self.assertRaisesRegex(AccessError, "Team leads decide"):
            ended.with_user(self.desk)._hold_data("Mine")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE aftersales_suggestion SET write_date = now() - interval '4 years'")
        suggestions.invalidate_recordset()
        sudo = suggestions.sudo()
        self.assertIn(sudo.browse(), self.env['aftersales.erasure']._get_documents())
        limits = self.env['aftersales.erasure.period'].sudo()._get_limits(self.env.company)
        found = sudo.search(sudo._get_personal_data_domain(
            'text', limits['aftersales.suggestion', 'text']))
        self.assertEqual(found & sudo, ended.sudo())
        sudo._erase_personal_data(['photo', 'text'], 'retention')
        self.assertRecordValues(sudo, [
            {'description': False, 'answer': False, 'subject': "Label the valves", 'score': 80},
            {'description': "They are mixed up", 'answer': "Li Na labelled them",
             'subject': "Label the valves", 'score': 80},
            {'description': "They are mixed up", 'answer': False,
             'subject': "Label the valves", 'score': 0}])

    def test_points_stay_within_the_criterion(self):
        suggestion = self._suggest().with_user(self.desk)
        for values in {'score_benefit': 51}, {'score_cost': 11}, {'score_time': -1}:
            with self.assertRaisesRegex(ValidationError, "takes 0 to"):
                suggestion.write(values)

    def test_others_do_not_read_a_colleagues_suggestion(self):
        suggestion = self._suggest()
        self.assertFalse(suggestion.with_user(self.agent).search([]))
        with self.assertRaises(AccessError):
            suggestion.with_user(self.agent).read(['description'])

    def test_customer_gets_the_answer(self):
        suggestion = self.env['aftersales.suggestion'].with_user(self.desk).create({
            'source': 'customer', 'partner_id': self.customer.id, 'subject': "Shorter hose",
            'description': "It is too long"})
        suggestion.write(SCORES)
        suggestion.action_score()
        suggestion.answer = "Thank you: we keep it for the next model"
        suggestion.action_store()
        self.assertTrue(suggestion.message_ids.filtered(
            lambda message: self.customer in message.partner_ids))
