from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from .common import HEADER, PlatformCommon

READER = 'odoo.addons.base_import.models.base_import'


@tagged('post_install', '-at_install')
class TestPlatformImport(PlatformCommon):
    """Good rows of a platform's file become orders."""

    @users('agent')
    def test_row_becomes_an_order(self):
        dialog = self._import(self._row(
            7, Province="California", City="Palo Alto", **{"Planned for": "2026-06-02 09:30"}))
        self._assert_counts(dialog, made=1)
        order = dialog.order_ids
        self.assertRecordValues(order, [{
            'channel': 'platform', 'platform_id': self.platform.id, 'platform_number': 'B-7',
            'platform_line': '1', 'user_id': False, 'state': 'registered',
            'type_id': self.env.ref('aftersales_service.aftersales_order_type_installation').id,
            'product_id': self.conditioner.id, 'description': "Two outlets",
            'date_planned': datetime(2026, 6, 2, 9, 30), 'phone_sanitized': '+16505550007'}])
        self.assertRecordValues(order.partner_id, [{
            'name': "Customer 7", 'street': "7 Main St", 'city': "Palo Alto",
            'state_id': self.env.ref('base.state_us_5').id, 'phone_sanitized': '+16505550007'}])
        self.assertEqual(order.site_id, order.partner_id)

    @users('agent')
    def test_chinese_headings_words_and_encoding(self):
        header = ("订单编号", "服务类型", "收货人", "手机号", "详细地址", "预约时间", "买家留言")
        row = ("\t26001", "送货", "李娜", "+86 138 0013 8000", "科技路1号",
               "2026年6月2日 9:30-12:00", "请先打电话")
        for encoding, number in (('gb18030', '26001'), ('utf-8-sig', '26002')):
            with self.subTest(encoding=encoding):
                order = self._import_csv(
                    (number, *row[1:]), header=header, encoding=encoding).order_ids
                self.assertRecordValues(order, [{
                    'platform_number': number, 'description': "请先打电话",
                    'type_id': self.env.ref('aftersales_service.aftersales_order_type_delivery').id,
                    'date_planned': datetime(2026, 6, 2, 9, 30)}])
                self.assertRecordValues(
                    order.partner_id, [{'name': "李娜", 'street': "科技路1号"}])

    @users('agent')
    def test_types_are_known_in_every_language(self):
        self.env['res.lang']._activate_lang('zh_CN')
        self.type_carry_in.with_context(lang='zh_CN').name = "送修服务"
        order = self._import(self._row(1, Service="送修服务")).order_ids
        self.assertEqual(order.type_id, self.type_carry_in)

    @users('agent')
    def test_number_finds_the_customer_and_changes_nothing(self):
        order = self._import(
            self._row(1, Phone='650-555-0100', Customer="Somebody Else")).order_ids
        self.assertEqual(order.partner_id, self.customer)
        self.assertRecordValues(self.customer, [{'name': "Li Na", 'street': False}])
        self.assertRecordValues(order.site_id, [{
            'parent_id': self.customer.id, 'street': "1 Main St", 'type': 'other'}])

    @users('agent')
    def test_address_of_a_customer_is_made_once(self):
        rows = [self._row(number, Phone='650-555-0100', Address="1 Main St")
                for number in (1, 2)]
        first, second = self._import(*rows).order_ids.sorted('platform_number')
        third = self._import(self._row(3, Phone='650-555-0100', Address="1 main  st")).order_ids
        self.assertEqual(first.site_id, second.site_id)
        self.assertEqual(first.site_id, third.site_id)
        self.assertEqual(len(self.customer.child_ids), 1)

    @users('agent')
    def test_units_of_one_customer_are_one_customer(self):
        orders = self._import(
            self._row(1, Line='1'), self._row(1, Line='2'),
            self._row(2, Phone='138****0000', Customer="Mr. Mask"),
            self._row(3, Phone='138****0000', Customer="Mr. Mask", Address="2 Main St")).order_ids
        self.assertEqual(len(orders), 4)
        self.assertEqual(len(orders.partner_id), 2)

    @users('agent')
    def test_serial_number_finds_card_and_product(self):
        card = self._create_card()
        order = self._import(self._row(
            1, Service="Repair", Customer="Li Na", Phone='138****0000', Product='',
            **{"Serial Number": 'AC-0001'})).order_ids
        self.assertRecordValues(order, [{
            'warranty_id': card.id, 'product_id': self.conditioner.id, 'type_id':
            self.type_on_site.id, 'partner_id': self.customer.id}])

    @users('agent')
    def test_serial_number_in_stock_is_found(self):
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'AC-77', 'product_id': self.conditioner.id})
        order = self._import(self._row(1, **{"Serial Number": 'AC-77'})).order_ids
        self.assertEqual(order.lot_id, lot)

    @users('agent')
    def test_missing_columns_are_filled_by_the_profile(self):
        header = ("Order No.", "Name", "Phone", "Planned for")
        order = self._import(
            ('B-1', "Ann", '+1 650 555 0001', "2026-06-02"), header=header).order_ids
        self.assertRecordValues(order, [{
            'platform_line': '1', 'type_id': self.platform.type_id.id,
            'date_planned': datetime(2026, 6, 2, 9, 0)}])

    @users('agent')
    def test_times_are_those_of_the_user(self):
        self.env.user.sudo().tz = 'Asia/Shanghai'
        order = self._import(self._row(1, **{"Planned for": "2026/6/2 9:30"})).order_ids
        self.assertEqual(order.date_planned, datetime(2026, 6, 2, 1, 30))

    @users('agent')
    def test_title_above_the_headings_and_blank_rows_do_no_harm(self):
        blank = [''] * len(HEADER)
        dialog = self._import(HEADER, blank, self._row(1), header=["Export", *blank[1:]])
        self._assert_counts(dialog, made=1)

    @users('agent')
    def test_repeated_import_is_harmless(self):
        self._import(self._row(1), self._row(2))
        dialog = self._import(self._row(1), self._row(2), self._row(3))
        self._assert_counts(dialog, made=1, known=2)
        self.assertFalse(dialog.refused_file)

    @users('other_agent')
    def test_order_of_a_colleague_and_an_archived_one_are_known(self):
        order = self.with_agent()._import(self._row(1)).order_ids
        order.user_id = self.agent
        order.active = False
        self._assert_counts(self._import(self._row(1)), known=1)

    def with_agent(self):
        self.env = self.env(user=self.agent)
        return self

    @users('agent')
    def test_other_platform_is_another_order(self):
        self._import(self._row(1))
        other = self.platform.sudo().copy({'name': "Red Shop"})
        self._assert_counts(self._import(self._row(1), platform_id=other.id), made=1)

    def test_key_is_unique_in_the_database(self):
        vals = {'platform_id': self.platform.id, 'platform_number': 'B-1', 'platform_line': '1'}
        orders = self.env['aftersales.order'].sudo()
        orders.create(vals)
        with (mute_logger('odoo.sql_db'), self.assertRaisesRegex(Exception, "platform_uniq"),
              self.env.cr.savepoint()):
            orders.create(vals)

    @users('agent')
    def test_dialog_leads_to_the_orders(self):
        dialog = self._import(self._row(1), self._row(2))
        action = dialog.action_view_orders()
        found = self.env['aftersales.order'].search(action['domain'])
        self.assertEqual(found, dialog.order_ids)
        self.assertNotEqual(dialog.action_again()['res_id'], dialog.id)

    @users('employee')
    def test_others_import_nothing(self):
        with self.assertRaises(AccessError):
            self._import(self._row(1))
        with self.assertRaises(AccessError):
            self.platform.with_user(self.env.user).read(['name'])

    @users('agent')
    def test_only_administrators_write_profiles(self):
        with self.assertRaises(AccessError):
            self.platform.with_user(self.env.user).name = "Mine"
        self.platform.with_user(self.manager).name = "Theirs"
        self.assertEqual(self.platform.name, "Theirs")

    def test_profiles_stay_in_their_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        self.platform.company_id = company
        with self.assertRaises(AccessError):
            self.platform.with_user(self.manager).read(['name'])
        insider = new_test_user(
            self.env, 'insider', 'aftersales_service.group_aftersales_agent',
            company_id=company.id, company_ids=[(6, 0, company.ids)])
        self.env = self.env(user=insider)
        order = self._import(self._row(1), company_id=company.id).order_ids
        self.assertEqual(order.company_id, company)

    @users('agent')
    def test_template_is_understood_by_the_import(self):
        for lang, heading in (('en_US', "Order Number"), ('zh_CN', "订单号")):
            with self.subTest(lang=lang):
                sheet = self.platform.with_user(self.env.user).with_context(
                    lang=lang, bin_size=False).template_file
                dialog = self.env['aftersales.platform.import'].create({
                    'platform_id': self.platform.id, 'file': sheet, 'file_name': 'x.xlsx'})
                header, rows = dialog._read_rows()
                self.assertEqual((header[0], len(header), rows), (heading, 14, []))

    @users('agent')
    def test_order_is_found_by_its_number_on_the_platform(self):
        order = self._import(self._row(1)).order_ids
        found = self.env['aftersales.order'].search([('platform_number', '=', 'B-1')])
        self.assertEqual(found, order)
        self.assertEqual(self.platform.order_count, 1)


@tagged('post_install', '-at_install')
class TestPlatformImportQueries(PlatformCommon):
    """A thousand rows are not a thousand searches."""

    def _count_queries(self, first, count):
        rows = [self._row(number, Address=f"{number} Oak St", **{
            "Serial Number": f'Q-{number}', "Planned for": "2026-06-02"})
            for number in range(first, first + count)]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._assert_counts(self._import(*rows), made=count)
        self.env.flush_all()
        self.env.cr.precommit.run()
        return self.env.cr.sql_log_count - before

    @users('agent')
    def test_rows_cost_few_queries_each(self):
        self.env = self.env(context={**self.env.context, 'tracking_disable': False})
        self._count_queries(1, 10)
        ten, fifty = self._count_queries(100, 10), self._count_queries(200, 50)
        self.assertLessEqual((fifty - ten) / 40, 1.0)

    @users('agent')
    def test_known_rows_cost_none(self):
        rows = [self._row(number) for number in range(60)]
        self._import(*rows)

        def count(part):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._assert_counts(self._import(*part), known=len(part))
            return self.env.cr.sql_log_count - before

        count(rows)
        few, many = count(rows[50:]), count(rows[:50])
        self.assertLessEqual(many, few)


@tagged('post_install', '-at_install')
class TestPlatformFiles(PlatformCommon):
    """Files that are none get one clear sentence."""

    @users('agent')
    def test_unreadable_files_get_a_sentence(self):
        for content, name, sentence in (
                (b'', 'x.xlsx', "Choose the file"),
                (b'PK\x03\x04 broken', 'x.xlsx', "cannot be read"),
                (b'\x89PNG\r\n\x1a\n0000', 'photo.png', "cannot be read"),
                (b'Name,Phone\nAnn,1\n', 'x.csv', "no column for the order number")):
            with (self.subTest(name=name), mute_logger(READER),
                  self.assertRaisesRegex(UserError, sentence)):
                self._import_content(content, file_name=name)

    @users('agent')
    def test_much_longer_file_is_refused_before_it_is_read(self):
        self.platform.sudo().row_limit = 2
        rows = [self._row(number) for number in range(20)]
        reader = self.env.registry['base_import.import']
        with patch.object(reader, '_read_file', side_effect=AssertionError("was read")), (
                self.assertRaisesRegex(UserError, "more than 2 rows; split it")):
            self._import(*rows)

    @users('agent')
    def test_file_longer_than_the_limit_is_refused(self):
        self.platform.sudo().row_limit = 2
        with self.assertRaisesRegex(UserError, "3 rows; split it into files of at most 2"):
            self._import(self._row(1), self._row(2), self._row(3))
        self._assert_counts(self._import(self._row(1), self._row(2)), made=2)
