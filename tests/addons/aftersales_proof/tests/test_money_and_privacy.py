from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.cost.common import CostCommon

from .common import ProofCommon


@tagged('post_install', '-at_install')
class TestCosts(CostCommon, ProofCommon):
    """A case is charged by its own driver and kind, and belongs to its order."""

    def test_decision_charges_its_own_driver_and_kind(self):
        activity = self.env['aftersales.cost.activity'].create(
            {'name': "Talk", 'driver': 'proof_calls'})
        self._create_rate(activity, pool_cost=300.0, capacity=100.0)  # 3 a call
        card = self._create_card()
        order = self._create_order(warranty_id=card.id)
        case = self._create_case(order_id=order.id, call_count=4, fine=50.0)
        self._decide(case)
        lines = case.with_user(self.lead).cost_line_ids.sorted('amount')
        self.assertRecordValues(lines, [
            {'kind': 'activity', 'driver': 'proof_calls', 'quantity': 4.0, 'amount': 12.0,
             'order_id': order.id, 'warranty_id': card.id},
            {'kind': 'proof_fine', 'driver': False, 'quantity': 1.0, 'amount': 50.0,
             'order_id': order.id, 'warranty_id': card.id}])
        self.env.flush_all()
        rows = self.env['aftersales.cost.report'].search([('res_model', '=', case._name)])
        self.assertEqual(rows.mapped('reason'), ["Loud fan"] * 2)
        with self.assertRaises(AccessError):
            case.with_user(self.agent).read(['cost_line_ids'])


@tagged('post_install', '-at_install')
class TestErasure(ProofCommon):
    """Personal data of cases goes by periods, unless it is held; what the case adds, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['aftersales.erasure.period'].create([
            {'res_model': 'aftersales.proof.case', 'kind': kind, 'days': 30}
            for kind in ('text', 'recording', 'pager')])
        cls.cases = cls.env['aftersales.proof.case'].concat(*(
            cls._create_case(note="Tina said", recording="tape", pager='1', title=title)
            for title in ("open", "fresh", "old", "held", "court")))
        cls.open, cls.fresh, cls.old, cls.held, cls.court = cls.cases
        cls.court.is_in_court = True

    def _erase(self):
        past = fields.Datetime.now() - timedelta(days=40)
        for case in self.cases - self.open:
            self._decide(case)
        (self.old | self.held | self.court).sudo().date_decided = past
        self.held.with_user(self.lead)._hold_data("Dispute")
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_erase_expired').method_direct_trigger()
        self.env.invalidate_all()

    def test_period_and_holds_of_the_case(self):
        self._erase()
        kept = {case.title: (case.note, case.person_name, case.recording, case.pager)
                for case in self.cases}
        full = ("Tina said", "Tina", "tape", '1')
        self.assertEqual(kept, {
            'open': full, 'fresh': full, 'held': full, 'court': full, 'old': (False,) * 4})
        notes = self.env['aftersales.erasure'].search([], limit=3, order='id desc')
        self.assertEqual(
            (sum(notes.mapped('text_count')), sum(notes.mapped('recording_count')),
             sum(notes.mapped('other_count'))), (2, 1, 1))

    def test_open_case_holds_the_data_of_its_order(self):
        order = self._create_order(
            type_id=self.type_consultation.id, close_reason="Solved", description="Private")
        case = self._create_case(order_id=order.id)
        order.action_cancel()
        for note in "Private", False:
            order._erase_personal_data(['text'], 'request')
            self.assertEqual(order.description, note)
            if note:
                self._decide(case)

    def test_customer_who_asks_loses_the_data_of_the_cases(self):
        case = self._create_case(
            partner_id=self.customer.id, recording="tape", user_id=self.agent.id)
        self._decide(case)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.customer.with_user(self.agent)._erase_service_data()
        self.customer.with_user(self.manager)._erase_service_data()
        self.assertFalse(case.recording or case.person_name)
