from odoo import fields, models
from odoo.tools import format_list

SALESMAN = 'sales_team.group_sale_salesman'


class SaleOrder(models.Model):
    _name = 'sale.order'
    _inherit = ['sale.order', 'aftersales.protected.mixin']
    _is_company_checked = False

    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', copy=False,
        check_company=True, link_access='write')
    aftersales_accepted_total = fields.Monetary(
        string="Total Accepted by the Customer", readonly=True, copy=False, protected=True,
        help="What this sale cost when the customer accepted it.")
    aftersales_order_count = fields.Integer(
        string="Service Orders", compute='_compute_aftersales_order_count',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_order_count(self):
        """Count the service orders for units that were sold by these orders."""
        counts = dict(self.env['aftersales.order']._read_group(
            self._get_aftersales_domain(), ['warranty_id.sale_line_id'], ['__count']))
        for order in self:
            order.aftersales_order_count = sum(
                counts.get(line, 0) for line in order.order_line)

    def action_view_aftersales_orders(self):
        """Show the service orders for units that were sold by these orders."""
        return self.env['aftersales.order']._get_orders_action(self._get_aftersales_domain())

    def _action_confirm(self):
        """Keep what the customer of a service order agreed to."""
        result = super()._action_confirm()
        for sale in self:
            if sale.aftersales_order_id:
                # core checked the right to confirm; the total is protected
                sale.sudo().aftersales_accepted_total = sale.amount_total
        return result

    def _is_raised(self):
        """Whether this sale costs more than the customer accepted."""
        self.ensure_one()
        return self.state == 'sale' and self.currency_id.compare_amounts(
            self.amount_total, self.aftersales_accepted_total) > 0

    def _is_agreed(self):
        """Whether the customer accepted this sale, also where only the payment is missing."""
        self.ensure_one()
        return self.state == 'sale' or (self.state in ('draft', 'sent') and bool(self.signature))

    def _get_agreed_total(self):
        """Return what the customer agreed to pay by this sale; a rise needs their yes first."""
        self.ensure_one()
        return self.aftersales_accepted_total if self._is_raised() else self.amount_total

    def _has_lines_of_work(self):
        """Whether parts or labour of the service order stand on this sale."""
        self.ensure_one()
        lines = self.order_line
        return bool(lines.aftersales_labour_ids or lines.move_ids.repair_id)

    def _get_reader_action(self, name=None):
        """Open these sales in the form that the reader has the rights for.

        Hook to call: by buttons that open sales, as the user, for a batch, after the caller's own
        check of the document that they belong to. Core's form reads invoices and needs a
        salesperson. Technicians, whom core lets read sales as stock users, get a form of ours; the
        desk reads no sales and gets the numbers. Raises nothing.
        """
        if not self.has_access('read'):
            # what the caller shows belongs to a document that the user reads
            return {
                'type': 'ir.actions.client',
                'tag': 'display_notification',
                'params': {
                    'type': 'success',
                    'title': name or self.env._("Quotations"),
                    'message': format_list(self.env, self.sudo().mapped('name')),
                    'next': {'type': 'ir.actions.act_window_close'},
                },
            }
        action = self._get_records_action(name=name or self.env._("Quotations"))
        if not self.env.user.has_group(SALESMAN):
            action['views'] = [
                (self.env.ref(f'aftersales_service.sale_order_view_{kind}_technician').id, kind)
                for __, kind in action['views']]
        return action

    def _get_aftersales_domain(self):
        return [('warranty_id.sale_line_id.order_id', 'in', self.ids)]
