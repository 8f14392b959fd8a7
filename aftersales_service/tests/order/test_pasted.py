from odoo.tests import Form, tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestPasted(AftersalesCommon):
    """What people paste into the intake: blocks of shops, chats and address books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref('base.cn')

    def _paste(self, words):
        form = Form(self.env['aftersales.order'])
        form.phone = words
        return form.save()

    def _call(self, phone):
        return self.env['aftersales.order'].create({'phone': phone})

    @users('agent')
    def test_block_of_a_shop_becomes_customer_and_region(self):
        order = self._paste(
            "收货人: 李娜 手机号码: 13800138296 所在地区: 广东省深圳市南山区 详细地址: 科技路1号")
        self.assertRecordValues(order.partner_id, [{
            'name': "李娜", 'phone_sanitized': '+8613800138296', 'city': "深圳市",
            'street': "南山区 科技路1号", 'country_id': self.env.ref('base.cn').id}])
        self.assertEqual(order.partner_id.state_id.name, "广东省")

    @users('agent')
    def test_neighbours_of_the_number_find_the_customer_nevertheless(self):
        known = self.env['res.partner'].sudo().create(
            {'name': "李娜", 'phone': '138 0013 8296'})
        for words in ("李娜 3栋502 13800138296", "518000 13800138296", "联系方式：13800138296"):
            with self.subTest(words=words):
                self.assertEqual(self._paste(words).partner_id, known)

    @users('agent')
    def test_two_numbers_stand_in_two_fields(self):
        order = self._paste("李娜 13800138296/010-65881234 北京市朝阳区建国路88号")
        self.assertRecordValues(order, [{
            'phone': '13800138296', 'caller_phone': '010-65881234',
            'phone_sanitized': '+8613800138296'}])

    @users('agent')
    def test_two_numbers_typed_into_one_field_find_the_customer(self):
        known = self.env['res.partner'].sudo().create(
            {'name': "李娜", 'phone': '138 0013 8296'})
        for phone in ('13800138296/010-65881234', '\u202d138 0013 8296\u202c', '13800138296 李娜'):
            with self.subTest(phone=phone):
                self.assertEqual(self._call(phone).partner_id, known)

    @users('agent')
    def test_extension_tells_people_behind_one_number_apart(self):
        first = self._paste("李娜[1234] 18412345678 广东省深圳市科技路1号")
        second = self._paste("王伟，18412345678-5678，广东省深圳市科技路2号")
        again = self._call('18412345678转1234')
        self.assertEqual(first.phone, '18412345678,1234')
        self.assertNotEqual(first.partner_id, second.partner_id)
        self.assertEqual(again.partner_id, first.partner_id)
        self.assertFalse(second.duplicate_ids)

    @users('agent')
    def test_serial_number_is_found_however_it_was_pasted(self):
        card = self._create_card()
        for serial in ('ＡＣ－０００１', 'AC-00 01', 'SN: AC-0001', 'S/N：ac-0001',
                       '序列号：AC-0001', '\u200bAC-0001'):
            with self.subTest(serial=serial):
                self.assertEqual(self._create_order(serial=serial).warranty_id, card)
        stranger = self._create_order(serial='SN: AC-0002')
        self.assertRecordValues(stranger, [{'warranty_id': False, 'serial': 'AC-0002'}])
        stranger.serial = "序列号：AC-0001"
        self.assertRecordValues(stranger, [{'warranty_id': card.id, 'serial': 'AC-0001'}])
