from odoo import fields, models


class CrmLead(models.Model):
    _inherit = 'crm.lead'

    aftersales_order_ids = fields.One2many(
        'aftersales.order', 'lead_id', string="Service Orders",
        groups='aftersales_service.group_aftersales_agent')
    aftersales_order_count = fields.Integer(
        string="Service Orders of the Customer", compute='_compute_aftersales_order_count',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_order_count(self):
        """Count the orders made from the lead and those of its customer."""
        counts = dict(self.env['aftersales.order']._read_group(
            [('partner_id', 'in', self.partner_id.ids)], ['partner_id'], ['__count']))
        for lead in self:
            others = lead.aftersales_order_ids.filtered(
                lambda order, lead=lead: order.partner_id != lead.partner_id)
            lead.aftersales_order_count = counts.get(lead.partner_id, 0) + len(others)

    def action_create_aftersales_order(self):
        """Open a new service order, filled from the lead."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'aftersales.order',
            'views': [(False, 'form')],
            'context': {
                'default_lead_id': self.id, 'default_partner_id': self.partner_id.id,
                'default_phone': self.phone, 'default_caller_name': self.contact_name,
                'default_description': self.name},
        }

    def action_view_aftersales_orders(self):
        """Show the service history of the lead's customer."""
        return self.env['aftersales.order']._get_orders_action([
            '|', ('lead_id', 'in', self.ids), ('partner_id', 'in', self.partner_id.ids)])
