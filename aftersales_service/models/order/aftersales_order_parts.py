from odoo import api, fields, models
from odoo.tools import clean_context

from ...tools.order_flow import FINAL_STATES


class AftersalesOrder(models.Model):
    """Parts and repairs: the physical work, done by core's repair orders.

    The order shows the part lines in place. The first one makes the repair order, which
    stays a draft until the work is done: core confirms, reserves and sells whatever is
    added to a confirmed one.
    """

    _inherit = 'aftersales.order'

    has_repair = fields.Boolean(related='type_id.has_repair')
    repair_ids = fields.One2many(
        'repair.order', 'aftersales_order_id', string="Repair Orders")
    repair_count = fields.Integer(compute='_compute_repair_count', compute_sudo=True)
    part_ids = fields.One2many(
        'stock.move', 'aftersales_order_id', string="Parts",
        domain=[('repair_line_type', '!=', False)])
    labour_ids = fields.One2many('aftersales.labour', 'order_id')

    @api.depends('repair_ids')
    def _compute_repair_count(self):
        counts = dict(self.env['repair.order']._read_group(
            [('aftersales_order_id', 'in', self.ids)], ['aftersales_order_id'], ['__count']))
        for order in self:
            order.repair_count = counts.get(order._origin, 0)

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {'warranty_id', 'serial', 'charge_kind', 'date_event'}:
            # the write above checked the right to the order; its parts follow
            self.sudo().part_ids._judge_aftersales_cover()
        if vals.keys() & self._get_parts_location_fields():
            self.sudo()._move_drafts_to_parts_location()  # the write above checked
        return result

    def action_view_repairs(self):
        """Show the repair orders of these service orders."""
        action = self.env['ir.actions.act_window']._for_xml_id('repair.action_repair_order_tree')
        action.update(domain=[('aftersales_order_id', 'in', self.ids)], context={})
        if len(self.repair_ids) == 1:
            action.update(views=[(False, 'form')], res_id=self.repair_ids.id)
        return action

    # === WHERE THE PARTS LIE === #

    def _get_parts_location(self):
        """Return where the parts of this order are taken from, as superuser.

        The technician's van, else the store of the outlet that keeps stock, else the stock of the
        company's warehouse.

        Hook: called as user or superuser, for one order, before its repair is made, when technician
        or outlet change, for what is shown as available and for old parts. Raises nothing: a
        company without a warehouse gets an empty location.
        """
        self.ensure_one()
        return (self._get_van_location() or self._get_store_location()
                or self._get_warehouse_location())

    def _get_old_parts_location(self):
        """Return where parts that are taken off a unit go, as superuser.

        Hook: called as user or superuser, for one order, before its repair is made and when the
        place of its parts changes; the place the new ones come from, until another module keeps old
        parts elsewhere. Raises nothing.
        """
        return self._get_parts_location()

    @api.model
    def _get_parts_location_fields(self):
        """Return the fields of an order on which the place of its parts depends.

        Hook: called on the model by ``write``, as user or superuser, after the write: when one of
        them changed, drafts of repairs move along. Raises nothing.
        """
        return {'technician_id'}

    def _get_van_location(self):
        """Return the van of the order's technician in the order's company, if there is one."""
        self.ensure_one()
        # desk agents read no stock: where the parts lie follows from their order
        return self.sudo().technician_id.aftersales_van_ids.filtered(
            lambda van: van.active and van.company_id.id in (False, self.company_id.id))[:1]

    def _get_store_location(self):
        """Return the store of the place that does the order, as superuser.

        Hook: called by ``_get_parts_location``, as user or superuser, for one order, after the van
        and before the warehouse; outlets extend it. Raises nothing.
        """
        return self.env['stock.location'].sudo()

    def _get_warehouse_location(self):
        # desk agents read no stock: the place follows from their order
        return self.company_id.sudo().aftersales_warehouse_ids[:1].lot_stock_id

    def _move_drafts_to_parts_location(self):
        """Take the parts that are not used yet from where the order finds them now."""
        for order in self.filtered('repair_ids'):
            drafts = order.repair_ids.filtered(lambda repair: repair.state == 'draft')
            if drafts:
                drafts.write(order._prepare_repair_location_vals())

    def _prepare_repair_location_vals(self):
        """Return what the place of the parts says of the order's repair."""
        location = self._get_parts_location()
        if not location:
            return {}
        vals = {'location_id': location.id,
                'recycle_location_id': self._get_old_parts_location().id}
        if kind := location.warehouse_id.repair_type_id:
            vals['picking_type_id'] = kind.id
        return vals

    def _get_or_create_repairs(self):
        """Return the repair that takes new parts, by order; make the missing ones at once.

        Called after a check of the right to write the orders: desk agents own no stock
        rights, and the repair follows from their order.
        """
        orders = self.sudo()
        open_repairs = orders.repair_ids.filtered(
            lambda repair: repair.state not in ('done', 'cancel'))
        repair_by_order = {repair.aftersales_order_id: repair for repair in open_repairs}
        missing = orders.filtered(lambda order: order not in repair_by_order)
        # the order owns the conversation: its repair has no followers and sends no notifications
        repairs = self.env['repair.order'].sudo().with_context(
            clean_context(self.env.context), mail_create_nolog=True,
            mail_create_nosubscribe=True).create(
            [order._prepare_repair_vals() for order in missing]).with_env(orders.env)
        return repair_by_order | dict(zip(missing, repairs, strict=True))

    def _ensure_fitted_numbers(self):
        """Refuse to book parts with serial numbers before it is said which ones were fitted.

        Core would book whichever it finds in stock.
        """
        # who finishes the order need not own stock rights
        missing = self.sudo().part_ids.filtered(lambda move: (
            move.repair_line_type == 'add' and move.state not in ('done', 'cancel')
            and move.has_tracking == 'serial'
            and len(move.move_line_ids.lot_id) < move.product_uom_qty))
        self._refuse_where(
            lambda order: order in missing.aftersales_order_id.sudo(self.env.su),
            self.env._(
                "Say which serial numbers were fitted of %(parts)s: scan the number on the part, "
                "or choose it in the list of parts",
                parts=missing.product_id.mapped('display_name')))

    def _get_main_parts(self):
        """Return the main parts that this order fits or fitted."""
        self.ensure_one()
        fitted = self.part_ids
        # most orders need none: those read no products
        return fitted and fitted.filtered(
            lambda move: move.repair_line_type == 'add' and move.state != 'cancel'
        ).product_id.aftersales_main_part_id

    def _ensure_work_goes_on(self):
        """Take no more parts and labour for orders that ended; called by all doors."""
        if not self.env.su:
            self._refuse_where(
                lambda order: order.state in FINAL_STATES,
                self.env._(
                    "The work of these orders is finished; register a new order for further work"))

    def _read_products_with(self, part_ids):
        """Read the units of these orders and the parts for them by the same queries."""
        products = self.sudo().product_id
        products |= products.browse(filter(None, part_ids))
        products.fetch()
        products.product_tmpl_id.fetch()

    def _prepare_repair_vals(self):
        """Return the values of the order's repair.

        A tracked unit whose number stock does not know (sold elsewhere, or before) is left out:
        core refuses to end a repair of it, and it is not ours to move.

        Hook: called by ``_get_or_create_repairs``, as superuser after the check of the right to
        write the orders, for one order, before its repair is made. Extend it by ``super() | {…}``.
        Raises nothing.
        """
        self.ensure_one()
        is_known = self.lot_id or self.product_id.tracking == 'none'
        vals = {
            'aftersales_order_id': self.id,
            'company_id': self.company_id.id,
            'partner_id': self.partner_id.id,
            'product_id': self.product_id.id if is_known else False,
            'lot_id': self.lot_id.id,
            'user_id': (self.technician_id or self.user_id).id,
            **self._prepare_repair_location_vals(),
        }
        if self.date_planned:
            vals['schedule_date'] = self.date_planned
        return vals

    def _finish_repairs(self):
        """Consume the parts: confirm, start and end the repairs that are still open.

        The order may be done by a user without stock rights (the guards of its flow were
        passed before); the moves are core's.
        """
        repairs = self.sudo().repair_ids.filtered(
            lambda repair: repair.state not in ('done', 'cancel'))
        if repairs:
            repairs._read_ahead()
            repairs._track_discard()  # the order's history says what becomes of them
            repairs.filtered(lambda repair: repair.state != 'under_repair').action_repair_start()
            repairs._set_quantities_to_demand()
            repairs.action_repair_end()

    def _cancel_repairs(self):
        """Cancel the repairs of orders that were called off (checked by the flow)."""
        self.sudo().repair_ids.filtered(
            lambda repair: repair.state not in ('done', 'cancel')).action_repair_cancel()
