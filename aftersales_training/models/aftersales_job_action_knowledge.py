from odoo import fields, models


class AftersalesJobAction(models.Model):
    """What a phone notes of knowledge, tools and notices."""

    _inherit = 'aftersales.job.action'

    kind = fields.Selection(
        selection_add=[
            ('article_use', "Article Used"), ('article_case', "Case Sent In"),
            ('article_vote', "Article Judged"), ('tool_receipt', "Tool Received"),
            ('notice_answer', "Statement Handed In"), ('notice_appeal', "Appeal")],
        ondelete=dict.fromkeys((
            'article_use', 'article_case', 'article_vote', 'tool_receipt', 'notice_answer',
            'notice_appeal'), 'cascade'))
