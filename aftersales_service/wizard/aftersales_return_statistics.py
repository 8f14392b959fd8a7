from collections import defaultdict

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_list


class AftersalesReturnStatistics(models.TransientModel):
    """Chooses the period of the printed statistics of returns and exchanges, and counts."""

    _name = 'aftersales.return.statistics'
    _description = "Return Statistics"
    _inherit = ['aftersales.statistics.mixin']

    _statistics_report = 'aftersales_service.action_report_return_statistics'

    def action_view_pivot(self):
        """Show the same figures as a pivot table."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_return_report_action')
        action.update(domain=list(self._get_domain()), context={})
        return action

    def _get_domain(self):
        return self._get_products_domain() & (
            Domain('date', '>=', self.date_from) & Domain('date', '<=', self.date_to))

    def _get_reasons(self):
        """Return the reasons that occur in the period, in their order: the form's columns."""
        groups = self.env['aftersales.return.report']._read_group(
            self._get_domain() & Domain('reason_id', '!=', False), ['reason_id'])
        return self.env['aftersales.return.reason'].union(
            *(reason for [reason] in groups)).sorted(
                lambda reason: (reason.sequence, reason.id))

    def _get_rows(self):
        """Return one dict per product that came back, those with most returns first."""
        self.ensure_one()
        report = self.env['aftersales.return.report']
        counts = defaultdict(lambda: defaultdict(float))
        answering = defaultdict(lambda: defaultdict(float))
        for product, reason, returned in report._read_group(
                self._get_domain() & Domain('reason_id', '!=', False),
                ['product_id', 'reason_id'], ['returned:sum']):
            counts[product][reason] = returned
            answering[product][reason.responsible] += returned
        labels = dict(report._fields['responsible']._description_selection(self.env))
        return [{
            'product': product, 'delivered': delivered, 'returned': returned,
            'exchanged': exchanged, 'reasons': counts[product], 'value': value or 0.0,
            'rate': 100.0 * returned / delivered if delivered else None,
            'responsible': format_list(self.env, [
                labels[key] for key in sorted(
                    answering[product], key=answering[product].get, reverse=True)]),
        } for product, delivered, returned, exchanged, value in report._read_group(
            self._get_domain(), ['product_id'],
            ['delivered:sum', 'returned:sum', 'exchanged:sum', 'price:sum'],
            having=[('returned:sum', '>', 0)], order='returned:sum DESC, product_id')]

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Return Statistics %(start)s to %(end)s", start=self.date_from, end=self.date_to)
