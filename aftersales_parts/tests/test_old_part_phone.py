from uuid import uuid4

from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import SIGNATURE
from odoo.addons.aftersales_service.tests.visit.common import VisitCommon


@tagged('post_install', '-at_install')
class TestOldPartPhone(VisitCommon):
    """The customer's choice about old parts is noted on site, before the signature."""

    def _choose(self, order, choice, user=None):
        """Send the choice as a phone does; return the status and what the technician reads."""
        [answer] = self.env['aftersales.job.action'].with_user(
            user or self.technician)._handle_batch([{
                'uuid': str(uuid4()), 'kind': 'old_parts', 'visit_id': order.visit_ids.id,
                'order_id': order.id, 'payload': {'choice': choice}}])
        return answer['status'], answer['message']

    def test_choice_is_noted_until_the_customer_signed(self):
        order = self._dispatch()
        self.assertEqual(order.old_parts_choice, 'customer')
        self.assertEqual(self._choose(order, 'company'), ('done', ''))
        self.assertEqual(order.old_parts_choice, 'company')
        status, message = self._choose(order, 'mine')
        self.assertEqual(status, 'refused')
        self.assertIn("Choose what becomes", message)
        self._accept(order)
        self.assertEqual(order.signature.decode(), SIGNATURE)
        status, message = self._choose(order, 'customer')
        self.assertEqual(status, 'refused')
        self.assertIn("signed already", message)
        self.assertEqual(order.old_parts_choice, 'company')

    def test_colleague_of_another_visit_chooses_nothing(self):
        order = self._dispatch()
        status, __ = self._choose(order, 'company', self.other_technician)
        self.assertEqual(status, 'refused')
        self.assertEqual(order.old_parts_choice, 'customer')
