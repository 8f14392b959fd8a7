from odoo import models


class AftersalesOrder(models.Model):
    """What the customer sees of an order, and how he is asked for a rating."""

    _inherit = 'aftersales.order'

    def _compute_access_url(self):
        super()._compute_access_url()
        for order in self:
            order.access_url = f'/my/service/{order.id}'

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Service Order %(name)s", name=(self.name or '').replace('/', '-'))

    def _rating_get_operator(self):
        return (self.technician_id or self.user_id).partner_id

    def _rating_get_partner(self):
        return self.partner_id

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ['partner_id']
