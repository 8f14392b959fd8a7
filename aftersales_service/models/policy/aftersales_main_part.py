from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesMainPart(models.Model):
    """A kind of part that warranties name, such as a compressor; spare parts belong to it."""

    _name = 'aftersales.main.part'
    _description = "Main Part"
    _inherit = ['aftersales.cached.mixin', 'aftersales.link.access.mixin']
    _order = 'sequence, name, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    description = fields.Text(translate=True)
    product_tmpl_ids = fields.One2many(
        'product.template', 'aftersales_main_part_id', string="Spare Parts")
    term_ids = fields.Many2many('aftersales.warranty.term', string="Terms", readonly=True)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_promised(self):
        """Keep what a policy names: a rule without its parts would hold for every part."""
        # also policies that this user does not see
        parts = self.sudo()
        rules = self.env['aftersales.warranty.remedy'].sudo().search(
            ['|', ('main_part_ids', 'in', self.ids), ('without_part_ids', 'in', self.ids)])
        promised = parts.term_ids.main_part_ids | rules.main_part_ids | rules.without_part_ids
        if used := parts & promised:
            raise UserError(self.env._(
                "Warranty policies name these main parts: %(parts)s. Archive them instead.",
                parts=used.mapped('name')))
