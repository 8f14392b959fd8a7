from freezegun import freeze_time

from odoo.tests import Form, tagged, users

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestIntake(ComplaintCommon):
    """Three fields make a case; the rest fills itself."""

    @users('agent')
    def test_phone_number_finds_the_customer(self):
        with Form(self.env['aftersales.complaint']) as form:
            form.phone = '+16505550100'
            form.description = "Too loud"
            self.assertEqual(form.partner_id, self.customer)

    @users('agent')
    def test_serial_number_finds_unit_and_owner(self):
        card = self._create_card()
        form = Form(self.env['aftersales.complaint'])
        form.serial = 'ac-0001'
        self.assertEqual(form.warranty_id, card)
        self.assertEqual(form.partner_id, self.customer)
        self.assertEqual(form.product_id, self.conditioner)
        case = form.save()
        self.assertEqual((case.user_id, case.serial), (self.agent, 'ac-0001'))

    @users('agent')
    def test_unknown_caller_becomes_a_customer(self):
        case = self.env['aftersales.complaint'].create(
            {'phone': '+1 650 555 0199', 'caller_name': "Zhao Min", 'description': "Late"})
        self.assertEqual(case.partner_id.name, "Zhao Min")

    def test_order_brings_customer_unit_and_outlet(self):
        order = self._create_order(warranty_id=self._create_card().id)
        case = self.env['aftersales.complaint'].create(
            {'order_id': order.id, 'description': "The technician was rude"})
        self.assertRecordValues(case, [{
            'partner_id': self.customer.id, 'warranty_id': order.warranty_id.id,
            'serial': 'AC-0001', 'product_id': self.conditioner.id}])

    def test_number_begins_again_each_month(self):
        with freeze_time('2026-03-30 09:00:00'):
            first = self._create_complaint()
            self.assertRegex(first.name, r'^CP2603-\d{3}$')
        with freeze_time('2026-04-01 09:00:00'):
            numbers = self._create_complaint() | self._create_complaint()
        self.assertEqual(numbers.mapped('name'), ['CP2604-001', 'CP2604-002'])

    def test_few_queries_for_one_and_for_many(self):
        def values(number):
            return [{'phone': f'+165055502{n:02}', 'description': "Late"} for n in range(number)]

        cases = self.env['aftersales.complaint'].with_user(self.agent)
        cases.create(values(1))
        partners = [{'name': f"C{n}", 'phone': f'+165055502{n:02}'} for n in range(50)]
        self.env['res.partner'].create(partners)
        self.assertLessEqual(self._count_queries(lambda: cases.create(values(1))), 24)
        few = self._count_queries(lambda: cases.create(values(10)))
        many = self._count_queries(lambda: cases.create(values(50)))
        self.assertLessEqual((many - few) / 40, 4)
