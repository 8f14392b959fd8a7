from odoo import fields, models

WINDOW_KINDS = [
    ('complaint_objection', "Objections to Liability"),
    ('complaint_resale', "Resale of Returned Goods")]


class AftersalesClockPromiseMixin(models.AbstractModel):
    """The windows of a decision on liability; they end by themselves."""

    _inherit = 'aftersales.clock.promise.mixin'

    kind = fields.Selection(
        selection_add=WINDOW_KINDS,
        ondelete={kind: 'cascade' for kind, __ in WINDOW_KINDS})
