from odoo import fields, models


class AftersalesOrder(models.Model):
    _inherit = 'aftersales.order'

    has_accident = fields.Boolean(string="Accident", readonly=True, copy=False, protected=True)
    accident_ids = fields.One2many('aftersales.accident', 'order_id', string="Accidents")

    def action_report_accident(self):
        """Write down an accident that happened with this order."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Accident Report"),
            'res_model': 'aftersales.accident', 'view_mode': 'form',
            'context': {'default_order_id': self.id}}

    def action_view_accidents(self):
        """Show the accidents of these orders."""
        return self.accident_ids._get_records_action(name=self.env._("Accidents"))
