from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class StockQuant(models.Model):
    """Spare parts are counted in the rhythm of their class, not of their location."""

    _inherit = 'stock.quant'

    def _apply_inventory(self, date=None):
        """Plan the next count by class: core plans it by location as it ends a count."""
        result = super()._apply_inventory(date)
        today = fields.Date.context_today(self)
        for company, quants in self.exists().grouped('company_id').items():
            months = self._get_count_months(quants.product_id, company)
            for quant in quants:
                if quant.product_id in months:
                    quant.inventory_date = today + relativedelta(months=months[quant.product_id])
        return result

    @api.model
    def _plan_counts(self, products, company):
        """Plan the next count of parts whose class is another; called by the classification.

        The days are spread over the rhythm, so that not everything is counted on one day. As
        superuser.
        """
        months = self._get_count_months(products, company)
        today = fields.Date.context_today(self)
        quants = self.search([
            ('product_id', 'in', products.ids), ('company_id', '=', company.id),
            ('location_id.usage', '=', 'internal')])
        days = {quant: today + timedelta(days=1 + quant.id % (months[quant.product_id] * 30))
                for quant in quants if quant.product_id in months}
        for day, due in quants.grouped(days.get).items():
            if day:
                due.inventory_date = day

    @api.model
    def _get_count_months(self, products, company):
        """Return ``{part: months}`` between two counts, by the present class in the company."""
        # who counts need not read classes: only the day of the next count follows
        rows = self.env['aftersales.part.class'].sudo().search([
            ('product_id', 'in', products.ids), ('company_id', '=', company.id),
            ('date_to', '=', False)])
        if not rows:
            return {}
        rhythm = self.env['aftersales.part.policy']._get_policy(company)._get_count_months()
        return {row.product_id: rhythm[row.abc] for row in rows}

    def _get_shelf_end(self):
        """Return the day on which a part is too old; nothing without shelf life."""
        self.ensure_one()
        months = self.product_id.shelf_life_months
        if not months or not self.in_date:
            return None
        return self.in_date.date() + relativedelta(months=months)
