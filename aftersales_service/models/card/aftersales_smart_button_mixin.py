from odoo import api, fields, models


class AftersalesSmartButtonMixin(models.AbstractModel):
    _inherit = 'aftersales.smart.button.mixin'

    warranty_count = fields.Integer(
        string="Warranty Cards", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')

    @api.model
    def _get_aftersales_counted(self):
        return super()._get_aftersales_counted() | {'aftersales.warranty': 'warranty_count'}

    def action_view_warranties(self):
        """Show the warranty cards of these records, or the only one."""
        return self.env['aftersales.warranty']._get_cards_action(
            self._get_aftersales_domain(), self._get_aftersales_context())
