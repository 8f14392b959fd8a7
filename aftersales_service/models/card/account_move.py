from odoo import models


class AccountMove(models.Model):
    _inherit = 'account.move'

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        posted.filtered(lambda move: move.move_type == 'out_invoice')._date_warranties()
        return posted

    def _date_warranties(self):
        """Give the cards of the units on these invoices their invoice date."""
        lines = self.invoice_line_ids.sale_line_ids
        if not lines:
            return
        # dates follow from the invoice, which the user was allowed to post
        cards = self.env['aftersales.warranty'].sudo().search(
            [('sale_line_id', 'in', lines.ids), ('invoice_date', '=', False)])
        for day, dated in cards.grouped(lambda card: card._get_sold_day()).items():
            if day:
                dated.invoice_date = day
