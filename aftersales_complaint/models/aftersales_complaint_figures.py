from odoo import models


class AftersalesComplaint(models.Model):
    """What the figures read: indexes of the days, and the page of what a failure costs."""

    _inherit = 'aftersales.complaint'

    # the daily report: what was closed, and still open, on a day; with what it groups by
    _closed_idx = models.Index(
        '(date_closed) INCLUDE (company_id, received_day, date_deadline, kind, product_id,'
        ' department_id, amount_loss) WHERE date_closed IS NOT NULL')
    _settled_idx = models.Index(
        '(date_settled) INCLUDE (company_id) WHERE date_settled IS NOT NULL')

    def action_view_failure_price(self):
        """Show what the failure behind this complaint costs."""
        self.ensure_one()
        return self.env['aftersales.failure.price']._open_for(
            scope='complaint', complaint_id=self.id, company_id=self.company_id.id)
