from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_payment_journal_ids = fields.Many2many(
        'account.journal', 'aftersales_company_payment_journal_rel', 'company_id', 'journal_id',
        string="Payments on Site",
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('company_id', '=', id)]",
        help="Where payments that technicians take are booked. None: they take no payments.")
    aftersales_needs_price = fields.Boolean(
        string="Paid Work Needs a Price",
        help="A repair that the customer pays is finished once a part, labour or the trip "
             "stands on it, or a team lead made it goodwill.")
    aftersales_pay_later = fields.Boolean(
        string="Customers May Pay after the Work", default=True,
        help="Off: paid work is finished once the customer has paid for it.")
