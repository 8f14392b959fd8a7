from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..tools.stock_rule import rotable_pool
from .product_product_last_buy import DAYS_A_YEAR


class ProductProduct(models.Model):
    """How many pieces of a repairable part to own: on hand, with customers' repairs and on the way.

    Pieces that are repaired come back after the turnaround, in place of the others new ones are
    bought. Turnaround and failures are those of the last year, else those of the policy.
    """

    _inherit = 'product.product'

    rotable_pool = fields.Integer(
        string="Pool Size", compute='_compute_rotable_pool', compute_sudo=True,
        help="How many pieces of a repairable part to own, in stock and in repair, to serve its "
             "demand with its service level while others are repaired or bought.")
    rotable_days = fields.Float(
        string="Turnaround (Days)", compute='_compute_rotable_pool', digits=(8, 1),
        compute_sudo=True,
        help="From the approval of a repair to the stock: the mean of the last year, else as the "
             "policy expects.")
    rotable_scrap_percent = fields.Float(
        string="Failed Repairs (%)", compute='_compute_rotable_pool', compute_sudo=True,
        help="The share of pieces that could not be repaired in the last year, else as the policy "
             "expects.")

    @api.depends('is_repairable')
    @api.depends_context('company')
    def _compute_rotable_pool(self):
        repaired = self.filtered('is_repairable')
        (self - repaired).update(
            {'rotable_pool': 0, 'rotable_days': 0, 'rotable_scrap_percent': 0})
        if not repaired:
            return
        company = self.env.company
        policy = self.env['aftersales.part.policy']._get_policy(company)
        today = company._get_aftersales_day(fields.Datetime.now())
        levels = self.env['aftersales.part.suggestion']._read_levels(company, repaired, policy)
        used = repaired._read_yearly_use(company, today)
        repairs = repaired._read_repairs(company)
        lead_days = self.env['stock.warehouse.orderpoint']._get_vendor_days(repaired, company)
        for product in repaired:
            days, scrap = repairs.get(
                product.id, (policy.repair_turnaround_days, policy.repair_scrap_percent))
            product.rotable_days, product.rotable_scrap_percent = days, scrap
            level = levels[product][0]  # 0: a dead part, of which no piece is kept
            product.rotable_pool = level and rotable_pool(
                used.get(product.id, 0.0) / DAYS_A_YEAR, days, policy.repair_transport_days,
                lead_days[product], scrap / 100, level / 100)

    def _read_repairs(self, company):
        """Return ``{part id: (mean days, failures in per cent)}`` of last year's repairs."""
        return {
            product.id: (days, 100 - good) for product, days, good in self.env[
                'aftersales.old.part']._read_group(
                [('company_id', '=', company.id), ('product_id', 'in', self.ids),
                 ('outcome', '!=', False),
                 ('date_disposed', '>=', fields.Datetime.now() - relativedelta(years=1))],
                ['product_id'], ['turnaround_days:avg', 'yield_percent:avg'])}
