from odoo.tests import tagged

from .common import PartsCommon


@tagged('post_install', '-at_install')
class TestPartMaster(PartsCommon):

    def test_a_part_that_nothing_replaces_is_its_own_current_part(self):
        self.assertEqual(self.board._get_current_parts(), {self.board: self.board})
