from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged, users

from .common import PartsCommon

SUMMER = [20, 20, 20, 20, 20, 300, 300, 300, 20, 20, 20, 20]


@tagged('post_install', '-at_install')
class TestPartSuggestion(PartsCommon):
    """A capacitor that is bought from a supplier within 30 days, its demand counted until April."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.suggestions = cls.env['aftersales.part.suggestion']
        cls.buy = cls.env['stock.rule'].search(
            [('action', '=', 'buy'), ('location_dest_id', '=', cls.stock_location.id)],
            limit=1).route_id
        cls.vendor = cls.env['res.partner'].create({'name': "Parts & Co"})
        cls.plan_policy = cls.env['aftersales.part.policy']._get_policy(cls.company)
        cls.plan_policy.ordering_cost = 0
        cls.point = cls._plan(cls.capacitor)
        cls._set_month('2026-04-01')

    @classmethod
    def _plan(cls, product, delay=30, **values):
        """Return a reordering rule for a part that a vendor delivers within ``delay`` days."""
        product.write({
            'route_ids': [(4, cls.buy.id)],
            'seller_ids': [(0, 0, {'partner_id': cls.vendor.id, 'delay': delay, 'price': 10})]})
        return cls.env['stock.warehouse.orderpoint'].create({
            'product_id': product.id, 'location_id': cls.stock_location.id, 'trigger': 'manual',
            'product_min_qty': 5, 'product_max_qty': 10, **values})

    @classmethod
    def _set_month(cls, month):
        cls.company.aftersales_demand_month = month

    @classmethod
    def _remember(cls, product, last, quantities, **values):
        """Import a demand that ends with the month ``last``; the company kept three years."""
        last = date.fromisoformat(last)
        months = [((last.year * 12 + last.month - 1 - back) // 12,
                   (last.year * 12 + last.month - 1 - back) % 12 + 1)
                  for back in range(len(quantities))][::-1]
        cls.env['aftersales.part.demand'].create([
            {'month': date(year, month, 1), 'asked_product_id': product.id,
             'asked_quantity': quantity, **values}
            for (year, month), quantity in zip(months, quantities, strict=True) if quantity])

    def _suggest(self, points, day='2026-05-01'):
        with freeze_time(f'{day} 12:00:00'):
            return self.suggestions._suggest(self.company, points)

    # === WHO === #

    def test_planner_makes_the_rules_that_suggestions_are_about(self):
        [part] = self._create_parts("Valve")
        vals = {'product_id': part.id, 'location_id': self.stock_location.id}
        with self.assertRaises(AccessError):
            self.env['stock.warehouse.orderpoint'].with_user(self.storekeeper).create(vals)
        point = self.env['stock.warehouse.orderpoint'].with_user(self.planner).create(vals)
        point.product_min_qty = 2
        with self.assertRaises(AccessError):
            point.unlink()

    # === THE NUMBERS === #

    def test_practice_case_p2(self):
        """On 1 May lead time and review see May and June, on 1 September two quiet months."""
        self._remember(self.capacitor, '2026-08-01', (SUMMER * 4)[8:44])
        self._stock(self.capacitor, 480)  # twenty are there
        self._set_month('2026-04-01')
        may = self._suggest(self.point)
        self.assertRecordValues(may, [{
            'present_min': 5, 'proposed_min': 347, 'demand_ahead': 320, 'forecast': 90,
            'method': 'ses', 'rule': 'normal', 'lead_days': 30, 'is_seasonal': True,
            'is_short': False, 'state': 'new'}])
        # 90 %: 1.281552 x √(320 x 44 / 32), as 32 months are known and twelve indices were found
        self.assertAlmostEqual(may.safety_stock, 26.88, places=2)
        with freeze_time('2026-05-01 12:00:00'):
            may.with_user(self.planner).action_apply()
        self.assertEqual(self.point.product_min_qty, 347)

        self._set_month('2026-08-01')
        september = self._suggest(self.point, '2026-09-01')
        self.assertRecordValues(september, [{
            'present_min': 347, 'proposed_min': 50, 'demand_ahead': 40, 'excess': 450,
            'is_excess': True, 'excess_value': 9000, 'value_change': -5940}])
        self.assertIn("season", september.reason)
        self.assertEqual(september.rotable_pool, 0)
        self.capacitor.is_repairable = True
        self.assertGreater(september.with_user(self.planner).rotable_pool, 0)

    def test_a_planned_season_counts_without_a_history(self):
        self._remember(self.capacitor, '2026-04-01', [20, 20, 20, 20])
        self.env['aftersales.part.season'].with_user(self.planner).create({
            'name': "Cooling", 'month_from': '6', 'month_to': '8', 'factor': 15,
            'product_ids': [(6, 0, self.capacitor.ids)]})
        suggestion = self._suggest(self.point)
        self.assertEqual(suggestion.demand_ahead, 320)
        self.assertTrue(suggestion.is_seasonal)

    def test_days_of_the_lead_time_are_those_of_core(self):
        points = self.point | self._plan(self.board, delay=12) | self._plan(self.compressor, 45)
        unsold = self._create_parts("Unsold")
        unsold.route_ids = self.buy
        points |= points.create({
            'product_id': unsold.id, 'location_id': self.stock_location.id})
        self.company.days_to_purchase = 4
        points.invalidate_recordset()
        days = points._get_part_lead_days()
        self.assertEqual(
            [days[point] for point in points], [point.lead_days for point in points])
        self.assertEqual([days[point] for point in points], [34, 16, 49, 365])

    def test_stock_of_the_warehouse_covers_its_vans(self):
        van = self.env['stock.location'].create({
            'name': "Van", 'location_id': self.stock_location.location_id.id})
        at_van = self.point.create({
            'product_id': self.capacitor.id, 'location_id': van.id, 'trigger': 'manual'})
        self._remember(self.capacitor, '2026-04-01', [4] * 24, location_id=van.id)
        self._remember(self.capacitor, '2026-04-01', [6] * 24, location_id=self.stock_location.id)
        forecasts = {row.orderpoint_id: round(row.forecast, 6)
                     for row in self._suggest(self.point | at_van)}
        self.assertEqual(forecasts, {self.point: 10, at_van: 4})

    def test_dead_and_ending_parts(self):
        dead = self._plan(self.board)
        self._remember(self.board, '2024-03-01', [5] * 12)
        ending = self._plan(self.compressor)
        self.compressor.part_phase = 'decline'
        self._remember(self.compressor, '2026-04-01', [16, 14] * 12)
        suggestions = self._suggest(dead | ending)
        by_point = {row.orderpoint_id: row for row in suggestions}
        self.assertRecordValues(by_point[dead], [{
            'proposed_min': 0, 'proposed_max': 0, 'is_dead': True, 'rule': 'none'}])
        self.assertIn("Not asked for in 25 months", by_point[dead].reason)
        self.assertRecordValues(by_point[ending], [{
            'is_ending': True, 'method': 'tsb', 'is_short': True}])

    def test_service_level_is_that_of_the_class(self):
        self._remember(self.capacitor, '2026-04-01', [10, 14] * 12)
        row = self.env['aftersales.part.class'].create({
            'product_id': self.capacitor.id, 'company_id': self.company.id, 'fsn': 'F',
            'date_from': '2026-04-01', 'date_run': '2026-04-01', 'service_level': 99.0})
        high = self._suggest(self.point)
        self.assertEqual(high.service_level, 99)
        row.service_level = 85
        low = self._suggest(self.point)
        self.assertLess(low.safety_stock, high.safety_stock)
        # a class of three months ago says dead, but it was asked for since
        row.write({'fsn': 'N', 'service_level': 0})
        alive = self._suggest(self.point)
        self.assertRecordValues(alive, [{'is_dead': False, 'service_level': 90}])
        self.assertGreater(alive.proposed_min, 0)

    def test_small_changes_are_not_suggested(self):
        self._remember(self.capacitor, '2026-04-01', [10] * 24)  # 20 in two months
        self.point.write({'product_min_qty': 19, 'product_max_qty': 21})
        self.assertFalse(self._suggest(self.point))
        self.point.write({'product_min_qty': 15, 'product_max_qty': 21})
        self.assertEqual(self._suggest(self.point).proposed_min, 20)

    def test_new_parts_without_any_demand_are_left_to_people(self):
        self.capacitor.part_phase = 'introduction'
        self.assertFalse(self._suggest(self.point))

    def test_what_is_not_known_of_a_part_is_no_month_without_demand(self):
        """A young part, and all parts of a company whose count began last month."""
        young = self._plan(self.board)
        self._remember(self.capacitor, '2026-04-01', [10] * 36)
        with freeze_time('2026-03-15'):
            self.cr.execute(
                "UPDATE product_product SET create_date = '2026-03-15' WHERE id = %s",
                [self.board.id])
            self.board.invalidate_recordset(['create_date'])
        self.assertFalse(self._suggest(young))
        self.env['aftersales.part.demand'].search([]).unlink()
        self.assertFalse(self._suggest(self.point | young))
        self._remember(self.capacitor, '2026-04-01', [10, 10])
        self.assertIn("Only 2 months of its demand are known", self._suggest(self.point).reason)
        # who declares a part obsolete knows more than its history
        self.board.part_phase = 'obsolete'
        self.assertRecordValues(self._suggest(young), [{'proposed_max': 0, 'rule': 'none'}])

    # === DECISIONS === #

    def _suggest_simple(self):
        self._remember(self.capacitor, '2026-04-01', [10] * 24)
        return self._suggest(self.point)

    @freeze_time('2026-05-02 12:00:00')
    def test_planner_applies_and_the_rule_keeps_the_trace(self):
        suggestion = self._suggest_simple().with_user(self.planner)
        self.assertEqual(self.point.product_min_qty, 5)  # nothing changes by itself
        suggestion.action_apply()
        self.assertRecordValues(self.point, [{'product_min_qty': 20, 'product_max_qty': 20}])
        self.assertRecordValues(self.point.aftersales_suggestion_ids, [{
            'state': 'applied', 'decider_id': self.planner.id, 'present_min': 5,
            'proposed_min': 20}])
        with self.assertRaisesRegex(UserError, "cannot become"):
            suggestion.action_apply()

    def test_only_planners_decide(self):
        suggestion = self._suggest_simple()
        for user in self.storekeeper, self.agent, self.technician:
            with self.subTest(user=user.name):
                for action in 'action_apply', 'action_recalculate', 'action_run':
                    with self.assertRaises(AccessError):
                        getattr(suggestion.with_user(user), action)()
        with self.assertRaises(AccessError):
            suggestion.with_user(self.planner).proposed_min = 1
        with self.assertRaises(AccessError):
            suggestion.with_user(self.planner).create({'orderpoint_id': self.point.id})
        self.assertEqual(self.point.product_min_qty, 5)

    def test_what_many_applied_rules_change_is_said(self):
        points = self.point | self._plan(self.compressor)
        for product in self.capacitor, self.compressor:
            product.standard_price = 10
            self._remember(product, '2026-04-01', [10] * 24)
        suggestions = self._suggest(points).with_user(self.planner)
        with freeze_time('2026-05-02 12:00:00'):
            message = suggestions.action_apply()['params']['message']
        self.assertIn("2 reordering rules were changed", message)
        self.assertIn("200.00", message)  # 2 x (20 - 10) pieces

    @users('planner')
    def test_what_is_older_than_its_rule_is_refused(self):
        suggestion = self._suggest_simple().with_user(self.env.user)
        self.assertFalse(suggestion.is_outdated)
        self.point.sudo().product_max_qty = 12
        self.assertTrue(suggestion.is_outdated)
        with self.assertRaisesRegex(UserError, "older than the rule or the demand"):
            suggestion.action_apply()
        with freeze_time('2026-05-02 12:00:00'):
            suggestion.action_recalculate()
        self.assertEqual(suggestion.state, 'outdated')
        self.point.sudo().aftersales_suggestion_ids.filtered(
            lambda one: one.state == 'new').with_user(self.env.user).action_apply()
        self.assertEqual(self.point.sudo().product_max_qty, 20)

    def test_what_is_older_than_the_demand_is_refused(self):
        suggestion = self._suggest_simple().with_user(self.planner)
        self._set_month('2026-05-01')
        self.assertTrue(suggestion.is_outdated)
        with self.assertRaisesRegex(UserError, "recalculate them first"):
            suggestion.action_apply()

    def test_refused_numbers_are_not_proposed_again(self):
        suggestion = self._suggest_simple().with_user(self.planner)
        action = suggestion.action_refuse()
        dialog = self.env['aftersales.part.refusal'].with_user(self.planner).with_context(
            **action['context'])
        with self.assertRaisesRegex(UserError, "why the present numbers stay"):
            dialog.create({'reason': " "}).action_confirm()
        dialog.create({'reason': "The campaign ends"}).action_confirm()
        self.assertRecordValues(suggestion, [{
            'state': 'refused', 'refusal': "The campaign ends", 'decider_id': self.planner.id}])
        self.assertEqual(self.point.product_min_qty, 5)
        self.assertFalse(self._suggest(self.point))

    def test_what_was_never_decided_is_forgotten(self):
        applied = self._suggest_simple()
        with freeze_time('2026-05-02 12:00:00'):
            applied.action_apply()
        self.point.write({'product_min_qty': 1, 'product_max_qty': 2})
        replaced, last = self._suggest(self.point), self._suggest(self.point)
        self.assertEqual(replaced.state, 'outdated')
        with freeze_time('2026-09-01 12:00:00'):
            self.suggestions._gc_outdated()
        self.assertEqual(self.point.aftersales_suggestion_ids, applied | last)

    @users('storekeeper')
    def test_storekeeper_refuses_nothing(self):
        suggestion = self._suggest_simple().with_user(self.env.user)
        with self.assertRaises(AccessError):
            self.env['aftersales.part.refusal'].create({
                'reason': "No", 'suggestion_ids': [(6, 0, suggestion.ids)]})
        with self.assertRaises(AccessError):
            suggestion._refuse("No")

    # === WAITING ORDERS === #

    @freeze_time('2026-05-01 12:00:00')
    def test_orders_on_hold_for_the_part_are_shown_with_their_right(self):
        self.env['aftersales.warranty.remedy'].create({
            'policy_id': self.policy.id, 'name': "Part missing", 'remedy': 'exchange',
            'over_wait_days': 90})
        order = self._create_order(
            warranty_id=self._create_card().id, date_event='2026-04-11 08:00:00')
        self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id})
        reason = self.env['aftersales.pause.reason'].create({
            'name': "Part missing", 'is_part_wait': True})
        suggestion = self._suggest_simple()
        waiting = self.suggestions.with_user(self.planner).search([('waiting_count', '>', 0)])
        self.assertFalse(waiting)
        order._pause_clocks(reason)
        suggestion.invalidate_recordset()
        self.assertRecordValues(suggestion.with_user(self.planner), [
            {'waiting_count': 1, 'waiting_date': date(2026, 7, 10), 'waiting_days': 70}])
        waiting = self.suggestions.with_user(self.planner).search([('waiting_count', '>', 0)])
        self.assertEqual(waiting, suggestion)

    @freeze_time('2026-05-01 12:00:00')
    def test_requests_and_old_numbers_wait_for_the_part_that_is_ordered(self):
        self._plan(self.board)
        self._remember(self.board, '2026-04-01', [10] * 24)
        self._suggest(self.board.orderpoint_ids)
        suggestions = self.suggestions.with_user(self.planner)
        waiting = [('waiting_count', '>', 0)]
        order = self._create_order(type_id=self.type_on_site.id)
        other = self._create_order(type_id=self.type_on_site.id)
        self.env['stock.move'].create({
            'aftersales_order_id': other.id, 'product_id': self.old_board.id})
        other._pause_clocks(self.env['aftersales.pause.reason'].create({
            'name': "Part missing", 'is_part_wait': True}))
        # the phone's request makes no line of a repair
        request = self.env['aftersales.part.request'].create({
            'order_id': order.id, 'line_ids': [(0, 0, {'product_id': self.old_board.id})]})
        request.action_request()
        self.assertFalse(suggestions.search(waiting))
        self.env['aftersales.part.supersession'].create({
            'old_product_id': self.old_board.id, 'product_id': self.board.id,
            'date': '2020-01-01'})
        suggestion = suggestions.search(waiting)
        suggestion.invalidate_recordset()
        self.assertEqual(suggestion.waiting_count, 2)
        self.assertEqual(suggestion.action_view_orders()['domain'],
                         [('id', 'in', (other | order).ids)])
        request.action_cancel()
        suggestion.invalidate_recordset()
        self.assertEqual(suggestion.waiting_count, 1)

    # === THE RUN === #

    # === PARTS WITHOUT A RULE === #

    def test_parts_that_are_asked_for_again_get_a_rule_and_a_suggestion(self):
        often, seldom, obsolete = self._create_parts("Often", "Seldom", "Obsolete")
        obsolete.product_tmpl_id.part_phase = 'obsolete'
        for part, quantities in ((often, [4, 0, 4, 4]), (seldom, [9, 0, 9]), (obsolete, [4] * 4),
                                 (self.capacitor, [4] * 4)):
            self._remember(part, '2026-04-01', quantities)
        suggestions = self.suggestions.with_user(self.planner)
        with freeze_time('2026-05-01 12:00:00'):
            with self.assertRaises(AccessError):
                self.suggestions.with_user(self.storekeeper).action_plan_missing()
            # as the client sends it: the head of a list passes the ids that are selected
            call_kw(suggestions, 'action_plan_missing', [self.suggestions.search([]).ids], {})
            points = self.env['stock.warehouse.orderpoint'].search(
                [('product_id', 'in', (often | seldom | obsolete | self.capacitor).ids)])
            self.assertEqual(points - self.point, points.filtered(
                lambda point: point.product_id == often and point.trigger == 'manual'))
            # core forgets rules that the system made; the planner's stay
            self.assertEqual((points - self.point).create_uid, self.planner)
            found = suggestions.search([('product_id', '=', often.id)])
            self.assertRecordValues(found, [{'present_min': 0.0, 'state': 'new'}])
            self.assertGreater(found.proposed_max, 0)
            with self.assertRaisesRegex(UserError, "has its reordering rule"):
                suggestions.action_plan_missing()

    def _run(self, day='2026-05-01', progress=lambda *args, **kwargs: True, **options):
        """Run the cron; tests commit nothing."""
        self.patch(type(self.env['ir.cron']), '_commit_progress', progress)
        with freeze_time(f'{day} 12:00:00'):
            self.suggestions._cron_suggest(**options)

    def test_each_rule_is_seen_once_a_month(self):
        self._remember(self.capacitor, '2026-04-01', [10] * 24)
        self._run()
        first = self.point.aftersales_suggestion_ids
        self.assertEqual(first.state, 'new')
        self._run('2026-05-02')
        self.assertEqual(self.point.aftersales_suggestion_ids, first)
        self._set_month('2026-05-01')
        self._run('2026-06-01')
        self.assertEqual(
            self.point.aftersales_suggestion_ids.mapped('state'), ['outdated', 'new'][::-1])

    def test_it_waits_for_the_count_of_the_demand(self):
        self._remember(self.capacitor, '2026-04-01', [10] * 24)
        self._set_month('2026-03-01')
        self._run()
        self.assertFalse(self.point.aftersales_suggestion_ids)

    def test_a_run_that_was_stopped_goes_on(self):
        parts = self._create_parts(*(f"Part {number}" for number in range(4)))
        points = self.env['stock.warehouse.orderpoint']
        for product in parts:
            points |= self._plan(product)
            self._remember(product, '2026-04-01', [10] * 24)
        calls = []
        self._run(batch_size=2, progress=(
            lambda cron, done=0, remaining=0: calls.append(done) or len(calls) < 3))
        self.assertEqual(calls[1:], [2, 2])
        made = points.aftersales_suggestion_ids
        self.assertLess(len(made), 4)
        self._run(batch_size=2)
        self.assertEqual(len(points.aftersales_suggestion_ids), 4)
        self.assertLessEqual(made, points.aftersales_suggestion_ids)

    def test_queries_do_not_grow_with_the_rules(self):
        parts = self._create_parts(*(f"Part {number}" for number in range(60)))
        points = self.env['stock.warehouse.orderpoint']
        for product in parts:
            points |= self._plan(product)
            self._remember(product, '2026-04-01', [10] * 12)
        few = self._count_queries(lambda: self._suggest(points[:10]))
        many = self._count_queries(lambda: self._suggest(points[10:]))
        self.assertLessEqual(many, few + 2)
        self.assertEqual(len(points.aftersales_suggestion_ids), 60)

    def test_list_of_eighty_costs_few_queries(self):
        parts = self._create_parts(*(f"Part {number}" for number in range(80)))
        points = self.env['stock.warehouse.orderpoint']
        for product in parts:
            points |= self._plan(product)
            self._remember(product, '2026-04-01', [10] * 12)
        self._suggest(points)
        model = self.suggestions.with_user(self.planner)
        view = model.get_view(
            self.env.ref('aftersales_parts.aftersales_part_suggestion_view_list').id, 'list')
        names = [node.get('name') for node in etree.fromstring(view['arch']).iter('field')]
        fields = {name: {'fields': {'display_name': {}}}
                  if model._fields[name].type == 'many2one' else {} for name in names}

        def read_page():
            model.web_search_read([('orderpoint_id', 'in', points.ids)], fields, limit=80)

        self._count_queries(read_page)  # the registry remembers rules and groups
        self.assertLessEqual(self._count_queries(read_page), 13)

    def test_company_sees_its_own_only(self):
        suggestion = self._suggest_simple()
        other = self.env['res.company'].create({'name': "Other"})
        self.planner.write({'company_ids': [(6, 0, other.ids)], 'company_id': other.id})
        self.assertFalse(self.suggestions.with_user(self.planner).search([
            ('id', '=', suggestion.id)]))
