from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tests import tagged, users
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestDiagnosisCode(AftersalesCommon):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        category = cls.env['product.category']
        cls.appliances = category.create({'name': "Appliances"})
        cls.cooling = category.create({'name': "Cooling", 'parent_id': cls.appliances.id})
        cls.furniture = category.create({'name': "Furniture"})
        cls.conditioner.categ_id = cls.cooling
        cls.code = cls.env['aftersales.diagnosis.code']
        cls.noise = cls.code.create({'code': 'T1', 'name': "Rattles", 'kind': 'symptom'})
        cls.warm = cls.code.create({
            'code': 'T2', 'name': "Warm Air", 'kind': 'symptom',
            'categ_id': cls.appliances.id})
        cls.wobbly = cls.code.create({
            'code': 'T3', 'name': "Wobbles", 'kind': 'symptom', 'categ_id': cls.furniture.id})
        cls.worn = cls.code.create({'code': 'T1', 'name': "Worn", 'kind': 'cause'})

    def _offered(self, order, name):
        """Return the test's codes that the web client offers in the field ``name``."""
        domain = safe_eval(
            order._fields[name].domain, {'product_categ_id': order.product_categ_id.id})
        return self.code.search(Domain('code', 'like', 'T_') & Domain(domain))

    @users('agent')
    def test_codes_of_the_product_and_of_all_products_are_offered(self):
        order = self._create_order(product_id=self.conditioner.id)
        self.assertEqual(self._offered(order, 'symptom_id'), self.noise | self.warm)
        self.assertEqual(self._offered(order, 'cause_id'), self.worn)

    @users('agent')
    def test_order_without_product_is_offered_the_general_codes(self):
        self.assertEqual(
            self._offered(self._create_order(), 'symptom_id'), self.noise)

    @users('agent')
    def test_a_cause_is_no_symptom(self):
        order = self._create_order()
        order.symptom_id = self.noise
        with self.assertRaisesRegex(ValidationError, "not a Symptom"):
            order.symptom_id = self.worn

    def test_parent_is_of_the_same_kind(self):
        with self.assertRaisesRegex(ValidationError, "same kind"):
            self.noise.parent_id = self.worn
        self.wobbly.parent_id = self.noise
        with self.assertRaisesRegex(ValidationError, "same kind"):
            self.noise.kind = 'remedy'

    def test_a_code_is_not_its_own_ancestor(self):
        self.wobbly.parent_id = self.noise
        with self.assertRaisesRegex(UserError, "Recursion"):
            self.noise.parent_id = self.wobbly

    def test_a_code_exists_once_per_kind_and_company(self):
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            self.noise.copy()
        other = self.env['res.company'].create({'name': "Second Company"})
        self.assertTrue(self.noise.copy({'company_id': other.id}))

    @users('agent')
    def test_code_is_found_by_its_number_and_its_name(self):
        code = self.code.with_user(self.env.user)
        for text in ('T2', "Warm"):
            with self.subTest(text=text):
                self.assertEqual(code.name_search(text)[0][1], "T2 Warm Air")

    @users('agent')
    def test_agent_reads_codes_but_changes_none(self):
        with self.assertRaises(AccessError):
            self.noise.with_user(self.env.user).name = "Hums"

    @users('manager')
    def test_administrator_keeps_the_tree(self):
        code = self.code.with_user(self.env.user).create({
            'code': 'T9', 'name': "Drips", 'kind': 'symptom',
            'child_ids': [Command.create({'code': 'T91', 'name': "From Below"})]})
        self.assertEqual(code.child_ids.kind, 'symptom')
        code.child_ids.unlink()

    def test_codes_of_another_company_stay_there(self):
        other = self.env['res.company'].create({'name': "Second Company"})
        self.noise.company_id = other
        with self.assertRaises(AccessError):
            self.noise.with_user(self.manager).read(['name'])
        self.assertTrue(self.worn.with_user(self.manager).read(['name']))
