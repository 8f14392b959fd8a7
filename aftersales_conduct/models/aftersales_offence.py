from odoo import api, fields, models
from odoo.exceptions import UserError

from .aftersales_sanction import KINDS


class AftersalesOffence(models.Model):
    """An act that the published rules name: what counts as demerit, or as merit.

    The rules say what usually follows; a notice decides on the single case. Acts of former
    versions of the rules keep their rows, with the day on which they ended.
    """

    _name = 'aftersales.offence'
    _description = "Offence or Merit"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'kind, code, id'
    _rec_names_search = ['code', 'name']

    code = fields.Char(required=True)
    name = fields.Char(string="Act", required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default='demerit', index=True)
    owner_department = fields.Char(
        string="Usual Department", translate=True, help="Where such acts usually happen.")
    department_id = fields.Many2one(
        'hr.department', string="Department in Charge", check_company=True,
        help="Who looks into such acts, if it is always the same department.")
    sanction_id = fields.Many2one(
        'aftersales.sanction', string="Usual Sanction", domain="[('kind', '=', kind)]",
        ondelete='restrict')
    points = fields.Float(help="Points for one such act.")
    points_max = fields.Float(
        string="Points up to", help="0: the points are always the same.")
    date_from = fields.Date(string="Valid from")
    date_to = fields.Date(string="Valid until")
    note = fields.Text(help="What the rules say, and where the number comes from.")
    company_id = fields.Many2one('res.company', index=True, help="Empty: for all companies.")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        '(code, COALESCE(company_id, 0), COALESCE(date_from, DATE \'1900-01-01\'))',
        "There is an act with this code and this first day already.")
    _points_positive = models.Constraint(
        'CHECK(points >= 0 AND points_max >= 0)', "Points cannot be negative.")
    _dates_ordered = models.Constraint(
        'CHECK(date_to >= date_from)', "An act cannot end before it begins to count.")

    @api.depends('code', 'name')
    def _compute_display_name(self):
        for offence in self:
            offence.display_name = " ".join(filter(None, [offence.code, offence.name]))

    def write(self, vals):
        if 'kind' in vals:
            changed = self.filtered(lambda offence: offence.kind != vals['kind'])
            # notices of other companies count as well
            if self.env['aftersales.notice'].sudo().search_count(
                    [('offence_id', 'in', changed.ids)], limit=1):
                raise UserError(self.env._(
                    "There are notices about this act, so a demerit cannot become a merit, nor "
                    "the other way round. End it by its last day and add another act."))
        return super().write(vals)

    def _is_valid_on(self, day):
        """Return whether the rules named this act on a day."""
        self.ensure_one()
        return not (self.date_from and day < self.date_from) and not (
            self.date_to and day > self.date_to)
