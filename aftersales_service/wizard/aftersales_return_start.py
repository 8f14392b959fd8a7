from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..models.returns.aftersales_return import KINDS, TAKEN_STATES


class AftersalesReturnStart(models.TransientModel):
    """Chooses which delivered goods of a sale, a service order or a card are returned."""

    _name = 'aftersales.return.start'
    _description = "Start a Return"
    _inherit = 'aftersales.link.access.mixin'

    sale_order_id = fields.Many2one('sale.order', readonly=True)
    order_id = fields.Many2one('aftersales.order', readonly=True, link_access='read')
    warranty_id = fields.Many2one(
        'aftersales.warranty', readonly=True, link_access='read')
    company_id = fields.Many2one('res.company', required=True)
    kind = fields.Selection(
        [item for item in KINDS if item[0] in ('return', 'exchange')], required=True,
        default='return')
    reason_id = fields.Many2one('aftersales.return.reason', required=True)
    description = fields.Text()
    line_ids = fields.One2many('aftersales.return.start.line', 'wizard_id', string="Goods")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        model = self.env.context.get('active_model')
        link = {'sale.order': 'sale_order_id', 'aftersales.order': 'order_id',
                'aftersales.warranty': 'warranty_id'}.get(model)
        if link:
            source = self.env[model].browse(self.env.context.get('active_id')).exists()
            self._ensure_may_return(source)
            # the desk reads no sale orders: checked above
            source_sudo = source.sudo()
            values.update({
                link: source.id, 'company_id': source_sudo.company_id.id,
                'description': values.get('description') or (
                    model == 'aftersales.order' and source.description),
                'line_ids': [Command.create(vals) for vals in self._prepare_lines(source_sudo)]})
        return values

    @api.model
    def _ensure_may_return(self, source):
        """Refuse what the user may not see; the desk reads no sales, but knows its companies'."""
        self.env['aftersales.return'].check_access('create')
        if source._name != 'sale.order':
            source.check_access('read')
        elif source.sudo().company_id not in self.env.companies:
            raise AccessError(self.env._("This sale belongs to another company."))

    @api.model
    def _prepare_lines(self, source):
        """Return the goods of a record that can still be returned, unit by unit."""
        cards = source if source._name == 'aftersales.warranty' else source.warranty_id if (
            source._name == 'aftersales.order') else None
        if cards is not None:
            return [{'warranty_id': card.id, 'product_id': card.product_id.id,
                     'lot_id': card.lot_id.id, 'returnable': 1.0, 'quantity': 1.0}
                    for card in cards]
        lines = []
        for move in source.order_line.move_ids.filtered(
                lambda move: move.state == 'done' and move.location_dest_usage == 'customer'):
            left = move._get_returnable_quantity()
            back = move.returned_move_ids.filtered(lambda move: move.state != 'cancel')
            lots = (move.move_line_ids.lot_id - back.move_line_ids.lot_id
                    if move.has_tracking == 'serial' else move.env['stock.lot'])
            common = {'move_id': move.id, 'product_id': move.product_id.id}
            lines += [{**common, 'lot_id': lot.id, 'returnable': 1.0} for lot in lots]
            if not lots and left > 0:
                lines.append({**common, 'returnable': left})
        return lines

    def action_create(self):
        """Register the return of the chosen goods and open it."""
        self.ensure_one()
        chosen = self.line_ids.filtered('quantity')
        if not chosen:
            raise UserError(self.env._("Say how many of which goods are returned."))
        cards = chosen._get_cards()
        record = self.env['aftersales.return'].create({
            'company_id': self.company_id.id, 'kind': self.kind,
            'reason_id': self.reason_id.id, 'description': self.description,
            'sale_order_id': (self.sale_order_id or self._get_card().sudo().sale_order_id).id,
            'order_id': self.order_id.id, 'partner_id': self._get_partner().id,
            'line_ids': [fields.Command.create(vals)
                         for line in chosen for vals in line._prepare_vals_list(cards)]})
        return record._get_records_action(view_mode='form')

    def _get_card(self):
        return self.warranty_id or self.order_id.warranty_id

    def _get_partner(self):
        # users who may take the return may read whose it is
        return (self.sale_order_id.sudo().partner_id or self.order_id.partner_id
                or self.warranty_id.partner_id)


class AftersalesReturnStartLine(models.TransientModel):
    """Goods that were delivered, and how many of them come back."""

    _name = 'aftersales.return.start.line'
    _description = "Goods to Return"
    _inherit = 'aftersales.link.access.mixin'

    wizard_id = fields.Many2one('aftersales.return.start', required=True, ondelete='cascade')
    move_id = fields.Many2one('stock.move')
    warranty_id = fields.Many2one('aftersales.warranty', link_access='read')
    product_id = fields.Many2one('product.product', required=True)
    lot_id = fields.Many2one('stock.lot', string="Serial Number")
    returnable = fields.Float(
        digits='Product Unit', help="Delivered, and not returned yet.")
    quantity = fields.Float(string="To Return", digits='Product Unit')
    is_used = fields.Boolean(string="Used")

    def _get_cards(self):
        """Return ``{(move id, lot id): cards}`` that no return has taken yet, in two searches."""
        cards = self.env['aftersales.warranty'].search(
            [('move_id', 'in', self.move_id.ids)], order='id')
        # a unit that a colleague's return has taken is taken
        taken = self.env['aftersales.return.line'].sudo().search(
            [('warranty_id', 'in', cards.ids), ('state', 'in', TAKEN_STATES)]).warranty_id
        return (cards - taken).grouped(lambda card: (card.move_id.id, card.lot_id.id))

    def _prepare_vals_list(self, cards):
        """Return the values of the return's lines: a line for each unit that has a card."""
        self.ensure_one()
        found = self.warranty_id or cards.get(
            (self.move_id.id, self.lot_id.id), self.warranty_id)
        common = {
            'move_id': self.move_id.id, 'product_id': self.product_id.id,
            'lot_id': self.lot_id.id, 'is_used': self.is_used}
        units = found[:int(self.quantity)]
        lines = [{**common, 'warranty_id': card.id, 'quantity': 1.0} for card in units]
        rest = self.quantity - len(units)
        if self.product_id.uom_id.compare(rest, 0.0) > 0:
            lines.append({**common, 'quantity': rest})
        return lines
