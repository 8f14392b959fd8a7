from io import BytesIO

from openpyxl import Workbook

from odoo.tests import tagged, users

from .common import HEADER, PlatformCommon

LONG = 365482012345678901  # as a platform writes it; a spreadsheet keeps 15 of its digits


@tagged('post_install', '-at_install')
class TestShortenedNumbers(PlatformCommon):
    """A number that a spreadsheet shortened joins strangers: it is refused, with the reason."""

    def _write_book(self, *rows):
        book, file = Workbook(), BytesIO()
        for row in rows:
            book.active.append(row)
        book.save(file)
        return file.getvalue()

    @users('agent')
    def test_damaged_numbers_come_back(self):
        for heading in ("Order Number", "Line", "Phone", "Serial Number", "Product"):
            with self.subTest(heading=heading):
                self._assert_refused(
                    self._row(1, **{heading: '3.65482E+17'}), "shortened the number")
        dialog = self._import_csv(self._row(1, **{"Order Number": '3,65482E+17'}))
        self._assert_counts(dialog, refused=1)

    @users('agent')
    def test_customers_with_the_same_rest_are_not_lost(self):
        rows = [self._row(number, **{"Order Number": '3.65482E+17'}) for number in (1, 2)]
        self._assert_counts(self._import(*rows), refused=2)
        rows = [self._row(number, **{"Order Number": LONG + number}) for number in (1, 2)]
        dialog = self._import_content(self._write_book(HEADER, (), *rows))
        self._assert_counts(dialog, refused=2)
        self.assertIn("“3.65482E+17”", self._read_refused(dialog)[1][-1])

    @users('agent')
    def test_long_numbers_that_are_texts_are_taken(self):
        row = self._row(1, **{"Order Number": str(LONG)})
        dialog = self._import_content(self._write_book(HEADER, row))
        self._assert_counts(dialog, made=1)
        self.assertEqual(dialog.order_ids.platform_number, str(LONG))

    @users('agent')
    def test_known_compares_customer_and_product(self):
        order = self._import(self._row(1)).order_ids
        self._assert_counts(self._import(self._row(1)), known=1)
        # platforms hide phones, people correct names
        self._assert_counts(self._import(self._row(1, Phone='+1 *** *** 0001')), known=1)
        self._assert_counts(self._import(self._row(1, Customer="Customer Uno")), known=1)
        other = self._row(2, **{"Order Number": 'B-1'})
        self._assert_refused(other, f"another customer, as {order.name}")
        fridge = self.env['product.product'].sudo().create(
            {'name': "Fridge", 'default_code': 'FR'})
        self._assert_refused(self._row(1, Product='FR'), f"another product, as {order.name}")
        order.product_id = fridge
        self._assert_counts(self._import(self._row(1, Product='FR')), known=1)

    @users('manager')
    def test_opening_data_refuse_them_too(self):
        for model, name, long in (
                ('aftersales.warranty', 'serial', LONG), ('aftersales.order', 'phone', LONG),
                ('aftersales.warranty', 'owner_phone', LONG), ('res.partner', 'phone', LONG),
                ('res.partner', 'id', LONG), ('aftersales.order', 'serial', '3.65482E+17')):
            with self.subTest(model=model, name=name):
                example = {**self.env[model]._get_import_example(), name: long}
                names = list(example)
                dialog = self.env['base_import.import'].create({
                    'res_model': model, 'file_name': 'opening.xlsx',
                    'file': self._write_book(names, list(example.values()))})
                result = dialog.execute_import(names, names, {
                    'has_headers': True, 'quoting': '"', 'separator': '', 'encoding': '',
                    'date_format': '%Y-%m-%d', 'datetime_format': '%Y-%m-%d %H:%M:%S'})
                self.assertFalse(result['ids'])
                self.assertIn("“3.65482E+17”", result['messages'][0]['message'])

    def test_files_of_other_models_are_read_by_core_alone(self):
        reader = self.env['base_import.import'].create({
            'res_model': 'res.bank', 'file_name': 'banks.xlsx',
            'file': self._write_book(("Name",), (LONG,))})
        __, rows = reader._read_file({})
        self.assertNotIn("E+", rows[1][0])
