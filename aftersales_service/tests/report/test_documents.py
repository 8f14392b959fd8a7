from base64 import b64decode

from lxml import html

from odoo import Command
from odoo.tests import freeze_time, tagged, users

from ..common import SIGNATURE, AftersalesCommon

ORDER_DOCUMENTS = {
    'report_service_report': "After-sales Service Report",
    'report_repair_report': "Product Repair Report",
    'report_handover': "Hand-over Slip",
    'report_delivery_confirmation': "Delivery Confirmation",
    'report_test_run': "Test-run Slip",
}


class DocumentCase(AftersalesCommon):

    def _render(self, report, record):
        page, __ = self.env['ir.actions.report']._render_qweb_html(
            f'aftersales_service.{report}', record.ids)
        return page.decode()

    def _assert_shows(self, html, *texts):
        for text in texts:
            with self.subTest(text=text):
                self.assertIn(text, html)


@tagged('post_install', '-at_install')
class TestOrderDocuments(DocumentCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.conditioner.default_code = 'KFR-35'
        cls.card = cls._create_card(invoice_date='2026-01-08')
        code = 'aftersales_service.aftersales_diagnosis_code_{}'.format
        cls.order = cls.env['aftersales.order'].create({
            'partner_id': cls.customer.id, 'warranty_id': cls.card.id,
            'user_id': cls.agent.id, 'technician_id': cls.technician.id,
            'date_event': '2026-06-01 12:00:00',
            'description': "It does not cool", 'diagnosis': "Capacitor swollen",
            'solution': "Capacitor changed", 'symptom_id': cls.env.ref(code('s21')).id,
            'cause_id': cls.env.ref(code('c11')).id, 'remedy_id': cls.env.ref(code('r1')).id,
            'test_result': 'passed', 'test_note': "12 degrees at the outlet",
            'remaining_risk': "Fan bearing is worn", 'advice': "Clean the filter monthly",
            'customer_remark': "Very quick", 'repair_warranty_days': 45,
            'date_received': '2026-06-01 13:00:00', 'date_returned': '2026-06-04 09:00:00',
            'article_condition': "Scratch on the left", 'own_check_result': 'passed',
            'final_check_result': 'passed', 'final_check_user_id': cls.manager.id,
            'handover_signature': SIGNATURE, 'signature': SIGNATURE, 'signed_by': "Li Na"})
        cls.part = cls.env['stock.move'].create({
            'aftersales_order_id': cls.order.id, 'product_id': cls.capacitor.id,
            'product_uom_qty': 2.0})
        cls.env['aftersales.labour'].create({
            'order_id': cls.order.id, 'product_id': cls.hour.id, 'quantity': 1.5})
        cls.bare = cls.env['aftersales.order'].create({'user_id': False})

    def _mine(self):
        return self.order.with_user(self.env.user)

    @users('technician')
    def test_service_report(self):
        self._assert_shows(
            self._render('report_service_report', self._mine()), self.order.name, "Li Na",
            "KFR-35", "AC-0001", "01/08/2026", "It does not cool", "Capacitor swollen",
            "S21 Does Not Cool", "C11 Defective Component", "Capacitor changed", "Capacitor",
            "2.00", "Repair Hour", "Free", "Passed", "12 degrees", "Fan bearing is worn",
            "Clean the filter", "Very quick", "Technician Tom", "data:image/png")

    @users('technician')
    def test_repair_report(self):
        self._assert_shows(
            self._render('report_repair_report', self._mine()), self.order.name, "KFR-35",
            "AC-0001", "Under Warranty", "Capacitor swollen", "45</span> days", "Manager Mia",
            "06/01/2026")

    @freeze_time('2028-06-01 12:00:00')
    @users('technician')
    def test_reports_show_the_price_of_what_is_paid(self):
        """Two capacitors at 50 and an hour and a half at 80, without tax."""
        order = self._mine()
        order.date_event = '2028-06-01 12:00:00'
        self.assertIsNone(order._get_sheet_costs())
        order.action_create_quotation()
        order.sudo().sale_order_ids.order_line.tax_ids = False
        costs = order._get_sheet_costs()
        self.assertEqual(
            [costs[name] for name in ('parts', 'labour', 'other', 'total', 'is_accepted')],
            [100.0, 120.0, 0.0, 220.0, False])
        for report in ('report_service_report', 'report_repair_report'):
            self._assert_shows(
                self._render(report, order), "Quoted with Tax", "220.00", "Chargeable")

    @users('agent')
    def test_handover_slip_both_ways(self):
        self._assert_shows(
            self._render('report_handover', self._mine()), "Article Taken Along",
            "Article Given Back", "Scratch on the left", "06/01/2026", "06/04/2026",
            "data:image/png")

    @users('agent')
    def test_delivery_confirmation(self):
        self._assert_shows(
            self._render('report_delivery_confirmation', self._mine()), "Air Conditioner",
            "AC-0001", "Scratch on the left", "Li Na", "data:image/png")

    @users('agent')
    def test_test_run_slip(self):
        order = self._mine()
        slip = self._render('report_test_run', order)
        self._assert_shows(slip, "Passed", "12 degrees", "Technician Tom")
        # no empty boxes under a test that was passed
        self.assertNotIn("Safety devices", slip)
        order.sudo().write({'test_result': False, 'test_note': False})
        self._assert_shows(self._render('report_test_run', order), "Safety devices")

    def test_test_run_slip_lists_what_the_phone_noted(self):
        template = self.env['aftersales.checklist.template'].create({
            'name': "Test Run", 'line_ids': [
                Command.create({'name': name, 'phase': phase}) for name, phase in (
                    ("Cooling", 'after'), ("Heating", 'after'), ("Van is loaded", 'before_leaving'),
                    ("Never tried", 'after'))]})
        order = self._mine()
        for line, result, note in zip(
                template.line_ids, ('ok', 'not_ok', 'ok', False), ("12 degrees", "", "", ""),
                strict=True):
            self.env['aftersales.checklist.line'].create({
                'order_id': order.id, 'template_line_id': line.id, 'phase': line.phase,
                'result': result, 'note': note})
        slip = html.fromstring(self._render('report_test_run', order))
        rows = [[cell.text_content().strip() for cell in row.xpath('td')]
                for row in slip.xpath("//table[@name='tests']/tbody/tr")]
        self.assertEqual(rows, [["Cooling", "12 degrees", "✕"], ["Heating", "", "Not OK"]])

    def test_reports_show_the_photos_of_the_work(self):
        order = self._mine()
        owner = order.partner_id
        files = self.env['ir.attachment']
        for user, name in ((self.technician, 'work.png'), (self.agent, 'desk.png')):
            files |= files.with_user(user).sudo().create({
                'name': name, 'res_model': order._name, 'res_id': order.id,
                'raw': b64decode(SIGNATURE)})
        order.message_post(attachment_ids=files[1:].ids, author_id=owner.id)
        for report in ('report_service_report', 'report_repair_report'):
            with self.subTest(report):
                page = html.fromstring(self._render(report, order))
                self.assertEqual(page.xpath("//div[@name='photos']/img/@alt"), ['work.png'])

    def test_cancelled_order_prints_no_acceptance(self):
        order = self.order
        order.close_reason = "Called off"
        order.action_cancel()
        for report in ('report_service_order', 'report_service_report', 'report_repair_report',
                       'report_test_run', 'report_delivery_confirmation'):
            with self.subTest(report):
                page = html.fromstring(self._render(report, order))
                self.assertFalse(page.xpath(f"//img[contains(@src, '{SIGNATURE[:40]}')]"))

    def test_papers_without_a_customer_speak_the_readers_language(self):
        lang = self.env['res.lang']._activate_lang('zh_CN')
        card = self._create_card(partner_id=False, serial='AC-0009').with_context(lang=lang.code)
        paper = self.env['ir.actions.report'].with_context(lang=lang.code)._render_qweb_html(
            'aftersales_service.report_warranty_card', card.ids)[0].decode()
        self.assertNotIn("Warranty Terms", paper)

    @users('agent')
    def test_workshop_tag_leads_to_the_order(self):
        html = self._render('report_workshop_tag', self._mine())
        self._assert_shows(html, self.order.name, "AC-0001", "data:image/png", "06/01/2026")
        self.assertTrue(self._mine()._get_desk_address().endswith(
            f'/odoo/service-orders/{self.order.id}'))

    @users('agent')
    def test_service_sheet_has_the_fields_of_the_register(self):
        order = self._mine()
        order.write({'date_wanted': '2026-06-02 01:00:00', 'close_reason': "Bought a new one",
                     'date_promised': '2026-06-05 01:00:00', 'channel': 'retailer'})
        self._assert_shows(
            self._render('report_service_order', order), "Retailer", "06/02/2026",
            "06/05/2026", "Bought a new one")

    @users('agent')
    def test_bare_order_prints_on_every_paper(self):
        bare = self.bare.with_user(self.env.user)
        for report in (*ORDER_DOCUMENTS, 'report_workshop_tag'):
            with self.subTest(report=report):
                html = self._render(report, bare)
                self.assertIn(bare.name, html)
                self.assertNotIn(">False<", html)
                self.assertNotIn(">None<", html)

    @users('agent')
    def test_outgoing_papers_are_rendered_in_the_customers_language(self):
        self.customer.lang = 'zh_CN'
        self.env.ref('aftersales_service.aftersales_diagnosis_code_s21').sudo().with_context(
            lang='zh_CN').name = "不制冷"
        for report, title in ORDER_DOCUMENTS.items():
            with self.subTest(report=report):
                html = self._render(report, self._mine())
                self.assertIn('data-oe-lang="zh_CN"', html)
                self.assertIn(self.order.name, html, title)
        self.assertIn("不制冷", self._render('report_service_report', self._mine()))

    def test_days_in_repair(self):
        """Handed in on 1 June, back on 4 June; without it, from report to end of work."""
        self.assertEqual(self.order._get_days_in_repair(), 3)
        self.assertIsNone(self.bare._get_days_in_repair())
        self.order.write({'date_received': False, 'date_returned': False})
        self.assertIsNone(self.order._get_days_in_repair())
        self.order.date_done = '2026-06-01 23:00:00'
        self.assertEqual(self.order._get_days_in_repair(), 0)

    def test_serials_of_fitted_and_removed_parts_are_printed(self):
        self.compressor.tracking = 'serial'
        lot = self.env['stock.lot'].create({
            'name': 'CP-7', 'product_id': self.compressor.id})
        self.env['stock.move'].create({
            'aftersales_order_id': self.order.id, 'product_id': self.compressor.id,
            'product_uom_qty': 1.0, 'repair_line_type': 'remove', 'lot_ids': [(4, lot.id)]})
        line = self.order._get_sheet_lines()[1]
        self.assertEqual((line['kind'], line['serials']), ("Taken Out", "CP-7"))
        self.assertFalse(line['is_chargeable'])

    def test_papers_are_offered_where_they_make_sense(self):
        report = self.env['ir.actions.report']
        consultation = self.env['aftersales.order'].create(
            {'type_id': self.type_consultation.id})

        def offered(order):
            actions = report.search([('model', '=', 'aftersales.order')])
            names = report.browse(
                actions.get_valid_action_reports('aftersales.order', order.ids))
            return set(names.mapped('report_name'))
        self.assertIn('aftersales_service.report_handover', offered(self.order))
        self.assertNotIn('aftersales_service.report_handover', offered(consultation))
        self.assertNotIn(
            'aftersales_service.report_delivery_confirmation', offered(consultation))


@tagged('post_install', '-at_install')
class TestCardDocuments(DocumentCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.exclusions = "<p>Misuse ends the promise.</p>"
        cls.card = cls._create_card(invoice_date='2026-01-08')

    def _create_repair(self):
        """Let the manager repair the card's unit in four days."""
        order = self.env['aftersales.order'].with_user(self.manager).create({
            'partner_id': self.customer.id, 'warranty_id': self.card.id,
            'type_id': self.type_carry_in.id, 'technician_id': self.technician.id,
            'date_event': '2026-06-01 08:00:00', 'description': "It does not cool",
            'solution': "Capacitor changed"})
        order.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1.0})
        self._move_to(order, 'done')
        order.sudo().date_done = '2026-06-05 08:00:00'

    @users('agent')
    def test_card_shows_unit_covers_exclusions_and_repairs(self):
        self._create_repair()
        html = self._render('report_warranty_card', self.card.with_user(self.env.user))
        self._assert_shows(
            html, self.card.name, "AC-0001", "Li Na", "01/08/2026", "Whole unit", "36",
            "01/10/2029", "Misuse ends the promise", "06/05/2026", "Capacitor changed",
            "Technician Tom", "Return Stub", "data:image/png")

    @users('agent')
    def test_bare_card_prints_with_blank_rows(self):
        card = self.env['aftersales.warranty'].create({'product_id': self.capacitor.id})
        html = self._render('report_warranty_card', card)
        self._assert_shows(html, card.name, "Capacitor", "The terms begin")
        self.assertEqual(html.count('height: 30px'), 6)
        self.assertNotIn(">False<", html)

    @users('agent')
    def test_card_speaks_the_owners_language(self):
        self.customer.lang = 'zh_CN'
        self.policy.with_context(lang='zh_CN').exclusions = "<p>人为损坏</p>"
        term = self.policy.term_ids.filtered(lambda term: term.kind == 'whole_unit')
        term.with_context(lang='zh_CN').name = "整台空调"
        html = self._render('report_warranty_card', self.card.with_user(self.env.user))
        self._assert_shows(html, "人为损坏", "整台空调", 'data-oe-lang="zh_CN"')

    def test_invoice_number_is_printed(self):
        sale = self.env['sale.order'].create({
            'partner_id': self.customer.id,
            'order_line': [(0, 0, {'product_id': self.hour.id})]})
        sale.action_confirm()
        self.card.sale_line_id = sale.order_line
        self.assertEqual(self.card._get_invoice_names(), "")
        invoice = sale._create_invoices()
        invoice.action_post()
        self.assertEqual(
            self.card.with_user(self.agent)._get_invoice_names(), invoice.name)

    @users('other_agent')
    def test_history_is_whole_for_every_reader_of_the_card(self):
        """The repair of a colleague, four days long; what is open is no repair yet."""
        self._create_repair()
        card = self.card.with_user(self.env.user)
        card.invalidate_recordset(['order_ids'])
        self.assertFalse(card.order_ids)
        self._assert_shows(
            self._render('report_repair_history', card), "AC-0001", "It does not cool",
            "Capacitor", "Repairs: 1", "days in repair: 4")

    @users('agent')
    def test_history_of_a_sound_unit(self):
        self._assert_shows(
            self._render('report_repair_history', self.card.with_user(self.env.user)),
            "This unit was not repaired yet")


@tagged('post_install', '-at_install')
class TestLiaisonDocument(DocumentCase):

    @users('employee')
    def test_slip_prints_for_its_addressee(self):
        order = self.env['aftersales.order'].sudo().create({})
        slip = self.env['aftersales.liaison'].sudo().create({
            'user_id': self.agent.id, 'department': "Quality", 'order_id': order.id,
            'addressee_id': self.employee.id, 'subject': "Compressors",
            'content': "Which batch?", 'needed_date': '2030-03-01'})
        slip.action_send()
        slip.reply = "Batch 7"
        html = self._render('report_liaison', slip.with_user(self.env.user))
        self._assert_shows(
            html, slip.name, order.name, "Quality", "Agent Anna", "Employee Ed",
            "Compressors", "Which batch?", "03/01/2030", "Batch 7")

    @users('agent')
    def test_draft_prints_with_room_for_the_reply(self):
        slip = self.env['aftersales.liaison'].create({
            'department': "Quality", 'addressee_id': self.employee.id,
            'subject': "Compressors", 'content': "Which batch?"})
        self._assert_shows(self._render('report_liaison', slip), slip.name, "Draft")
