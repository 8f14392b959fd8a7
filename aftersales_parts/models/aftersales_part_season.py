from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.forecast import plan_season

MONTHS = [
    ('1', "January"), ('2', "February"), ('3', "March"), ('4', "April"), ('5', "May"),
    ('6', "June"), ('7', "July"), ('8', "August"), ('9', "September"), ('10', "October"),
    ('11', "November"), ('12', "December")]


class AftersalesPartSeason(models.Model):
    """A planned season: months in which parts are asked for more often than in others.

    It holds before a history shows it, and in place of what a history shows.
    """

    _name = 'aftersales.part.season'
    _description = "Planned Season of Parts"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'company_id, month_from, id'

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', default=lambda self: self.env.company,
        help="Empty: for all companies.")
    month_from = fields.Selection(MONTHS, string="First Month", required=True, default='6')
    month_to = fields.Selection(
        MONTHS, string="Last Month", required=True, default='8',
        help="The last month is included; a season may last into the next year.")
    factor = fields.Float(
        required=True, default=2.0,
        help="How many times the demand of a month outside the season is expected in it.")
    categ_ids = fields.Many2many('product.category', string="Product Categories")
    product_ids = fields.Many2many(
        'product.product', string="Parts", domain=[('is_spare_part', '=', True)])

    _factor_positive = models.Constraint(
        'CHECK(factor > 0)', "The factor of a season is above 0.")

    @api.constrains('categ_ids', 'product_ids')
    def _check_parts(self):
        for season in self:
            if not season.categ_ids and not season.product_ids:
                raise ValidationError(self.env._(
                    "%(season)s: choose the parts or the product categories of the season.",
                    season=season.name))

    def _get_indices(self):
        """Return the indices of January to December, with the mean 1."""
        self.ensure_one()
        month, last = int(self.month_from), int(self.month_to)
        months = [month]
        while month != last:
            month = month % 12 + 1
            months.append(month)
        return plan_season(dict.fromkeys(months, self.factor))

    @api.model
    def _get_planned(self, products, company):
        """Return ``{part: indices}`` for those parts that have a planned season.

        A season of the part itself comes before one of its category, and the company's own before
        that of all.
        """
        # what planning goes by is no secret to those whose parts it plans
        seasons = self.sudo().search(
            Domain('company_id', 'in', [company.id, False]), order='company_id, id')
        by_part, by_category = {}, {}
        for season in seasons:
            indices = season._get_indices()
            for product in season.product_ids:
                by_part.setdefault(product.id, indices)
            for category in self.env['product.category'].sudo().search(
                    [('id', 'child_of', season.categ_ids.ids)]) if season.categ_ids else ():
                by_category.setdefault(category.id, indices)
        planned = {}
        for product in products if seasons else ():
            indices = by_part.get(product.id) or by_category.get(
                product.product_tmpl_id.categ_id.id)
            if indices:
                planned[product] = indices
        return planned
