from uuid import uuid4

from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import DOT, SIGNATURE

from .score_common import ScoreCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-08-10 02:00:00')
class TestScorePhone(ScoreCommon):
    """An outlet's technician reads, comments on and signs the own sheet on the phone."""

    def setUp(self):
        super().setUp()
        self._repair('2026-07-01', 'AC-1', technician_id=self.outlet_technician.id,
                     outlet_id=self.outlet.id)
        self.sheet = self._make_sheet(people=self.outlet_technician)

    def _send(self, kind, user=None, **payload):
        [answer] = self.env['aftersales.job.action'].with_user(
            user or self.outlet_technician)._handle_batch([{
                'uuid': str(uuid4()), 'kind': kind, 'res_model': 'aftersales.score',
                'res_id': self.sheet.id, 'payload': payload}])
        return answer

    def _read(self, user=None):
        return (user or self.outlet_technician).with_user(
            user or self.outlet_technician)._prepare_mobile_training()['scores']

    def test_outlet_technician_signs_the_own_sheet(self):
        self.assertFalse(self._read())  # a draft is not shown yet
        self.assertEqual(self._send('score_comment', comment="x")['status'], 'refused')
        self.sheet.action_ask_comment()
        [score] = self._read()
        self.assertEqual((score['state'], score['score']), ('own', 100.0))
        marked = next(line for line in score['lines'] if line['is_manual'])
        self.assertEqual(self._send(
            'score_comment', comment="  All went well ", marks={str(marked['id']): 90}
        )['status'], 'done')
        self.assertRecordValues(self.sheet, [{
            'state': 'manager', 'own_comment': "All went well"}])
        self.assertEqual(self.sheet.line_ids[2].own_mark, 90)
        review = self.sheet.with_user(self.lead)
        review.manager_reason = "As counted"
        review.action_serve()
        self.assertEqual(self._send('score_sign', image=DOT)['status'], 'refused')
        self.assertEqual(self._send('score_sign', image=SIGNATURE)['status'], 'done')
        self.assertRecordValues(self.sheet, [{'state': 'closed'}])
        self.assertTrue(self.sheet.date_signed)
        self.assertTrue(self._read()[0]['is_signed'])
        self.assertEqual(self._send('score_object', objection="x")['status'], 'refused')

    def test_no_person_acts_on_the_sheet_of_another(self):
        self.sheet.action_ask_comment()
        for user in self.technician, self.coach, self.officer:
            self.assertFalse(self._read(user))
            for kind, payload in (
                    ('score_comment', {'comment': "x"}), ('score_object', {'objection': "x"}),
                    ('score_sign', {'image': SIGNATURE})):
                answer = self._send(kind, user, **payload)
                self.assertEqual(answer['status'], 'refused')
                self.assertNotIn(self.sheet.name, answer['message'])
        self.assertRecordValues(self.sheet, [{'state': 'own', 'own_comment': False}])

    def test_what_a_phone_sends_is_checked(self):
        self.sheet.action_ask_comment()
        marked = self.sheet.line_ids[2]
        for marks in {str(marked.id): 101}, {str(marked.id): "9"}, {str(marked.id): True}, [1]:
            self.assertEqual(
                self._send('score_comment', comment="x", marks=marks)['status'], 'refused')
        # a counted figure takes no mark
        self.assertRegex(self._send('score_comment', comment=" ")['message'], "your comment")
        self._send('score_comment', comment="x", marks={str(self.sheet.line_ids[0].id): 50})
        self.assertFalse(self.sheet.line_ids[0].is_own_marked)
        self.assertEqual(self.sheet.state, 'manager')
