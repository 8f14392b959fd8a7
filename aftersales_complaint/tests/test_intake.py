from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged, users

from .common import ComplaintCommon

INTAKE = 'aftersales_complaint.aftersales_complaint_view_form_intake'


@tagged('post_install', '-at_install')
class TestIntake(ComplaintCommon):
    """Three fields make a case; the rest fills itself."""

    @users('agent')
    def test_phone_number_finds_the_customer(self):
        with Form(self.env['aftersales.complaint']) as form:
            form.phone = '+16505550100'
            form.description = "Too loud"
            self.assertEqual(form.partner_id, self.customer)

    def _create_chinese_customer(self, phone='+86 136 0000 0027', **values):
        return self.env['res.partner'].create({
            'name': "Zhao Min", 'phone': phone, 'country_id': self.env.ref('base.cn').id,
            **values})

    def test_box_opens_a_known_case_and_takes_no_name_for_a_serial_number(self):
        case = self._create_complaint(self.env(user=self.agent), phone='+16505550100')
        form = Form(self.env['aftersales.complaint'].with_user(self.agent), INTAKE)
        form.intake_key = "Li Na"
        self.assertFalse(form.serial)
        form.intake_key = case.name
        self.assertEqual(form.partner_id, self.customer)
        self.assertEqual([entry['name'] for entry in form.open_cases], [case.name])
        # what is settled with the customer takes no further words
        case.answer = "We are sorry"
        case.action_solve_now()
        form = Form(self.env['aftersales.complaint'].with_user(self.agent), INTAKE)
        form.partner_id = self.customer
        self.assertFalse(form.open_cases)

    def test_national_number_finds_a_customer_abroad(self):
        zhao = self._create_chinese_customer()
        self.env.company.country_id = self.env.ref('base.us')
        for phone in '136 0000 0027', '13600000027', '136-0000-0027', '+8613600000027':
            with self.subTest(phone=phone):
                form = Form(self.env['aftersales.complaint'].with_user(self.agent), INTAKE)
                form.intake_key = phone
                self.assertEqual(form.partner_id, zhao)

    def test_number_of_two_countries_finds_none_of_them(self):
        self._create_chinese_customer(phone='+86 152 0000 0027')
        self._create_chinese_customer(
            phone='+49 1520 0000027', country_id=self.env.ref('base.de').id)
        form = Form(self.env['aftersales.complaint'].with_user(self.agent), INTAKE)
        form.intake_key = '15200000027'
        self.assertFalse(form.partner_id)

    @users('agent')
    def test_serial_number_finds_unit_and_owner(self):
        card = self._create_card()
        form = Form(self.env['aftersales.complaint'])
        form.serial = 'ac-0001'
        self.assertEqual(form.warranty_id, card)
        self.assertEqual(form.partner_id, self.customer)
        self.assertEqual(form.product_id, self.conditioner)
        form.description = "It leaks"
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
        for _warm_up in range(2):  # fills what a running server has: rules and configuration
            self._count_queries(lambda: cases.create(values(1)))
        partners = [{'name': f"C{n}", 'phone': f'+165055502{n:02}'} for n in range(60)]
        self.env['res.partner'].create(partners)
        self.assertLessEqual(self._count_queries(lambda: cases.create(values(60)[59:])), 24)
        few = self._count_queries(lambda: cases.create(values(10)))
        many = self._count_queries(lambda: cases.create(values(50)))
        self.assertLessEqual((many - few) / 40, 4)

    @users('agent')
    def test_one_box_knows_what_was_typed(self):
        card = self._create_card()
        order = self._create_order(warranty_id=card.id, phone='+1 650 555 0100')
        for key, field, value in (
                ('+1 650 555 0100', 'partner_id', self.customer), ('ac-0001', 'warranty_id', card),
                (card.name, 'warranty_id', card), (order.name, 'order_id', order),
                (order.name, 'partner_id', self.customer)):
            with self.subTest(key=key, field=field):
                form = Form(self.env['aftersales.complaint'], INTAKE)
                form.intake_key = key
                self.assertEqual(form[field], value)

    @users('agent')
    def test_desk_shows_what_is_known_before_saving(self):
        card = self._create_card()
        order = self._create_order(warranty_id=card.id)
        open_case = self._create_complaint(
            self.env(user=self.other_agent), warranty_id=card.id, user_id=self.other_agent.id)
        form = Form(self.env['aftersales.complaint'], INTAKE)
        form.serial = 'AC-0001'
        self.assertEqual(form.recent_order_ids[:].mapped('name'), [order.name])
        self.assertIn("Covered by “Whole Unit”", form.cover_note)
        # of a colleague's case the number, stage and handler are named, its words are not
        self.assertEqual(form.open_cases, [{
            'id': open_case.id, 'name': open_case.name, 'stage': "To Judge", 'subject': "",
            'handler': "Agent Otto", 'is_readable': False}])
        self.assertEqual(form.level, 'major')
        self.assertIn('complaint_response', [entry['kind'] for entry in form.deadline_strip])
        self.assertIn('200.00', form.authority_note)
        self.env['aftersales.complaint'].browse(open_case.id).action_ask_again("Still warm")
        self.assertIn("Still warm", open_case.sudo().message_ids[:2].mapped('body')[0])

    def test_stranger_does_not_write_on_a_case(self):
        case = self._create_complaint()
        with self.assertRaises(AccessError):
            case.with_user(self.employee).action_ask_again("Let me in")

    @users('agent')
    def test_case_names_no_order_that_its_writer_may_not_read(self):
        order = self.env['aftersales.order'].with_user(self.other_agent).create(
            {'partner_id': self.customer.id})
        with self.assertRaisesRegex(AccessError, "may not read"):
            self.env['aftersales.complaint'].create(
                {'order_id': order.id, 'description': "Whose is it?"})

    def test_desk_sends_a_case_to_the_investigation_at_once(self):
        case = self._create_complaint().with_user(self.desk)
        case.action_to_investigation()
        self.assertEqual((case.state, case.hop), ('investigating', 'quality'))
        case = self._create_complaint(self.env(user=self.agent))
        case.action_to_investigation()
        self.assertEqual(case.state, 'new')
        self.assertTrue(case.activity_ids)

    def test_desk_finds_unit_and_customer_by_the_number_of_an_order(self):
        """The order is a colleague's: the desk answers the customer, so it reads what was done."""
        order = self._create_order(user_id=self.other_agent.id, serial='ZZ-77')
        self.assertFalse(order.with_user(self.agent).has_access('read'))
        for user in self.desk, self.complaint_manager:
            with self.subTest(user=user.name):
                form = Form(self.env['aftersales.complaint'].with_user(user), INTAKE)
                form.intake_key = order.name
                self.assertEqual((form.order_id, form.partner_id), (order, order.partner_id))
                self.assertEqual(form.serial, 'ZZ-77')
                self.assertIn(order.id, [row.id for row in form.recent_order_ids])
                form.description = "The visit was late"
                case = form.save()
                self.assertEqual(case.order_id, order)
                case.action_view_order()
                self.assertFalse(order.with_user(user).has_access('write'))
                case.sudo().unlink()

    def test_agent_learns_customer_and_unit_of_a_colleagues_order_not_the_order(self):
        order = self._create_order(user_id=self.other_agent.id, serial='ZZ-77')
        form = Form(self.env['aftersales.complaint'].with_user(self.agent), INTAKE)
        form.intake_key = order.name
        self.assertFalse(form.order_id)
        self.assertEqual((form.serial, form.partner_id), ('ZZ-77', order.partner_id))
        form.description = "The visit was late"
        self.assertFalse(form.save().order_id)

    @users('agent')
    def test_number_of_a_sale_finds_the_customer(self):
        sale = self.env['sale.order'].sudo().create({'partner_id': self.customer.id})
        form = Form(self.env['aftersales.complaint'], INTAKE)
        form.intake_key = sale.name
        self.assertEqual(form.partner_id, self.customer)
        self.assertFalse(form.serial)
        form.description = "It came late"
        self.assertEqual(form.save().sudo().sale_order_id, sale)
        sale.company_id = self.env['res.company'].sudo().create({'name': "Elsewhere"})
        form = Form(self.env['aftersales.complaint'], INTAKE)
        form.intake_key = sale.name
        self.assertFalse(form.partner_id)

    @users('agent')
    def test_case_without_subject_is_named_by_the_first_words(self):
        form = Form(self.env['aftersales.complaint'], INTAKE)
        form.intake_key = '+16505550100'
        form.description = "The glass broke\nwhile it was cold"
        self.assertEqual(form.save().subject, "The glass broke")
        long = self.env['aftersales.complaint'].create({'description': "x" * 200, 'phone': '1'})
        self.assertEqual(long.subject, "x" * 79 + "…")
        self.assertIn('subject', long._get_personal_text_fields())

    @users('agent')
    def test_units_of_a_caller_are_listed_until_one_is_chosen(self):
        cards = self._create_card() + self._create_card(serial='AC-0002')
        form = Form(self.env['aftersales.complaint'], INTAKE)
        form.intake_key = '+16505550100'
        self.assertEqual(
            {card.id for card in form.customer_card_ids}, set(cards.ids))
        form.serial = 'AC-0002'
        self.assertEqual(form.warranty_id, cards[1])
        self.assertFalse(list(form.customer_card_ids))
