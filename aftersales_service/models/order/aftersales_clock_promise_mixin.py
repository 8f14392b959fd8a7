from odoo import fields, models


class AftersalesClockPromiseMixin(models.AbstractModel):
    """The promises of service orders."""

    _inherit = 'aftersales.clock.promise.mixin'

    kind = fields.Selection(
        selection_add=[
            ('answer', "Answer"), ('assess', "Assess"), ('arrive', "Arrive"),
            ('repair', "Repair"), ('close', "Close"), ('head_office', "Head Office")],
        ondelete=dict.fromkeys(
            ('answer', 'assess', 'arrive', 'repair', 'close', 'head_office'), 'cascade'))
