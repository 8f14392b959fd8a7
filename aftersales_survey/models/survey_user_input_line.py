from odoo import models


class SurveyUserInputLine(models.Model):
    """One answer: its words, and itself as a cell of the printed sheet."""

    _inherit = 'survey.user_input.line'

    def _get_words(self):
        """Return the words of an open answer, short or long; none of other answers."""
        self.ensure_one()
        return self.value_text_box or self.value_char_box or ""

    def _get_sheet_value(self):
        """Return the answer of one line as a cell: a number, or a text."""
        self.ensure_one()
        if self.answer_type == 'suggestion':
            return self.suggested_answer_id.value or ''
        value = self[f'value_{self.answer_type}'] if self.answer_type else ''
        return value if isinstance(value, int | float) else str(value or '')
