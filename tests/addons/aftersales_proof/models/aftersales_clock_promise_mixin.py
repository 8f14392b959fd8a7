from odoo import fields, models


class AftersalesClockPromiseMixin(models.AbstractModel):
    """The promises of cases: an answer, a decision, and what the law asks for."""

    _inherit = 'aftersales.clock.promise.mixin'

    kind = fields.Selection(
        selection_add=[
            ('proof_answer', "Answer to a Case"), ('proof_decide', "Decision on a Case"),
            ('proof_law', "Deadline by Law")],
        ondelete=dict.fromkeys(('proof_answer', 'proof_decide', 'proof_law'), 'cascade'))
