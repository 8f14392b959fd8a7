from odoo import fields, models


class AftersalesOutlet(models.Model):
    _inherit = 'aftersales.outlet'

    collection_mode = fields.Selection(
        [('company', "Our Company"), ('outlet', "The Outlet")], string="Customers Pay to",
        default='company', required=True,
        help="Our company: we invoice, and the technician may take the payment for us. "
             "The outlet: it quotes by our public price list and invoices itself; we only "
             "note the amount that it reports.")
    pricelist_id = fields.Many2one(
        'product.pricelist', string="Public Price List", check_company=True,
        help="Quotations to the outlet's customers take their prices from it.")
    payment_journal_ids = fields.Many2many(
        'account.journal', 'aftersales_outlet_payment_journal_rel', 'outlet_id', 'journal_id',
        string="Payments on Site", check_company=True,
        domain=[('type', 'in', ('bank', 'cash', 'credit'))],
        help="Where payments that its technicians take are booked. None: the company's.")
