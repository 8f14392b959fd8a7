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

    def test_ranges_and_searches_take_numbers_as_they_are_pasted(self):
        fit = self.env['aftersales.part.fit'].create({
            'machine_id': self.conditioner.product_tmpl_id.id, 'product_id': self.board.id,
            'serial_from': 'ＡＣ－０００１', 'serial_to': 'AC-0500'})
        self.assertTrue(fit._takes('SN: ac-0007'))
        self.assertFalse(fit._takes('AC-0501'))
        self._create_card(serial='AC-0007')
        found = self.env['product.product'].search([('machine_serial', '=', 'ＡＣ－０００７')])
        self.assertIn(self.board, found)
