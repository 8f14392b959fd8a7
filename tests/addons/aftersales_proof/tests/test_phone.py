from uuid import uuid4

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.aftersales_service.tests.visit.common import VisitCommon
from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .common import ProofCommon


@tagged('post_install', '-at_install')
class TestPhone(HttpCase, VisitCommon, ProofCommon):
    """A page, a sheet and a step of a further module on the phone, and actions on its case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(
            cls.env, 'officer', 'base.group_portal', password='officer', tz='UTC')
        new_test_user(cls.env, 'visitor', 'base.group_portal', password='visitor')
        cls.technician.lang = 'zh_CN'
        today = cls.env.cr.now().replace(hour=12, minute=0, second=0, microsecond=0)
        cls.order = cls._dispatch(date=today, needs_proof_tag=True)
        cls.case = cls._create_case(user_id=cls.officer.id)

    def _send(self, user, **values):
        [answer] = self.env['aftersales.job.action'].with_user(user)._handle_batch([{
            'uuid': str(uuid4()), 'kind': 'proof_note', 'res_model': self.case._name,
            'res_id': self.case.id, 'payload': {'note': " Bearing worn "}, **values}])
        return answer['status'], answer['message']

    def test_officer_acts_on_the_case_strangers_and_late_taps_are_refused(self):
        foreign = (
            'refused', "This job does not exist or is no longer yours.")
        for user in self.other_technician, self.outlet_technician:
            self.assertEqual(self._send(user), foreign)
        self.assertEqual(self._send(self.officer, res_id=2 ** 30)[0], 'refused')
        self.assertEqual(
            self._send(self.officer, payload={}), ('refused', "Write down what you found."))
        self.assertFalse(self.case.note)
        self.assertEqual(self._send(self.officer, at='1999-01-01 00:00:00')[0], 'done')
        self.assertEqual(self.case.note, "Bearing worn")
        self.assertEqual(self.case.date_noted, self.case.create_date.replace(microsecond=0))
        log = self.env['aftersales.job.action'].search([], limit=1)
        self.assertRecordValues(log, [{
            'res_model': self.case._name, 'res_id': self.case.id, 'visit_id': False,
            'company_id': self.case.company_id.id}])
        self._decide(self.case)
        self.assertEqual(self._send(self.officer)[0], 'refused')

    def test_parts_are_found_by_the_label_of_a_kit_and_offered_with_it(self):
        self.capacitor.default_code = 'CAP-35'
        self.order.write({
            'product_id': self.conditioner.id, 'proof_kit_id': self.stock_location.id})
        visit = self.order.visit_ids
        part = visit._find_part(self.order, {'code': 'KIT-CAP-35'})
        self.assertEqual(part, self.capacitor)
        self.env['stock.move'].create({
            'aftersales_order_id': self.order.id, 'product_id': part.id, 'product_uom_qty': 1.0})
        [first, *__] = self.order._get_part_suggestions()[self.order]
        self.assertEqual((first['id'], first['proof_kit']), (
            part.id, self.stock_location.display_name))

    def test_kind_of_a_case_is_none_of_a_visit(self):
        self.assertEqual(
            self._send(self.officer, res_model='aftersales.visit')[0], 'refused')
        self.assertEqual(self._send(self.officer, kind='arrive')[0], 'refused')

    def test_officers_alone_have_the_page(self):
        for login, status in (('officer', 200), ('visitor', 404)):
            self.authenticate(login, login)
            with self.subTest(login):
                self.assertEqual(self.url_open('/my/jobs/data/proof').status_code, status)

    def test_tag_of_a_unit_is_asked_for_by_the_visit(self):
        action = {'kind': 'proof_tag', 'res_model': 'aftersales.visit',
                  'res_id': self.order.visit_ids.id, 'payload': {'tag': " T-1 "}}
        technician = self.order.technician_id
        self.assertEqual(self._send(technician, **action), (
            'refused', "Say which unit is meant."))
        self.assertEqual(self._send(self.other_technician, order_id=self.order.id, **action)[0],
                         'refused')
        self.assertEqual(self._send(technician, order_id=self.order.id, **action)[0], 'done')
        self.assertEqual(self.order.proof_tag, "T-1")

    def test_former_technician_raises_an_alarm_at_once_and_tags_are_reviewed(self):
        visit = self.order.visit_ids
        former, self.order.technician_id = self.order.technician_id, self.other_technician
        action = {'res_model': 'aftersales.visit', 'res_id': visit.id,
                  'order_id': self.order.id}
        self._send(former, kind='proof_alarm', payload={}, **action)
        self.assertEqual(self.order.case_ids.title, "Alarm")
        for tag in "T-1", "T-2":
            self.assertEqual(
                self._send(former, kind='proof_tag', payload={'tag': tag}, **action)[0], 'late')
        self.assertFalse(self.order.proof_tag)
        work = self.env['aftersales.late.work'].with_user(self.dispatcher).search([])
        work.action_apply()
        self.assertEqual(self.order.proof_tag, "T-1")
        left = work.sudo().action_ids.filtered(lambda entry: entry.state == 'late')
        self.assertIn("has a tag already", left.message)

    def test_mixin_may_be_added_to_a_document_of_ours(self):
        order = self._dispatch(technician=self.outlet_technician)
        charge = order.visit_ids._charge_outlets('proof_case')
        self.assertRecordValues(charge, [{
            'outlet_id': self.outlet.id, 'amount': 5.0, 'res_model': 'aftersales.visit'}])
        self.assertEqual(order.visit_ids.charge_ids, charge)

    def test_phone_shows_page_step_and_note_in_chinese_and_keeps_what_is_typed(self):
        self.order.visit_ids._set_state('on_site')
        self.case.write({'order_id': self.order.id, 'user_id': self.technician.id})
        self.env.flush_all()
        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.tap('.job', "Li Na")
        phone.see('.proof-warning', "Loud fan")
        phone.tap('.next .big', "扫描标签")
        phone.type('.sheet input[name=tag]', "T-1")
        phone.tap('.sheet .big', "保存标签")
        phone.miss('.sheet')
        phone.see('.proof-tag', "T-1")
        phone.tap('.bar-back')
        phone.tap('nav.pages a', "验证案件")
        phone.tap('.proof-case button', "记录事实")
        phone.see('.sheet h2', "案件事实")
        phone.type('.sheet textarea', "Bearing worn")
        phone.tap('.sheet .big', "保存记录")
        phone.miss('.sheet')
        phone.see('.proof-case .proof-note', "Bearing worn")
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            self.assertEqual((self.case.note, self.order.proof_tag), ("Bearing worn", "T-1"))
            self.assertTrue(self.case.date_noted)
        self.assertLessEqual(phone.ask('document.documentElement.scrollWidth'), 390)
