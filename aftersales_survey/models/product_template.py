from odoo import models


class ProductTemplate(models.Model):
    """Products and what customers say of their service, all variants together."""

    _name = 'product.template'
    _inherit = ['product.template', 'aftersales.csi.mixin']

    _survey_link = 'product_id.product_tmpl_id'
