from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users

from .common import SurveyCommon


@tagged('post_install', '-at_install')
class TestEvaluation(SurveyCommon):
    """A survey manager evaluates the service by GB/T 27922; points typed from domain 4.12."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env.ref('aftersales_survey.aftersales_evaluation_clause_gb')

    def _evaluate(self, **values):
        return self.env['aftersales.evaluation'].create({
            'standard_id': self.standard.id, 'date': '2026-06-30', 'date_from': '2026-01-01',
            **values})

    def _get_line(self, evaluation, code):
        return evaluation.line_ids.filtered(lambda line: line.clause_id.code == code)

    def _judge_all(self, evaluation):
        """Everything met; samples pass in full."""
        for line in evaluation.line_ids:
            line.write({'sample_size': 10, 'sample_passed': 10} if line.kind == 'sample' else {
                'result': 'met'})

    # === DATA === #

    def test_shipped_standards(self):
        groups = self.standard.child_ids.sorted('sequence')
        self.assertEqual(groups.mapped('points'), [40, 35, 25])
        self.assertEqual([len(group.child_ids) for group in groups], [7, 6, 2])
        self.assertEqual(self.standard.points, 100)
        old = self.env.ref('aftersales_survey.aftersales_evaluation_clause_sb')
        self.assertEqual(
            old.child_ids.sorted('sequence').mapped('points'), [12, 12, 16, 12, 16, 14, 8, 10])
        self.assertEqual(
            [len(item.child_ids) for item in old.child_ids.sorted('sequence')],
            [4, 4, 5, 3, 3, 3, 2, 3])
        found = self.standard._get_indicators(self._today()).filtered(
            lambda clause: not clause.is_default)
        self.assertEqual((found.code, found.points), ('5.1.2.1', 5))

    def _today(self):
        return self.env['aftersales.evaluation']._fields['date'].today()

    # === THE CARD === #

    @users('survey_manager')
    def test_card_is_filled_with_the_indicators_in_force(self):
        late = self._get_line(self._evaluate(), '5.3.2').clause_id
        late.date_from = '2026-07-01'
        with Form(self.env['aftersales.evaluation']) as form:
            form.standard_id = self.standard
            form.date = '2026-06-30'
            form.date_from = '2026-01-01'
        evaluation = form.record
        self.assertEqual(len(evaluation.line_ids), 15)
        self.assertNotIn(late, evaluation.line_ids.clause_id)
        self.assertTrue(evaluation.name)

    @users('survey_manager')
    def test_score_of_the_reference(self):
        """20 points do not apply, 14 are lost: 66 of 80 are 82.5."""
        evaluation = self._evaluate()
        self._judge_all(evaluation)
        self.assertEqual((evaluation.score, evaluation.level), (100, 'five'))
        for code in ('5.1.3', '5.1.4', '5.2.1'):  # 8 + 6 + 6
            self._get_line(evaluation, code).action_not_applicable()
        self._get_line(evaluation, '5.3.2').action_not_met()  # 13
        self._get_line(evaluation, '5.2.2').write({'sample_size': 10, 'sample_passed': 8})  # 1
        self.assertEqual((evaluation.score, evaluation.level), (82.5, 'three'))

    @users('survey_manager')
    def test_what_is_no_80_is_neither_shown_nor_judged_as_80(self):
        evaluation = self._evaluate()
        self._judge_all(evaluation)
        for code in ('5.1.3', '5.3.1'):  # 8 + 12
            line = self._get_line(evaluation, code)
            line.write({'result': 'not_met', 'sample_passed': 0})
        line = self._get_line(evaluation, '5.2.4')  # 9 × 2249 / 2250 = 8.996: 79.996 in all
        line.write({'sample_size': 2250, 'sample_passed': 2249})
        self.assertEqual((evaluation.score, evaluation.level), (79.99, 'passed'))
        line.sample_passed = 2250
        self.assertEqual((evaluation.score, evaluation.level), (80, 'three'))

    @users('survey_manager')
    def test_five_special_deductions_fail(self):
        evaluation = self._evaluate()
        self._judge_all(evaluation)
        line = self._get_line(evaluation, '5.1.4')
        line.deduction_count = 4
        self.assertEqual((evaluation.score, evaluation.level), (96, 'five'))
        line.deduction_count = 5
        self.assertEqual((evaluation.score, evaluation.level), (95, 'failed'))

    @users('survey_manager')
    def test_bonus_is_one_point_at_most_and_has_a_reason(self):
        evaluation = self._evaluate()
        self._judge_all(evaluation)
        self._get_line(evaluation, '5.1.4').result = 'not_met'
        evaluation.bonus = 2
        self.assertEqual(evaluation.score, 95)
        with self.assertRaisesRegex(UserError, "bonus is higher"):
            evaluation.action_done()
        evaluation.bonus = 1
        with self.assertRaisesRegex(UserError, "reason of the bonus"):
            evaluation.action_done()
        evaluation.bonus_reason = "Free loan units"
        evaluation.action_done()
        self.assertEqual(evaluation.state, 'done')

    @users('survey_manager')
    def test_qualitative_and_sampled_are_judged_their_own_way(self):
        evaluation = self._evaluate()
        line = self._get_line(evaluation, '5.2.4')
        with self.assertRaisesRegex(UserError, "judged by sample"):
            line.action_met()
        with self.assertRaisesRegex(ValidationError, "no more cases can pass"):
            line.write({'sample_size': 5, 'sample_passed': 6})
        line.write({'sample_size': 20, 'sample_passed': 17})
        self.assertEqual(line.score, 7.65)

    @users('survey_manager')
    def test_unjudged_card_is_not_closed(self):
        evaluation = self._evaluate()
        with self.assertRaisesRegex(UserError, "Judge all indicators"):
            evaluation.action_done()
        evaluation.line_ids.action_not_applicable()
        with self.assertRaisesRegex(UserError, "No indicator applies"):
            evaluation.action_done()

    @users('survey_manager')
    def test_deduction_is_corrected_by_somebody_until_a_day(self):
        evaluation = self._evaluate()
        self._judge_all(evaluation)
        line = self._get_line(evaluation, '5.1.4')
        line.deduction_count = 1
        with self.assertRaisesRegex(UserError, "must be corrected"):
            evaluation.action_done()
        line.action_note = "Publish the price list"
        with self.assertRaisesRegex(UserError, "Name who does it"):
            evaluation.action_done()
        line.write({'action_user_id': self.interviewer.id, 'action_date': '2026-08-01'})
        evaluation.action_done()
        activity = evaluation.activity_ids
        self.assertEqual(
            (activity.user_id, str(activity.date_deadline)), (self.interviewer, '2026-08-01'))
        evaluation.action_draft()
        evaluation.action_done()
        self.assertEqual(len(evaluation.activity_ids), 1)

    @users('survey_manager')
    def test_closed_card_stays(self):
        evaluation = self._evaluate()
        self._judge_all(evaluation)
        evaluation.action_done()
        with self.assertRaisesRegex(UserError, "open it again"):
            evaluation.line_ids[0].result = 'not_met'
        with self.assertRaisesRegex(UserError, "open them again"):
            evaluation.bonus = 1
        with self.assertRaisesRegex(UserError, "history"):
            evaluation.unlink()
        evaluation.action_draft()
        with self.assertRaisesRegex(AccessError, "protected"):
            evaluation.score = 100
        evaluation.action_done()
        self.standard.sudo().level_five = 100
        self._get_line(evaluation, '5.1.4').clause_id.sudo().points = 60
        self.assertEqual((evaluation.score, evaluation.level), (100, 'five'))

    # === HISTORY AND EVIDENCE === #

    @users('survey_manager')
    def test_compared_with_the_last_of_the_same_scope(self):
        first = self._evaluate(date='2025-06-30', date_from='2025-01-01')
        self._judge_all(first)
        self._get_line(first, '5.1.4').action_not_met()
        first.action_done()
        outlet = self.env['aftersales.outlet'].sudo().create({
            'name': "North", 'partner_id': self.customer.id})
        second, other = self._evaluate(), self._evaluate(outlet_id=outlet.id)
        self._judge_all(second)
        self.assertEqual(second.previous_id, first)
        self.assertAlmostEqual(second.score_change, 6)
        self.assertEqual(self._get_line(second, '5.1.4').previous_score, 0)
        self.assertFalse(other.previous_id)

    @users('survey_manager')
    def test_evidence_is_counted_and_the_assessor_decides(self):
        clocks = self.env['aftersales.clock'].sudo()
        order = self._create_order_of_desk()
        clocks.search([('res_model', '=', 'aftersales.order'), ('res_id', '=', order.id)]).unlink()
        clocks.create([{
            'res_model': 'aftersales.order', 'res_id': order.id, 'company_id': order.company_id.id,
            'kind': 'repair', 'unit': 'hours', 'duration': 1, 'date_start': '2026-03-01 09:00:00',
            'date_stopped': stop, 'result': result}
            for result, stop in (('met', '2026-03-01 10:00:00'), ('missed', '2026-03-02 10:00:00'),
                                 ('met', '2025-03-01 10:00:00'), ('void', '2026-03-01 10:00:00'))])
        evaluation = self._evaluate()
        evaluation.action_suggest()
        line = self._get_line(evaluation, '5.2.4')
        self.assertEqual((line.suggested_passed, line.suggested_size), (1, 2))
        self.assertIn("50.0", line.suggestion)
        self.assertFalse(line.is_judged)
        line.action_take_suggestion()
        self.assertEqual(line.score, 4.5)
        with self.assertRaisesRegex(UserError, "Nothing was collected"):
            self._get_line(evaluation, '5.1.3').action_take_suggestion()

    def _create_order_of_desk(self):
        return self.env['aftersales.order'].with_user(self.agent).create({
            'partner_id': self.customer.id, 'description': "Cold"}).sudo()

    # === RIGHTS AND SPEED === #

    def test_only_survey_managers_of_the_company_evaluate(self):
        evaluation = self._evaluate()
        for user in (self.interviewer, self.agent):
            with self.assertRaises(AccessError):
                evaluation.with_user(user).read(['score'])
        with self.assertRaises(AccessError):
            evaluation.line_ids[0].with_user(self.interviewer).write({'result': 'met'})
        abroad = self.env['res.company'].create({'name': "Abroad"})
        self.survey_manager.write({'company_ids': [(6, 0, abroad.ids)], 'company_id': abroad.id})
        self.assertFalse(self.env['aftersales.evaluation'].with_user(self.survey_manager).search(
            [('id', '=', evaluation.id)]))

    def test_a_card_costs_few_queries(self):
        evaluation = self._evaluate().with_user(self.survey_manager)
        all_lines = evaluation.line_ids.filtered(lambda line: line.kind == 'met')
        one = all_lines[:1]
        one_cost = self._count_queries(one.action_met)
        cost = self._count_queries(all_lines.action_met)
        self.assertLessEqual(cost, one_cost + 2)
        self.assertLessEqual(cost, 18)
        lists = self._count_queries(lambda: self.env['aftersales.evaluation'].with_user(
            self.survey_manager).web_search_read([], {
                'name': {}, 'score': {}, 'score_change': {}, 'level': {}, 'open_count': {}}))
        self.assertLessEqual(lists, 13)

    # === THE SHEET === #

    def test_sheet_says_internal_on_each_page_and_shows_no_stars(self):
        evaluation = self._evaluate()
        self._judge_all(evaluation)
        html = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_survey.report_evaluation', evaluation.ids)[0].decode()
        head, page = html.split('class="article', 1)
        self.assertIn("Internal self-assessment", head)  # repeated by the printer on each page
        self.assertIn("Internal self-assessment", page.split('class="footer"')[1])
        self.assertIn("100.0", page)
        self.assertNotRegex(page.casefold(), r'\bstars?\b|★')
