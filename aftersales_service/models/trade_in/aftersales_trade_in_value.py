from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.trade_in import Row

GRADES = [
    ('new', "As New"),
    ('good', "Good"),
    ('worn', "Worn, Works"),
    ('broken', "Does Not Work"),
]


class AftersalesTradeInValue(models.Model):
    """One row of the valuation table: what an old unit of a kind, age and condition brings."""

    _name = 'aftersales.trade.in.value'
    _description = "Trade-in Value"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'categ_id, grade, age_from, id'

    categ_id = fields.Many2one(
        'product.category', string="Product Category", index='btree_not_null',
        help="Fits its sub-categories too, unless they have a row. Empty: all products.")
    grade = fields.Selection(GRADES, string="Condition", required=True, default='good')
    age_from = fields.Integer(string="From Month")
    age_to = fields.Integer(string="Below Month", help="0 has no upper bound.")
    amount = fields.Monetary(string="Fixed Value")
    percent = fields.Float(string="Part of the Price (%)")
    date_from = fields.Date(string="Valid from")
    date_to = fields.Date(string="Valid until")
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', default=lambda self: self.env.company)
    currency_id = fields.Many2one(
        'res.currency', compute='_compute_currency_id')

    _ages_in_order = models.Constraint(
        'CHECK(age_from >= 0 AND (age_to = 0 OR age_to > age_from))',
        "The age must begin at 0 or later and end after it begins.")
    _values_positive = models.Constraint(
        'CHECK(amount >= 0 AND percent >= 0 AND percent <= 100)',
        "A value cannot be negative, nor a part larger than the price.")
    _dates_in_order = models.Constraint(
        'CHECK(date_to >= date_from)', "A row cannot end before it begins.")

    @api.depends('company_id')
    @api.depends_context('company')
    def _compute_currency_id(self):
        for row in self:
            row.currency_id = (row.company_id or self.env.company).currency_id

    def _compute_display_name(self):
        grades = dict(self._fields['grade']._description_selection(self.env))
        for row in self:
            row.display_name = " · ".join(filter(None, [
                row.categ_id.display_name, grades.get(row.grade),
                f'{row.age_from}–{row.age_to or "…"}']))

    @api.constrains('categ_id', 'grade', 'age_from', 'age_to', 'date_from', 'date_to',
                    'company_id')
    def _check_overlap(self):
        """A unit must find one row only, or its value would depend on their order."""
        peers = self.search([
            ('categ_id', 'in', [*self.categ_id.ids, False]),
            ('company_id', 'in', [*self.company_id.ids, False])])
        for row in self:
            facts = row._to_row()
            twin = (peers - row).filtered(
                lambda other, row=row, facts=facts: other.company_id == row.company_id
                and facts.overlaps(other._to_row()))[:1]
            if twin:
                raise ValidationError(self.env._(
                    "“%(row)s” overlaps “%(other)s”: a unit could have two values.",
                    row=row.display_name, other=twin.display_name))

    def _to_row(self):
        self.ensure_one()
        return Row(
            grade=self.grade, category=self.categ_id.id or None, age_from=self.age_from,
            age_to=self.age_to or None, amount=self.amount, percent=self.percent,
            start=self.date_from or None, stop=self.date_to or None, key=self.id)

    @api.model
    def _get_rows(self, company):
        """Return the table of a company as facts; the company's own rows come first."""
        rows = self.search([('company_id', 'in', [company.id, False])])
        own = rows.filtered('company_id')
        return [row._to_row() for row in (own | (rows - own))]
