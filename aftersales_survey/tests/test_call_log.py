from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged, users

from .common import SurveyCommon

HEADINGS = ('Call Number', 'Called on', 'Direction', 'Phone', 'Queue', 'Agent',
            'Waiting Time (s)', 'Talking Time (s)', 'Result')
OPTIONS = {'has_headers': True, 'quoting': '"', 'separator': ',', 'encoding': '',
           'date_format': '%Y-%m-%d', 'datetime_format': '%Y-%m-%d %H:%M:%S'}


@tagged('post_install', '-at_install')
class TestCallLog(SurveyCommon):
    """The CSV of a telephone system; the customer's number is +1 650 555 0100."""

    def _import(self, *rows, headings=HEADINGS, encoding='utf-8'):
        """Import a file as a person does; return the messages."""
        content = '\n'.join(','.join(row) for row in (headings, *rows)).encode(encoding)
        dialog = self.env['base_import.import'].create({
            'res_model': 'aftersales.call.log', 'file': content, 'file_name': 'calls.csv',
            'file_type': 'text/csv'})
        options = dict(OPTIONS)
        preview = dialog.parse_preview(options)
        self.assertNotIn('error', preview)
        found = [preview['matches'].get(place, [False])[0]
                 for place in range(len(preview['headers']))]
        options['encoding'] = preview['options']['encoding']
        return dialog.execute_import(found, preview['headers'], options)['messages']

    def _row(self, reference, moment, phone='650 555 0100', result='ANSWERED', **values):
        return (reference, moment, values.get('way', 'Inbound'), phone, '400',
                values.get('agent', 'interviewer'), values.get('wait', '00:00:12'),
                values.get('talk', '3:05'), result)

    def _get_call(self, reference):
        return self.env['aftersales.call.log'].search([('reference', '=', reference)])

    @users('survey_manager')
    def test_rows_are_read_linked_and_not_taken_twice(self):
        row = self._row('1764464405.27', '2026-06-01 09:00:00')
        self.assertEqual(self._import(row, self._row(
            'b', '2026-06-01 09:05:00', phone='+1 650 555 0199', result='Abandoned', talk='')), [])
        call = self._get_call('1764464405.27')
        self.assertRecordValues(call | self._get_call('b'), [{
            'result': 'answered', 'direction': 'in', 'wait_seconds': 12, 'talk_seconds': 185,
            'partner_id': self.customer.id, 'number': '+16505550100',
            'user_id': self.interviewer.id,
        }, {
            'result': 'abandoned', 'direction': 'in', 'wait_seconds': 12, 'talk_seconds': 0,
            'partner_id': False, 'number': '+16505550199', 'user_id': self.interviewer.id}])
        self.assertEqual(self._import(self._row(
            '1764464405.27', '2026-06-01 09:00:00', talk='190')), [])
        self.assertEqual((self._get_call('1764464405.27'), call.talk_seconds), (call, 190))

    @users('survey_manager')
    def test_call_that_rang_at_two_telephones_is_one_call(self):
        rows = [self._row('u1', '2026-06-01 09:00:00', agent='8001', result='ANSWERED'),
                self._row('u1', '2026-06-01 09:00:00', agent='8002', result='NO ANSWER', talk='')]
        for file in rows, rows[::-1]:  # the same file may come again, in another order
            self.assertEqual(self._import(*file), [])
            self.assertRecordValues(self._get_call('u1'), [
                {'agent': '8001', 'result': 'answered', 'talk_seconds': 185}])

    @users('survey_manager')
    def test_callers_who_withhold_their_number_are_strangers_to_each_other(self):
        with freeze_time('2026-06-20'):
            self._import(*[self._row(str(day), f'2026-06-0{day} 09:00:00', phone=phone)
                           for day, phone in ((1, 'anonymous'), (2, 'anonymous'), (3, '8001'),
                                              (4, '8001'))])
        self.assertEqual([self._get_call(name).contact_result for name in '1234'],
                         [False, False, 'repeated', 'solved'])

    @users('survey_manager')
    def test_file_without_numbers_of_the_system_is_not_taken_twice(self):
        calls = self.env['aftersales.call.log']
        known = calls.search([])
        rows = [self._row('', moment, **values)[1:] for moment, values in (
            ('2026-06-01 09:00:00', {}), ('2026-06-01 09:00:00', {'talk': '4:00'}),
            ('2026-06-01 09:00:00', {'phone': '+1 650 555 0199'}),
            ('2026-06-01 09:00:00', {'phone': ''}), ('2026-06-01 09:00:00', {'phone': ''}))]
        self.assertEqual(self._import(*rows, headings=HEADINGS[1:]), [])
        first = calls.search([]) - known
        self.assertEqual(len(first), 5)
        rows.append(self._row('', '2026-06-01 09:00:00', way='Outbound')[1:])
        rows[0] = (*rows[0][:-1], 'Voicemail')
        self.assertEqual(self._import(*rows, headings=HEADINGS[1:]), [])
        self.assertEqual(len(calls.search([]) - known), 6)
        self.assertEqual(first.mapped('result').count('voicemail'), 1)

    @users('survey_manager')
    def test_chinese_file_of_an_old_telephone_system(self):
        self.env.user.lang = 'en_US'
        self.assertEqual(self._import(
            ('c1', '2026-06-01 09:00:00', '呼入', '650 555 0100', '售后', '张三', '12秒', '1分15秒',
             '已接听'),
            encoding='gb18030'), [])
        call = self._get_call('c1')
        self.assertEqual((call.result, call.talk_seconds, call.queue), ('answered', 75, '售后'))

    @users('survey_manager')
    def test_damaged_numbers_and_unknown_words_are_refused(self):
        [message] = self._import(self._row('x', '2026-06-01 09:00:00', phone='1.38001E+10'))
        self.assertIn("its other digits are lost", message['message'])
        [message] = self._import(self._row('x', '2026-06-01 09:00:00', result='perhaps'))
        self.assertEqual((message['type'], message['field']), ('error', 'result'))
        self.env['aftersales.known.words'].sudo().create({'kind': 'missed', 'words': "Perhaps"})
        self.assertFalse(self._import(self._row('y', '2026-06-01 09:30:00', result='perhaps')))
        self.assertEqual(self._get_call('y').result, 'missed')
        [message] = self._import(self._row('x', '2026-06-01 09:00:00', wait='long'))
        self.assertEqual((message['type'], message['field']), ('error', 'wait_seconds'))
        self.assertFalse(self._get_call('x'))

    @users('survey_manager')
    def test_order_made_right_after_the_call(self):
        with freeze_time('2026-06-01 08:00:00'):
            self.env['aftersales.order'].sudo().create({'partner_id': self.customer.id})
        order = self.env['aftersales.order'].sudo().create({'partner_id': self.customer.id})
        self.env.cr.execute(
            "UPDATE aftersales_order SET create_date = %s WHERE id = %s",
            ('2026-06-01 09:06:00', order.id))
        order.invalidate_recordset(['create_date'])
        order.call_reason_id = self.env.ref('aftersales_survey.aftersales_call_reason_repair')
        self._import(self._row('o', '2026-06-01 09:00:00'))
        call = self._get_call('o').sudo()
        self.assertEqual((call.order_id, call.reason_id), (order, order.call_reason_id))

    @users('survey_manager')
    def test_first_contact_and_rates(self):
        """Of five incoming calls three are answered, one of them is followed by another call."""
        with freeze_time('2026-06-20'):
            self._import(
                self._row('1', '2026-06-01 09:00:00'), self._row('2', '2026-06-05 09:00:00'),
                self._row('3', '2026-06-19 09:00:00', phone='+1 650 555 0123'),
                self._row('4', '2026-06-02 09:00:00', phone='+1 650 555 0124', result='abandoned'),
                self._row('5', '2026-06-02 09:30:00', phone='+1 650 555 0125', result='missed'),
                self._row('6', '2026-06-02 10:00:00', way='Outbound'))
        self.assertEqual(
            [self._get_call(name).contact_result for name in '123456'],
            ['repeated', 'solved', 'open', False, False, False])
        self.env.flush_all()
        [rates] = self.env['aftersales.call.report']._read_group([], [], [
            'answered_rate:avg', 'abandoned_rate:avg', 'solved_rate:avg', 'deflected_rate:avg'])
        self.assertEqual([round(rate, 1) for rate in rates], [60.0, 20.0, 50.0, 100.0])
        with freeze_time('2026-06-30'), self.enter_registry_test_mode():
            self.env.ref('aftersales_survey.ir_cron_call_contact').sudo().method_direct_trigger()
        self.assertEqual(self._get_call('3').contact_result, 'solved')

    def test_old_callers_are_forgotten_and_the_rates_stay(self):
        company = self.env.company
        company.aftersales_answer_days = 730
        old, kept = self.env['aftersales.call.log'].create([{
            'date_start': start, 'phone': '+1 650 555 0100', 'result': 'answered',
            'note': "Angry"} for start in ('2024-06-29 09:00:00', '2024-07-02 09:00:00')])
        self.assertEqual(old.partner_id, self.customer)
        with freeze_time('2026-06-30 12:00:00'), self.enter_registry_test_mode():
            self.env.ref('aftersales_survey.ir_cron_call_contact').sudo().method_direct_trigger()
        self.assertRecordValues(old | kept, [
            {'phone': False, 'number': False, 'partner_id': False, 'note': False,
             'contact_result': 'repeated'},
            {'phone': '+1 650 555 0100', 'number': '+16505550100',
             'partner_id': self.customer.id, 'note': "Angry", 'contact_result': 'solved'}])

    def test_many_rows_cost_no_query_each(self):
        def make(numbers):
            return self.env['aftersales.call.log'].with_user(self.survey_manager).create([{
                'date_start': '2026-06-01 09:00:00', 'phone': f'+1 650 555 {number:04}',
                'result': 'answered', 'agent': "Interviewer Ivy"} for number in numbers])
        few = self._count_queries(lambda: make(range(1000, 1010)))
        many = self._count_queries(lambda: make(range(2000, 2200)))
        self.assertLessEqual(many, few + 4)

    def test_interviewers_read_the_log_of_their_company_only(self):
        call = self.env['aftersales.call.log'].create({
            'date_start': '2026-06-01 09:00:00', 'phone': '1', 'result': 'answered'})
        self.assertTrue(call.with_user(self.interviewer).read(['phone']))
        with self.assertRaises(AccessError):
            call.with_user(self.interviewer).write({'phone': '2'})
        with self.assertRaises(AccessError):
            call.with_user(self.agent).read(['phone'])
        abroad = self.env['res.company'].create({'name': "Abroad"})
        call.sudo().company_id = abroad
        with self.assertRaises(AccessError):
            call.with_user(self.interviewer).read(['phone'])

    def test_interviewer_opens_a_call_about_an_order(self):
        order = self._create_order()
        call = self.env['aftersales.call.log'].create({
            'date_start': '2026-06-01 09:00:00', 'phone': '1', 'result': 'answered',
            'order_id': order.id, 'partner_id': self.customer.id})
        [row] = call.with_user(self.interviewer).web_read({
            'phone': {}, 'order_id': {'fields': {'display_name': {}}},
            'partner_id': {'fields': {'display_name': {}}}})
        self.assertEqual(row['order_id']['id'], order.id)

    # === QUALITY === #

    @users('survey_manager')
    def test_sheet_scores_what_applies_and_fails_what_must_be_right(self):
        with Form(self.env['aftersales.call.quality']) as form:
            form.user_id = self.interviewer
        sheet = form.record
        self.assertEqual(sum(sheet.line_ids.mapped('points')), 100)
        for line in sheet.line_ids:
            line.given = line.points
        self.assertEqual(sheet.score, 100)
        by_name = {line.criterion_id.get_external_id()[line.criterion_id.id].rpartition('_')[2]:
                   line for line in sheet.line_ids}
        by_name['solve'].is_applicable = False  # 10 points
        by_name['record'].given = 6  # of 15: 81 of 90
        self.assertEqual(sheet.score, 90)
        by_name['answer'].given = 0
        self.assertEqual(sheet.score, 0)
        with self.assertRaisesRegex(ValidationError, "takes 0 to 20"):
            by_name['listen'].given = 21

    @users('survey_manager')
    def test_people_do_not_score_themselves_and_read_their_own_sheets(self):
        sheets = self.env['aftersales.call.quality']
        with self.assertRaisesRegex(ValidationError, "own call"):
            sheets.create({'user_id': self.env.uid})
        sheet = sheets.create({'user_id': self.interviewer.id})
        other = sheets.create({'user_id': self.agent.id})
        self.assertTrue(sheet.with_user(self.interviewer).read(['score']))
        with self.assertRaises(AccessError):
            other.with_user(self.interviewer).read(['score'])
        with self.assertRaises(AccessError):
            sheet.with_user(self.interviewer).write({'remark': "Very good"})

    def test_scripts_are_read_by_who_takes_calls(self):
        reasons = self.env['aftersales.call.reason'].with_user(self.agent).search([])
        with Form(self.env['aftersales.order'].with_user(self.agent)) as form:
            form.partner_id = self.customer
            form.call_reason_id = reasons[0]
            self.assertIn(reasons[0].script_intake, form.call_script)
        with self.assertRaises(AccessError):
            reasons[0].write({'hint': "No"})
