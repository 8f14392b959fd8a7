from odoo import fields, models


class AftersalesClockPromiseMixin(models.AbstractModel):
    """A day of arrival is named in time."""

    _inherit = 'aftersales.clock.promise.mixin'

    kind = fields.Selection(
        selection_add=[('part_eta', "Name the Day of Arrival")], ondelete={'part_eta': 'cascade'})
