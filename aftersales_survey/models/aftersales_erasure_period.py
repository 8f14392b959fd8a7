from odoo import fields, models


class AftersalesErasurePeriod(models.Model):
    """How long it is known who answered."""

    _inherit = 'aftersales.erasure.period'

    kind = fields.Selection(
        selection_add=[('answer', "Answers to Surveys")], ondelete={'answer': 'cascade'})
