from odoo import fields, models
from odoo.tools import SQL


class AftersalesProviderReport(models.Model):
    """Logistics providers: damages, claims, punctuality and cost, by partner and month.

    A provider is a partner who was named as the carrier of a damage on delivery. Receipts on time
    are core's, of what the same partner delivered on purchase orders; the cost is that of the
    posted bills, without tax. How many deliveries a carrier made is not recorded, so damages are
    counted and no rate of them is given.
    """

    _name = 'aftersales.provider.report'
    _description = "Logistics Provider Analysis"
    _inherit = 'aftersales.ratio.report.mixin'
    _auto = False
    _rec_name = 'partner_id'
    _order = 'month desc, partner_id, id'
    _depends = {
        'account.move': [
            'amount_untaxed_signed', 'commercial_partner_id', 'company_id', 'invoice_date',
            'move_type', 'state'],
        'aftersales.delivery.damage': [
            'allowance', 'carrier_id', 'claim_state', 'company_id', 'date_found', 'state'],
        'purchase.order.line': ['company_id', 'partner_id'],
        'res.company': ['currency_id'],
        'res.partner': ['commercial_partner_id'],
        'stock.move': ['date', 'purchase_line_id', 'state'],
    }
    _ratios = {'on_time_rate': ('on_time_quantity', 'quantity', 1.0)}

    partner_id = fields.Many2one('res.partner', string="Logistics Provider", readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one('res.currency', readonly=True)
    month = fields.Date(readonly=True, help="The first day of the month.")
    damage_count = fields.Integer(string="Damages", readonly=True)
    refused_count = fields.Integer(string="Claims Refused", readonly=True)
    allowance = fields.Monetary(
        string="Allowances", readonly=True, help="What customers got for these damages.")
    quantity = fields.Float(string="Quantity Received", readonly=True)
    on_time_quantity = fields.Float(string="Received on Time", readonly=True)
    on_time_rate = fields.Float(
        string="On-time Rate", readonly=True, aggregator='avg',
        help="The quantity received on time, of that on the purchase orders.")
    cost = fields.Monetary(readonly=True, help="Posted bills less refunds, without tax.")

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            WITH provider AS (
                SELECT DISTINCT partner.commercial_partner_id AS id
                  FROM aftersales_delivery_damage damage
                  JOIN res_partner partner ON partner.id = damage.carrier_id),
            fact AS (
                SELECT partner.commercial_partner_id AS partner_id, damage.company_id,
                       damage.date_found::date AS day, 1 AS damage_count,
                       (damage.claim_state = 'refused')::integer AS refused_count,
                       damage.allowance::float AS allowance, NULL::float AS quantity,
                       NULL::float AS on_time_quantity, NULL::float AS cost
                  FROM aftersales_delivery_damage damage
                  JOIN res_partner partner ON partner.id = damage.carrier_id
                 WHERE damage.state != 'draft'
             UNION ALL
                SELECT partner.commercial_partner_id, line.company_id, delay.date::date,
                       NULL, NULL, NULL, delay.qty_total, delay.qty_on_time, NULL
                  FROM vendor_delay_report delay
                  JOIN purchase_order_line line ON line.id = delay.id
                  JOIN res_partner partner ON partner.id = delay.partner_id
             UNION ALL
                SELECT bill.commercial_partner_id, bill.company_id, bill.invoice_date,
                       NULL, NULL, NULL, NULL, NULL, -bill.amount_untaxed_signed
                  FROM account_move bill
                 WHERE bill.move_type IN ('in_invoice', 'in_refund') AND bill.state = 'posted')
            SELECT ROW_NUMBER() OVER (
                       ORDER BY fact.company_id, fact.partner_id, date_trunc('month', fact.day)
                   ) AS id, fact.partner_id, fact.company_id, company.currency_id,
                   date_trunc('month', fact.day)::date AS month,
                   SUM(fact.damage_count)::integer AS damage_count,
                   SUM(fact.refused_count)::integer AS refused_count,
                   SUM(fact.allowance) AS allowance, SUM(fact.quantity) AS quantity,
                   SUM(fact.on_time_quantity) AS on_time_quantity,
                   SUM(fact.on_time_quantity) / NULLIF(SUM(fact.quantity), 0) AS on_time_rate,
                   SUM(fact.cost) AS cost
              FROM fact
              JOIN provider ON provider.id = fact.partner_id
              JOIN res_company company ON company.id = fact.company_id
          GROUP BY fact.partner_id, fact.company_id, company.currency_id,
                   date_trunc('month', fact.day)
            """)
