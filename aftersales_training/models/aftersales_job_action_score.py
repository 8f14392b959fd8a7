from odoo import fields, models

KINDS = [
    ('score_comment', "Monthly Sheet Commented"),
    ('score_object', "Objection to a Monthly Sheet"),
    ('score_sign', "Monthly Sheet Signed"),
]


class AftersalesJobAction(models.Model):
    """What a phone does with the own monthly sheet."""

    _inherit = 'aftersales.job.action'

    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), 'cascade'))
