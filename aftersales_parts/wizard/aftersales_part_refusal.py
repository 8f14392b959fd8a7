from odoo import fields, models


class AftersalesPartRefusal(models.TransientModel):
    """Asks why the present minimum and maximum stay."""

    _name = 'aftersales.part.refusal'
    _description = "Refuse Stock Suggestions"
    _inherit = 'aftersales.link.access.mixin'

    suggestion_ids = fields.Many2many(
        'aftersales.part.suggestion', string="Suggestions", link_access='write')
    reason = fields.Char(
        required=True, help="It stays in the history of the reordering rule. The same numbers are "
                            "not proposed again for a year.")

    def action_confirm(self):
        """Keep the present numbers of all of them for this reason."""
        self.ensure_one()
        self.suggestion_ids._refuse(self.reason)
