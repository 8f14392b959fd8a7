from datetime import date

from odoo.fields import Command
from odoo.tests import tagged, users

from ..common import PartsCommon
from .common import CoversCommon


@tagged('post_install', '-at_install')
class TestLawOnCards(CoversCommon):
    """What laws say of terms stands on the card of the unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write({'usage_unit': 'hours', 'remedy_ids': [Command.create({
            'name': "In term", 'remedy': 'repair'})]})
        cls.card.has_proof = True

    def _use(self, name):
        """Let the product be sold under a policy of the library, with its versions."""
        policy = self.env.ref(f'aftersales_service.aftersales_warranty_policy_{name}')
        versions = policy.with_context(active_test=False).search([('code', '=', policy.code)])
        versions.active = True
        self.conditioner.warranty_policy_id = policy
        return policy

    def test_terms_run_from_the_installation_since_july_2024(self):
        """Regulation 778, art. 18."""
        policy = self._use('cn_air_conditioner')
        known = {'delivery_date': '2024-07-01', 'invoice_date': '2024-06-20'}
        card = self._create_card(serial='N-1', installation_date='2024-07-05', **known)
        self.assertEqual((card.policy_id, str(card.date_end)), (policy, '2025-07-05'))
        self.assertEqual(
            str(self._create_card(serial='N-2', **known).date_end), '2025-07-01')
        old = self._create_card(serial='N-3', **known | {'delivery_date': '2024-06-30'})
        self.assertEqual((old.policy_id.version, str(old.date_end)), ('1995', '2025-06-20'))

    def test_policy_holds_for_its_buyers(self):
        """Consumer law, art. 2: a company is no consumer, nor are its people."""
        policy = self._use('cn_air_conditioner')
        company = self.env['res.partner'].create({'name': "Office", 'is_company': True})
        person = self.env['res.partner'].create({'name': "Clerk", 'parent_id': company.id})
        for owner, found in [(self.customer, policy), (company, False), (person, False)]:
            card = self._create_card(serial=owner.name, partner_id=owner.id)
            self.assertEqual(card.policy_id or False, found)
        own = policy.copy({
            'name': "For companies", 'code': policy.code, 'buyer': 'company', 'active': True,
            'date_from': policy.date_from})
        card = self._create_card(serial='B-4', partner_id=company.id)
        self.assertEqual(card.policy_id, own)

    @users('agent')
    def test_company_that_takes_a_unit_over_has_no_consumer_remedies(self):
        self.policy.sudo().buyer = 'consumer'
        day = date(2026, 1, 15)
        self.assertTrue(self.card._decide(day)[self.card].get('repair'))
        self.customer.sudo().is_company = True
        decision = self.card._decide(day)[self.card]
        self.assertFalse(decision.remedies)
        self.assertEqual(decision.failed[0].reason, 'buyer')

    def test_term_that_would_end_on_a_holiday_ends_on_the_next_working_day(self):
        """Audio and video rule, art. 9: 16 January 2027 is a Saturday, Monday a holiday."""
        self._use('cn_tv_flat')
        calendar = self.env.company.resource_calendar_id
        self.env['resource.calendar.leaves'].create({
            'name': "Holiday", 'calendar_id': calendar.id, 'resource_id': False,
            'date_from': '2027-01-18 00:00:00', 'date_to': '2027-01-18 23:59:59'})
        card = self._create_card(serial='H-1', delivery_date='2026-01-16', has_proof=True)
        unit = card.cover_ids.filtered(lambda cover: cover.kind == 'whole_unit')
        self.assertEqual(
            (str(unit.date_end_promised), str(unit.date_end)), ('2027-01-16', '2027-01-19'))
        card._date_covers()
        self.assertEqual(str(card.date_end), '2027-01-19')
        # 15 days from a Friday end on a Saturday
        windows = {
            remedy.kind: remedy.last_day
            for remedy in card._decide(date(2026, 1, 20))[card].remedies}
        self.assertEqual(windows['exchange'], date(2026, 2, 2))
        self.assertTrue(card._decide(date(2026, 2, 2))[card].get('exchange'))
        self.assertFalse(card._decide(date(2026, 2, 3))[card].get('exchange'))

    def test_suspension_moves_the_end_where_the_policy_says_so(self):
        ground = self.ground
        ground.needs_evidence = False
        self.card._suspend(date(2026, 3, 1), ground, until=date(2026, 3, 10))
        self.assertEqual(str(self.card.date_end), '2027-01-10')
        self.policy.is_extended_by_pause = True
        self.card._date_covers()
        self.assertEqual(str(self.card.date_end), '2027-01-20')
        other = self._create_card(serial='P-2')
        other._suspend(date(2026, 3, 1), ground)
        self.assertEqual(str(other.date_end), '2027-01-10')
        other._resume(date(2026, 3, 11))
        self.assertEqual(str(other.date_end), '2027-01-20')

    def test_failed_replacement_counts_as_an_attempt(self):
        """Directive (EU) 2019/771, art. 13 (4)(b)."""
        self.policy.remedy_ids = [Command.create({
            'name': "Rescission", 'remedy': 'refund', 'min_exchanges': 1})]
        new = self.card._after_exchange(
            self._create_card(serial='E-2', delivery_date='2026-06-01'), date(2026, 6, 1))
        self.assertFalse(self.card._decide(date(2026, 5, 1))[self.card].get('refund'))
        self.assertTrue(new._decide(date(2026, 6, 10))[new].get('refund'))

    def test_battery_is_judged_alike_on_panel_and_line(self):
        battery = self.env['aftersales.main.part'].create({'name': "Battery"})
        self.policy.write({
            'remedy_ids': [Command.create({
                'name': "Week", 'remedy': 'refund', 'has_window': True, 'window_days': 300})],
            'term_ids': [Command.create({
                'name': "Battery", 'kind': 'component', 'months': 6,
                'main_part_ids': [Command.set(battery.ids)]})]})
        card = self._create_card(serial='A-1', has_proof=True)
        spare = self.env['product.product'].create({
            'name': "Battery", 'aftersales_main_part_id': battery.id})
        for day, is_covered in [(date(2026, 7, 10), True), (date(2026, 7, 11), False)]:
            decision = card._decide(day, parts=frozenset(battery.ids))[card]
            self.assertEqual(bool(decision.get('repair')), is_covered)
            self.assertEqual(card._judge('component', day, spare).is_covered, is_covered)
            self.assertFalse(decision.get('refund'), "the unit is not refunded for its battery")
        self.assertTrue(card._decide(date(2026, 7, 11))[card].get('refund'))

    def test_fitted_main_part_starts_its_whole_term_again(self):
        """Computers, art. 22; audio and video, art. 11; farm machines, art. 31."""
        self.policy.term_ids.filtered(lambda term: term.kind == 'component').is_renewed = True
        card = self._create_card(serial='F-1')
        order = self._create_order(warranty_id=card.id)
        card._cover_parts(self.main_part, date(2028, 12, 20), order)
        cover = card.cover_ids.filtered(lambda cover: cover.origin == 'part')
        self.assertEqual(
            (str(cover.date_start), str(cover.date_end)), ('2028-12-20', '2031-12-20'))

    @users('agent')
    def test_claim_without_an_order_is_about_the_last_repair(self):
        """A return knows no fault of its own."""
        cause = self.env['aftersales.diagnosis.code'].sudo().search(
            [('kind', '=', 'cause')], limit=1)
        self.policy.sudo().remedy_ids = [Command.create({
            'name': "Same fault", 'remedy': 'refund', 'min_repairs': 2,
            'repairs_of': 'same_fault'})]
        self._repair(self.card, '2026-02-01', '2026-02-02', cause_id=cause.id)
        day = date(2026, 4, 1)
        self.assertFalse(self.card._decide(day)[self.card].get('refund'))
        self._repair(self.card, '2026-03-01', '2026-03-02', cause_id=cause.id)
        self.assertTrue(self.card._decide(day)[self.card].get('refund'))
        self.assertFalse(self.card._decide(day, fault=-1)[self.card].get('refund'))


@tagged('post_install', '-at_install')
class TestLabourOfMainParts(PartsCommon):
    """Labour for a covered main part is free: computers 10 (2), goods 15."""

    def setUp(self):
        super().setUp()
        # out of the unit's year, in the three years of its compressor
        self.policy.sudo().term_ids = [Command.create({
            'name': "Travel", 'kind': 'travel', 'months': 12})]
        self.card = self._create_card(serial='LB-1', delivery_date='2024-01-10')
        self.order = self._create_order(
            warranty_id=self.card.id, date_event='2026-06-01 12:00:00',
            technician_id=self.technician.id).with_user(self.env.user)
        self.trip = self.env['product.product'].sudo().create({
            'name': "Trip", 'type': 'service', 'is_aftersales_travel': True})

    def _add_labour(self, product=None):
        return self.env['aftersales.labour'].create({
            'order_id': self.order.id, 'product_id': (product or self.hour).id})

    @users('technician')
    def test_labour_and_trip_follow_the_covered_part(self):
        labour, trip = self._add_labour(), self._add_labour(self.trip)
        self.assertEqual((labour.cover_percent, trip.cover_percent), (0.0, 0.0))
        part = self._add_part(self.compressor)
        self.assertTrue(part.is_aftersales_covered)
        self.assertEqual((labour.cover_percent, trip.cover_percent), (100.0, 100.0))
        self.assertIn("Compressor, until", labour.cover_reason)
        part.sudo()._action_cancel()
        self.assertEqual((labour.cover_percent, trip.cover_percent), (0.0, 0.0))

    @users('technician')
    def test_trip_is_paid_where_no_trips_are_promised(self):
        self.card.sudo().cover_ids.filtered(lambda cover: cover.kind == 'travel').unlink()
        self._add_part(self.compressor)
        self.assertEqual(self._add_labour(self.trip).cover_percent, 0.0)
        self.assertEqual(self._add_labour().cover_percent, 100.0)

    @users('technician')
    def test_labour_of_another_part_is_paid(self):
        self._add_part(self.capacitor)
        self.assertEqual(self._add_labour().cover_percent, 0.0)

    @users('technician')
    def test_policy_of_our_own_may_leave_labour_out(self):
        self.card.sudo().cover_ids.has_labour = False
        self._add_part(self.compressor)
        self.assertEqual(self._add_labour().cover_percent, 0.0)


@tagged('post_install', '-at_install')
class TestTakenBack(CoversCommon):
    """A unit that came back to us has no second card that holds."""

    def _take_back(self, picking, quantity=1.0):
        """Return a delivery by core's own wizard."""
        wizard = self.env['stock.return.picking'].with_context(
            active_model='stock.picking', active_id=picking.id).create({'picking_id': picking.id})
        wizard.product_return_moves.quantity = quantity
        back = self.env['stock.picking'].browse(wizard.action_create_returns()['res_id'])
        back.button_validate()
        return back

    def test_return_of_a_delivery_ends_the_card(self):
        sale, cards = self._deliver(2)
        self.assertEqual(set(cards.mapped('state')), {'covered'})
        back = self._take_back(sale.picking_ids)
        self.assertEqual(cards.mapped('state'), ['covered', 'void'])
        self.assertEqual(cards[1].void_reason, f"Taken Back · Taken back by {back.name}")

    def test_unit_that_is_sent_back_goes_on_with_its_card(self):
        sale, cards = self._deliver(1)
        back = self._take_back(sale.picking_ids)
        self._take_back(back)
        self.assertEqual(self.env['aftersales.warranty'].search(
            [('sale_line_id', 'in', sale.order_line.ids)]), cards)
        self.assertEqual(cards.state, 'covered')
        self.assertFalse(cards.return_move_id)

    def test_unit_that_comes_in_for_service_stays_its_owners(self):
        sale, cards = self._deliver(1)
        self._create_order(warranty_id=cards.id, type_id=self.type_carry_in.id)
        self._take_back(sale.picking_ids)
        self.assertEqual(cards.state, 'covered')


@tagged('post_install', '-at_install')
class TestTwins(CoversCommon):
    """Two cards under warranty of one unit: one of them is wrong."""

    @users('agent')
    def test_second_card_of_a_unit_is_doubted(self):
        self.assertFalse(self.card.twin_id)
        [second, other] = self.env['aftersales.warranty'].create([{
            'product_id': self.conditioner.id, 'serial': serial,
            'delivery_date': self._today()} for serial in ('AC-0001', 'AC-0009')])
        self.assertEqual(second.twin_id, self.card)
        self.assertFalse(other.twin_id)
        self.assertIn(
            f"{self.card.name} under warranty bears the same serial number",
            second.message_ids[0].body)
        self.card.sudo()._end(self._today())
        second.invalidate_recordset()
        self.assertFalse(second.twin_id)
