from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...tools.area import Area, AreaMap, normalize_zip


class AftersalesOutletArea(models.Model):
    """A part of the map that an outlet serves; several outlets may share one.

    What is left empty excludes nothing. ``tools.area`` decides who is asked first.
    """

    _name = 'aftersales.outlet.area'
    _description = "Outlet Area"
    _inherit = ['aftersales.cached.mixin']
    _order = 'country_id, state_id, city, zip_from, priority, id'
    _check_company_auto = True
    _rec_name = 'outlet_id'

    outlet_id = fields.Many2one(
        'aftersales.outlet', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(
        related='outlet_id.company_id', store=True, precompute=True, index=True)
    country_id = fields.Many2one(
        'res.country', compute='_compute_country_id', store=True, readonly=False,
        precompute=True)
    state_id = fields.Many2one(
        'res.country.state', string="Province",
        domain="[('country_id', '=?', country_id)]")
    city = fields.Char()
    zip_from = fields.Char(
        string="Postal Code from",
        help="May be the beginning of a code: 200 stands for all codes that begin so.")
    zip_to = fields.Char(string="Postal Code to")
    zone_id = fields.Many2one(
        'aftersales.zone', index='btree_not_null',
        help="How far away this part of the map is: its orders get the promises of the zone. "
             "Empty: the zone of the state, if any.")
    priority = fields.Integer(
        default=10, help="Of areas that fit equally well, the lowest number is asked first.")

    @api.depends('state_id')
    def _compute_country_id(self):
        for area in self:
            area.country_id = area.state_id.country_id or area.country_id

    @api.constrains('zip_from', 'zip_to')
    def _check_zip_range(self):
        for area in self:
            low, high = normalize_zip(area.zip_from), normalize_zip(area.zip_to)
            if high and low[:len(high)] > high:
                raise ValidationError(self.env._(
                    "The postal codes from %(low)s to %(high)s hold no code.",
                    low=area.zip_from, high=area.zip_to))

    @api.model
    @tools.ormcache('company_id')
    def _get_map(self, company_id):
        """Return the areas of a company's active outlets; kept until one changes."""
        # every order finds its outlet, for every user who registers one
        areas = self.sudo().search([
            ('company_id', '=', company_id), ('outlet_id.state', '=', 'active'),
            ('outlet_id.active', '=', True)])
        return AreaMap(area._get_area() for area in areas)

    def _get_area(self):
        self.ensure_one()
        return Area(
            outlet=self.outlet_id.id, country=self.country_id.id, state=self.state_id.id,
            city=self.city or '', zip_from=self.zip_from or '', zip_to=self.zip_to or '',
            priority=self.priority, zone=self.zone_id.id)
