from ast import literal_eval

from odoo import Command
from odoo.tests import tagged

from .money_common import PIXEL, MoneyCommon


@tagged('post_install', '-at_install')
class TestLossReading(MoneyCommon):
    """The sheet takes what the customer accepted, and lists what is to be decided."""

    def test_accepted_compensation_is_proposed_as_a_loss(self):
        case = self._settle(self._create_complaint(), 200.0)
        case.action_read_losses()
        case.action_read_losses()
        self.assertRecordValues(case.loss_ids, [
            {'component': 'compensation', 'value': 200.0, 'amount': 200.0}])

    def test_what_is_noted_already_is_not_counted_twice(self):
        case = self._settle(self._create_complaint(), 200.0)
        self._lose(case, value=150.0)
        case.action_read_losses()
        self.assertEqual(case.amount_loss, 200.0)

    def test_page_says_that_nothing_was_found(self):
        case = self._judge(self._create_complaint())
        self.assertIn("No cost was found", case.action_read_losses()['params']['message'])
        self._lose(case)
        self.assertFalse(case.action_read_losses())

    def test_list_of_sheets_shows_founded_complaints_only(self):
        new = self._create_complaint()
        judged = self._judge(self._create_complaint())
        quiet = self._create_complaint(kind='anomaly')
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_complaint.aftersales_complaint_liability_sheet_action')
        shown = self.env['aftersales.complaint'].search(literal_eval(action['domain']))
        self.assertIn(judged, shown)
        self.assertFalse(shown & (new | quiet))

    def test_evidence_of_the_share_goes_into_the_pack_of_its_own_party(self):
        case = self._settle(self._create_complaint(), 200.0)
        self._share(case, 50, 'supplier', partner_id=self.supplier.id)
        self._share(case, 50, 'outlet', outlet_id=self.north.id)
        claim = self.env['aftersales.claim'].create({
            'kind': 'supplier', 'partner_id': self.supplier.id, 'complaint_id': case.id})
        self.assertEqual(len(claim._get_pack_photos()), 1)
        claim.photo_ids = [Command.create({'name': "own.png", 'raw': PIXEL})]
        self.assertEqual(len(claim._get_pack_photos()), 2)
        # what another party is shown stays out
        other = claim.copy({'partner_id': self.customer.id})
        self.assertFalse(other._get_pack_photos())
