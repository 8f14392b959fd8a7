import random
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from ..tools.score import get_correction
from .score_common import AUGUST, JULY, SEPTEMBER, ScoreCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-08-10 02:00:00')
class TestScore(ScoreCommon):
    """A month's figures, from orders to the signed sheet and its later corrections."""

    def test_figures_come_from_the_orders_of_the_month(self):
        for number in range(4):
            self._repair(f'2026-07-0{number + 1}', f'AC-{number}')
        self._repair('2026-07-20', 'AC-0')  # AC-0 came back in 19 days
        self._repair('2026-06-30', 'AC-9')  # another month
        sheet = self._make_sheet()
        fix, repeat, marked = sheet.line_ids
        self.assertRecordValues(fix | repeat | marked, [
            {'numerator': 4, 'denominator': 5, 'percent': 80.0, 'points': 65.0},
            {'numerator': 1, 'denominator': 5, 'percent': 20.0, 'points': 3.0},
            {'numerator': 0, 'denominator': 0, 'percent': 0.0, 'points': 0.0}])
        self.assertEqual([line.is_applicable for line in fix | repeat | marked], [
            True, True, False])
        # 68 of 90 points: the mark that no person gave is not applicable
        self.assertRecordValues(sheet, [{
            'score': 75.6, 'level': 'pass', 'bonus_factor': 0.8, 'user_id': self.technician.id,
            'open_mark_count': 1, 'state': 'draft'}])

    def test_a_score_of_few_indicators_has_no_level_by_itself(self):
        """Two cases and a quarter of the weight do not decide on the pay of a month."""
        self.fix.weight, self.repeat.weight, self.marked.weight = 5, 20, 75
        self._repair('2026-07-01', 'AC-1')
        sheet = self._make_sheet()
        self.assertRecordValues(sheet, [{
            'score': 100.0, 'judged_share': 25.0, 'level': False, 'bonus_factor': 0.0}])
        for words in ("2 of 3 indicators", "25.0 points of a weight of 25.0",
                      "Only 25 % of the weight"):
            self.assertIn(words, sheet.score_note)
        self.env.company.aftersales_score_minimum_weight = 25
        sheet.action_measure()
        self.assertRecordValues(sheet, [{'level': 'excellent', 'bonus_factor': 1.2}])
        self.assertNotIn("Only", sheet.score_note)

    def test_a_month_without_work_is_no_score(self):
        sheet = self._make_sheet()
        self.assertRecordValues(
            sheet, [{'is_applicable': False, 'score': 0.0, 'level': False, 'place': 0}])

    def test_a_month_that_is_not_over_has_no_sheet(self):
        with self.assertRaisesRegex(UserError, "not over yet"):
            self._make_sheet(AUGUST)

    def test_people_get_one_sheet(self):
        self._repair('2026-07-01', 'AC-1')
        wizard = self.env['aftersales.score.run'].with_user(self.officer).create(
            {'month': '2026-07-15', 'subject': 'technician'})
        made = wizard.action_make()['params']
        self.assertIn("1 sheets were made", made['message'])
        sheets = self.env['aftersales.score'].search(made['next']['domain'])
        self.assertEqual(sheets.user_id, self.technician)
        wizard.action_make()
        self.assertEqual(self.env['aftersales.score'].search_count(
            [('month', '=', JULY), ('user_id', '=', self.technician.id)]), 1)

    def test_marks_belong_to_their_steps_and_people(self):
        self._repair('2026-07-01', 'AC-1')
        sheet = self._make_sheet()
        marked = sheet.line_ids[2]
        sheet.action_ask_comment()
        marked.with_user(self.technician).own_mark = 95
        with self.assertRaises(AccessError):
            marked.with_user(self.technician).department_mark = 100
        with self.assertRaises(UserError):  # not yet
            marked.with_user(self.lead).department_mark = 80
        sheet.with_user(self.technician).action_hand_in()
        marked.with_user(self.lead).department_mark = 80
        self.assertRecordValues(marked, [{'own_mark': 95, 'percent': 80.0, 'points': 8.0}])
        with self.assertRaises(AccessError):
            marked.with_user(self.lead).company_mark = 70
        marked.with_user(self.officer).company_mark = 70
        self.assertRecordValues(marked, [{'percent': 70.0, 'points': 7.0}])
        for values in {'numerator': 9}, {'points': 10.0}:
            with self.assertRaises(AccessError):
                sheet.line_ids[0].with_user(self.officer).write(values)
        with self.assertRaises(AccessError):  # counted, not marked
            sheet.line_ids[0].with_user(self.officer).company_mark = 100

    def test_objection_within_three_working_days(self):
        self._repair('2026-07-01', 'AC-1')
        sheet = self._serve(self._make_sheet())
        self.assertEqual(str(sheet.objection_date), '2026-08-13')
        own = sheet.with_user(self.technician)
        with self.assertRaisesRegex(UserError, "not right first"):
            own.action_object()
        own.objection = "AC-1 was not mine"
        with self.assertRaisesRegex(AccessError, "Only the person concerned"):
            sheet.with_user(self.officer).action_object()
        with freeze_time('2026-08-14 02:00:00'), self.assertRaisesRegex(UserError, "ended on"):
            own.action_object()
        own.action_object()
        # the reviewer does not judge on it
        with self.assertRaises(AccessError):
            sheet.with_user(self.lead).action_keep()
        with self.assertRaisesRegex(UserError, "answer to the objection"):
            sheet.action_keep()
        sheet.objection_answer = "The order names you"
        sheet.action_keep()
        self.assertEqual(sheet.state, 'closed')

    def test_an_upheld_objection_is_reviewed_and_served_again(self):
        order = self._repair('2026-07-01', 'AC-1')
        self._repair('2026-07-02', 'AC-1')
        sheet = self._serve(self._make_sheet())
        own = sheet.with_user(self.technician)
        own.objection = "AC-1 was not mine"
        own.action_object()
        # a signature of the first round must not close the next one
        sheet.sudo().write({'signature': SIGNATURE, 'date_signed': fields.Datetime.now()})
        sheet.action_review_again()
        order.technician_id = self.theo
        sheet.action_measure()
        self.assertRecordValues(sheet, [{
            'state': 'manager', 'score': 100.0, 'date_served': False, 'objection_date': False,
            'signature': False, 'date_signed': False}])
        with freeze_time('2026-08-17 02:00:00'):
            sheet.with_user(self.lead).action_serve()
        self.assertEqual(str(sheet.objection_date), '2026-08-20')
        with self.assertRaisesRegex(UserError, "Sign the sheet first"):
            own.action_close()

    def test_who_served_does_not_decide_on_the_objection(self):
        """Both are performance officers; the only one of a company decides alone."""
        self._repair('2026-07-01', 'AC-1')
        sheet = self._make_sheet()
        sheet.action_ask_comment()
        own = sheet.with_user(self.technician)
        own.own_comment = "Two parts were missing"
        own.action_hand_in()
        sheet.write({'manager_reason': "As counted", 'plan': "Parts are checked before"})
        sheet.action_serve()
        self.assertEqual(sheet.reviewer_id, self.officer)
        own.objection = "AC-1 was not mine"
        own.action_object()
        sheet.with_user(self.second).objection_answer = "The order names you"
        with self.assertRaisesRegex(AccessError, "you served this sheet"):
            sheet.action_keep()
        sheet.with_user(self.second).action_keep()
        self.assertEqual(sheet.state, 'closed')

    def test_served_sheets_are_closed_after_the_days_unsigned(self):
        self._repair('2026-07-01', 'AC-1')
        sheet = self._serve(self._make_sheet())
        with self.assertRaisesRegex(UserError, "Sign the sheet first"):
            sheet.with_user(self.technician).action_close()
        with self.assertRaisesRegex(UserError, "Sign the sheet first"):
            sheet.action_close()
        with freeze_time('2026-08-14 02:00:00'), self.enter_registry_test_mode():
            self.env.ref('aftersales_training.ir_cron_aftersales_score_close'
                         ).method_direct_trigger()
        self.assertRecordValues(sheet, [{'state': 'closed', 'date_signed': False}])
        # a receipt may be signed later
        sheet.with_user(self.technician).signature = SIGNATURE
        self.assertTrue(sheet.date_signed)

    def test_a_closed_month_stays_and_a_correction_follows(self):
        """July stays as signed; what turned out on 9 August counts in August (case T2)."""
        for day in range(1, 21):
            self._repair(f'2026-07-{day:02}', f'AC-{day}')
        july = self._serve(self._make_sheet())
        july.with_user(self.technician).signature = SIGNATURE
        july.with_user(self.technician).action_close()
        self.assertEqual(july.score, 100.0)
        self._repair('2026-08-09', 'AC-15', technician_id=self.theo.id)
        self._repair('2026-08-10', 'AC-50')
        with freeze_time('2026-09-02 02:00:00'):
            august = self._make_sheet(AUGUST)
            # 5 % came back: 2 of 20 points; 95 % first-time fixes still reach 85
            correction = august.line_ids.filtered('corrected_id')
            self.assertRecordValues(correction, [{
                'corrected_id': july.id, 'points': -2.2, 'score_id': august.id}])
            self.assertIn("Repeats: 0/20 → 1/20", correction.note)
            self.assertEqual(
                correction.changed_kpi_ids.mapped('formula'), ['first_fix', 'repeat'])
            # the same button opens the same cases for readers of each language
            self.env['res.lang']._activate_lang('fr_FR')
            opened = correction.action_open_cases()
            correction.changed_kpi_ids.with_context(lang='fr_FR').name = "Autre nom"
            july.line_ids.sudo()._keep_translated_names()
            french = correction.with_context(lang='fr_FR').action_open_cases()
            self.assertEqual((french['res_model'], french['domain']),
                             (opened['res_model'], opened['domain']))
            self.assertRecordValues(august, [
                {'base_score': 100.0, 'correction': -2.2, 'score': 97.8}])
            self.assertRecordValues(july, [
                {'score': 100.0, 'level': 'excellent', 'correction_ids': correction.ids}])
            august.action_measure()  # once, however often it is measured
            self.assertEqual(august.correction, -2.2)
            with self.assertRaisesRegex(UserError, "corrected next month"):
                july.action_measure()
        for values in {'own_comment': "x"}, {'plan': "x"}, {'reward': "x"}:
            with self.assertRaises(AccessError):
                july.write(values)
        # the signed sheet keeps what its indicators were called and counted
        shown = [july.line_ids.mapped(name) for name in ('display_name', 'formula')]
        july.line_ids.kpi_id.with_user(self.officer).write(
            {'name': "Something Else", 'formula': 'manual'})
        self.env.invalidate_all()
        self.assertEqual(
            [july.line_ids.mapped(name) for name in ('display_name', 'formula')], shown)

    def test_an_unchanged_month_is_not_corrected(self):
        """80 % of a target of 85 % cost 3.75 of 15 points: no tenths, and no correction."""
        self.fix.write({'weight': 15, 'points_per_percent': 0.75})
        self.repeat.active = False
        for day in range(1, 5):
            self._repair(f'2026-07-0{day}', f'AC-{day}')
        self._repair('2026-07-20', 'AC-1')
        july = self._serve(self._make_sheet())
        july.with_user(self.technician).signature = SIGNATURE
        july.with_user(self.technician).action_close()
        self.assertRecordValues(july.line_ids[0], [{'percent': 80.0, 'points': 11.25}])
        self.assertEqual(july.score, 75.0)
        self._repair('2026-08-10', 'AC-50')
        with freeze_time('2026-09-02 02:00:00'):
            self.assertFalse(self._make_sheet(AUGUST).line_ids.corrected_id)

    def test_no_unchanged_sheet_of_many_is_corrected(self):
        """Targets, weights and counts by chance: what is stored is what is judged again."""
        chance, lines = random.Random(55), self.env['aftersales.score.line']
        kpis = self.env['aftersales.kpi'].create([{
            'name': f"Indicator {number}", 'formula': formula, 'target': 95, 'weight': 5 + number,
            'points_per_percent': chance.choice((0.25, 0.33, 0.75, 1.0, 1.5))}
            for number, formula in enumerate(
                ('first_fix', 'response', 'reach', 'problems', 'utilisation', 'behaviour'))])
        sheets = self.env['aftersales.score'].create([
            {'user_id': self.theo.id, 'month': date(2000 + number // 12, number % 12 + 1, 1)}
            for number in range(150)])
        figures, vals_list = {}, []
        for sheet in sheets:
            figures[sheet] = {}
            for kpi in kpis:
                cases = chance.choice((0, 3, 7, 11, 13, 60.37))
                good = chance.uniform(0.8, 1.0) * cases if kpi.formula == 'utilisation' else (
                    int(cases) - chance.randint(0, min(2, int(cases))))
                figures[sheet][kpi] = good, cases
                vals_list.append({
                    'score_id': sheet.id, 'company_id': sheet.company_id.id,
                    **lines._prepare_rule_vals(kpi), 'numerator': good, 'denominator': cases,
                    **lines._judge(kpi._get_rule(), good, cases, kpi, kpi.formula)})
        lines.create(vals_list)
        self.env.flush_all()
        self.env.invalidate_all()
        for sheet in sheets.filtered('is_applicable'):
            score, changes, __ = sheet._judge_again(figures[sheet])
            self.assertEqual((get_correction(sheet.base_score, 0.0, score), changes), (0.0, []))

    def test_a_correction_taken_back_is_given_back_in_full(self):
        for day in range(1, 21):
            self._repair(f'2026-07-{day:02}', f'AC-{day}')
        july = self._serve(self._make_sheet())
        july.with_user(self.technician).signature = SIGNATURE
        july.with_user(self.technician).action_close()
        back = self._repair('2026-08-09', 'AC-15', technician_id=self.theo.id)
        self._repair('2026-08-10', 'AC-50')
        with freeze_time('2026-09-02 02:00:00'):
            august = self._make_sheet(AUGUST)
            self._serve(august)
            august.with_user(self.technician).signature = SIGNATURE
            august.with_user(self.technician).action_close()
        self.assertEqual(august.score, 97.8)
        with freeze_time('2026-10-02 02:00:00'):
            back.sudo().warranty_id = self._create_card(serial='AC-77')  # it was another unit
            self._repair('2026-09-10', 'AC-60')
            september = self._make_sheet(SEPTEMBER)
            correction = september.line_ids.filtered('corrected_id')
            self.assertRecordValues(correction, [{'corrected_id': july.id, 'points': 2.2}])
            self.assertIn("taken back", correction.note)
            # the cases that were counted in August are those that are given back
            self.assertEqual(
                correction.changed_kpi_ids, july.correction_ids[-1:].changed_kpi_ids)
            self.assertTrue(correction.changed_kpi_ids)
            self.assertEqual(september.score, 102.2)

    def test_an_own_level_leaves_the_shared_ones(self):
        levels = self.env['aftersales.score.level']
        month = JULY
        own = levels.create({
            'level': 'excellent', 'minimum': 95, 'bonus_factor': 1.3,
            'company_id': self.env.company.id})
        self.assertEqual(levels._get_limits(self.env.company.id, month), {
            'excellent': (95, 1.3), 'good': (80, 1.0), 'pass': (70, 0.8), 'weak': (0, 0.5)})
        with self.assertRaisesRegex(ValidationError, "another row for these days"), \
                self.env.cr.savepoint():
            own.copy({'minimum': 96, 'date_from': '2026-09-01'})
        own.date_to = '2026-08-31'
        own.copy({'minimum': 96, 'date_from': '2026-09-01', 'date_to': False})
        levels.create({'level': 'outstanding', 'minimum': 98, 'bonus_factor': 1.5})
        self.assertEqual(
            levels._get_limits(self.env.company.id, month)['outstanding'], (98, 1.5))

    def test_a_weak_result_needs_a_plan_and_proposes_training(self):
        self.fix.course_id = self.height_course
        self._repair('2026-07-01', 'AC-1')
        self._repair('2026-07-02', 'AC-1')
        self._repair('2026-07-03', 'AC-1')
        sheet = self._make_sheet()
        self.assertEqual(sheet.level, 'weak')
        sheet.action_ask_comment()
        sheet.with_user(self.technician).action_hand_in()
        sheet.with_user(self.lead).manager_reason = "As counted"
        with self.assertRaisesRegex(UserError, "needs a plan"):
            sheet.with_user(self.lead).action_serve()
        sheet.with_user(self.lead).plan = "Two days with Coach Carl"
        sheet.with_user(self.lead).action_serve()
        sheet.with_user(self.technician).signature = SIGNATURE
        sheet.with_user(self.technician).action_close()
        need = self.env['aftersales.training.need'].search([
            ('user_id', '=', self.technician.id), ('course_id', '=', self.height_course.id)])
        self.assertEqual(need.origin, 'score')
        self.assertEqual(sheet.need_count, 1)

    def test_few_scores_are_not_ranked(self):
        people = self.technician | self.theo | self.agent | self.manager
        for number, user in enumerate(people):
            self._repair('2026-07-01', f'AC-{number}', technician_id=user.id)
        self._repair('2026-07-05', 'AC-1', technician_id=self.theo.id)
        sheets = self._make_sheet(people=people)
        self.assertFalse(any(sheets.mapped('place')))
        self.env.company.aftersales_rank_minimum = 4
        sheets.invalidate_recordset(['place', 'place_count'])
        places = {sheet.user_id: sheet.place for sheet in sheets}
        self.assertEqual(places[self.technician], 1)
        self.assertEqual(places[self.theo], 4)
        self.assertEqual(set(sheets.mapped('place_count')), {4})

    def test_no_person_reviews_the_own_sheet(self):
        self._repair('2026-07-01', 'AC-1', technician_id=self.officer.id)
        sheet = self._make_sheet(people=self.officer)
        for action in 'action_ask_comment', 'action_measure':
            with self.assertRaises(AccessError):
                getattr(sheet.with_user(self.officer), action)()
        with self.assertRaises(AccessError):
            self.env['aftersales.score'].with_user(self.officer).create(
                {'user_id': self.officer.id, 'month': '2026-06-01'})
        sheet.with_user(self.second).action_ask_comment()

    def test_cases_behind_a_figure_are_opened(self):
        order = self._repair('2026-07-01', 'AC-1')
        self._repair('2026-06-01', 'AC-2')
        sheet = self._make_sheet()
        action = sheet.line_ids[0].with_user(self.lead).action_open_cases()
        self.assertEqual(action['res_model'], 'aftersales.order')
        self.assertEqual(self.env['aftersales.order'].search(action['domain']), order)
        with self.assertRaises(AccessError):
            sheet.line_ids[0].with_user(self.employee).action_open_cases()
        with self.assertRaisesRegex(UserError, "by hand"):
            sheet.line_ids[2].action_open_cases()

    def test_outlets_and_the_desk_are_judged_too(self):
        self.outlet.manager_id = self.outlet_technician
        (self.fix | self.repeat).for_outlet = True
        self.env['aftersales.kpi'].create({
            'name': "Reach", 'formula': 'reach', 'weight': 10, 'target': 70, 'for_desk': True,
            'for_technician': False})
        order = self._repair('2026-07-01', 'AC-1', user_id=self.agent.id)
        order.write({'outlet_id': self.outlet.id})
        order.sudo().write({'date_follow_up': '2026-07-03', 'follow_up_result': 'content'})
        outlet = self._make_sheet(subject='outlet', people=self.outlet)
        desk = self._make_sheet(subject='desk', people=self.agent)
        self.assertRecordValues(outlet | desk, [
            {'score': 100.0, 'user_id': self.outlet_technician.id, 'outlet_id': self.outlet.id},
            {'score': 100.0, 'user_id': self.agent.id, 'outlet_id': False}])
        self.assertEqual(desk.line_ids.mapped('numerator'), [1.0])

    def test_indicators_hold_in_their_days(self):
        self.repeat.date_to = '2026-06-30'
        self._repair('2026-07-01', 'AC-1')
        self.assertEqual(self._make_sheet().line_ids.kpi_id, self.fix | self.marked)
        with self.assertRaises(ValidationError):
            self.fix.write({'direction': 'range', 'target': 80, 'target_max': 70})

    def test_many_sheets_cost_few_queries(self):
        people = self.technician | self.theo | self.agent | self.manager
        for number, user in enumerate(people):
            self._repair('2026-07-01', f'AC-{number}', technician_id=user.id)
        kpis, company = self.env['aftersales.kpi'], self.env.company
        self._count_queries(lambda: kpis.search([])._measure(company, JULY, people))
        few = self._count_queries(lambda: kpis.search([])._measure(company, JULY, people[:2]))
        many = self._count_queries(lambda: kpis.search([])._measure(company, JULY, people))
        self.assertEqual(few, many)

    def test_corrections_of_many_sheets_cost_the_same_queries_as_of_one(self):
        people = self.technician | self.theo | self.agent | self.manager
        for number, user in enumerate(people):
            self._repair('2026-07-01', f'AC-{number}', technician_id=user.id)
            self._repair('2026-08-05', f'AD-{number}', technician_id=user.id)
        self._make_sheet(people=people).sudo().state = 'closed'
        for number in range(len(people)):
            self._repair('2026-07-20', f'AC-{number}', technician_id=self.officer.id)
        with freeze_time('2026-09-02 02:00:00'):
            august = self._make_sheet(AUGUST, people=people).sudo()
            self.assertEqual(len(august.line_ids.filtered('corrected_id')), len(people))
            self._count_queries(august._fill)  # what is cached for all is read
            few = self._count_queries(august[:1]._fill)
            many = self._count_queries(august._fill)
        self.assertEqual(few, many)
        self.assertEqual(len(august.line_ids.filtered('corrected_id')), len(people))
