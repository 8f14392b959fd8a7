from odoo import api, fields, models


class AftersalesClockTarget(models.Model):
    """What service orders add to the cases of a promised time."""

    _inherit = 'aftersales.clock.target'

    res_model = fields.Selection(default='aftersales.order')
    severity = fields.Selection('_selection_severity')
    type_id = fields.Many2one('aftersales.order.type', string="Order Type")

    @api.model
    def _selection_severity(self):
        return self.env['aftersales.order']._fields['severity']._description_selection(self.env)

    @api.model
    def _get_criteria(self):
        return super()._get_criteria() | {'severity': 'severity', 'type_id': 'type'}
