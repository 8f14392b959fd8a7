from odoo import fields, models


class AftersalesClockPromiseMixin(models.AbstractModel):
    """The promises of cases: an answer, a decision, what the law asks for; and of orders: parts."""

    _inherit = 'aftersales.clock.promise.mixin'

    kind = fields.Selection(
        selection_add=[
            ('proof_answer', "Answer to a Case"), ('proof_decide', "Decision on a Case"),
            ('proof_law', "Deadline by Law"), ('proof_parts', "Parts at Hand")],
        ondelete=dict.fromkeys(
            ('proof_answer', 'proof_decide', 'proof_law', 'proof_parts'), 'cascade'))
