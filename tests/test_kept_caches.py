"""Between tests the registry keeps what it remembers, but for what the rollback makes untrue."""
import unittest

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tests.common import get_db_name

KEY, XMLID, COMPANY = 'aftersales.kept', 'aftersales_tests.kept', 'base.main_company'


def _make_case(in_class, in_test):
    """Return a class of one test; pytest would collect one that stands in the file."""
    @tagged('post_install', '-at_install')
    class _Case(TransactionCase):
        @classmethod
        def setUpClass(cls):
            super().setUpClass()
            if in_class:
                in_class(cls.env)

        def test_it(self):
            if in_test:
                in_test(self.env)
            self.env['ir.config_parameter'].get_param(KEY)
            self.env['ir.model.data']._xmlid_lookup(COMPANY)

    return _Case


@tagged('post_install', '-at_install')
class TestKeptCaches(BaseCase):

    def _read(self):
        """Return the parameter and the record that tests make, and the queries for a company."""
        with Registry(get_db_name()).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            before = cr.sql_log_count
            env['ir.model.data']._xmlid_lookup(COMPANY)
            queries = cr.sql_log_count - before
            record = env['ir.model.data']._xmlid_to_res_id(XMLID)
            return env['ir.config_parameter'].get_param(KEY), record, queries

    def _run(self, in_class=None, in_test=None):
        """Run a test whose class and method do what is given, and end both."""
        result = unittest.TestResult()
        unittest.TestSuite([_make_case(in_class, in_test)('test_it')]).run(result)
        self.assertTrue(result.wasSuccessful(), result.errors + result.failures)

    def _write(self, env):
        env['ir.config_parameter'].set_param(KEY, 'written')
        self.assertEqual(env['ir.config_parameter'].get_param(KEY), 'written')

    def _name(self, env):
        partner = env['res.partner'].create({'name': "Kept"})
        env['ir.model.data']._update_xmlids([{'xml_id': XMLID, 'record': partner}])
        self.assertEqual(env['ir.model.data']._xmlid_to_res_id(XMLID), partner.id)

    def test_what_was_written_is_forgotten(self):
        for way in ('in_test', 'in_class'):
            for write in (self._write, self._name):
                with self.subTest(way=way, write=write.__name__):
                    self._run(**{way: write})
                    self.assertEqual(self._read()[:2], (False, False))

    def test_what_stays_true_is_kept(self):
        self._run()
        self.assertEqual(self._read()[2], 0)
        self._run(in_test=lambda env: env.registry.clear_cache('templates'))
        self.assertEqual(self._read()[2], 0)

    def test_all_is_forgotten_where_all_was_cleared(self):
        self._run(in_test=lambda env: env.registry.clear_all_caches())
        self.assertGreater(self._read()[2], 0)
