from odoo import fields, models

KINDS = [
    ('training_reply', "Training Invitation Answered"),
    ('training_sign_in', "Signed in to a Training"),
    ('training_reaction', "Training Rated"),
    ('training_task', "Practice Task Checked"),
]


class AftersalesJobAction(models.Model):
    """What learners and coaches do on their phones."""

    _inherit = 'aftersales.job.action'

    kind = fields.Selection(
        selection_add=KINDS, ondelete=dict.fromkeys(dict(KINDS), 'cascade'))
