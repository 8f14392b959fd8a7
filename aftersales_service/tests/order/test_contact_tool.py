import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import contact
from ...tools.contact import split_contact


class TestContactTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(contact)
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
                ("13700001111", ("", "13700001111", "")),
                ("Ann Lee", ("Ann Lee", "", "")),
                ("", ("", "", ""))]:
            with self.subTest(line=line):
                self.assertEqual(split_contact(line), expected)

    @given(st.text(max_size=80))
    def test_any_text_is_taken(self, line):
        self.assertTrue(all(isinstance(part, str) for part in split_contact(line)))

    @given(st.sampled_from(["李娜", "王小明"]), st.integers(13_000_000_000, 19_999_999_999),
           st.permutations([0, 1, 2]))
    def test_order_of_the_pieces_does_not_matter(self, name, number, order):
        pieces = [name, str(number), "深圳市南山区科技路1号"]
        line = "，".join(pieces[index] for index in order)
        self.assertEqual(split_contact(line), (name, str(number), "深圳市南山区科技路1号"))
