from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged, users

from .common import DAY_5, DAY_12, DAY_40, DAY_400, VerdictCommon


@tagged('post_install', '-at_install')
class TestOrderDecision(VerdictCommon):
    """The facts of an order, read from records in batch, and what the rules give on them."""

    def _repair(self, date_event, date_done):
        order = self._create_judged(date_event)
        order.sudo().write({'date_done': date_done})
        return order

    def _get_facts(self, order):
        return order._get_facts_from(order._read_record(), order.event_day)

    @users('agent')
    def test_days_of_the_law(self):
        for moment, expected in (
                (DAY_5, [('refund', "Art. 9"), ('exchange', "Art. 10"), ('repair', "Art. 8")]),
                (DAY_12, [('exchange', "Art. 10"), ('repair', "Art. 8")]),
                (DAY_40, [('repair', "Art. 8")]),
                (DAY_400, [])):
            with self.subTest(moment=moment):
                order = self._create_judged(moment)
                self.assertEqual(self._get_articles(order._decide()[order]), expected)

    @users('agent')
    def test_day_is_the_customers_own(self):
        """Late on the seventh day in Hong Kong the server has still the sixth, and back."""
        for zone, moment, is_owed in (
                ('Asia/Hong_Kong', '2026-01-17 15:59:00', True),
                ('Asia/Hong_Kong', '2026-01-17 16:01:00', False),
                ('America/Los_Angeles', '2026-01-18 07:59:00', True),
                ('America/Los_Angeles', '2026-01-18 08:01:00', False)):
            with self.subTest(zone=zone, moment=moment):
                self.customer.sudo().tz = zone
                order = self._create_judged(moment)
                self.assertEqual(bool(order._decide()[order].get('refund')), is_owed)

    @users('agent')
    def test_third_repair_brings_exchange_or_refund_less_use(self):
        self._repair('2026-02-01 12:00:00', '2026-02-03 12:00:00')
        self._repair('2026-03-01 12:00:00', '2026-03-11 12:00:00')
        order = self._create_judged('2026-04-20 12:00:00')
        decision = order._decide()[order]
        self.assertEqual(self._get_articles(decision), [
            ('refund', "Art. 13"), ('exchange', "Art. 11"), ('repair', "Art. 8")])
        # 100 days since the sale, 12 of them in repair
        self.assertEqual(decision.get('refund').fee, 3000 * 0.0005 * 88)

    @users('agent')
    def test_later_and_own_work_are_no_earlier_repairs(self):
        first = self._repair('2026-02-01 12:00:00', '2026-02-01 13:00:00')
        second = self._repair('2026-02-05 12:00:00', '2026-02-05 13:00:00')
        third = self._repair('2026-02-09 12:00:00', '2026-02-09 13:00:00')
        self.assertEqual(
            [len(self._get_facts(order).repairs) for order in (first, second, third)], [0, 1, 2])

    @users('agent')
    def test_work_for_a_recall_is_no_repair_of_a_fault(self):
        campaign = self.env['aftersales.campaign'].sudo().create({
            'title': "Fan", 'reason': "It may break", 'instruction': "Fit the new one",
            'type_id': self.type_on_site.id})
        self._repair('2026-02-01 12:00:00', '2026-02-01 13:00:00').sudo().campaign_id = campaign
        self._repair('2026-02-05 12:00:00', '2026-02-05 13:00:00')
        self.assertEqual(len(self.card._get_repairs()[self.card]), 1)

    def test_nothing_is_owed_while_the_promise_is_suspended(self):
        self.card.sudo()._set_pauses([(date(2026, 2, 1), date(2026, 2, 28))])
        for day, remedies in ((date(2026, 2, 19), []),
                              (date(2026, 3, 1), [('repair', "Art. 8")])):
            with self.subTest(day=day):
                self.assertEqual(
                    self._get_articles(self.card._decide(day)[self.card]), remedies)

    def test_waits_and_parts_are_facts(self):
        first = self._repair('2026-02-01 12:00:00', '2026-02-20 12:00:00')
        self.env['aftersales.clock.pause'].sudo().create({
            'res_model': first._name, 'res_id': first.id, 'company_id': first.company_id.id,
            'reason_id': self.env['aftersales.pause.reason'].sudo().create(
                {'name': "Compressor not in stock", 'is_part_wait': True}).id,
            'date_start': '2026-02-03 12:00:00', 'date_stop': '2026-02-10 12:00:00'})
        order = self._create_judged('2026-03-01 12:00:00')
        self.env['stock.move'].sudo().create({
            'aftersales_order_id': order.id, 'product_id': self.compressor.id,
            'product_uom_qty': 1.0})
        facts = self._get_facts(order)
        self.assertEqual(
            facts.repairs[0].waits, ((date(2026, 2, 3), date(2026, 2, 10)),))
        self.assertEqual(facts.parts, {self.main_part.id})

    @users('agent')
    def test_stock_proves_that_there_is_another_unit_but_not_that_there_is_none(self):
        order = self._create_judged()
        self.assertIsNone(self._get_facts(order).same_model)
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'AC-STOCK', 'product_id': self.conditioner.id})
        self.env['stock.quant'].sudo()._update_available_quantity(
            self.conditioner, self.stock_location, 1, lot_id=lot)
        self.assertTrue(self._get_facts(order).same_model)
        order.same_model = 'missing'
        self.assertIs(self._get_facts(order).same_model, False)

    @users('agent')
    def test_other_warehouses_do_not_count_for_the_seller(self):
        warehouse = self.env['stock.warehouse'].sudo().create(
            {'name': "Far Away", 'code': 'FAR'})
        sale = self.env['sale.order'].sudo().create({
            'partner_id': self.customer.id, 'warehouse_id': warehouse.id,
            'order_line': [(0, 0, {'product_id': self.conditioner.id})]})
        self.card.sale_line_id = sale.order_line
        lot = self.env['stock.lot'].sudo().create(
            {'name': 'AC-STOCK', 'product_id': self.conditioner.id})
        self.env['stock.quant'].sudo()._update_available_quantity(
            self.conditioner, self.stock_location, 1, lot_id=lot)
        self.assertEqual(self.card._get_free_stock(), {self.card: 0.0})
        self.env['stock.quant'].sudo()._update_available_quantity(
            self.conditioner, warehouse.lot_stock_id, 1, lot_id=lot)
        self.assertEqual(self.card._get_free_stock(), {self.card: 1.0})

    @users('agent')
    def test_without_papers_the_platform_is_the_proof(self):
        card = self._create_card(serial='AC-0002')
        self.assertFalse(card.has_proof)
        order = self._create_judged()
        order.warranty_id = card
        self.assertFalse(self._get_facts(order).has_proof)
        order.sudo().platform_number = "T-77"
        self.assertTrue(self._get_facts(order).has_proof)

    @users('agent')
    def test_factory_date_dates_the_terms_and_gives_what_needs_no_proof(self):
        """Papers lost: the term starts on day 90 after the factory, repair is free, no more."""
        self.policy.sudo().manufacture_grace_days = 90
        card = self._create_card(
            serial='AC-0002', delivery_date=False, manufacture_date='2025-10-12', price=3000.0)
        self.assertEqual(str(card.date_start), '2026-01-10')
        order = self._create_judged(DAY_5)
        order.warranty_id = card
        self.assertEqual(
            self._get_articles(order._decide()[order]), [('repair', "Art. 8")])
        card.invoice_date = '2026-01-10'
        self.assertEqual(self._get_articles(order._decide()[order])[0], ('refund', "Art. 9"))

    @users('agent')
    def test_repair_that_takes_too_long_is_judged_on_today(self):
        """No user has to report it again: the right to another unit comes by itself."""
        self.policy.sudo().remedy_ids = [Command.create({
            'name': "Too long", 'article': "30 days", 'remedy': 'exchange',
            'over_single_days': 30, 'sequence': 5})]
        order = self._create_judged(DAY_40)
        for today, articles in [
                ('2026-03-21', [('repair', "Art. 8")]),
                ('2026-03-22', [('exchange', "30 days"), ('repair', "Art. 8")])]:
            with self.subTest(today=today), freeze_time(f'{today} 12:00:00'):
                self.assertEqual(self._get_articles(order._decide()[order]), articles)
                self.assertEqual(
                    order.get_cover_panel()['day'], today if len(articles) > 1 else '2026-02-19')
        with freeze_time('2026-03-25 12:00:00'):
            order.action_decide()
            self.assertRecordValues(order.verdict_ids, [{
                'remedy': 'exchange', 'day': date(2026, 3, 25)}])

    @users('agent')
    def test_no_term_runs_out_while_the_unit_is_in_repair(self):
        self.policy.sudo().remedy_ids = [Command.create({
            'name': "Too long", 'article': "30 days", 'remedy': 'exchange',
            'over_single_days': 30, 'sequence': 5})]
        order = self._create_judged('2027-01-09 12:00:00')
        with freeze_time('2027-02-20 12:00:00'):
            self.assertEqual(self._get_articles(order._decide()[order]), [
                ('exchange', "30 days"), ('repair', "Art. 8")])
            self.policy.sudo().is_extended_by_repair = False
            self.assertEqual(
                self._get_articles(order._decide()[order]), [('repair', "Art. 8")])

    @users('agent')
    def test_same_symptom_is_the_same_fault_until_the_cause_is_known(self):
        codes = self.env['aftersales.diagnosis.code'].sudo().create([
            {'name': "No cooling", 'code': 'T1', 'kind': 'symptom'},
            {'name': "Leak", 'code': 'T2', 'kind': 'cause'},
            {'name': "Board", 'code': 'T3', 'kind': 'cause'}])
        first = self._repair('2026-02-01 12:00:00', '2026-02-03 12:00:00')
        first.sudo().write({'symptom_id': codes[0].id, 'cause_id': codes[1].id})
        self.policy.sudo().remedy_ids = [Command.create({
            'name': "Again", 'article': "Art. 6", 'remedy': 'repair', 'in_term': False,
            'repairs_of': 'same_fault', 'since_repair_days': 30, 'sequence': 1})]
        order = self._create_judged('2026-02-10 12:00:00', symptom_id=codes[0].id)
        self.assertIn('Art. 6', {rule.article for rule in order._decide()[order].fired})
        order.cause_id = codes[2]
        self.assertNotIn('Art. 6', {rule.article for rule in order._decide()[order].fired})

    @users('agent')
    def test_repair_that_the_customer_paid_out_of_term_must_hold_as_well(self):
        """A paid repair is one of a fault of the unit, unless it was covered or excluded."""
        symptom = self.env['aftersales.diagnosis.code'].sudo().create(
            {'name': "No cooling", 'code': 'T1', 'kind': 'symptom'})
        self.policy.sudo().remedy_ids = [Command.create({
            'name': "Again", 'article': "Art. 6", 'remedy': 'repair', 'in_term': False,
            'repairs_of': 'same_fault', 'since_repair_days': 30, 'sequence': 1})]
        paid = self._repair(DAY_400, '2027-02-16 12:00:00')
        paid.sudo().symptom_id = symptom
        self.assertEqual((paid.charge_kind, paid.cover_state), ('paid', 'expired'))
        order = self._create_judged('2027-03-01 12:00:00', symptom_id=symptom.id)
        self.assertEqual(self._get_articles(order._decide()[order]), [('repair', "Art. 6")])
        paid.sudo().is_excluded = True
        self.assertEqual(self._get_articles(order._decide()[order]), [])

    @users('agent')
    def test_supposed_day_brings_the_suspension_of_that_day(self):
        self.card.sudo()._set_pauses([(date(2026, 3, 1), date(2026, 3, 31))])
        order = self._create_judged(DAY_40)
        for day, kinds in [('2026-03-10', []), ('2026-04-01', ['repair'])]:
            with self.subTest(day=day):
                panel = order.get_cover_panel({'day': day})
                self.assertEqual([line['kind'] for line in panel['remedies']], kinds)

    @users('agent')
    def test_batch_costs_the_same_queries(self):
        cards = self.env['aftersales.warranty'].create([
            {'product_id': self.conditioner.id, 'partner_id': self.customer.id,
             'serial': f'D-{number}', 'delivery_date': '2026-01-10', 'price': 3000.0}
            for number in range(52)])
        orders = self.env['aftersales.order'].create([
            {'warranty_id': card.id, 'date_event': DAY_12} for card in cards for __ in range(2)])
        self._count_queries(orders[:2])  # what a running server has cached
        few, many = (self._count_queries(batch) for batch in (orders[:2], orders[2:102]))
        self.assertEqual(few, many)
        self.assertLessEqual(many, 20)

    def _count_queries(self, orders):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        orders._decide()
        return self.env.cr.sql_log_count - before
