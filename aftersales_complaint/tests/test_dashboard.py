from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.dashboard import DashboardCase

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestDashboard(DashboardCase, ComplaintCommon):
    """The dashboard of complaints, for complaint managers."""

    dashboard_xmlid = 'aftersales_complaint.spreadsheet_dashboard_complaints'
    reader = 'complaint_manager'
    others = ('agent', 'desk', 'lead', 'employee')

    def _empty(self):
        # judged complaints stay as a proof: this test alone takes them away
        self.env.cr.execute("UPDATE aftersales_complaint SET state = 'new'")
        self.env.invalidate_all()
        self.env['aftersales.complaint'].search([]).unlink()

    def _fill(self):
        self._create_complaint()
