from odoo.tests import tagged

from ..common import AftersalesCommon
from ..dashboard import DashboardCase


@tagged('post_install', '-at_install')
class TestDashboard(DashboardCase, AftersalesCommon):
    """The Service Desk dashboard, for leads."""

    dashboard_xmlid = 'aftersales_service.spreadsheet_dashboard_service_desk'
    others = ('agent', 'technician', 'dispatcher', 'employee')

    def _empty(self):
        self.env['aftersales.order'].search([]).unlink()

    def _fill(self):
        self._create_order()
