from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.batch_alarm import find_batches
from .roles import COMPLAINT_MANAGER

QUIET_KINDS = ('praise', 'suggestion')


class AftersalesCapa(models.Model):
    """The batch alarm: where complaints of a batch are more than chance, an 8D is proposed.

    What is compared are complaints per unit sold; where no sale of a batch is known, their number.
    """

    _inherit = 'aftersales.capa'

    @api.model
    def _cron_propose(self):
        """Propose corrective actions in each company; one company is one batch of work."""
        cron = self.env['ir.cron']
        companies = self.env['res.company'].search([('active', '=', True)])
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            self._propose_by_batch(company)
            if not cron._commit_progress(1):
                break  # out of time: the next run finds what is left

    @api.model
    def _propose_by_batch(self, company):
        """Propose an action for each batch with an alarm and no action yet; return them.

        Called as superuser by the cron. Batches of one product are compared with each other, also
        those that were sold and brought no complaint.
        """
        cases = self._count_by_batch(company)
        units = self._count_units_sold(company, cases)
        known = set(self.search([
            ('company_id', '=', company.id), ('state', '!=', 'cancelled'),
            ('product_id', 'in', [product.id for product in cases])]).mapped(
                lambda capa: (capa.product_id, capa.batch)))
        vals_list = []
        for product, counts in cases.items():
            faults = dict.fromkeys(units[product], 0) | {
                batch: count for batch, (count, __) in counts.items()}
            vals_list += [
                self._prepare_alarm_vals(
                    company, product, batch, *counts[batch], units[product].get(batch))
                for batch in find_batches(
                    faults, units[product], least=company.aftersales_alarm_count)
                if (product, batch) not in known]
        capas = self.create(vals_list)
        for capa in capas:
            capa.activity_schedule(
                'mail.mail_activity_data_warning', user_id=capa.user_id.id,
                summary=capa.with_context(lang=capa.user_id.lang).env._("Batch Alarm"))
        return capas

    @api.model
    def _count_by_batch(self, company):
        """Return ``{product: {batch: (number, complaints)}}`` of the company's period."""
        since = fields.Datetime.now() - relativedelta(months=company.aftersales_alarm_months)
        groups = self.env['aftersales.complaint']._read_group(
            Domain('company_id', '=', company.id) & Domain('date_received', '>=', since)
            & Domain('product_id', '!=', False) & Domain('batch', 'not in', [False, ''])
            & Domain('kind', 'not in', QUIET_KINDS)
            & Domain('state', 'not in', ('unfounded', 'merged')),
            ['product_id', 'batch'], ['__count', 'id:recordset'])
        counted = {}
        for product, batch, count, complaints in groups:
            counted.setdefault(product, {})[batch] = count, complaints
        return counted

    @api.model
    def _count_units_sold(self, company, cases):
        """Return ``{product: {batch: units sold}}`` of the products that are complained of.

        What customers got of a lot, less what came back; else what the complaints say was
        delivered of the batch.

        :param cases: ``{product: {batch: (number, complaints)}}``
        """
        units = {product: {} for product in cases}
        products = Domain('product_id', 'in', [product.id for product in cases])
        for sign, sold, other in ((1, 'location_dest_id', 'location_id'),
                                  (-1, 'location_id', 'location_dest_id')):
            for product, lot, quantity in self.env['stock.move.line']._read_group(
                    products & Domain('company_id', '=', company.id)
                    & Domain('state', '=', 'done') & Domain('lot_id', '!=', False)
                    & Domain('product_id.tracking', '=', 'lot')
                    & Domain(f'{sold}.usage', '=', 'customer')
                    & Domain(f'{other}.usage', '!=', 'customer'),
                    ['product_id', 'lot_id'], ['quantity_product_uom:sum']):
                lots = units[product]
                lots[lot.name] = lots.get(lot.name, 0.0) + sign * quantity
        for product, counts in cases.items():
            sold = {batch: count for batch, count in units[product].items() if count > 0}
            named = {batch: max(complaints.mapped('quantity'))
                     for batch, (__, complaints) in counts.items()}
            units[product] = {batch: count for batch, count in named.items() if count} | sold
        return units

    @api.model
    def _prepare_alarm_vals(self, company, product, batch, count, complaints, units=None):
        """Return the values of the action that an alarm proposes."""
        translated = self.with_context(lang=company.partner_id.lang or self.env.lang)
        return {
            'company_id': company.id, 'origin': 'alarm', 'product_id': product.id,
            'batch': batch, 'complaint_ids': [fields.Command.set(complaints.ids)],
            'user_id': (company._get_people_in(COMPLAINT_MANAGER)[:1] or self.env.user).id,
            'subject': translated.env._(
                "Batch %(batch)s of %(product)s", batch=batch, product=product.display_name),
            'problem': translated.env._(
                "%(count)s complaints of %(units)s units sold in %(months)s months: a higher rate "
                "than the mean of the other batches and three standard deviations.", count=count,
                units=f'{units:g}', months=company.aftersales_alarm_months)
            if units else translated.env._(
                "%(count)s complaints in %(months)s months: more than the mean of the other "
                "batches and three standard deviations.", count=count,
                months=company.aftersales_alarm_months)}
