from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.outlet.common import OutletCommon

from .common import ProofCommon


@tagged('post_install', '-at_install')
class TestCharges(OutletCommon, ProofCommon):
    """What becomes of a charge is noted on its case; a settlement takes up what is final."""

    def setUp(self):
        super().setUp()
        self.north.manager_id = self.wang

    def _charge(self, **values):
        return self._decide(
            self._create_case(outlet_id=self.north.id, **values), penalty=70.0)

    def test_case_hears_of_objection_and_decision(self):
        case = self._charge()
        case.charge_ids.with_user(self.wang)._object_for_outlet("We were not there")
        self.assertEqual(case.charge_step, 'objected')
        charge = case.charge_ids.with_user(self.lead)
        charge.decision_note = "You were"
        charge.action_reject()
        self.assertEqual(case.charge_step, 'rejected')

    def test_settlement_leaves_out_what_may_be_objected_to_and_what_is_in_court(self):
        open_case = self._charge()
        self.env.company.aftersales_objection_days = 0
        due, court = self._charge(), self._charge(is_in_court=True)
        settled = (open_case | due | court).with_user(self.lead)._settle_charges()
        self.assertEqual(settled, due.charge_ids)
        self.assertEqual(
            (open_case | due | court).mapped('charge_step'), [False, 'settled', False])
