import doctest
from datetime import date, datetime, time, timedelta
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from odoo.tests import BaseCase, tagged

from ...tools import charset, initials, moment, platform_columns, sheet, unit_warning

# what XML can hold; a spreadsheet cannot hold more
texts = st.text(st.characters(
    exclude_categories=('Cs', 'Cc'), exclude_characters='\ufffe\uffff'), max_size=30)


@tagged('post_install', '-at_install')
class TestSheetTools(BaseCase):

    def test_examples(self):
        for module in (charset, initials, moment, platform_columns, sheet, unit_warning):
            self.assertFalse(doctest.testmod(module).failed)

    @given(st.lists(st.tuples(texts, texts), max_size=5))
    def test_rows_come_back_as_they_were_written(self, rows):
        book = load_workbook(BytesIO(sheet.write_sheet(["A", "B"], rows)))
        read = [tuple(cell or '' for cell in row)
                for row in book.active.iter_rows(min_row=2, values_only=True)]
        self.assertEqual(read, rows[:len(read)])
        self.assertTrue(all(not any(row) for row in rows[len(read):]))

    @given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.times())
    def test_moments_are_read_as_platforms_write_them(self, day, clock):
        clock = clock.replace(second=0, microsecond=0)
        for text in (f'{day:%Y-%m-%d} {clock:%H:%M}', f'{day:%Y/%m/%d} {clock:%H:%M}:59',
                     f'{day.year}年{day.month}月{day.day}日 {clock.hour}点{clock.minute}分',
                     f'{day:%Y-%m-%d}T{clock:%H:%M}-23:59'):
            self.assertEqual(moment.read_moment(text), (day, clock), text)
        self.assertEqual(moment.read_moment(datetime.combine(day, clock)), (day, clock))
        self.assertEqual(moment.read_moment(f'{day:%d/%m/%Y}', '%d/%m/%Y'), (day, None))

    @given(st.one_of(st.text(), st.integers(), st.none()))
    def test_rubbish_is_no_moment_and_nothing_else_happens(self, rubbish):
        found = moment.read_moment(rubbish)
        self.assertTrue(found is None or isinstance(found[0], date))

    @given(st.lists(st.sampled_from(["Phone", "电话", "phone *", "Name", "", "SN"]), max_size=6))
    def test_each_field_has_one_column_that_names_it(self, header):
        headings = {'phone': ["Phone", "电话"], 'name': ["Name"]}
        for field, places in platform_columns.match_columns(header, headings).items():
            for place in places:
                self.assertIn(platform_columns.bare(header[place]),
                              list(map(platform_columns.bare, headings[field])))

    @given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.lists(st.integers(1, 3)))
    def test_what_is_not_known_raises_no_doubt(self, customer, owner, product, products):
        warnings = unit_warning.find_warnings(unit_warning.UnitFacts(
            customer, owner, product, tuple(products)))
        self.assertEqual('other_customer' in warnings, 0 < customer != owner > 0)
        self.assertEqual(
            'other_product' in warnings,
            bool(product and products) and product not in products)

    def test_time_of_a_day_without_one_is_not_shown(self):
        self.assertEqual(moment.read_moment(date(2026, 6, 2)), (date(2026, 6, 2), None))
        self.assertEqual(moment.read_moment("2026-06-02 7点")[1], time(7, 0))

    def test_times_as_people_and_machines_write_them(self):
        day = date(2026, 6, 2)
        for text, clock in (
                ("2026-06-02 9:30 PM", time(21, 30)), ("2026/6/2 12:05 am", time(0, 5)),
                ("2026-06-02 9:30 p.m.", time(21, 30)), ("2026-06-02 12:00 PM", time(12)),
                ("2026年6月2日下午3点半", time(15, 30)), ("2026-06-02 上午9:30", time(9, 30)),
                ("2026-06-02 中午12点", time(12)), ("2026-06-02（周二）9:30-12:00", time(9, 30)),
                ("2026-06-02 星期二 晚上7点", time(19)), ("２０２６-06-02　９：３０", time(9, 30)),
                ("2026-06-02 上午", None), ("06/02/2026 9:30 PM", time(21, 30)),
                ("06/02/2026, 21:30:00", time(21, 30)), ("6/2/2026 9:30", time(9, 30))):
            with self.subTest(text=text):
                self.assertEqual(moment.read_moment(text, '%m/%d/%Y'), (day, clock))
        for text, hours in (
                ("2026-06-02T09:30:00Z", 0), ("2026-06-02T09:30:00.000Z", 0),
                ("2026-06-02 09:30-07:00", -7), ("2026-06-02T09:30-07:00", -7),
                ("2026-06-02T09:30+0800", 8), ("2026-06-02 09:30 UTC+8:00", 8),
                ("2026-06-02 09:30:00 GMT", 0)):
            with self.subTest(text=text):
                clock = moment.read_moment(text)[1]
                self.assertEqual(
                    (clock.replace(tzinfo=None), clock.utcoffset()),
                    (time(9, 30), timedelta(hours=hours)))
        for text in ("2026-06-02 13:30 PM", "2026-06-02 25:00", "2026-06-021", "46175",
                     "2026-06-02 soon", "13/02/2026 9:30"):
            with self.subTest(text=text):
                self.assertIsNone(moment.read_moment(text, '%m/%d/%Y'))
