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
        'aftersales.warranty.term', index='btree_not_null', ondelete='restrict')
    origin = fields.Selection(
        [('factory', "Factory"), ('extended', "Extended"), ('goodwill', "Goodwill"),
         ('part', "Replaced Part"), ('exchange', "Exchange")],
        required=True, default='factory')
    name = fields.Char(
        compute='_compute_name', store=True, readonly=False, precompute=True)
    kind = fields.Selection(TERM_KINDS, required=True)
    date_start = fields.Date(string="From", required=True)
    date_end = fields.Date(string="Until", required=True, help="The last day is covered.")
    date_end_promised = fields.Date(
        string="Promised Until", readonly=True, help="Before repair days moved the end.")
    percent = fields.Float(string="Cover (%)", default=100.0, required=True)
    usage_limit = fields.Float(help="Ends at this reading of the meter. Zero: no limit.")
    main_part_ids = fields.Many2many('aftersales.main.part', string="Main Parts")
    article = fields.Char()
    sale_line_id = fields.Many2one(
        'sale.order.line', string="Sold With", readonly=True, index='btree_not_null')
    order_id = fields.Many2one(
        'aftersales.order', string="Given by Order", readonly=True, index='btree_not_null')
    void_date = fields.Date(string="Void From", readonly=True)

    state = fields.Selection(
        [('coming', "Not Started"), ('running', "Running"), ('expired', "Expired")],
        compute='_compute_state')

    _dates_ordered = models.Constraint(
        'CHECK(date_end >= date_start)', "A cover cannot end before it starts.")

    @api.depends('term_id')
    def _compute_name(self):
        for cover in self:
            cover.name = cover.name or cover.term_id.name

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
                name=cover.name or "", components=frozenset(cover.main_part_ids.ids),
                percent=cover.percent, usage_limit=cover.usage_limit or None,
                origin=cover.origin, article=cover.article or "",
                void_from=cover.void_date or None, key=cover.id)
            for cover in self]
