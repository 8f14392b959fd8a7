from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged, users

from ...tools.sheet import write_sheet
from ..common import AftersalesCommon

OPTIONS = {'has_headers': True, 'quoting': '"', 'separator': '', 'encoding': '',
           'date_format': '%Y-%m-%d', 'datetime_format': '%Y-%m-%d %H:%M:%S'}


class ImportCommon(AftersalesCommon):
    """Opening data go through Odoo's own import, as a person does it."""

    def _read_sheet(self, content):
        sheet = load_workbook(BytesIO(content)).active
        return [[cell or '' for cell in row] for row in sheet.iter_rows(values_only=True)]

    def _import(self, model, content):
        """Import a file with the columns that the import finds by itself; return the records."""
        dialog = self.env['base_import.import'].create({
            'res_model': model, 'file': content, 'file_name': 'opening.xlsx'})
        preview = dialog.parse_preview(dict(OPTIONS))
        self.assertNotIn('error', preview)
        found = [preview['matches'].get(place, [None])[0]
                 for place in range(len(preview['headers']))]
        self.assertEqual(found, list(self.env[model]._get_import_example()))
        result = dialog.execute_import(found, preview['headers'], dict(OPTIONS))
        self.assertEqual(result['messages'], [])
        return self.env[model].browse(result['ids'])


@tagged('post_install', '-at_install')
class TestImportedData(ImportCommon):
    """The example of each sheet is imported as it stands, in both languages."""

    @users('agent')
    def test_customers(self):
        content = self.env['res.partner']._get_import_sheet()
        partner = self._import('res.partner', content)
        self.assertRecordValues(partner, [{
            'name': "Li Na", 'city': "Shenzhen", 'phone_sanitized': '+8613800138000',
            'country_id': self.env.ref('base.cn').id, 'email': 'li.na@example.com'}])

    @users('agent')
    def test_cards(self):
        content = self.env['aftersales.warranty']._get_import_sheet()
        card = self._import('aftersales.warranty', content)
        self.assertRecordValues(card, [{
            'product_id': self.conditioner.id, 'serial': 'AC-0001', 'policy_id': self.policy.id,
            'delivery_date': self._day('2026-01-10'), 'date_end': self._day('2027-01-10')}])
        self.assertRecordValues(
            card.partner_id, [{'name': "Li Na", 'phone_sanitized': '+8613800138000'}])
        self.assertEqual(len(card.cover_ids), 3)

    @users('agent')
    def test_known_end_of_an_old_warranty_is_taken(self):
        rows = self._read_sheet(self.env['aftersales.warranty']._get_import_sheet())
        values = dict(zip(rows[0], rows[1], strict=True))
        for end in ('2029-05-31', '2026-03-01'):
            with self.subTest(end=end):
                row = {**values, "Known Warranty End": end, "External ID": f'card_{end}',
                       "Serial Number": f'AC-{end}'}
                card = self._import('aftersales.warranty', write_sheet(
                    rows[0], [list(row.values())]))
                whole = card.cover_ids.filtered(lambda cover: cover.kind == 'whole_unit')
                self.assertRecordValues(card, [{'date_end': self._day(end)}])
                self.assertEqual(whole.date_end, self._day(end))
                # it stays known when the first day is corrected
                card.sudo().delivery_date = '2026-01-09'
                self.assertEqual(card.date_end, self._day(end))

    def test_known_end_that_cannot_be_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "before it starts"):
            self._create_card(date_end_known='2025-12-31')
        with self.assertRaisesRegex(ValidationError, "give the product a policy"):
            self._create_card(product_id=self.capacitor.id, date_end_known='2027-12-31')

    @users('agent')
    def test_end_of_a_delivered_unit_is_no_matter_of_agents(self):
        card = self._create_card().with_user(self.env.user)
        card.date_end_known = '2029-05-31'
        self.assertEqual(card.date_end, self._day('2029-05-31'))
        move = self.env['stock.move'].sudo().create({
            'product_id': self.conditioner.id,
            'location_id': self.ref('stock.stock_location_stock'),
            'location_dest_id': self.ref('stock.stock_location_customers')})
        card.sudo().move_id = move
        with self.assertRaises(AccessError):
            card.date_end_known = '2040-01-01'

    @users('agent')
    def test_serial_number_of_a_sheet_is_found_as_it_is_typed(self):
        rows = self._read_sheet(self.env['aftersales.warranty']._get_import_sheet())
        rows[1][rows[0].index("Serial Number")] = '\u200bＡＣ－０００７ '
        card = self._import('aftersales.warranty', write_sheet(rows[0], rows[1:]))
        self.assertEqual(card.serial, 'AC-0007')
        self.assertEqual(self._create_order(serial='ac-0007').warranty_id, card)

    @users('manager')
    def test_open_orders(self):
        self._create_card()
        content = self.env['aftersales.order']._get_import_sheet()
        order = self._import('aftersales.order', content)
        self.assertRecordValues(order, [{
            'type_id': self.type_on_site.id, 'state': 'registered', 'severity': '1',
            'warranty_id': self.env['aftersales.warranty'].search([], limit=1).id,
            'product_id': self.conditioner.id, 'description': "It does not cool"}])
        self.assertEqual(str(order.date_event), '2026-06-01 09:00:00')

    @users('manager')
    def test_order_under_way_keeps_its_stage(self):
        rows = self._read_sheet(self.env['aftersales.order']._get_import_sheet())
        rows[1][rows[0].index("Stage")] = self.env.ref(
            'aftersales_service.aftersales_stage_assessed').name
        rows[1][rows[0].index("Product")] = rows[1][rows[0].index("Serial Number")] = ''
        self.assertEqual(self._import(
            'aftersales.order', write_sheet(rows[0], rows[1:])).state, 'assessed')

    @users('agent')
    def test_sheet_in_chinese_is_understood(self):
        self.env['res.lang']._activate_lang('zh_CN')
        self.env.user.sudo().lang = 'zh_CN'
        self.env = self.env(context={**self.env.context, 'lang': 'zh_CN'})
        self.conditioner.with_context(lang='zh_CN').name = "Air Conditioner"
        self.env.ref('base.cn').sudo().name = "中国"
        for model in ('res.partner', 'aftersales.warranty'):
            with self.subTest(model=model):
                self.assertTrue(
                    self._import(model, self.env[model]._get_import_sheet()))

    @users('agent')
    def test_same_file_again_changes_the_same_card(self):
        rows = self._read_sheet(self.env['aftersales.warranty']._get_import_sheet())
        card = self._import('aftersales.warranty', write_sheet(rows[0], rows[1:]))
        rows[1][rows[0].index("Serial Number")] = 'AC-0002'
        again = self._import('aftersales.warranty', write_sheet(rows[0], rows[1:]))
        self.assertEqual((again, card.serial), (card, 'AC-0002'))

    @users('agent')
    def test_owners_are_found_by_phone(self):
        cards = self.env['aftersales.warranty'].create([
            {'product_id': self.conditioner.id, 'serial': f'O-{number}', 'owner_phone': phone,
             'owner_name': "Mr. New"}
            for number, phone in enumerate(['650-555-0100', '650-555-0177', '+16505550177'])])
        self.assertEqual(cards[0].partner_id, self.customer)
        self.assertEqual(cards[1].partner_id, cards[2].partner_id)
        self.assertEqual(cards[1].partner_id.name, "Mr. New")

    @users('agent')
    def test_serial_number_in_stock_is_linked(self):
        lots = self.env['stock.lot'].sudo().create([
            {'name': 'AC-77', 'product_id': product.id}
            for product in (self.conditioner, self.compressor)])
        cards = self._create_card(serial='AC-77') | self._create_card(serial='AC-78')
        self.assertEqual([card.lot_id.id for card in cards], [lots[0].id, False])

    @users('agent')
    def test_unit_is_not_installed_before_its_sale(self):
        with self.assertRaisesRegex(ValidationError, "sold on 2026-01-10; it cannot have been"):
            self._create_card(installation_date='2026-01-09')
        card = self._create_card(
            delivery_date='2026-01-10', invoice_date='2026-01-08', installation_date='2026-01-09')
        with self.assertRaises(ValidationError):
            card.installation_date = '2026-01-07'

    @users('agent')
    def test_a_card_costs_at_most_six_queries(self):
        """Core looks a product up by its name for each row; the card itself costs nothing more."""
        def count(first, number):
            header = list(self.env['aftersales.warranty']._get_import_example())
            data = [
                [f'card_{row}', "Air Conditioner", f'T-{row}', f"Owner {row}",
                 f'+1 650 555 {row:04}', '2026-01-10', '', '']
                for row in range(first, first + number)]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            result = self.env['aftersales.warranty'].with_context(import_file=True).load(
                header, data)
            self.assertEqual((result['messages'], len(result['ids'])), ([], number))
            self.env.flush_all()
            self.env.cr.precommit.run()
            return self.env.cr.sql_log_count - before

        count(0, 10)
        few, many = count(1000, 50), count(2000, 150)
        # core looks a product up by its name for each row, and each card draws its number
        self.assertLessEqual((many - few) / 100, 6)

    def _day(self, text):
        return self.env['aftersales.warranty']._fields['delivery_date'].to_date(text)


@tagged('post_install', '-at_install')
class TestImportSheets(HttpCase, ImportCommon):
    """Who may import gets the sheet; other users do not learn that there is one."""

    def _get_link(self, model, user):
        templates = self.env[model].with_user(user).get_import_templates()
        return [row['template'] for row in templates if 'aftersales_service' in row['template']]

    def test_import_dialog_offers_the_sheet(self):
        self.agent.password = 'agent-secret'
        self.authenticate('agent', 'agent-secret')
        for model in ('res.partner', 'aftersales.warranty', 'aftersales.order'):
            with self.subTest(model=model):
                [link] = self._get_link(model, self.agent)
                answer = self.url_open(link)
                self.assertEqual(answer.status_code, 200)
                self.assertIn('.xlsx', answer.headers['Content-Disposition'])
                self.assertEqual(len(self._read_sheet(answer.content)), 2)

    def test_contacts_keep_their_own_template(self):
        everybody = self.env['res.partner'].with_user(self.employee).get_import_templates()
        self.assertEqual(self._get_link('res.partner', self.employee), [])
        self.assertTrue(everybody)

    def test_others_get_nothing(self):
        self.employee.password = 'employee-secret'
        self.authenticate('employee', 'employee-secret')
        for model in ('aftersales.order', 'aftersales.stage', 'no.model', 'res.users'):
            url = f'/aftersales_service/import-template/{model}.xlsx'
            self.assertEqual(self.url_open(url).status_code, 404, model)
        self.authenticate(None, None)
        self.assertIn('/web/login', self.url_open(
            '/aftersales_service/import-template/aftersales.order.xlsx').url)
