import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import contact, phone, region
from ...tools.contact import split_contact
from ...tools.region import find_region


class TestContactTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        for tool in (contact, phone, region):
            result = doctest.testmod(tool)
            self.assertGreater(result.attempted, 0)
            self.assertFalse(result.failed)

    def test_lines_as_platforms_give_them(self):
        for line, expected in [
                ("收货人：王小明 手机：139-1234-5678 地址：上海市浦东新区世纪大道100号",
                 ("王小明", "139-1234-5678", "上海市浦东新区世纪大道100号")),
                ("北京市朝阳区建国路88号 3栋502室，赵六，010-65881234",
                 ("赵六", "010-65881234", "北京市朝阳区建国路88号 3栋502室")),
                ("陈静 广州市天河区体育西路1号 13700001111",
                 ("陈静", "13700001111", "广州市天河区体育西路1号")),
                # neighbours are no part of the number
                ("李娜 3栋502 13800138296", ("李娜", "13800138296", "3栋502")),
                ("518000 13800138296 李娜", ("李娜", "13800138296", "518000")),
                ("13800138000-2栋 李娜", ("李娜", "13800138000", "2栋")),
                ("Ann Lee, 1 Main St, Springfield, IL 62704-1234, 650-555-0100",
                 ("Ann Lee", "650-555-0100", "1 Main St, Springfield, IL 62704-1234")),
                ("365482012345678901 李娜 13800138296 深圳市南山区科技路1号",
                 ("李娜", "13800138296", "深圳市南山区科技路1号")),
                ("订单号：B-1 李娜 13800138296", ("李娜", "13800138296", "")),
                ("2160512345 李娜 13800138296", ("李娜", "13800138296", "2160512345")),
                # blocks of shops and cards of chats
                ("收货人: 李娜\n手机号码: 13800138000\n所在地区: 广东省深圳市南山区\n"
                 "详细地址: 科技路1号",
                 ("李娜", "13800138000", "广东省深圳市南山区 科技路1号")),
                ("姓名：李娜 地区：广东深圳市南山区 详细地址：科技路1号 联系方式：13800138000",
                 ("李娜", "13800138000", "广东深圳市南山区 科技路1号")),
                ("李娜[1234] 18412345678转1234\n广东省 深圳市 南山区 科技路1号[1234]",
                 ("李娜", "18412345678,1234", "广东省 深圳市 南山区 科技路1号")),
                ("李娜，18412345678-1234，广东省 深圳市 科技路1号[1234]",
                 ("李娜", "18412345678,1234", "广东省 深圳市 科技路1号")),
                ("李娜 0755-26001234转802", ("李娜", "0755-26001234,802", "")),
                ("Name: Ann Lee Tel. 650-555-0100 Address: 12 Main St",
                 ("Ann Lee", "650-555-0100", "12 Main St")),
                ("\u202d138 0013 8000\u202c 李娜 广东 深圳 南山区科技路1号",
                 ("李娜", "138 0013 8000", "广东 深圳 南山区科技路1号")),
                ("李娜１３８００１３８０００深圳市科技路１号",
                 ("李娜", "13800138000", "深圳市科技路1号")),
                ("138****8000 李娜 广东省深圳市", ("李娜", "138****8000", "广东省深圳市")),
                ("【收货人】李娜\n【电话】13800138000\n【地址】广东省深圳市",
                 ("李娜", "13800138000", "广东省深圳市")),
                ("姓名 李娜 电话 13800138000 地址 杭州市文三路90号",
                 ("李娜", "13800138000", "杭州市文三路90号")),
                ("微信号 lina_88 电话13800138000", ("", "13800138000", "微信号 lina_88")),
                ("JD订单：285012345678 李娜 13800138000 河北省石家庄市1号",
                 ("李娜", "13800138000", "河北省石家庄市1号")),
                ("李娜（女士） 13800138000 塔城地区 乌苏市1号",
                 ("李娜（女士）", "13800138000", "塔城地区 乌苏市1号")),
                ("安装空调2台 李娜 13800138000 广州市天河区1号",
                 ("李娜", "13800138000", "安装空调2台 广州市天河区1号")),
                ("李娜 0571-87654321 13800138000 浙江省杭州市1号",
                 ("李娜", "13800138000", "浙江省杭州市1号")),
                ("2026-11-30 09:12:33 来电 13800138000 时长 02:15", ("", "13800138000", "")),
                ("Missed call 2026/11/30 9:12, Ann Lee, +1 650-555-0100",
                 ("Ann Lee", "+1 650-555-0100", "")),
                # abroad
                ("Ann Lee\n12 Main St Apt 4\nSpringfield, IL 62704\n(650) 555-0100",
                 ("Ann Lee", "(650) 555-0100", "12 Main St Apt 4, Springfield, IL 62704")),
                ("Wong Tai Man, Flat A, 12/F, 1 Nathan Road, Kowloon, 9123 4567",
                 ("Wong Tai Man", "9123 4567", "Flat A, 12/F, 1 Nathan Road, Kowloon")),
                ("李娜 852-91234567 香港九龙弥敦道1号",
                 ("李娜", "+852-91234567", "香港九龙弥敦道1号")),
                ("陳大文 0912-345-678 台北市信義路1號",
                 ("陳大文", "0912-345-678", "台北市信義路1號")),
                ("Herr Müller, Hauptstr. 5, 10115 Berlin, Tel.: 030 1234567",
                 ("Herr Müller", "030 1234567", "Hauptstr. 5, 10115 Berlin")),
                ("13700001111", ("", "13700001111", "")),
                ("Ann Lee", ("Ann Lee", "", "")),
                ("", ("", "", ""))]:
            with self.subTest(line=line):
                self.assertEqual(split_contact(line)[:3], expected)

    def test_second_number_is_kept(self):
        contact = split_contact("李娜 13800138296/010-65881234 北京市朝阳区建国路88号")
        self.assertEqual(contact, (
            "李娜", "13800138296", "北京市朝阳区建国路88号", "010-65881234"))

    def test_regions_as_people_write_them(self):
        provinces = ["广东省", "上海市", "内蒙古自治区", "贵州省", "香港特别行政区"]
        for address, expected in [
                ("中国广东省深圳市南山区科技路1号", ("广东省", "深圳市", "南山区科技路1号")),
                ("广东 深圳 南山区科技路1号", ("广东省", "深圳", "南山区科技路1号")),
                ("广东深圳南山区科技路1号", ("广东省", "深圳", "南山区科技路1号")),
                ("广东省/深圳市/南山区 科技路1号", ("广东省", "深圳市", "南山区 科技路1号")),
                ("上海 上海市 浦东新区世纪大道", ("上海市", "上海市", "浦东新区世纪大道")),
                ("内蒙古呼和浩特市新城区", ("内蒙古自治区", "呼和浩特市", "新城区")),
                ("贵州黔西南州兴义市1号", ("贵州省", "黔西南州", "兴义市1号")),
                ("广东省南山区科技路市民广场", ("广东省", "", "南山区科技路市民广场")),
                ("香港九龙弥敦道1号", ("香港特别行政区", "", "九龙弥敦道1号"))]:
            with self.subTest(address=address):
                self.assertEqual(find_region(address, provinces)[:3], expected)
        self.assertEqual(find_region("广东省深圳市科技路1号(邮编518000)", provinces)[2:],
                         ("科技路1号", "518000"))

    @given(st.text(max_size=80))
    def test_any_text_is_taken(self, line):
        self.assertTrue(all(isinstance(part, str) for part in split_contact(line)))

    @given(st.sampled_from(["李娜", "王小明"]), st.integers(13_000_000_000, 19_999_999_999),
           st.permutations([0, 1, 2]))
    def test_order_of_the_pieces_does_not_matter(self, name, number, order):
        pieces = [name, str(number), "深圳市南山区科技路1号"]
        line = "，".join(pieces[index] for index in order)
        self.assertEqual(
            split_contact(line)[:3], (name, str(number), "深圳市南山区科技路1号"))
