from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockLocation(models.Model):
    """The van of a technician is a location: their service orders take parts from it."""

    _inherit = 'stock.location'

    aftersales_technician_id = fields.Many2one(
        'res.users', string="Van of Technician", index='btree_not_null', copy=False,
        help="The parts of this technician's service orders are taken from here.")

    @api.constrains('aftersales_technician_id', 'usage', 'company_id', 'active')
    def _check_van(self):
        vans = self.search([('aftersales_technician_id', 'in', self.aftersales_technician_id.ids)])
        for location in self:
            if location.aftersales_technician_id and location.usage != 'internal':
                raise ValidationError(self.env._(
                    "%(location)s cannot be a van: choose an internal location for the parts of "
                    "%(technician)s.", location=location.display_name,
                    technician=location.aftersales_technician_id.name))
            other = vans.filtered(
                lambda van, location=location: van != location and van.active and location.active
                and van.aftersales_technician_id == location.aftersales_technician_id
                and van.company_id == location.company_id)
            if other:
                raise ValidationError(self.env._(
                    "%(technician)s has the van %(van)s already: take its technician away first.",
                    technician=location.aftersales_technician_id.name, van=other[0].display_name))
