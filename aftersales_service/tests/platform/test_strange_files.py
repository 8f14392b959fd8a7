from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from odoo.exceptions import UserError
from odoo.tests import tagged, users

from .common import HEADER, PlatformCommon


@tagged('post_install', '-at_install')
class TestStrangeFiles(PlatformCommon):
    """Files as platforms, spreadsheets and people make them, not as a manual describes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kettle = cls.env['product.product'].create({'name': "Kettle", 'default_code': 'KT'})

    def _import_text(self, text, encoding='utf-8', file_name='orders.csv'):
        return self._import_content(text.encode(encoding), file_name=file_name)

    # === ENCODINGS AND SEPARATORS (I7) === #

    @users('agent')
    def test_words_are_read_in_the_charset_they_were_written_in(self):
        for number, (name, encoding) in enumerate((
                ("Müller", 'cp1252'), ("José Nuñez", 'cp1252'), ("Größe", 'utf-8-sig'),
                ("李镕", 'gbk'), ("朱喆", 'gb18030'), ("陳大文", 'big5'),
                ("Łukasz Wójcik", 'cp1250'),
                ("Иван Петров", 'cp1251'), ("李娜", 'utf-16'))):
            with self.subTest(name=name):
                dialog = self._import_text(
                    f"Order Number,Customer,Phone\nE-{number},{name},+1 650 555 10{number:02}\n",
                    encoding)
                self.assertEqual(dialog.order_ids.partner_id.name, name)

    @users('agent')
    def test_separators_and_line_ends_of_other_programs(self):
        for number, text in enumerate((
                "Order Number;Customer;Phone\r\nS-{0};Ann;+1 650 555 110{0}\r\n",
                "Order Number\tCustomer\tPhone\rS-{0}\tAnn\t+1 650 555 110{0}\r",
                "Export; all shops\nOrder Number;Customer;Phone\r\nS-{0};Ann;+1 650 555 110{0}",
                "\ufeffOrder Number,Customer,Phone\n\nS-{0},\"Lee, Ann\",+1 650 555 110{0}\r\n\r")):
            with self.subTest(text=text):
                self._assert_counts(self._import_text(text.format(number)), made=1)

    @users('agent')
    def test_text_with_the_ending_of_a_spreadsheet_is_read(self):
        dialog = self._import_text(
            "订单号\t收货人\t手机\nT-1\t李娜\t+8613800138000\n", 'gbk', 'orders.xls')
        self.assertEqual(dialog.order_ids.partner_id.name, "李娜")

    # === ROWS (I5) === #

    @users('agent')
    def test_items_of_one_order_need_no_line_column(self):
        header = ("Order Number", "Customer", "Phone", "Product")
        first = ('L-1', "Ann", '+1 650 555 1200', 'AC')
        second = ('L-1', "Ann", '+1 650 555 1200', 'KT')
        dialog = self._import(first, second, header=header)
        self._assert_counts(dialog, made=2)
        self.assertEqual(len(dialog.order_ids.partner_id), 1)
        # in another order, with a third one
        third = ('L-1', "Ann", '+1 650 555 1200', 'CAP')
        self.capacitor.sudo().default_code = 'CAP'
        self._assert_counts(self._import(second, first, third, header=header), made=1, known=2)
        self._assert_counts(self._import(first, first, header=header), known=2)

    @users('agent')
    def test_row_that_stands_twice_without_a_line_is_refused(self):
        row = ('L-2', "Ann", '+1 650 555 1201', 'AC')
        header = ("Order Number", "Customer", "Phone", "Product")
        self._assert_counts(self._import(row, row, header=header), made=1, refused=1)

    @users('agent')
    def test_customer_may_stand_on_the_first_row_only(self):
        header = ("Order Number", "Customer", "Phone", "Province", "Address", "Product")
        dialog = self._import(
            ('M-1', "Ann", '+1 650 555 1202', "California", "1 Main St", 'AC'),
            ('M-1', '', '', '', '', 'KT'), ('', '', '', '', '', 'CAP'),
            ('M-2', "Bob", '+1 650 555 1203', '', "2 Main St", 'AC'), header=header)
        self._assert_counts(dialog, made=3, refused=1)  # CAP is not known
        ann = dialog.order_ids.filtered(lambda order: order.platform_number == 'M-1')
        self.assertEqual(ann.partner_id.name, "Ann")
        self.assertEqual(ann.site_id.street, "1 Main St")
        self.assertEqual(ann.product_id, self.conditioner | self.kettle)

    @users('agent')
    def test_merged_cells_are_rows_of_one_order(self):
        book, file = Workbook(), BytesIO()
        sheet = book.active
        for row in (("Order Number", "Customer", "Phone", "Product"),
                    ('G-1', "Ann", '+1 650 555 1204', 'AC'), (None, None, None, 'KT')):
            sheet.append(row)
        for cells in ('A2:A3', 'B2:B3', 'C2:C3'):
            sheet.merge_cells(cells)
        book.save(file)
        dialog = self._import_content(file.getvalue())
        self._assert_counts(dialog, made=2)
        self.assertEqual(dialog.order_ids.mapped('platform_number'), ['G-1', 'G-1'])

    @users('agent')
    def test_total_below_the_rows_is_no_order(self):
        header = ("Order Number", "Customer", "Phone", "Product")
        dialog = self._import(
            ('N-1', "Ann", '+1 650 555 1205', 'AC'), ("Total: 1", '', '', ''), header=header)
        self._assert_counts(dialog, made=1, refused=1)

    @users('agent')
    def test_phone_is_read_from_the_column_that_is_filled_in(self):
        header = ("Order Number", "Customer", "Phone", "Mobile")
        dialog = self._import(
            ('P-1', "Ann", '', '+1 650 555 1206'), ('P-2', "Bob", '+1 650 555 1207', ''),
            ('P-3', "Eve", '+1 650 555 1208', '+1 650 555 1209'), header=header)
        self.assertRecordValues(dialog.order_ids.sorted('platform_number'), [
            {'phone': '+1 650 555 1206', 'caller_phone': False},
            {'phone': '+1 650 555 1207', 'caller_phone': False},
            {'phone': '+1 650 555 1208', 'caller_phone': '+1 650 555 1209'}])

    @users('agent')
    def test_numbers_that_became_amounts_are_numbers_again(self):
        self._assert_counts(self._import_text(
            'Order Number,Customer,Phone\n26001,Ann,"+1 650 555 1501"\n'), made=1)
        for number, phone in (('26001.0', '16505551501.0'), ('"26,001"', '"16,505,551,501"'),
                              ('２６００１', '+1 650 555 1501')):
            with self.subTest(number=number):
                self._assert_counts(self._import_text(
                    f'Order Number,Customer,Phone\n{number},Ann,{phone}\n'), known=1)
        order = self._import_text(
            'Order Number,Customer,Phone\n26002,Ann,16505551501.0\n').order_ids
        self.assertEqual(order.phone_sanitized, '+16505551501')

    # === EXPORTS OF THE LARGE PLATFORMS === #

    @users('agent')
    def test_exports_of_large_platforms_need_no_profile_of_their_own(self):
        self.env.company.sudo().country_id = self.env.ref('base.cn')
        street, place = "南山区科技路1号", ("广东省", "深圳市", "南山区")
        for header, row in (
                (("订单编号", "买家会员名", "收货人姓名", "收货地址 ", "联系电话 ", "联系手机",
                  "商家编码"),
                 ('="T-1"', "lina88", "李娜", f"广东省 深圳市 {street}", "'", "'13800138401",
                  'AC')),
                (("订单号", "商品编码", "客户姓名", "客户地址", "联系电话", "客户备注"),
                 ('T-2\t', 'AC', "李娜", f"广东深圳市{street}", '13800138402', "先电话")),
                (("商品", "订单号", "收货人", "手机", "省", "市", "区", "收货地址"),
                 ("空调", 'T-3', "李娜[1234]", '18412345678', *place, "科技路1号")),
                (("主订单编号", "子订单编号", "商家编码", "收件人", "收件人手机号",
                  "省", "市", "区", "详细地址"),
                 ('T-4', 'T-41', 'AC', "李娜", '18412345678-5678', *place, "科技路1号")),
                (("Order ID", "Shipping Name", "Shipping Street", "Shipping City",
                  "Shipping Phone", "Lineitem sku", "Notes"),
                 ('T-5', "Li Na", "1 Main St", "Springfield", "'+1 650-555-1405", 'AC', ''))):
            with self.subTest(header=header):
                order = self._import(row, header=header).order_ids
                self.assertRegex(order.platform_number, r'^T-\d$')
                self.assertIn(order.partner_id.name, ("李娜", "Li Na"))
                self.assertTrue(order.phone_sanitized)
                if order.platform_number != 'T-5':
                    self.assertRecordValues(order.site_id, [{'city': "深圳市"}])
                    self.assertEqual(order.site_id.state_id.name, "广东省")
                    self.assertIn("科技路1号", order.site_id.street)

    # === PHONES AND PLACES (I3, I4) === #

    @users('agent')
    def test_phones_as_platforms_write_them(self):
        self.env.company.sudo().country_id = self.env.ref('base.cn')
        header = ("订单号", "收货人", "手机")
        dialog = self._import(
            ('Q-1', "李娜[1234]", '18412345678'), ('Q-2', "王伟", '18412345678-5678'),
            ('Q-3', "赵六", '13800138296/010-65881234'),
            ('Q-4', "孙七", '0755-26001234转802'), header=header)
        orders = dialog.order_ids.sorted('platform_number')
        self.assertRecordValues(orders, [
            {'phone': '18412345678,1234', 'phone_sanitized': '+8618412345678,1234'},
            {'phone': '18412345678,5678', 'phone_sanitized': '+8618412345678,5678'},
            {'phone': '13800138296', 'phone_sanitized': '+8613800138296'},
            {'phone': '0755-26001234,802', 'phone_sanitized': '+8675526001234,802'}])
        self.assertEqual(len(orders.partner_id), 4)
        self.assertEqual(orders[0].partner_id.name, "李娜")

    @users('agent')
    def test_region_of_an_address_in_one_column_is_found(self):
        self.env.company.sudo().country_id = self.env.ref('base.cn')
        header = ("订单号", "收货人", "手机", "省份", "城市", "详细地址")
        dialog = self._import(
            ('R-1', "甲乙", '13800138301', '', '', "中国广东省深圳市南山区科技路1号"),
            ('R-2', "丙丁", '13800138302', "广东", "深圳市", "南山区科技路2号"),
            ('R-3', "戊己", '13800138303', "广东省", "深圳市", "广东省深圳市南山区科技路3号"),
            ('R-4', "庚辛", '13800138304', '', '', "广东 深圳 南山区科技路4号"), header=header)
        sites = dialog.order_ids.sorted('platform_number').site_id
        self.assertEqual(sites.state_id.mapped('name'), ["广东省"])
        self.assertEqual(sites.mapped('city'), ["深圳市", "深圳市", "深圳市", "深圳"])
        self.assertEqual(sites.mapped('street'), [
            f"南山区科技路{number}号" for number in (1, 2, 3, 4)])

    @users('agent')
    def test_serial_numbers_find_their_cards_however_they_are_written(self):
        card = self._create_card()
        for number, serial in enumerate(('ac-0001', 'ＡＣ－０００１', 'SN: AC-0001', 'AC 0001')):
            with self.subTest(serial=serial):
                order = self._import(self._row(
                    800 + number, Customer="Li Na", Phone='650-555-0100',
                    **{"Serial Number": serial})).order_ids
                self.assertEqual(order.warranty_id, card if ' 0' not in serial or 'SN' in serial
                                 else card.browse())

    # === TIMES (I6) === #

    @users('agent')
    def test_times_are_read_as_they_were_meant(self):
        self.env.user.sudo().tz = 'Asia/Shanghai'
        for number, (text, expected) in enumerate((
                ("2026-06-02 9:30 PM", datetime(2026, 6, 2, 13, 30)),
                ("2026-06-02T09:30:00Z", datetime(2026, 6, 2, 9, 30)),
                ("2026-06-02T09:30:00-07:00", datetime(2026, 6, 2, 16, 30)),
                ("06/02/2026 9:30 PM", datetime(2026, 6, 2, 13, 30)),
                ("2026年6月2日 下午2点半", datetime(2026, 6, 2, 6, 30)),
                # a day that a spreadsheet wrote with a time
                ("2026/6/2 0:00", datetime(2026, 6, 2, 1, 0)))):
            with self.subTest(text=text):
                order = self._import(
                    self._row(900 + number, **{"Planned for": text})).order_ids
                self.assertEqual(order.date_planned, expected)

    # === CELLS === #

    @users('agent')
    def test_wrong_cell_costs_its_row_and_no_other(self):
        book, file = Workbook(), BytesIO()
        for row in (HEADER, self._row(1), self._row(2, Product='#N/A'), self._row(3)):
            book.active.append(row)
        place = HEADER.index("Product") + 1
        book.active.cell(3, place).data_type = 'e'
        book.save(file)
        dialog = self._import_content(file.getvalue())
        self._assert_counts(dialog, made=2, refused=1)
        self.assertIn("#N/A", self._read_refused(dialog)[1][-1])

    @users('agent')
    def test_very_long_text_file_is_refused_before_it_is_read(self):
        row = "B-1,Ann,+1 650 555 0001\n"
        with self.assertRaisesRegex(UserError, "more than 5000 rows; split it"):
            self._import_text("Order Number,Customer,Phone\n" + row * 400_000)
