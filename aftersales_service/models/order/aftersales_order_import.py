from odoo import api, models


class AftersalesOrder(models.Model):
    """The open orders of an earlier system, as the sheet for their import asks for them."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.import.mixin', 'aftersales.order']

    @api.model
    def _get_import_example(self):
        severities = dict(self._fields['severity']._description_selection(self.env))
        return {
            'id': "order_0001",
            'type_id': self.env['aftersales.order.type'].search([], limit=1).name,
            'stage_id': self.env['aftersales.stage'].search([], limit=1).name,
            'severity': severities['1'], 'caller_name': "Li Na", 'phone': "+86 138 0013 8000",
            'pasted_address': "1 Keji Road, Nanshan, Shenzhen",
            'product_id': "Air Conditioner", 'serial': "AC-0001",
            'description': "It does not cool", 'date_event': "2026-06-01 09:00:00",
            'date_planned': "2026-06-02 09:00:00",
        }
