from odoo import api, models


class AftersalesOrder(models.Model):
    """Who loses an order with its customer, its technicians or its outlet reads it no more."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.revocation.mixin']

    @api.model
    def _get_reader_fields(self):
        # the outlet follows from the service address
        return super()._get_reader_fields() | {
            'site_id', 'outlet_id', 'technician_id', 'helper_id'}

    def _get_reader_partners(self):
        outlet = self.outlet_id
        people = outlet._get_people() | outlet.manager_id | outlet.parent_id.manager_id
        return (super()._get_reader_partners() | outlet.partner_id | people.partner_id
                | (self.technician_id | self.helper_id | self.user_id).partner_id)
