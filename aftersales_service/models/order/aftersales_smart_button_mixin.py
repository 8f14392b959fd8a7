from odoo import api, fields, models


class AftersalesSmartButtonMixin(models.AbstractModel):
    _inherit = 'aftersales.smart.button.mixin'

    aftersales_order_count = fields.Integer(
        string="Service Orders", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')

    @api.model
    def _get_aftersales_counted(self):
        return super()._get_aftersales_counted() | {'aftersales.order': 'aftersales_order_count'}

    def action_view_aftersales_orders(self):
        """Show the service orders of these records."""
        return self.env['aftersales.order']._get_orders_action(
            self._get_aftersales_domain(), self._get_aftersales_context())
