from odoo.tests import tagged

from .common import VisitCommon

# what a step makes beside its own: visit, meeting, checklist, clock, message to the customer; who
# arrives is asked once more what the work asks for, as after the dispatch a licence may have ended
LIMITS = {'scheduled': 14, 'dispatched': 24, 'on_site': 23, 'done': 27}


@tagged('post_install', '-at_install')
class TestVisitQueries(VisitCommon):
    """Numbers of SQL queries of the steps of a visit: with tracking on, as the role."""

    def _walk(self):
        """Take a new order to the end of its visit; return the queries by state."""
        order = self.env['aftersales.order'].with_user(self.dispatcher).create({
            'partner_id': self.customer.id, 'type_id': self.type_on_site.id,
            'product_id': self.conditioner.id, 'user_id': self.dispatcher.id,
            'technician_id': self.technician.id, 'date_planned': '2030-01-07 08:00:00'})
        queries = {}
        while order.state != 'done':
            if order.next_state == 'done':
                order.sudo().date_code_accepted = '2030-01-07 09:00:00'
                order.checklist_ids.filtered('is_mandatory').result = 'ok'
            target = order.next_state
            queries[target] = self._count_queries(order.action_next)
            self.assertEqual(order.state, target)
        return queries

    def _count_queries(self, action):
        self._settle()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self._settle()
        return self.env.cr.sql_log_count - before

    def _settle(self):
        self.env.flush_all()
        self.env.cr.precommit.run()

    def test_steps_of_a_visit_cost_no_more_than_what_they_make(self):
        self._walk()  # fills what a running server has: rules, types and the like
        queries = self._walk()
        for state, limit in LIMITS.items():
            with self.subTest(state=state):
                self.assertLessEqual(queries[state], limit)
