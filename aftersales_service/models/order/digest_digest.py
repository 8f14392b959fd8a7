from odoo import fields, models
from odoo.exceptions import AccessError


class DigestDigest(models.Model):
    _inherit = 'digest.digest'

    kpi_aftersales_new = fields.Boolean("New Service Orders")
    kpi_aftersales_new_value = fields.Integer(compute='_compute_kpi_aftersales_new_value')
    kpi_aftersales_closed = fields.Boolean("Service Orders Closed")
    kpi_aftersales_closed_value = fields.Integer(
        compute='_compute_kpi_aftersales_closed_value')
    kpi_aftersales_covered = fields.Boolean("Service Orders under Warranty (%)")
    kpi_aftersales_covered_value = fields.Float(
        compute='_compute_kpi_aftersales_covered_value')
    kpi_aftersales_kept = fields.Boolean("Promises to Customers Kept (%)")
    kpi_aftersales_kept_value = fields.Float(compute='_compute_kpi_aftersales_kept_value')

    def _compute_kpi_aftersales_new_value(self):
        self._ensure_aftersales_reader()
        self._calculate_company_based_kpi(
            'aftersales.order', 'kpi_aftersales_new_value', date_field='date_event')

    def _compute_kpi_aftersales_closed_value(self):
        self._ensure_aftersales_reader()
        self._calculate_company_based_kpi(
            'aftersales.order', 'kpi_aftersales_closed_value', date_field='date_closed',
            additional_domain=[('state', '=', 'closed')])

    def _compute_kpi_aftersales_covered_value(self):
        """Take the share of the orders of the period whose unit was under warranty."""
        self._ensure_aftersales_reader()
        start, end, companies = self._get_kpi_compute_parameters()
        counts = self.env['aftersales.order']._read_group(
            [('company_id', 'in', companies.ids), ('date_event', '>=', start),
             ('date_event', '<', end)], ['company_id', 'cover_state'], ['__count'])
        self._set_aftersales_share('kpi_aftersales_covered_value', counts, 'covered')

    def _compute_kpi_aftersales_kept_value(self):
        """Take the share of the promises that were met, of those decided in the period."""
        self._ensure_aftersales_reader()
        start, end, companies = self._get_kpi_compute_parameters()
        counts = self.env['aftersales.clock']._read_group(
            [('res_model', '=', 'aftersales.order'), ('result', 'in', ('met', 'missed')),
             ('company_id', 'in', companies.ids), ('date_stopped', '>=', start),
             ('date_stopped', '<', end)], ['company_id', 'result'], ['__count'])
        self._set_aftersales_share('kpi_aftersales_kept_value', counts, 'met')

    def _set_aftersales_share(self, name, counts, wanted):
        """Set field ``name`` to the per cent of ``wanted`` in the company of each digest.

        :param counts: tuples of company, value and count
        """
        for digest in self:
            company = digest.company_id or self.env.company
            total = sum(count for owner, __, count in counts if owner == company)
            part = sum(count for owner, value, count in counts
                       if owner == company and value == wanted)
            digest[name] = 100.0 * part / total if total else 0.0

    def _ensure_aftersales_reader(self):
        """Leave these figures out of the e-mails of people who may not see all orders."""
        if not self.env.user.has_group('aftersales_service.group_aftersales_dispatcher'):
            raise AccessError(self.env._(
                "Only dispatchers and team leads get the figures of the service desk."))

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu_id = self.env.ref('aftersales_service.aftersales_menu_root').id
        for name in ('new', 'closed', 'covered', 'kept'):
            actions[f'kpi_aftersales_{name}'] = (
                f'aftersales_service.aftersales_order_action?menu_id={menu_id}')
        return actions
