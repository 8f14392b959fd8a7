from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .aftersales_part_request import FINAL_STATES
from .roles import PLANNER

_NAMES = ('fill', 'waiting', 'dead')


class DigestDigest(models.Model):
    """Spare parts in the e-mail of key figures: fill rate, what is waited for, dead stock."""

    _inherit = 'digest.digest'

    kpi_part_fill = fields.Boolean("Fill Rate of Parts (%)")
    kpi_part_fill_value = fields.Float(compute='_compute_kpi_part_fill_value')
    kpi_part_waiting = fields.Boolean("Waiting Part Requests")
    kpi_part_waiting_value = fields.Integer(compute='_compute_kpi_part_waiting_value')
    kpi_part_dead = fields.Boolean("Dead Stock")
    kpi_part_dead_value = fields.Monetary(compute='_compute_kpi_part_dead_value')

    def _compute_kpi_part_fill_value(self):
        """Take the lines filled at once, of those asked in the months of the period."""
        self._ensure_part_planner()
        start, end = map(fields.Date.to_date, self._get_kpi_compute_parameters()[:2])
        for digest in self:
            [[lines, at_once]] = self.env['aftersales.part.demand']._read_group(
                digest._get_part_domain()
                & Domain('month', '>=', start.replace(day=1))
                & Domain('month', '<', end), [], ['line_count:sum', 'at_once_count:sum'])
            digest.kpi_part_fill_value = 100.0 * at_once / lines if lines else 0.0

    def _compute_kpi_part_waiting_value(self):
        """Count the requests that had not come by the end of the period.

        Requests that were cancelled since count in no period.
        """
        self._ensure_part_planner()
        end = self._get_kpi_compute_parameters()[1]
        for digest in self:
            digest.kpi_part_waiting_value = self.env['aftersales.part.request'].search_count(
                digest._get_part_domain() & Domain('date_requested', '<', end)
                & Domain('state', '!=', 'cancelled')
                & (Domain('date_received', '>=', end)
                   | Domain('date_received', '=', False)
                   & Domain('state', 'not in', FINAL_STATES)))

    def _compute_kpi_part_dead_value(self):
        """Add up the value of the parts that are dead today; earlier stock is not kept."""
        self._ensure_part_planner()
        for digest in self:
            [[value]] = self.env['aftersales.part.report']._read_group(
                digest._get_part_domain() & Domain('fact', '=', 'stock'), [],
                ['dead_value:sum'])
            digest.kpi_part_dead_value = value or 0.0

    def _ensure_part_planner(self):
        if not self.env.user.has_group(PLANNER):
            raise AccessError(self.env._("Only planners get the figures of spare parts."))

    def _get_part_domain(self):
        self.ensure_one()
        return Domain('company_id', '=', (self.company_id or self.env.company).id)

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu_id = self.env.ref('aftersales_parts.aftersales_parts_menu_root').id
        for name, action in zip(
                _NAMES, ('part_demand_action', 'part_request_action', 'part_report_action'),
                strict=True):
            actions[f'kpi_part_{name}'] = (
                f'aftersales_parts.aftersales_{action}?menu_id={menu_id}')
        return actions
