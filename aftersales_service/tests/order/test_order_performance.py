import doctest
import threading
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tests import tagged, users

from odoo.addons.web.models.models import Base

from ...tools import grouped
from ..common import AftersalesCommon

MONTHS, STAGES = 'event_day:month', 'stage_id'


@tagged('post_install', '-at_install')
class TestOrderPerformance(AftersalesCommon):
    """Pivot and board of very many orders: the figures of core, by a cheaper question."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stages = cls.env['aftersales.stage'].search([])
        # not in the order of their ids
        for sequence, stage in enumerate(reversed(stages)):
            stage.sequence = sequence
        orders = cls.env['aftersales.order'].create([
            {'partner_id': cls.customer.id, 'date_event': f'2026-{month:02}-10 12:00:00'}
            for month in (3, 1, 2, 1, 3, 1)])
        cls.env.flush_all()
        for order, stage in zip(orders, stages[:3] + stages[:2] + stages[:1], strict=True):
            cls.env.cr.execute(
                "UPDATE aftersales_order SET stage_id = %s WHERE id = %s", [stage.id, order.id])
        cls.env.cr.execute(
            "UPDATE aftersales_order SET event_day = NULL WHERE id = %s", [orders[-1].id])
        cls.env.invalidate_all()
        cls.domain = [('id', 'in', orders.ids)]

    @contextmanager
    def _statements(self):
        """Collect the statements of this thread."""
        texts, thread = [], threading.current_thread()

        def hook(_cursor, query, _parameters, _start, _delay):
            texts.append(query.decode() if isinstance(query, bytes) else str(query))
        thread.query_hooks = [hook]
        try:
            yield texts
        finally:
            thread.query_hooks = []

    def test_tool_keeps_its_examples(self):
        result = doctest.testmod(grouped)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_one_order_of_a_batch_with_a_card_of_another_company_is_refused(self):
        other = self.env['res.company'].create({'name': "Other Company"})
        own, foreign = self._create_card(), self._create_card(
            serial='AC-0002', company_id=other.id, policy_id=False)
        values = {'partner_id': self.customer.id, 'product_id': self.conditioner.id}
        with self.assertRaisesRegex(UserError, "another company"):
            self.env['aftersales.order'].create([
                {**values, 'warranty_id': card.id} for card in (own, own, foreign)])
        orders = self.env['aftersales.order'].create([{**values, 'warranty_id': own.id}] * 3)
        with self.assertRaisesRegex(UserError, "another company"):
            orders.warranty_id = foreign
        with self.assertRaisesRegex(UserError, "another company"):
            orders[0].warranty_id = foreign

    @users('dispatcher')
    def test_pivot_has_the_figures_of_core(self):
        model = self.env['aftersales.order']
        sets = [[], [MONTHS], [STAGES], [MONTHS, STAGES]]
        for domain in (self.domain, [('id', '=', 0)], [('name', '=', "No such order")]):
            for order in (None, f'{STAGES}, {MONTHS}'):
                with self.subTest(domain=domain, order=order):
                    figures = ['__count', 'visit_count:sum']
                    self.assertEqual(
                        model.formatted_read_grouping_sets(domain, sets, figures, order=order),
                        Base.formatted_read_grouping_sets(
                            model, domain, sets, figures, order=order))

    @users('dispatcher')
    def test_board_has_the_figures_of_core(self):
        model = self.env['aftersales.order']
        for groupby in ([STAGES], ['type_id', STAGES], ['severity', MONTHS]):
            order = ', '.join(groupby)
            with self.subTest(groupby=groupby):
                self.assertEqual(
                    model._read_group(self.domain, groupby, ['__count'], order=order),
                    BaseModel._read_group(
                        model, self.domain, groupby, ['__count'], order=order))

    @users('dispatcher')
    def test_other_questions_stay_those_of_core(self):
        model = self.env['aftersales.order']
        rows = model._read_group(
            self.domain, ['partner_id'], ['__count'], order='__count desc', limit=1)
        self.assertEqual(rows, [(self.customer.with_env(self.env), 6)])
        sums, __ = model.formatted_read_grouping_sets(
            self.domain, [[], ['partner_id']], ['__count', 'visit_count:sum'])
        self.assertEqual((sums[0]['__count'], sums[0]['visit_count:sum']), (6, 0))

    @users('dispatcher')
    def test_database_joins_no_stage_to_each_order(self):
        model = self.env['aftersales.order']
        with self._statements() as statements:
            model.formatted_read_grouping_sets(
                self.domain, [[], [MONTHS], [MONTHS, STAGES]], ['__count'])
            model.web_read_group(self.domain, [STAGES])
        counts = [text for text in statements if 'COUNT(*)' in text]
        self.assertEqual(len(counts), 4)
        self.assertFalse([text for text in counts if 'JOIN' in text or 'SETS' in text])

    @users('agent')
    def test_agents_count_their_own_orders_only(self):
        mine = self.env['aftersales.order'].create({'partner_id': self.customer.id})
        domain = [('id', 'in', [*self.domain[0][2], mine.id])]
        self.env['aftersales.order'].sudo().search(self.domain).user_id = self.other_agent
        [total], __ = self.env['aftersales.order'].formatted_read_grouping_sets(
            domain, [[], [STAGES]], ['__count'])
        self.assertEqual(total['__count'], 1)
