from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .aftersales_complaint import QUIET_KINDS
from .roles import DESK, TEAM_LEAD

_NAMES = ('open', 'late', 'loss')


class DigestDigest(models.Model):
    """Complaints in the e-mail of key figures: what is open, what is late, what it cost."""

    _inherit = 'digest.digest'

    kpi_complaint_open = fields.Boolean("Open Complaints")
    kpi_complaint_open_value = fields.Integer(compute='_compute_kpi_complaint_open_value')
    kpi_complaint_late = fields.Boolean("Late Complaints (%)")
    kpi_complaint_late_value = fields.Float(compute='_compute_kpi_complaint_late_value')
    kpi_complaint_loss = fields.Boolean("Loss of Complaints")
    kpi_complaint_loss_value = fields.Monetary(compute='_compute_kpi_complaint_loss_value')

    def _compute_kpi_complaint_open_value(self):
        """Count the complaints that were open at the end of the period."""
        for digest, cases, __ in self._get_complaint_bases():
            digest.kpi_complaint_open_value = cases.search_count(
                digest._get_open_complaint_domain())

    def _compute_kpi_complaint_late_value(self):
        """Take the share of those whose earliest promise was missed by then.

        A complaint that was answered since has other promises: earlier periods count those
        that are open still.
        """
        for digest, cases, end in self._get_complaint_bases():
            domain = digest._get_open_complaint_domain()
            total = cases.search_count(domain)
            late = cases.search_count(domain & Domain('date_deadline', '<', end))
            digest.kpi_complaint_late_value = 100.0 * late / total if total else 0.0

    def _compute_kpi_complaint_loss_value(self):
        """Add up the losses of the complaints that were closed in the period."""
        for digest, cases, end in self._get_complaint_bases():
            start = digest._get_kpi_compute_parameters()[0]
            [[loss]] = cases._read_group(
                digest._get_complaint_domain() & Domain('date_closed', '>=', start)
                & Domain('date_closed', '<', end), aggregates=['amount_loss:sum'])
            digest.kpi_complaint_loss_value = loss or 0.0

    def _get_complaint_bases(self):
        """Return ``[(digest, complaints, end of the period)]``, for who may see all complaints."""
        if not any(map(self.env.user.has_group, (DESK, TEAM_LEAD))):
            raise AccessError(self.env._(
                "Only the complaint desk and team leads get the figures of complaints."))
        end = self._get_kpi_compute_parameters()[1]
        return [(digest, self.env['aftersales.complaint'], end) for digest in self]

    def _get_complaint_domain(self):
        self.ensure_one()
        company = self.company_id or self.env.company
        return Domain('company_id', '=', company.id) & Domain(
            'kind', 'not in', sorted(QUIET_KINDS))

    def _get_open_complaint_domain(self):
        """Return the domain of what was received before the end, and not closed by then."""
        end = self._get_kpi_compute_parameters()[1]
        return self._get_complaint_domain() & Domain('date_received', '<', end) & (
            Domain('date_closed', '=', False) | Domain('date_closed', '>=', end))

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu_id = self.env.ref('aftersales_complaint.aftersales_complaint_menu_root').id
        for name in _NAMES:
            actions[f'kpi_complaint_{name}'] = (
                f'aftersales_complaint.aftersales_complaint_action?menu_id={menu_id}')
        return actions
