from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.platform_columns import split_headings


class AftersalesPlatformColumn(models.Model):
    """A column of a platform's export: what it holds and under which headings."""

    _name = 'aftersales.platform.column'
    _description = "Column of a Platform's Export"
    _order = 'platform_id, sequence, id'

    platform_id = fields.Many2one(
        'aftersales.platform', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(
        related='platform_id.company_id', store=True, precompute=True, index='btree_not_null')
    sequence = fields.Integer(default=10)
    content = fields.Selection(
        [('number', "Order Number"), ('line', "Line of the Order"), ('type', "Service"),
         ('customer', "Customer"), ('phone', "Phone"), ('province', "State or Province"),
         ('city', "City"), ('district', "District"), ('street', "Street"), ('zip', "ZIP"),
         ('product', "Product"), ('serial', "Serial Number"), ('planned', "Planned for"),
         ('description', "Description")],
        required=True)
    headings = fields.Char(
        required=True,
        help="As the platform writes them, separated by commas. The first one found counts.")

    _content_uniq = models.Constraint(
        'UNIQUE(platform_id, content)', "The platform has this column already.")

    @api.constrains('headings')
    def _check_headings(self):
        for column in self:
            if not split_headings(column.headings):
                raise ValidationError(self.env._("Name at least one heading of the column."))
