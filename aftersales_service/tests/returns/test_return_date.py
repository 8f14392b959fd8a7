from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-01-20 12:00:00')
class TestReturnDate(ReturnsCommon):
    """On which day a return was requested decides what the law gives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_units(['R-1', 'R-2'])

    def _read_notes(self, record):
        return "".join(record.sudo().message_ids.mapped('body'))

    @users('agent')
    def test_agent_dates_no_return_back(self):
        with self.assertRefused("A team lead decides", AccessError):
            self._create_return(self.sale, self.cards[0], request_date='2026-01-16')
        record = self._create_return(self.sale, self.cards[0], request_date='2026-01-20')
        with self.assertRefused("A team lead decides", AccessError):
            record.request_date = '2026-01-16'
        record.write({'request_date': '2026-01-20', 'description': "Hums"})
        self.assertNotIn("by hand", self._read_notes(record))

    @users('lead')
    def test_team_lead_does_and_it_stays_in_the_chatter(self):
        asked = self._create_return(self.sale, self.cards[0], request_date='2026-01-16')
        moved = self._create_return(self.sale, self.cards[1])
        self.assertEqual(asked.line_ids.basis, 'warranty')
        self.assertNotEqual(moved.line_ids.basis, 'warranty')
        moved.request_date = '2026-01-17'
        self.assertEqual(moved.line_ids.basis, 'warranty')
        for record, day in (asked, '01/16/2026'), (moved, '01/17/2026'):
            self.assertIn(f"Dated {day} by hand", self._read_notes(record))
