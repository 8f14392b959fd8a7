from odoo.tests import HttpCase, tagged

from .money_common import PenaltyCommon


@tagged('post_install', '-at_install')
class TestTourMoney(HttpCase, PenaltyCommon):
    """A loss is written down, shared and served by clicks."""

    def test_sheet_is_filled_and_served(self):
        case = self._create_complaint(kind='quality')
        self.start_tour(
            f'/odoo/liability-sheets/{case.id}', 'aftersales_liability_sheet',
            login='complaint_manager')
        self.assertRecordValues(case, [{
            'liability_state': 'served', 'amount_loss': 800,
            'liability_user_id': self.complaint_manager.id}])
