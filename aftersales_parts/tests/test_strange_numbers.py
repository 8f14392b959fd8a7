from io import BytesIO

from openpyxl import Workbook

from odoo.tests import tagged

from odoo.addons.aftersales_service.tools.sheet import write_sheet

from .common import PartsCommon

OPTIONS = {'has_headers': True, 'quoting': '"', 'separator': '', 'encoding': '',
           'date_format': '%Y-%m-%d', 'datetime_format': '%Y-%m-%d %H:%M:%S'}
NAMES = ['machine_id', 'product_id', 'position', 'serial_from', 'serial_to']


@tagged('post_install', '-at_install')
class TestStrangeNumbers(PartsCommon):
    """Part lists come from spreadsheets, serial numbers from plates and chats."""

    def _import(self, *row, content=None):
        dialog = self.env['base_import.import'].create({
            'res_model': 'aftersales.part.fit', 'file_name': 'fits.xlsx',
            'file': content or write_sheet(NAMES, [row])})
        return dialog.execute_import(NAMES, NAMES, dict(OPTIONS))

    def test_damaged_serial_numbers_of_a_part_list_are_refused(self):
        machine, part = self.conditioner.product_tmpl_id.name, self.board.default_code
        result = self._import(machine, part, '12', '3.65482E+17', '3.65482E+17')
        self.assertIn("“3.65482E+17”", result['messages'][0]['message'])
        book, file = Workbook(), BytesIO()
        book.active.append(NAMES)
        book.active.append([machine, part, '12', 365482012345678901, 365482012345678999])
        book.save(file)
        result = self._import(content=file.getvalue())
        self.assertIn("“3.65482E+17”", result['messages'][0]['message'])
        self.assertFalse(self.env['aftersales.part.fit'].search([('position', '=', '12')]))
        result = self._import(machine, part, '12', '365482012345678901', '365482012345678999')
        self.assertEqual(result['messages'], [])
        # part numbers as Chinese input and copying write them
        for position, number in ('13', 'ＰＣＢ－２'), ('14', ' PCB-2 '):
            self.assertEqual(self._import(machine, number, position, '', '')['messages'], [])
        self.assertEqual(len(self.env['aftersales.part.fit'].search(
            [('product_id', '=', self.board.id), ('position', 'in', ('13', '14'))])), 2)

    def _import_products(self, number, barcode, context, model='product.template'):
        names = ['name', 'default_code', 'barcode']
        book, file = Workbook(), BytesIO()
        book.active.append(names)
        book.active.append(["Valve", number, barcode])
        book.save(file)
        # as the client sends it: the context of the action goes with each call
        dialog = self.env['base_import.import'].with_user(self.planner).with_context(
            **context).create({
                'res_model': model, 'file_name': 'parts.xlsx', 'file': file.getvalue()})
        return dialog.execute_import(names, names, dict(OPTIONS))['messages']

    def test_damaged_part_numbers_and_barcodes_of_a_catalog_are_refused(self):
        context = {'default_is_spare_part': True, 'default_is_storable': True}
        for model in 'product.template', 'product.product':
            for number, barcode, words in (
                    ('3.65482E+17', None, "3.65482E+17"),
                    (9007199254740993, None, "9.00720E+15"),
                    ('V-1', 690123456789012345, "6.90123E+17")):
                with self.subTest(model=model, number=number):
                    [message] = self._import_products(number, barcode, context, model)
                    self.assertIn(words, message['message'])
        self.assertFalse(self.env['product.product'].search([('name', '=', "Valve")]))
        self.assertEqual(
            self._import_products('009007199254740993', '690123456789012345', context), [])
        self.assertRecordValues(self.env['product.product'].search([('name', '=', "Valve")]), [{
            'default_code': '009007199254740993', 'barcode': '690123456789012345',
            'is_spare_part': True}])
        # goods that are no parts are core's to import
        self.assertEqual(self._import_products('3.65482E+17', None, {}), [])

    def test_ranges_and_searches_take_numbers_as_they_are_pasted(self):
        fit = self.env['aftersales.part.fit'].create({
            'machine_id': self.conditioner.product_tmpl_id.id, 'product_id': self.board.id,
            'serial_from': 'ＡＣ－０００１', 'serial_to': 'AC-0500'})
        self.assertTrue(fit._takes('SN: ac-0007'))
        self.assertFalse(fit._takes('AC-0501'))
        self._create_card(serial='AC-0007')
        found = self.env['product.product'].search([('machine_serial', '=', 'ＡＣ－０００７')])
        self.assertIn(self.board, found)
