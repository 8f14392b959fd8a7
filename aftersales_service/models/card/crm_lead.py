from odoo import fields, models


class CrmLead(models.Model):
    _inherit = 'crm.lead'

    warranty_cover_ids = fields.One2many(
        'aftersales.warranty.cover', 'lead_id', string="Ending Covers",
        groups='aftersales_service.group_aftersales_agent')
