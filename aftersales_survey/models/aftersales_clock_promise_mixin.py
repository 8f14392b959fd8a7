from odoo import fields, models


class AftersalesClockPromiseMixin(models.AbstractModel):
    """The promise to a discontent customer: helped, and asked again, in time."""

    _inherit = 'aftersales.clock.promise.mixin'

    kind = fields.Selection(
        selection_add=[('survey_loop', "Open Problem Handled")],
        ondelete={'survey_loop': 'cascade'})
