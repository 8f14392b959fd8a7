from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import ConductCommon


@tagged('post_install', '-at_install')
class TestOffence(ConductCommon):

    def test_the_acts_of_the_reference_are_shipped(self):
        codes = self.env['aftersales.offence'].search([('code', '=like', 'A%')]).mapped('code')
        self.assertEqual(codes, [f'A{number:02}' for number in range(1, 16)] + ['A99'])

    @users('worker')
    def test_everybody_reads_the_rules_and_only_officers_write_them(self):
        offence = self.offence.with_env(self.env)
        self.assertEqual(offence.display_name, "T01 Valve forgotten")
        with self.assertRaises(AccessError):
            offence.points = 0
        self.offence.with_user(self.officer).points = 4

    @mute_logger('odoo.sql_db')
    def test_a_code_is_given_once_in_a_version_of_the_rules(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env['aftersales.offence'].create({'code': 'T01', 'name': "Again"})
        self.offence.date_to = '2025-12-31'
        self.assertTrue(self.env['aftersales.offence'].create(
            {'code': 'T01', 'name': "Valve forgotten", 'date_from': '2026-01-01'}))

    def test_act_with_notices_stays_a_demerit(self):
        self.offence.with_user(self.officer).kind = 'merit'
        self.offence.with_user(self.officer).kind = 'demerit'
        self._write_notice()
        with self.assertRaisesRegex(UserError, "cannot become a merit"):
            self.offence.with_user(self.officer).kind = 'merit'

    def test_an_act_that_was_not_in_the_rules_makes_no_notice(self):
        self.offence.date_from = '2026-07-01'
        with self.assertRaisesRegex(ValidationError, "not in the rules on that day"):
            self._write_notice(act_date='2026-06-30')
        self.assertTrue(self._write_notice(act_date='2026-07-01'))
