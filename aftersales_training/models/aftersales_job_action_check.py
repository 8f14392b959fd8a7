from odoo import fields, models


class AftersalesJobAction(models.Model):
    """What an examiner's phone does."""

    _inherit = 'aftersales.job.action'

    kind = fields.Selection(
        selection_add=[('exam_item', "Exam Item Judged"), ('exam_sign', "Exam Signed")],
        ondelete=dict.fromkeys(('exam_item', 'exam_sign'), 'cascade'))
