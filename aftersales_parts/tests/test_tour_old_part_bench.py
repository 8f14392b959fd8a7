from odoo.tests import HttpCase, tagged

from .old_part_common import OldPartCommon


@tagged('post_install', '-at_install')
class TestTourOldPartBench(HttpCase, OldPartCommon):
    """The bench by scanner and keys: counter, refusal, verdicts, differences."""

    def test_box_is_judged_by_scanner_and_keys(self):
        parts = self._create_tags(3)
        for number, part in enumerate(parts.sudo(), 1):
            part.name = f'OP-TOUR-{number}'
        self._pack(parts).action_send()
        self.storekeeper.password = 'storekeeper'
        self.start_tour('/odoo/old-part-boxes', 'aftersales_old_part_bench',
                        login=self.storekeeper.login)
        self.assertEqual(
            parts.mapped('verdict'), ['unconfirmed', 'accepted', 'missing'])
        self.assertEqual(set(parts.mapped('state')), {'judged'})
        self.assertEqual(len(parts.sudo().charge_ids), 1)
