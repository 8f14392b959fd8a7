from odoo import api, fields, models


class AftersalesCollection(models.TransientModel):
    """Asks what the customer paid, how, and for which receipt."""

    _name = 'aftersales.collection'
    _description = "Payment on Site"
    _inherit = 'aftersales.link.access.mixin'

    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", required=True, readonly=True,
        link_access='write')
    collection_mode = fields.Selection(related='order_id.collection_mode')
    currency_id = fields.Many2one(related='order_id.currency_id')
    amount = fields.Monetary(
        compute='_compute_amount', store=True, readonly=False, required=True)
    method = fields.Selection(
        '_get_methods', string="Paid by", compute='_compute_method', store=True, readonly=False)
    receipt = fields.Char(string="Receipt Number")

    @api.model
    def _get_methods(self):
        """Offer the journals of the settings; the order's own are checked when booking."""
        # technicians read no journals; only the names of these few are shown
        companies = self.env.companies.sudo()
        outlets = self.env['aftersales.outlet'].sudo().search(
            [('payment_journal_ids', '!=', False), ('company_id', 'in', companies.ids)])
        journals = companies.aftersales_payment_journal_ids | outlets.payment_journal_ids
        return [(str(journal.id), journal.name) for journal in journals]

    @api.depends('order_id')
    def _compute_amount(self):
        for collection in self:
            order = collection.order_id
            collection.amount = order._get_amount_due() if order else 0.0

    @api.depends('order_id')
    def _compute_method(self):
        for collection in self:
            order = collection.order_id
            journals = order._get_payment_journals() if order else ()
            collection.method = str(journals[0].id) if journals else False

    def action_collect(self):
        """Book the payment, or note what the outlet took."""
        self.ensure_one()
        self.order_id._collect(
            self.amount, int(self.method) if self.method else None, self.receipt)
        return {'type': 'ir.actions.act_window_close'}
