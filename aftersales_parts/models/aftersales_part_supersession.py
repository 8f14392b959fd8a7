from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# an alternative stands beside a part; the others stand in its place
SUCCESSIONS = ('replaces', 'kit')


class AftersalesPartSupersession(models.Model):
    """A part that may be taken in place of another one, from a day on.

    Several rows of one old part are a kit, whose parts are all needed, or alternatives: the fits
    of the machine sort out which one a unit gets. Stock and prices are the products'.
    """

    _name = 'aftersales.part.supersession'
    _description = "Part Supersession"
    _order = 'sequence, id'
    _check_company_auto = True
    _rec_name = 'product_id'

    old_product_id = fields.Many2one(
        'product.product', string="Old Part", required=True, index=True, ondelete='cascade',
        domain=[('is_spare_part', '=', True)])
    product_id = fields.Many2one(
        'product.product', string="New Part", required=True, index=True, ondelete='cascade',
        check_company=True, domain=[('is_spare_part', '=', True)])
    company_id = fields.Many2one(
        related='old_product_id.company_id', store=True, index='btree_not_null')
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [('replaces', "Replaces"), ('alternative', "Alternative"), ('kit', "Kit for One")],
        required=True, default='replaces',
        help="Replaces: the new part stands in the place of the old one. Alternative: either can "
             "be taken. Kit for one: all parts of the kit are needed in place of the old one.")
    quantity = fields.Float(
        default=1.0, digits='Product Unit', help="How many pieces replace one old piece.")
    is_two_way = fields.Boolean(
        string="Two-way", help="The old part can also be taken where the new one is asked for.")
    use_up_first = fields.Boolean(
        help="As long as the old part is at hand, it is offered before the new one.")
    date = fields.Date(
        string="Valid from", required=True, default=fields.Date.context_today,
        help="Before this day the old part is ordered.")
    note = fields.Char(translate=True)

    _old_new_uniq = models.UniqueIndex(
        '(old_product_id, product_id)', "This part has this successor already.")
    _quantity_positive = models.Constraint(
        'CHECK(quantity > 0)', "One old piece is replaced by at least some new ones.")

    @api.depends('old_product_id.display_name', 'product_id.display_name')
    def _compute_display_name(self):
        for row in self:
            row.display_name = " → ".join(filter(None, (
                row.old_product_id.display_name, row.product_id.display_name)))

    @api.constrains('old_product_id', 'product_id', 'kind')
    def _check_loop(self):
        """Refuse a chain that comes back to a part: it would have no current part."""
        chains, none = self._read_chains(self.product_id, is_dated=False), self.browse()
        for row in self:
            parts = new = row.product_id
            while new and row.kind in SUCCESSIONS:
                new = none.union(*(chains.get(part, none) for part in new)).product_id - parts
                parts |= new
            if row.old_product_id in parts:
                raise ValidationError(self.env._(
                    "%(new)s cannot stand in the place of %(old)s: it is the same part, or %(old)s "
                    "replaces it again, and the chain would never end. Delete one of the rows.",
                    new=row.product_id.display_name, old=row.old_product_id.display_name))

    @api.model
    def _read_chains(self, products, is_dated=True):
        """Return ``{old part: rows}`` of all successions that begin with ``products``.

        One query for each step of the longest chain, for all parts at once.

        :param is_dated: leave out rows that are not valid yet
        """
        domain = Domain('kind', 'in', SUCCESSIONS)
        if is_dated:
            domain &= Domain('date', '<=', fields.Date.context_today(self))
        rows, new = self.browse(), products
        while new:
            step = self.search(domain & Domain('old_product_id', 'in', new.ids)) - rows
            new = step.product_id - rows.old_product_id - products
            rows |= step
        return rows.sorted(lambda row: (row.sequence, row.id)).grouped('old_product_id')
