from odoo import api, fields, models

from ...tools.line_cover import LineCover
from ...tools.order_flow import FINAL_STATES
from ...tools.warranty import COMPONENT

OLD_PARTS = ('remove', 'recycle')  # taken off the unit
# what people decide of the cover of a part
COVER_FIELDS = frozenset({
    'is_aftersales_covered', 'aftersales_cover_percent', 'aftersales_cover_facts',
    'aftersales_cover_reason'})


class StockMove(models.Model):
    _name = 'stock.move'
    _inherit = ['stock.move', 'aftersales.protected.mixin']
    _is_company_checked = False

    # plain columns, filled by create and write: a stored compute on this table would
    # make the installation recompute every move of the company
    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', copy=False,
        check_company=True, link_access='write')
    is_aftersales_covered = fields.Boolean(
        string="Covered", copy=False, help="Covered parts cost the customer nothing.")
    aftersales_cover_percent = fields.Float(
        string="Covered (%)", copy=False,
        help="The share of the price that the warranty covers; the customer pays the rest.")
    aftersales_cover_facts = fields.Json(copy=False)
    aftersales_cover_reason = fields.Char(
        string="Cover Reason", compute='_compute_aftersales_cover_reason',
        inverse='_inverse_aftersales_cover_reason')

    aftersales_available = fields.Float(
        string="Available", compute='_compute_aftersales_available', digits='Product Unit',
        help="What is free where the parts of the order are taken from.")

    @api.depends('product_id', 'aftersales_order_id.technician_id', 'quantity', 'state')
    def _compute_aftersales_available(self):
        """Count what is free in van, store or warehouse: one look-up for each place."""
        self.aftersales_available = 0.0
        # those who plan the work may know whether the part is there
        parts = self.sudo().filtered(
            lambda move: move.aftersales_order_id and move.repair_line_type == 'add'
            and move.product_id.is_storable)
        places = {order: order._get_parts_location() for order in parts.aftersales_order_id}
        for location, moves in parts.grouped(
                lambda move: places[move.aftersales_order_id]).items():
            products = moves.product_id.with_context(location=location.id)
            free = {product.id: product.free_qty for product in products} if location else {}
            for move in moves:
                move.aftersales_available = free.get(move.product_id.id, 0.0)

    def _get_taken_back_cards(self):
        """A unit that comes in for service stays its owner's."""
        cards = super()._get_taken_back_cards()
        return cards.filtered(lambda card: not card.order_ids.filtered(
            lambda order: order.state not in FINAL_STATES))

    def _get_repair_locations(self, repair_line_type, repair_id=False):
        source, destination = super()._get_repair_locations(repair_line_type, repair_id)
        # the place follows from the order; the right to write the repair is core's to check
        order = (repair_id or self.repair_id).sudo().aftersales_order_id
        if order and repair_line_type in OLD_PARTS:
            destination = order._get_old_parts_location().sudo(self.env.su) or destination
        return source, destination

    def _compute_location_dest_id(self):
        result = super()._compute_location_dest_id()
        for move in self.filtered(lambda move: move.repair_line_type in OLD_PARTS):
            order = move.repair_id.sudo().aftersales_order_id  # as above
            if order and (place := order._get_old_parts_location()):
                move.location_dest_id = place
        return result

    @api.depends('aftersales_cover_facts', 'aftersales_cover_percent')
    @api.depends_context('lang')
    def _compute_aftersales_cover_reason(self):
        reasons = self.env['aftersales.warranty']._format_line_covers([
            LineCover.kept(move.aftersales_cover_percent, move.aftersales_cover_facts)
            for move in self])
        for move, reason in zip(self, reasons, strict=True):
            move.aftersales_cover_reason = reason

    def _inverse_aftersales_cover_reason(self):
        """Keep the words of the user who decides the cover of a part."""
        for move in self:
            move.aftersales_cover_facts = LineCover.said(
                move.aftersales_cover_percent, move.aftersales_cover_reason).facts

    @api.model_create_multi
    def create(self, vals_list):
        # a part that its order or repair names by a default is judged as any other
        given = self.default_get(['aftersales_order_id', 'repair_id'])
        if given:
            vals_list = [{**given, **vals} for vals in vals_list]
        part_vals = [
            vals for vals in vals_list
            if vals.get('aftersales_order_id') or vals.get('repair_id')]
        if part_vals:
            self._complete_part_vals(part_vals)
        return super().create(vals_list)

    def write(self, vals):
        if 'repair_id' in vals:
            self._ensure_part_may_leave(vals['repair_id'])
        if not self.env.su and not COVER_FIELDS.isdisjoint(vals):
            # which orders they are; whether their work goes on is asked as the user
            self.sudo().aftersales_order_id.sudo(False)._ensure_work_goes_on()
        vals = self._complete_cover_vals(vals)
        result = super().write(vals)
        if 'aftersales_cover_percent' in vals:
            for move in self:
                move.sale_line_id._apply_aftersales_cover(move.aftersales_cover_percent)
        return result

    @api.model
    def _get_link_names(self):
        # a new part takes the order of its repair: create gives it, and core checks the repair
        return [name for name in super()._get_link_names() if name != 'aftersales_order_id']

    def _action_cancel(self):
        result = super()._action_cancel()
        # work that a covered part made free is judged without the part that was taken off
        labours = self.sudo().aftersales_order_id.labour_ids
        for name in ('cover_percent', 'cover_facts') if labours else ():
            self.env.add_to_compute(labours._fields[name], labours)
        return result

    def _ensure_part_may_leave(self, repair_id):
        """Leave the parts of a service order in its repair, unless the user may change it."""
        if self.env.su:
            return
        # which orders lose a part; the right to them is asked here
        moved = self.sudo().filtered(lambda move: move.repair_id.id != (repair_id or False))
        moved.aftersales_order_id.sudo(False).check_access('write')

    def _create_repair_sale_order_line(self):
        kept = self.filtered(lambda move: not move.aftersales_order_id or move._is_quoted_by_core())
        result = super(StockMove, kept)._create_repair_sale_order_line()
        for move in kept:
            if move.aftersales_cover_percent and move.sale_line_id:
                move.sale_line_id._apply_aftersales_cover(move.aftersales_cover_percent)
        return result

    def _is_quoted_by_core(self):
        """Whether core may put this part of a service order on the quotation of its repair.

        Parts that were taken off again cost nothing. What the customer accepted stays as it is:
        further parts wait for a quotation of their own.
        """
        self.ensure_one()
        # who writes a part may know whether its price was accepted
        sale = self.sudo().repair_id.sale_order_id
        return self.state != 'cancel' and not (sale and sale._is_agreed())

    def _judge_aftersales_cover(self):
        """Decide again the cover of parts that are not used yet, from their order's card."""
        for move in self:
            if move.repair_line_type == 'add' and move.state not in ('done', 'cancel'):
                move.write(self._prepare_aftersales_cover_vals(
                    move.aftersales_order_id._get_cover_check(COMPONENT, move.product_id)))

    @api.model
    def _prepare_aftersales_cover_vals(self, verdict):
        return {
            'is_aftersales_covered': verdict.is_covered,
            'aftersales_cover_percent': verdict.percent,
            'aftersales_cover_facts': verdict.facts}

    @api.model
    def _complete_cover_vals(self, vals):
        """Bring the tick and the per cent of a decision together."""
        if not vals.keys() & {'is_aftersales_covered', 'aftersales_cover_percent'}:
            return vals
        percent = vals.get('aftersales_cover_percent')
        if percent is None:
            percent = 100.0 if vals['is_aftersales_covered'] else 0.0
        return {**vals, 'aftersales_cover_percent': percent,
                'is_aftersales_covered': percent >= 100.0}

    @api.model
    def _complete_part_vals(self, vals_list):
        """Give parts of a service order their repair, and all parts of it their cover.

        Hook: called by ``create`` of moves that name an order or a repair, as the user or
        superuser, for a batch of values (dictionaries that are changed), before core's
        ``create``. After ``super()``, ``aftersales_order_id`` and ``repair_id`` of each are ids or
        ``False``. Parts that core's repair adds come here, too.

        :raise AccessError: the user may not write the order
        :raise UserError: the work on the order is over
        """
        orders = self.env['aftersales.order'].browse(
            {vals['aftersales_order_id'] for vals in vals_list
             if vals.get('aftersales_order_id') and not vals.get('repair_id')})
        if orders:  # parts of a plain repair are the stock user's own business
            orders.check_access('write')
            orders._ensure_work_goes_on()
            orders._read_products_with(vals.get('product_id') for vals in vals_list)
        repair_by_order = orders._get_or_create_repairs()
        for vals in vals_list:
            if not vals.get('repair_id'):
                order = orders.browse(vals['aftersales_order_id'])
                vals['repair_id'] = repair_by_order[order].id
                vals.setdefault('repair_line_type', 'add')
            # who may add a part to the repair may know the order's cover
            order = self.env['repair.order'].browse(vals['repair_id']).sudo().aftersales_order_id
            vals['aftersales_order_id'] = order.id
            if order and vals.get('repair_line_type'):
                vals.setdefault('product_uom_qty', 1.0)  # core's 0 would be cancelled unseen
            reason = vals.pop('aftersales_cover_reason', None)
            if order and vals.get('repair_line_type') == 'add':
                self._decide_part_cover(vals, order, reason)

    @api.model
    def _decide_part_cover(self, vals, order, reason):
        """Let a person who says why decide the cover; without a reason the card decides."""
        if reason:
            vals['aftersales_cover_facts'] = LineCover.said(0.0, reason).facts
            vals.update(self._complete_cover_vals({'is_aftersales_covered': False, **vals}))
        else:
            product = self.env['product.product'].browse(vals.get('product_id'))
            vals.update(self._prepare_aftersales_cover_vals(
                order._get_cover_check(COMPONENT, product)))
