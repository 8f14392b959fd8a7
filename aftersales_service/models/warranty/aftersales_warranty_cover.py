from odoo import api, fields, models

from ...tools import warranty
from .aftersales_warranty_term import TERM_KINDS


class AftersalesWarrantyCover(models.Model):
    """A promise on one unit, with its first and last day; made from a policy's term."""

    _name = 'aftersales.warranty.cover'
    _description = "Warranty Cover"
    _order = 'warranty_id, date_start, id'

    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", required=True, index=True,
        ondelete='cascade')
    company_id = fields.Many2one(
        related='warranty_id.company_id', store=True, precompute=True, index=True)
    term_id = fields.Many2one(
        'aftersales.warranty.term', required=True, index=True, ondelete='restrict')
    kind = fields.Selection(TERM_KINDS, required=True)
    date_start = fields.Date(string="From", required=True)
    date_end = fields.Date(string="Until", required=True, help="The last day is covered.")

    state = fields.Selection(
        [('coming', "Not Started"), ('running', "Running"), ('expired', "Expired")],
        compute='_compute_state')

    _dates_ordered = models.Constraint(
        'CHECK(date_end >= date_start)', "A cover cannot end before it starts.")

    @api.depends('date_start', 'date_end')
    @api.depends_context('tz')
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for cover in self:
            if cover.date_end < today:
                cover.state = 'expired'
            else:
                cover.state = 'coming' if cover.date_start > today else 'running'

    def _to_facts(self):
        """Return these covers as the plain facts that ``tools.warranty`` judges."""
        return [
            warranty.Cover(
                kind=cover.kind, start=cover.date_start, end=cover.date_end,
                name=cover.term_id.name, components=frozenset(cover.term_id.component_ids.ids))
            for cover in self]
