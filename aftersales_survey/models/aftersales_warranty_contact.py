from odoo import fields, models


class AftersalesWarranty(models.Model):
    """The contacts after the sale of a unit."""

    _inherit = 'aftersales.warranty'

    contact_ids = fields.Many2many(
        'aftersales.contact', 'aftersales_contact_warranty_rel', 'warranty_id', 'contact_id',
        string="Contacts after a Sale", readonly=True, copy=False, protected=True)

    # whose care contact is due today
    _delivered_idx = models.Index('(company_id, delivery_date) WHERE partner_id IS NOT NULL')
