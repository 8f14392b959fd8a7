from odoo import api, fields, models

from ...tools.qr import qr_png


class AftersalesOrder(models.Model):
    """The facts that the printed forms carry beside the order's own, and their lines."""

    _inherit = 'aftersales.order'

    has_liaison = fields.Boolean(
        string="Liaison Slip", readonly=True, copy=False, protected=True)

    # Promise
    date_wanted = fields.Datetime(
        string="Wanted for", copy=False, help="When the customer asked us to come.")
    date_promised = fields.Datetime(
        string="Promised for", copy=False, help="When we said the work would be finished.")

    # Report to the customer
    test_result = fields.Selection(
        [('passed', "Passed"), ('failed', "Failed"), ('not_tested', "Not Tested")], copy=False)
    test_note = fields.Text(
        string="Tests Made", copy=False, help="Functions tried and values measured.")
    remaining_risk = fields.Text(
        copy=False, help="What may still go wrong, and what the customer was informed of.")
    advice = fields.Text(copy=False)
    customer_remark = fields.Text(copy=False)
    repair_warranty_days = fields.Integer(
        string="Repair Warranty (Days)", compute='_compute_repair_warranty_days', store=True,
        readonly=False, precompute=True,
        help="How long the repair itself is promised to hold, counted from its end.")

    # Article in the workshop
    date_received = fields.Datetime(string="Article Received on", copy=False)
    date_returned = fields.Datetime(string="Article Returned on", copy=False)
    article_condition = fields.Text(
        string="Condition and Accessories", copy=False,
        help="Scratches, missing parts and what came along; both sides sign it.")
    return_signature = fields.Image(
        copy=False, max_width=1024, max_height=1024, attachment=False,
        help="The customer signs that the article came back.")
    own_check_result = fields.Selection(
        [('passed', "Passed"), ('failed', "Failed")], string="First Inspection", copy=False,
        help="The repairer checks their own work.", protected=True)
    own_check_user_id = fields.Many2one(
        'res.users', string="First Inspection by", copy=False, domain=[('share', '=', False)],
        protected=True)
    final_check_result = fields.Selection(
        [('passed', "Passed"), ('failed', "Failed")], string="Final Inspection", copy=False,
        help="Somebody else checks the work before the article leaves.", protected=True)
    final_check_user_id = fields.Many2one(
        'res.users', string="Final Inspection by", copy=False, domain=[('share', '=', False)],
        protected=True)

    @api.depends('company_id')
    def _compute_repair_warranty_days(self):
        for order in self:
            order.repair_warranty_days = order.company_id.aftersales_repair_days

    # === ACTIONS === #

    def action_view_liaisons(self):
        """Show the liaison slips of these orders; a new one belongs to the order."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_liaison_action')
        action.update(
            domain=[('order_id', 'in', self.ids)],
            context={'default_order_id': self.id if len(self) == 1 else False})
        return action

    # === RULES === #

    def _get_sheet_lines(self):
        """Return the parts and labour as the forms print them, one dict a line.

        ``unit_price`` and ``subtotal`` are ``None`` while nothing is quoted.
        """
        self.ensure_one()
        self.check_access('read')
        # who may read the order may print what was fitted, without stock or sales rights
        order = self.sudo()
        parts = order.part_ids.filtered(lambda move: move.state != 'cancel')
        return [*map(order._prepare_part_sheet_line, parts),
                *map(order._prepare_labour_sheet_line, order.labour_ids)]

    def _prepare_part_sheet_line(self, part):
        labels = {'add': self.env._("Fitted"), 'remove': self.env._("Taken Out"),
                  'recycle': self.env._("Recycled")}
        is_fitted = part.repair_line_type == 'add'
        return {
            'is_labour': False,
            'kind': labels[part.repair_line_type],
            'name': part.product_id.display_name,
            'serials': ", ".join(part.lot_ids.mapped('name')),
            'quantity': part.product_uom_qty,
            'uom': part.product_uom,
            'is_chargeable': is_fitted and not part.is_aftersales_covered,
            'is_covered': is_fitted and part.is_aftersales_covered,
            'percent': part.aftersales_cover_percent,
            'reason': part.aftersales_cover_reason,
            **self._get_line_price(part.sale_line_id),
        }

    def _prepare_labour_sheet_line(self, labour):
        return {
            'is_labour': True,
            'kind': self.env._("Labour"),
            'name': labour._get_reader_name(),
            'serials': '',
            'quantity': labour.quantity,
            'uom': labour.uom_id,
            'is_chargeable': not labour.is_covered,
            'is_covered': labour.is_covered,
            'percent': labour.cover_percent,
            'reason': labour.cover_reason,
            **self._get_line_price(labour.sale_line_id),
        }

    @api.model
    def _get_line_price(self, sale_line):
        if not sale_line:
            return {'unit_price': None, 'subtotal': None, 'currency': None}
        return {
            'unit_price': sale_line.price_unit,
            'subtotal': sale_line.price_subtotal,
            'currency': sale_line.currency_id,
        }

    def _get_sheet_costs(self):
        """Return what the customer pays, split as the forms ask; ``None`` without a quotation.

        Parts, labour and the rest are without tax, the total is with tax.
        """
        sales = self._get_sheet_sales()
        if not sales:
            return None
        # what came after an accepted price stands on a quotation of its own: not in this total;
        # _get_sheet_sales checked the right to read the order
        order, lines = self.sudo(), sales.order_line
        parts, labour = (
            sum((found.sale_line_id & lines).mapped('price_subtotal'))
            for found in (order.part_ids, order.labour_ids))
        return {
            'parts': parts,
            'labour': labour,
            'other': sum(sales.mapped('amount_untaxed')) - parts - labour,
            'total': sum(sales.mapped('amount_total')),
            'currency': sales.currency_id[:1],
            'is_accepted': all(
                sale.state == 'sale' and not sale._is_raised() for sale in sales),
        }

    def _get_sheet_sales(self):
        """Return the sale orders whose totals the forms print: accepted ones, else offers."""
        self.ensure_one()
        self.check_access('read')
        # as for the lines: the customer's own prices, for all who may read the order
        sales = self.sudo().sale_order_ids
        return sales.filtered(lambda sale: sale.state == 'sale') or sales.filtered(
            lambda sale: sale.state != 'cancel')

    def _get_desk_address(self):
        """Return the address that the QR code of the workshop tag opens for our people."""
        self.ensure_one()
        return f'{self.get_base_url()}/odoo/service-orders/{self.id}'

    def _get_qr_image(self):
        return qr_png(self._get_desk_address())

    def _get_days_in_repair(self):
        """Return the calendar days that the customer was without the article.

        From handing in to getting back, else from the report to the end of the work;
        ``None`` while it is not known. The day it comes back does not count.
        """
        self.ensure_one()
        start = self.date_received or self.date_event
        end = self.date_returned or self.date_done
        if not end:
            return None
        first, last = (fields.Date.context_today(self, instant) for instant in (start, end))
        return max((last - first).days, 0)
