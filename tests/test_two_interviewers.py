"""Two interviewers take the same call at once: two real transactions on committed data."""
from contextlib import contextmanager
from datetime import timedelta

from two_transactions import TwoTransactionsCase

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged


@tagged('post_install', '-at_install')
class TestTwoInterviewers(TwoTransactionsCase):
    """One gets the call, the other a sentence and the next call; no customer is called twice."""

    def _make(self, env):
        self._make_users(
            env, 'aftersales_survey.group_survey_interviewer',
            'first_interviewer', 'second_interviewer')
        partners = env['res.partner'].create([
            {'name': name, 'phone': '+1 650 555 0100'} for name in ("Wanted", "Next")])
        survey = env['survey.survey'].create({
            'title': "Two Interviewers", 'survey_type': 'aftersales', 'access_mode': 'token',
            'question_and_page_ids': [Command.create({
                'title': "Would you recommend us?", 'question_type': 'scale',
                'scale_min': 0, 'scale_max': 10, 'aftersales_metric': 'nps'})]})
        wave = env['aftersales.survey.wave'].create({
            'name': "Two Interviewers", 'survey_id': survey.id, 'kind': 'trigger',
            'channel': 'phone'})
        wave._set_state('running')
        calls = env['aftersales.survey.invitation']._create_invitations(wave, [
            {'res_model': 'res.partner', 'res_id': partner.id, 'partner_id': partner.id}
            for partner in partners])
        for minutes, call in zip((5, 1), calls, strict=True):
            call.date_next_call = fields.Datetime.now() - timedelta(minutes=minutes)
        self.call_ids, self.wave_id = calls.ids, wave.id
        self.survey_id, self.partner_ids = survey.id, partners.ids

    def _remove(self, env):
        calls = env['aftersales.survey.invitation'].browse(self.call_ids)
        calls.user_input_id.unlink()
        calls.unlink()
        wave = env['aftersales.survey.wave'].browse(self.wave_id)
        wave.date_launched = False
        wave.unlink()
        env['survey.survey'].browse(self.survey_id).unlink()
        env['res.partner'].browse(self.partner_ids).unlink()

    @contextmanager
    def _desk_of(self, number):
        """Give an interviewer the desk in a transaction of its own, which ends with the block."""
        with self._transaction(self.user_ids[number]) as env:
            yield env['aftersales.survey.invitation']

    def test_second_one_gets_a_sentence_and_the_next_call(self):
        wanted, next_one = self.call_ids
        with self._desk_of(0) as first, self._desk_of(1) as second:
            self.assertEqual(first.open_call_desk(wanted)['call']['id'], wanted)
            first.env.flush_all()
            second.env.cr.execute("SET lock_timeout = '2s'")  # a desk that waits is a failure
            desk = second.open_call_desk(wanted)
            self.assertIn("Another interviewer has just taken this call", desk['notice'])
            self.assertEqual(desk['call']['id'], next_one)

    def test_who_looked_before_starts_again_and_gets_the_next_call(self):
        wanted, next_one = self.call_ids
        with self._desk_of(1) as late:
            self.assertEqual(len(late._read_queue()), 2)
            with self._desk_of(0) as first:
                first.open_call_desk(wanted)
            self._assert_repeated(late, late.open_call_desk, wanted)
            desk = late.open_call_desk(wanted)
            self.assertIn("is calling this customer right now", desk['notice'])
            self.assertEqual(desk['call']['id'], next_one)

    def test_first_calls_of_both_differ(self):
        with self._desk_of(0) as first, self._desk_of(1) as second:
            calls = [desk.open_call_desk()['call']['id'] for desk in (first, second)]
            self.assertEqual(calls, self.call_ids)
