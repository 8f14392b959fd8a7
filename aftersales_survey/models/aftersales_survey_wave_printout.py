from itertools import chain

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.aftersales_service.tools.sheet import write_sheet

from ..tools.charts import interval_chart

IMPROVEMENT = 'aftersales_survey.mail_activity_survey_improvement'
# what one sheet holds, and one page tells
MOST_ANSWERS, MOST_GROUPS, BATCH = 100_000, 20, 5_000
_SCORES = ('csi', 'csat', 'ces')


class AftersalesSurveyWave(models.Model):
    """What a wave reports at its end: figures, charts, gaps, proposals, and the answers."""

    _inherit = 'aftersales.survey.wave'

    report_aim = fields.Text(
        string="Background and Aim", help="Stands at the beginning of the printed report.")
    report_summary = fields.Text(
        string="Summary", help="Stands before the figures of the printed report.")

    def _get_wave_before(self):
        """Return the wave in which the same questionnaire was asked before, if there is one."""
        self.ensure_one()
        return self.search([
            ('survey_id', '=', self.survey_id.id), ('company_id', '=', self.company_id.id),
            ('state', 'in', ('running', 'closed')), ('id', '<', self.id)], order='id desc', limit=1)

    # === BOARD AND FILES === #

    def action_view_board(self):
        """Show the figures of this wave on the satisfaction board."""
        self.ensure_one()
        action = self.env['ir.actions.client']._for_xml_id(
            'aftersales_survey.aftersales_satisfaction_board_action')
        return action | {'params': {'wave_id': self.id}}

    def action_download_answers(self):
        """Download the answers, one column a question."""
        self.ensure_one()
        return {'type': 'ir.actions.act_url', 'target': 'self',
                'url': f'/aftersales_survey/wave/{self.id}/answers.xlsx'}

    def action_print_report(self):
        """Print the survey report of these waves."""
        return self.env.ref('aftersales_survey.action_report_survey_wave').report_action(self)

    def action_propose_improvement(self):
        """Open a new proposal for improvement: an activity with owner and date."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'res_model': 'mail.activity', 'target': 'new',
            'views': [(self.env.ref('mail.mail_activity_view_form_popup').id, 'form')],
            'name': self.env._("Propose an Improvement"),
            'context': {
                'default_res_model': self._name, 'default_res_id': self.id,
                'default_activity_type_id': self.env.ref(IMPROVEMENT).id}}

    # === THE ANSWERS AS A SHEET === #

    def _write_answer_sheet(self):
        """Return the XLSX of the answers: no customer, one column a question, numbers as numbers.

        Called with the rights of the current user, who has to read answers.

        :raise AccessError: the user may not read answers
        :raise UserError: there are more answers than a sheet should hold
        """
        self.ensure_one()
        inputs = self.env['survey.user_input']
        domain = [('aftersales_wave_id', '=', self.id), ('date_scored', '!=', False)]
        if inputs.search_count(domain) > MOST_ANSWERS:
            raise UserError(self.env._(
                "The wave has more than %(count)s answers, too many for one sheet. Export them "
                "by month from the analysis.", count=MOST_ANSWERS))
        questions = self.survey_id.question_ids
        facts = ('id', 'date_scored', 'aftersales_outlet_id', 'aftersales_technician_id',
                 'aftersales_product_id', 'aftersales_region_id', 'is_valid', 'exclusion_reason',
                 'is_partial', 'csi', 'nps', 'csat', 'ces')
        rows, last = [], 0
        while batch := inputs.search(
                [*domain, ('id', '>', last)], order='id', limit=BATCH):
            last = batch[-1].id
            texts = self._read_answer_texts(batch)
            rows += [[self._get_cell(answers, name) for name in facts] + [
                texts.get((answers.id, question.id), '') for question in questions]
                for answers in batch]
            batch.invalidate_recordset()
        labels = inputs.fields_get(facts, ['string'])
        labels['id']['string'] = self.env._("Answer No.")
        headings = [labels[name]['string'] for name in facts]
        return write_sheet(
            [*headings, *questions.mapped('title')], rows, keep_numbers=True)

    def _get_cell(self, answers, name):
        """Return a fact of one answer as a sheet shows it."""
        value = answers[name]
        # zero is a rating of the first question only
        if not (answers.nps_class if name == 'nps' else value or name not in _SCORES):
            return ''
        field = answers._fields[name]
        if field.type == 'many2one':
            # names of outlets, technicians, products and regions, which the report shows as well
            return value.sudo().display_name or ''
        if field.type == 'datetime':
            return fields.Datetime.to_string(fields.Datetime.context_timestamp(self, value))
        if field.type == 'boolean':
            return self.env._("Yes") if value else self.env._("No")
        if field.type == 'selection':
            return dict(field._description_selection(self.env)).get(value, '')
        return value

    def _read_answer_texts(self, batch):
        """Return ``{(answers, question): cell}``; several choices of one question are joined."""
        texts = {}
        for line in self.env['survey.user_input.line'].search_fetch(
                [('user_input_id', 'in', batch.ids), ('skipped', '=', False)],
                ['user_input_id', 'question_id', 'answer_type', 'value_scale',
                 'value_numerical_box', 'value_char_box', 'value_text_box', 'value_date',
                 'value_datetime', 'suggested_answer_id'], order='id'):
            key = line.user_input_id.id, line.question_id.id
            value = line._get_sheet_value()
            texts[key] = f'{texts[key]}; {value}' if key in texts else value
        return texts

    # === THE PRINTED REPORT === #

    def _get_report(self):
        """Return what the printed report of one wave shows; the page only lays it out.

        Hook: called by the printed page, for one wave, with the rights of the current user, who
        has to read the report and the answers: else it raises an AccessError. What it raises
        undoes the print. Extend it by what a page of your module shows.
        """
        self.ensure_one()
        report = self.env['aftersales.survey.report'].with_company(self.company_id)
        domain = Domain('wave_id', '=', self.id)
        minimum = self.company_id.aftersales_survey_minimum
        tallies = report._read_tallies(domain, 'outlet_id')
        total = report._sum_rows(tallies, minimum)
        outlets = report._describe_rows(tallies, minimum)
        groups = {name: report._get_figures(domain, name, minimum)
                  for name in ('product_id', 'region_id')}
        if self._is_quota_sample():
            report._drop_intervals([total, *outlets, *chain(*groups.values())])
        before = self._get_wave_before()
        items, gaps = report._get_items(Domain('aftersales_wave_id', '=', self.id))
        main = next((metric for metric in ('csi', 'nps', 'csat', 'ces')
                     if total['figures'][metric]['n']), 'csi')
        return {
            'total': total, 'main': main, 'estimates': self._get_estimates(minimum),
            'sample_note': self._get_sample_note(minimum),
            'metrics': [(name, label) for name, label in report._get_metric_labels()
                        if total['figures'][name]['n']],
            'before': before, 'total_before': report._get_figures(
                [('wave_id', '=', before.id)], minimum=minimum)[0] if before else None,
            'tables': [
                (report.env._("Outlet"), self._get_table(outlets, main)),
                *((label, self._get_table(groups[name], main))
                  for name, label in report._get_group_labels() if name in groups)],
            'items': items, 'gaps': gaps, 'matrix': report._get_matrix(items),
            'trend': report._get_trend(
                Domain('survey_id', '=', self.survey_id.id)
                & Domain('company_id', '=', self.company_id.id), main, minimum),
            'findings': self._get_findings(items, gaps),
            'questions': self._get_question_results(),
            'words': self._get_words(), 'proposals': self._get_proposals(),
            'period': self._get_asked_period(), 'source': self._get_source(total)}

    def _get_sample_note(self, minimum):
        """Return in words what the intervals of the figures are worth."""
        if self._is_quota_sample():
            return self.env._(
                "A quota sample is not random: its figures have no interval. Figures of fewer "
                "than %(minimum)s answers are grey and have no rank.", minimum=minimum)
        return self.env._(
            "Intervals hold with 95 %% confidence, for a random sample. Figures of fewer "
            "than %(minimum)s answers are grey and have no rank.", minimum=minimum)

    def _get_method_facts(self):
        """Return ``[(label, text)]`` of how the sample was drawn and asked."""
        self.ensure_one()
        names = ['survey_id', 'kind', 'population', 'channel']
        if self.date_drawn:
            names += ['population_count', 'exclusion_note', 'eligible_count', 'method']
            names += ['stratum_by', 'allocation'] if self.method == 'stratified' else []
            names += ['margin', 'confidence', 'asked_count', 'seed']
        described = self.fields_get(names, ['string', 'selection'])
        facts = []
        for name in names:
            value = self[name]
            if name == 'survey_id':
                value = value.title
            elif selection := described[name].get('selection'):
                value = dict(selection).get(value)
            facts.append((described[name]['string'], f'{value:g}' if name == 'margin' else value))
        return [fact for fact in facts if fact[1]]

    def _get_strata(self):
        """Return the strata that were drawn from, with the answers that came back of each."""
        self.ensure_one()
        return self.stratum_ids if self.method in ('stratified', 'quota') else (
            self.stratum_ids.browse())

    def _get_table(self, rows, metric):
        """Return the largest groups, best first, and their chart; small samples come last."""
        rows = sorted(rows, key=lambda row: (
            row['figures'][metric]['rank'] or float('inf'), -row['answered'], row['label']))
        rows = [row for row in rows if row['all']][:MOST_GROUPS]
        chart = interval_chart([{
            'label': row['label'], **{name: row['figures'][metric][name] for name in (
                'value', 'low', 'high', 'is_small', 'n')}} for row in rows
            if row['figures'][metric]['n']])
        return {'rows': rows, 'chart': chart}

    def _get_findings(self, items, gaps):
        """Return what to improve: items that matter and are below the mean, and negative gaps."""
        chart = self.env['aftersales.survey.report']._get_matrix(items)
        weak = sorted(
            (dot for dot in chart['dots'] if dot['field'] == 'improve' and not dot['is_small']),
            key=lambda dot: dot['performance'])
        behind = sorted(
            (gap for gap in gaps if gap['gap'] < 0 and not gap['is_small']),
            key=lambda gap: gap['gap'])
        return [self.env._(
            "%(item)s: %(value)s of 100, weight %(weight)s (%(count)s answers)",
            item=dot['label'], value=f"{dot['performance']:.1f}",
            weight=f"{dot['importance']:g}", count=dot['n']) for dot in weak] + [self.env._(
                "%(dimension)s: perceived %(gap)s below what was expected (%(count)s answers)",
                dimension=gap['label'], gap=f"{-gap['gap']:.2f}", count=gap['n'])
                for gap in behind]

    def _get_question_results(self):
        """Return each question with its answers: number, mean, and how they are spread."""
        lines = self.env['survey.user_input.line']
        report = self.env['aftersales.survey.report']
        domain = Domain('skipped', '=', False) & Domain(
            'user_input_id', 'any', report._get_counted_domain(
                [('aftersales_wave_id', '=', self.id)]))
        spread = {}
        for question, rating, count in lines._read_group(
                domain & Domain('answer_type', '=', 'scale'),
                ['question_id', 'value_scale'], ['__count']):
            spread.setdefault(question, []).append((str(rating), rating, count))
        for question, answer, count in lines._read_group(
                domain & Domain('answer_type', '=', 'suggestion'),
                ['question_id', 'suggested_answer_id'], ['__count']):
            spread.setdefault(question, []).append((answer.value, None, count))
        written = dict(lines._read_group(
            domain & Domain('answer_type', 'in', ('text_box', 'char_box')),
            ['question_id'], ['__count']))
        results = []
        for question in self.survey_id.question_ids:
            rows = spread.get(question, [])
            total = sum(count for *__, count in rows)
            rated = [(rating, count) for __, rating, count in rows if rating is not None]
            results.append({
                'question': question, 'n': total or written.get(question, 0),
                'mean': sum(rating * count for rating, count in rated) / total
                if rated else None,
                'spread': [(label, count, 100.0 * count / total) for label, __, count in rows]})
        return results

    def _get_words(self):
        """Return the most frequent words of the open answers."""
        return self.env['aftersales.survey.report']._count_words(
            [('aftersales_wave_id', '=', self.id)])

    def _get_proposals(self):
        """Return the proposals for improvement with owner and date, those done included."""
        activities = self.env['mail.activity'].with_context(active_test=False).search([
            ('res_model', '=', self._name), ('res_id', '=', self.id),
            ('activity_type_id', '=', self.env.ref(IMPROVEMENT).id)], order='date_deadline, id')
        return [{
            'summary': activity.summary or activity.activity_type_id.summary, 'note': activity.note,
            'owner': activity.user_id.name, 'date': activity.date_deadline,
            'is_done': not activity.active} for activity in activities]

    def _get_asked_period(self):
        """Return the first and the last day on which somebody was asked, as texts."""
        [[first, last]] = self.env['aftersales.survey.report']._read_group(
            [('wave_id', '=', self.id)], [], ['date_asked:min', 'date_asked:max'])
        return [format_date(self.env, fields.Datetime.context_timestamp(self, moment))
                for moment in (first, last)] if first else []

    def _get_source(self, total):
        """Return source, period and number: what stands under each published figure."""
        period = self._get_asked_period()
        return self.env._(
            "Source: %(wave)s of %(company)s; asked %(period)s; %(answered)s of %(all)s people "
            "answered, %(excluded)s excluded.", wave=self.display_name,
            company=self.company_id.name, period=" – ".join(dict.fromkeys(period)) or "–",
            answered=total['answered'], all=total['all'], excluded=total['excluded'])

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Satisfaction Survey Report %(wave)s", wave=self.display_name)
