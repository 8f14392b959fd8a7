from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AftersalesReturnStatistics(models.TransientModel):
    """Chooses the period of the printed statistics of returns and exchanges, and counts."""

    _name = 'aftersales.return.statistics'
    _description = "Return Statistics"

    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date_from = fields.Date(
        string="From", required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(months=-1, day=1))
    date_to = fields.Date(
        string="Until", required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(day=1, days=-1),
        help="The last day counts.")
    product_ids = fields.Many2many('product.product', string="Products")
    categ_ids = fields.Many2many('product.category', string="Product Categories")

    @api.constrains('date_from', 'date_to')
    def _check_period(self):
        for wizard in self:
            if wizard.date_from > wizard.date_to:
                raise UserError(self.env._("The period must not end before it begins."))

    def action_print(self):
        """Print the statistics of the chosen period."""
        return self.env.ref(
            'aftersales_service.action_report_return_statistics').report_action(self)

    def action_view_pivot(self):
        """Show the same figures as a pivot table."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_return_report_action')
        action.update(domain=list(self._get_domain()), context={})
        return action

    def _get_domain(self):
        self.ensure_one()
        domain = (
            Domain('company_id', '=', self.company_id.id)
            & Domain('date', '>=', self.date_from) & Domain('date', '<=', self.date_to))
        if self.product_ids or self.categ_ids:
            domain &= (
                Domain('product_id', 'in', self.product_ids.ids)
                | Domain('categ_id', 'child_of', self.categ_ids.ids))
        return domain

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
            'responsible': ", ".join(
                labels[key] for key in sorted(
                    answering[product], key=answering[product].get, reverse=True)),
        } for product, delivered, returned, exchanged, value in report._read_group(
            self._get_domain(), ['product_id'],
            ['delivered:sum', 'returned:sum', 'exchanged:sum', 'price:sum'],
            having=[('returned:sum', '>', 0)], order='returned:sum DESC, product_id')]

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Return Statistics %(start)s to %(end)s", start=self.date_from, end=self.date_to)
