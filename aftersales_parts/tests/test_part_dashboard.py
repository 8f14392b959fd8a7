from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.dashboard import DashboardCase

from .common import PartsCommon


@tagged('post_install', '-at_install')
class TestPartDashboard(DashboardCase, PartsCommon):
    """The dashboard of spare parts, for planners."""

    dashboard_xmlid = 'aftersales_parts.spreadsheet_dashboard_parts'
    reader = 'planner'
    others = ('agent', 'technician', 'storekeeper', 'employee')

    def _empty(self):
        self.env['aftersales.part.demand'].search([]).unlink()

    def _fill(self):
        self.env['aftersales.part.demand'].create({
            'month': '2026-06-01', 'asked_product_id': self.board.id, 'asked_quantity': 1,
            'line_count': 1})
