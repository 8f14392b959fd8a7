from odoo import fields, models


class AftersalesPlatformWord(models.Model):
    """A word by which a platform calls one of our services, such as 送货 for a delivery."""

    _name = 'aftersales.platform.word'
    _description = "Platform's Word for a Service"
    _order = 'platform_id, name, id'

    platform_id = fields.Many2one(
        'aftersales.platform', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(
        related='platform_id.company_id', store=True, precompute=True, index='btree_not_null')
    name = fields.Char(string="Word", required=True)
    type_id = fields.Many2one(
        'aftersales.order.type', string="Service", required=True, ondelete='cascade')

    _name_uniq = models.Constraint(
        'UNIQUE(platform_id, name)', "The platform has this word already.")
