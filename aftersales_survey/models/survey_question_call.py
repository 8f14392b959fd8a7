from odoo import fields, models


class SurveyQuestion(models.Model):
    """A question as an interviewer reads it out."""

    _inherit = 'survey.question'

    def _prepare_call_question(self, lines):
        """Return one question for the call desk, with its present answer.

        :param lines: the answer lines of this question
        """
        self.ensure_one()
        line = lines[:1]
        question = {
            'id': self.id, 'title': self.title, 'kind': 'text', 'options': [],
            'answer': line.value_text_box or line.value_char_box or "",
            'low': self.scale_min_label or "", 'high': self.scale_max_label or ""}
        if self.question_type == 'scale':
            return question | {
                'kind': 'scale', 'answer': line.value_scale if line else None,
                'options': [
                    {'value': number, 'key': str(number), 'label': ""}
                    for number in range(self.scale_min, self.scale_max + 1)]}
        if self.question_type in ('simple_choice', 'multiple_choice'):
            is_one = self.question_type == 'simple_choice'
            return question | {
                'kind': 'choice' if is_one else 'choices',
                'answer': line.suggested_answer_id.id or None if is_one else (
                    lines.suggested_answer_id.ids),
                'options': [
                    {'value': option.id, 'key': str(number), 'label': option.value}
                    for number, option in enumerate(self.suggested_answer_ids, 1)]}
        if self.question_type == 'date':
            return question | {
                'kind': 'date', 'answer': fields.Date.to_string(line.value_date) or ""}
        if self.question_type == 'numerical_box':
            return question | {'answer': f'{line.value_numerical_box:g}' if line else ""}
        return question
