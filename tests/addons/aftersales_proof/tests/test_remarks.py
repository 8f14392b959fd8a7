from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ProofCommon


@tagged('post_install', '-at_install')
class TestRemarks(ProofCommon):
    """Lines of a further module hang on documents and are read through them."""

    def test_remarks_are_found_and_read_through_their_document(self):
        case, order = self._create_case(), self._create_order(user_id=self.agent.id)
        of_case, of_order, of_partner = self.env['aftersales.proof.remark'].create([
            {'res_model': record._name, 'res_id': record.id, 'text': "Look again"}
            for record in (case, order, self.customer)])
        remarks = self.env['aftersales.proof.remark']
        self.assertEqual(
            remarks.with_user(self.agent).search([]).sudo(), of_case | of_order)
        for document, remark in ((case, of_case), (order, of_order)):
            self.assertEqual(remarks.with_user(self.agent).search(
                [('record_name', '=', document.display_name)]).sudo(), remark)
        # another agent reads the case, but not a colleague's order
        self.assertEqual(remarks.with_user(self.other_agent).search([]).sudo(), of_case)
        with self.assertRaises(AccessError):
            of_order.with_user(self.other_agent).read(['text'])
        self.assertIn(of_partner, remarks.search([]))  # superuser finds all
