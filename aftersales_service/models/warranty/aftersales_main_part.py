from odoo import fields, models


class AftersalesMainPart(models.Model):
    """A kind of part that warranties name, such as a compressor; spare parts belong to it."""

    _name = 'aftersales.main.part'
    _description = "Main Part"
    _order = 'sequence, name, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    product_tmpl_ids = fields.One2many(
        'product.template', 'aftersales_main_part_id', string="Spare Parts")
