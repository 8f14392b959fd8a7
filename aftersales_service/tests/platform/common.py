import base64
import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook

from ...tools.sheet import write_sheet
from ..common import AftersalesCommon

HEADER = ("Order Number", "Line", "Service", "Customer", "Phone", "Province", "City", "Address",
          "Product", "Serial Number", "Planned for", "Description")


class PlatformCommon(AftersalesCommon):
    """A platform with a profile of its own, and files as it exports them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.conditioner.default_code = 'AC'
        cls.platform = cls.env.ref('aftersales_service.aftersales_platform_general').copy(
            {'name': "Blue Shop"})

    def _row(self, number, **values):
        """Return one row of a file by the headings of ``HEADER``."""
        row = {
            "Order Number": f'B-{number}', "Line": '1', "Service": "Installation",
            "Customer": f"Customer {number}", "Phone": f'+1 650 555 {number:04}',
            "Address": f"{number} Main St", "Product": "AC", "Description": "Two outlets",
            **values}
        return tuple(row.get(heading, '') for heading in HEADER)

    def _import(self, *rows, header=HEADER, **values):
        """Import a file of ``rows`` as the current user and return the finished dialog."""
        return self._import_content(write_sheet(header, rows), **values)

    def _import_csv(self, *rows, header=HEADER, encoding='utf-8-sig'):
        text = StringIO()
        csv.writer(text).writerows([header, *rows])
        return self._import_content(text.getvalue().encode(encoding), file_name='orders.csv')

    def _import_content(self, content, file_name='orders.xlsx', **values):
        dialog = self.env['aftersales.platform.import'].create({
            'platform_id': self.platform.id, 'file': base64.b64encode(content),
            'file_name': file_name, **values})
        dialog.action_import()
        return dialog

    def _read_refused(self, dialog):
        """Return the rows of the file that came back, as lists of texts."""
        book = load_workbook(BytesIO(base64.b64decode(dialog.refused_file)))
        return [[cell or '' for cell in row] for row in book.active.iter_rows(values_only=True)]

    def _assert_counts(self, dialog, made=0, known=0, refused=0):
        self.assertRecordValues(dialog, [
            {'made_count': made, 'known_count': known, 'refused_count': refused}])
        self.assertEqual(len(dialog.order_ids), made)

    def _assert_refused(self, row, sentence):
        """Check that ``row`` comes back with the reason and leaves nothing."""
        dialog = self._import(row)
        self._assert_counts(dialog, refused=1)
        self.assertIn(sentence, self._read_refused(dialog)[1][-1])
