from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.aftersales_service.tools.serial_range import read_serial

from ..tools.part_fit import FitRange


class AftersalesPartFit(models.Model):
    """A part that fits a machine, at a position and for some of its units.

    Several rows of one machine and part are alternatives: the part fits a unit that one of them
    takes. What a part costs and where it lies is the product's.
    """

    _name = 'aftersales.part.fit'
    _description = "Part of a Machine"
    _order = 'sequence, position, id'
    _check_company_auto = True
    _rec_name = 'product_id'

    machine_id = fields.Many2one(
        'product.template', required=True, index=True, ondelete='cascade',
        domain=[('is_spare_part', '=', False), ('type', '=', 'consu')])
    product_id = fields.Many2one(
        'product.product', string="Part", required=True, index=True, ondelete='cascade',
        check_company=True, domain=[('is_spare_part', '=', True)])
    company_id = fields.Many2one(
        related='machine_id.company_id', store=True, index='btree_not_null')
    sequence = fields.Integer(default=10)
    position = fields.Char(help="The number of the part in the exploded picture.")
    quantity = fields.Float(
        default=1.0, digits='Product Unit', help="How many pieces one unit has.")
    serial_from = fields.Char(string="From Serial Number")
    serial_to = fields.Char(string="Up to Serial Number")
    built_from = fields.Date(string="Built from")
    built_to = fields.Date(string="Built until")
    note = fields.Char(translate=True)
    # for the list of positions
    part_number = fields.Char(related='product_id.default_code', string="Part Number")
    part_phase = fields.Selection(related='product_id.part_phase')
    free_qty = fields.Float(
        related='product_id.free_qty', string="Available",
        help="What nothing has reserved, in all places of the company.")

    _quantity_positive = models.Constraint(
        'CHECK(quantity > 0)', "One unit has at least some of the part: enter a quantity above 0.")

    @api.constrains('machine_id', 'product_id')
    def _check_own_part(self):
        for fit in self:
            if fit.product_id.product_tmpl_id == fit.machine_id:
                raise ValidationError(self.env._(
                    "%(product)s cannot be a part of itself: choose the part.",
                    product=fit.machine_id.display_name))

    @api.constrains('machine_id', 'product_id', 'position', 'serial_from', 'serial_to',
                    'built_from', 'built_to')
    def _check_ranges(self):
        """Refuse a range that no unit can be in, and two rows that take the same unit."""
        problems = {
            'length': self.env._("the first and the last serial number differ in length"),
            'serial_order': self.env._("the last serial number stands before the first"),
            'built_order': self.env._("the range ends before it begins")}
        for fit in self:
            if problem := fit._get_range().problem():
                raise ValidationError(self.env._(
                    "%(part)s for %(machine)s: %(problem)s. Correct the range.",
                    part=fit.product_id.display_name, machine=fit.machine_id.display_name,
                    problem=problems[problem]))
        rows = self.search([('machine_id', 'in', self.machine_id.ids),
                            ('product_id', 'in', self.product_id.ids)])
        for same in rows.grouped(lambda fit: (
                fit.machine_id, fit.product_id, fit.position or '')).values():
            ranges = [fit._get_range() for fit in same]
            if any(one.overlaps(other) for index, one in enumerate(ranges)
                   for other in ranges[:index]):
                raise ValidationError(self.env._(
                    "%(part)s stands twice at the same position of %(machine)s for the same units: "
                    "change one of the ranges, or delete one of the rows.",
                    part=same[0].product_id.display_name,
                    machine=same[0].machine_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        fits = super().create(vals_list)
        fits._extend_keep_until()
        return fits

    def _extend_keep_until(self):
        """Keep parts available as long as the machines they fit ask for; never shorten it."""
        last_days = {}
        for fit in self:
            if day := fit.machine_id._get_support_end():
                part = fit.product_id.product_tmpl_id
                last_days[part] = max(day, last_days.get(part, day))
        for part, day in last_days.items():
            if not part.keep_until or part.keep_until < day:
                # who may say what fits, or when a machine ended, may let the duty follow
                part.sudo().keep_until = day

    def _get_range(self):
        self.ensure_one()
        return FitRange(
            read_serial(self.serial_from).upper(), read_serial(self.serial_to).upper(),
            self.built_from or None, self.built_to or None)

    def _takes(self, serial=None, built=None):
        """Return whether this row takes a unit: yes, no, or ``None`` where it cannot be told."""
        return self._get_range().takes(read_serial(serial).upper(), built or None)

    def _get_fitting(self, unit):
        """Return the parts among these rows that fit a unit, the certain ones first."""
        rows = self.filtered(lambda fit: fit.machine_id == unit.machine)
        answers = {fit: fit._takes(unit.serial, unit.built) for fit in rows}
        certain = rows.filtered(lambda fit: answers[fit])
        return (certain | rows.filtered(lambda fit: answers[fit] is None)).product_id
