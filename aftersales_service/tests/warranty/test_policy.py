from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestPolicy(AftersalesCommon):

    @users('manager')
    def test_policy_without_terms_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "add at least one term"):
            self.env['aftersales.warranty.policy'].create({'name': "Empty"})

    @users('manager')
    def test_term_lasts_at_least_a_month(self):
        with mute_logger('odoo.sql_db'), self.assertRaises(CheckViolation):
            self.policy.with_user(self.env.user).term_ids[0].months = 0

    @users('manager')
    def test_policy_counts_its_cards(self):
        self._create_card()
        policy = self.policy.with_user(self.env.user)
        self.assertEqual(policy.card_count, 1)
        self.assertEqual(policy.action_view_cards()['domain'], [('policy_id', 'in', policy.ids)])
