from odoo import fields, models


class AccountPayment(models.Model):
    _name = 'account.payment'
    _inherit = ['account.payment', 'aftersales.protected.mixin']
    _is_company_checked = False

    # plain columns, filled by the service order that the money was taken for
    aftersales_order_id = fields.Many2one(
        'aftersales.order', string="Service Order", readonly=True, copy=False,
        index='btree_not_null', ondelete='restrict', protected=True)
    aftersales_collector_id = fields.Many2one(
        'res.users', string="Taken by", readonly=True, copy=False, protected=True,
        help="Who took the money at the customer's.")
    aftersales_receipt = fields.Char(
        string="Receipt Number", readonly=True, copy=False, index='btree_not_null',
        protected=True)

    _aftersales_receipt_uniq = models.UniqueIndex(
        "(company_id, aftersales_receipt) WHERE aftersales_receipt IS NOT NULL"
        " AND state NOT IN ('canceled', 'rejected')",
        "The number of a receipt stands on one payment of the company only.")
