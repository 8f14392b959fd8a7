from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users

from .common import PartsCommon


@tagged('post_install', '-at_install')
class TestSupersession(PartsCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one, cls.two, cls.three = cls._create_parts('s1', 's2', 's3')

    @classmethod
    def _replace(cls, old, new, **values):
        return cls.env['aftersales.part.supersession'].create({
            'old_product_id': old.id, 'product_id': new.id, 'date': '2020-01-01', **values})

    def test_a_part_that_nothing_replaces_is_its_own_current_part(self):
        self.assertEqual(self.board._get_current_parts(), {self.board: self.board})

    def test_the_end_of_a_chain_is_the_current_part(self):
        self._replace(self.one, self.two)
        self._replace(self.two, self.three)
        self.assertEqual(
            (self.one | self.three)._get_current_parts(),
            {self.one: self.three, self.three: self.three})

    def test_a_kit_is_all_of_its_parts(self):
        self._replace(self.one, self.two, kind='kit', quantity=2)
        self._replace(self.one, self.three, kind='kit')
        self.assertEqual(
            self.one._get_current_parts(), {self.one: self.two | self.three})
        self.assertEqual(
            [(offer.product, offer.kind, offer.quantity)
             for offer in self.one._get_offers()[self.one]],
            [(self.two, 'kit', 2.0), (self.three, 'kit', 1.0)])

    def test_a_row_counts_from_its_day_on(self):
        row = self._replace(self.one, self.two, date='2999-01-01')
        self.assertEqual(self.one._get_current_parts()[self.one], self.one)
        row.date = '2020-01-01'
        self.assertEqual(self.one._get_current_parts()[self.one], self.two)

    def test_use_up_first_asks_for_stock(self):
        self._replace(self.one, self.two, use_up_first=True)
        self.assertEqual(self.one._get_current_parts()[self.one], self.two)
        place = self.stock_location
        self.assertEqual(self.one._get_current_parts(location=place)[self.one], self.two)
        self._stock(self.one, 1)
        self.assertEqual(
            [*self.one._get_current_parts(location=place)[self.one]], [self.one, self.two])

    def test_alternatives_come_last_and_replace_nothing(self):
        self._replace(self.one, self.two, kind='alternative')
        self.assertEqual(self.one._get_current_parts()[self.one], self.one)
        self.assertEqual(
            [(offer.product, offer.kind) for offer in self.one._get_offers()[self.one]],
            [(self.one, 'same'), (self.two, 'alternative')])
        self.assertEqual(len(self.two._get_offers()[self.two]), 1)

    def test_two_way_lets_the_old_part_stand_for_the_new_one(self):
        self._replace(self.one, self.two, is_two_way=True)
        self.assertEqual(
            [(offer.product, offer.kind) for offer in self.two._get_offers()[self.two]],
            [(self.two, 'same'), (self.one, 'alternative')])

    def test_loops_are_refused(self):
        self._replace(self.one, self.two)
        self._replace(self.two, self.three, kind='kit')
        for old, new in ((self.three, self.one), (self.two, self.one), (self.one, self.one)):
            with self.subTest(old=old.name, new=new.name), self.assertRaisesRegex(
                    ValidationError, "chain would never end"), self.cr.savepoint():
                self._replace(old, new)
        self._replace(self.three, self.one, kind='alternative')  # stands beside, no chain

    def test_loop_of_one_import_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "chain would never end"):
            self.env['aftersales.part.supersession'].create([
                {'old_product_id': self.one.id, 'product_id': self.two.id},
                {'old_product_id': self.two.id, 'product_id': self.one.id}])

    def test_many_parts_cost_the_queries_of_one(self):
        parts = self._create_parts(*(f'many{number}' for number in range(20)))
        for old, new in zip(parts[:10], parts[10:], strict=True):
            self._replace(old, new)
        self._count_queries(parts._get_current_parts)  # what the registry keeps
        self.assertLessEqual(
            self._count_queries(parts._get_current_parts),
            self._count_queries(parts[0]._get_current_parts))

    @users('planner')
    def test_planner_writes_chains(self):
        self.env['aftersales.part.supersession'].create(
            {'old_product_id': self.one.id, 'product_id': self.two.id})

    @users('storekeeper', 'technician')
    def test_others_only_read_chains(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.part.supersession'].create(
                {'old_product_id': self.one.id, 'product_id': self.two.id})

    # === SEARCH === #

    def _find(self, text, **kwargs):
        found = self.env['product.product'].name_search(text, **kwargs)
        return [product_id for product_id, __ in found]

    @users('agent')
    def test_old_number_finds_the_current_part(self):
        self._replace(self.one, self.two)
        for user in self.agent, self.storekeeper:
            products = self.env['product.product'].with_user(user)
            self.assertEqual(
                [product_id for product_id, __ in products.name_search('S1')],
                [self.one.id, self.two.id])
            self.assertEqual(products.search([('old_number', 'ilike', 'S1')]), self.two)

    @users('storekeeper')
    def test_archived_old_number_finds_the_current_part(self):
        self._replace(self.one, self.two)
        self.one.active = False
        self.assertEqual(self._find('s1'), self.two.ids)

    @users('storekeeper')
    def test_pinyin_initials_find_the_part(self):
        self.assertFalse(self.one.search_initials)
        part = self.env['product.product'].sudo().create(
            {'name': "压缩机支架", 'is_spare_part': True})
        self.assertEqual(part.search_initials, 'YSJZJ')
        self.assertEqual(self._find('ysjz'), part.ids)
        self.assertEqual(self._find('sjz'), part.ids)
        part.is_spare_part = False
        self.assertEqual(self._find('ysjz'), [])

    @users('storekeeper')
    def test_serial_number_of_a_machine_finds_its_parts(self):
        self.env['aftersales.part.fit'].sudo().create([
            {'machine_id': self.conditioner.product_tmpl_id.id, 'product_id': self.board.id,
             'serial_from': 'AC-0001', 'serial_to': 'AC-0099'},
            {'machine_id': self.conditioner.product_tmpl_id.id, 'product_id': self.old_board.id,
             'serial_from': 'AC-0100'}])
        self._create_card(serial='AC-0042')
        self.assertEqual(self._find('ac-0042'), self.board.ids)
        templates = self.env['product.template'].search(
            [('product_variant_ids.machine_serial', '=', 'AC-0042')])
        self.assertEqual(templates, self.board.product_tmpl_id)

    def test_a_full_list_asks_no_more(self):
        self.assertEqual(len(self._find('s', limit=2)), 2)
