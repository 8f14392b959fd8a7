from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import PortalCommon
from odoo.addons.aftersales_service.tests.outlet.common import OutletCommon

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestOutletGrievances(PortalCommon, OutletCommon, ComplaintCommon):
    """An outlet settles its own grievances, or passes them on."""

    def test_outlet_settles_its_grievance_others_find_none(self):
        case, other = (self._create_complaint(
            is_grievance=True, outlet_id=self.north.id, subject=subject,
            partner_id=self.customer.copy({'phone': False}).id)
            for subject in ("Came late", "Left dirt"))
        url = f'/my/outlet/grievances/{case.id}'
        self.authenticate('chen', 'chen')
        self.assertNotIn("Came late", self.url_open('/my/outlet/grievances').text)
        self.assertEqual(self._post(f'{url}/settle', words="Done").status_code, 404)
        self.authenticate('owner', 'owner-secret')
        self.assertEqual(self.url_open('/my/outlet/grievances').status_code, 404)
        self.authenticate('wang', 'wang')
        self.assertIn("Came late", self.url_open('/my/outlet/grievances').text)
        self.assertIn("what you did", self._post(f'{url}/settle', words=" ").text)
        self._post(f'{url}/settle', words="We apologised and cleaned up")
        self.assertRecordValues(case, [{
            'state': 'settled', 'answer': "We apologised and cleaned up"}])
        self.assertEqual(self._post(f'{url}/pass', words="Late").status_code, 404)
        for step in 'settle', 'pass':
            for number in 0, 2 ** 31:
                self.assertEqual(self._post(
                    f'/my/outlet/grievances/{number}/{step}', words="Done").status_code, 404)
        self._post(f'/my/outlet/grievances/{other.id}/pass', words="It is the maker's fault")
        self.assertFalse(other.is_grievance)
        self.assertIn('complaint_solution', other.clock_ids.mapped('kind'))
