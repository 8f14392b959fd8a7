from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.sampling_plan import LEVELS, PlanRow, PlanTables, parse_cells, parse_plan_cells

LEVEL_CHOICES = [
    ('I', "I (less)"), ('II', "II (usual)"), ('III', "III (more)"), ('S-1', "S-1"),
    ('S-2', "S-2"), ('S-3', "S-3"), ('S-4', "S-4")]


class AftersalesInspectionPlan(models.Model):
    """One line of the tables of GB/T 2828.1: code letters of a lot size, or plans of a letter.

    A line is written as it is printed: ``0.65:dn 1:up 1.5:2``, rejection numbers and arrows by
    AQL, or ``I:A II:B``, letters by level. Cells that could not be checked against the standard
    are named; inspections by them say so.
    """

    _name = 'aftersales.inspection.plan'
    _description = "Line of a Sampling Table"
    _order = 'kind, lot_from, letter'
    _rec_name = 'letter'

    kind = fields.Selection(
        [('letter', "Code Letters"), ('normal', "Normal"), ('tightened', "Tightened"),
         ('reduced', "Reduced")], string="Table", required=True, index=True)
    lot_from = fields.Integer(string="Lot from", aggregator=None)
    lot_to = fields.Integer(string="Lot to", aggregator=None, help="0: without limit.")
    letter = fields.Char(string="Code Letter", size=1)
    sample_size = fields.Integer(aggregator=None)
    cells = fields.Char(
        required=True,
        help="Code letters by level, such as I:A II:B; or rejection numbers and arrows by AQL, "
             "such as 0.65:dn 1:up 1.5:2. dn: the first plan below holds; up: the first above.")
    unverified = fields.Char(
        string="Not Verified [default]",
        help="The AQLs of the cells that could not be checked against the standard.")

    _letter_uniq = models.UniqueIndex(
        "(kind, letter) WHERE kind <> 'letter'", "A table has one line for each code letter.")
    _lot_uniq = models.UniqueIndex(
        "(lot_from) WHERE kind = 'letter'", "A lot size has one line of code letters.")

    @api.depends('kind', 'letter', 'lot_from', 'lot_to')
    def _compute_display_name(self):
        kinds = dict(self._fields['kind']._description_selection(self.env))
        for line in self:
            name = line.letter or f'{line.lot_from}–{line.lot_to or ""}'
            line.display_name = f'{kinds.get(line.kind, "")} {name}'

    @api.constrains('kind', 'cells', 'unverified', 'letter', 'sample_size', 'lot_from', 'lot_to')
    def _check_cells(self):
        for line in self:
            try:
                is_right = line._is_readable()
            except ValueError:
                is_right = False
            if not is_right:
                raise ValidationError(self.env._(
                    "%(line)s cannot be read as a line of a sampling table. Write “I:A II:B …” "
                    "with all levels for code letters, or “0.65:dn 1:up 1.5:2 …” with a sample "
                    "size for plans.", line=line.display_name))

    def _is_readable(self):
        """Whether the line says what its table needs; a ValueError says the same."""
        self.ensure_one()
        if self.kind == 'letter':
            return (self.lot_from > 0 and (not self.lot_to or self.lot_to >= self.lot_from)
                    and set(parse_cells(self.cells)) == set(LEVELS))
        cells = parse_plan_cells(self.cells)
        return bool(self.letter and self.sample_size > 0 and cells) and (
            self._parse_unverified() <= cells.keys())

    def _parse_unverified(self):
        return frozenset(float(aql) for aql in (self.unverified or '').split())

    @api.model
    def _get_tables(self):
        """Return the tables for ``tools/sampling_plan.py``, by one query."""
        # what the standard says is no secret to those who inspect by it
        lines = self.sudo().search([('kind', '!=', False)])
        return PlanTables(
            tuple((line.lot_from, line.lot_to, parse_cells(line.cells))
                  for line in lines if line.kind == 'letter'),
            {kind: tuple(
                PlanRow(line.letter, line.sample_size, parse_plan_cells(line.cells),
                        line._parse_unverified())
                for line in group.sorted('letter'))
             for kind, group in lines.grouped('kind').items() if kind != 'letter'})
