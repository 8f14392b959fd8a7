from ast import literal_eval

from freezegun import freeze_time
from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from .money_common import IN_TIME, TOO_LATE, MoneyCommon


@tagged('post_install', '-at_install')
class TestBrokenGlass(MoneyCommon):
    """Practice case C1: the numbers are typed from the reference."""

    def setUp(self):
        super().setUp()
        self.case = self._create_complaint(kind='quality', outlet_id=self.north.id)
        self._lose(self.case, 'compensation', 1800)
        self.returned = self._lose(self.case, 'return', 2600, name="Oven")
        self._lose(self.case, 'visit', 160)
        self._lose(self.case, 'goodwill', 500)
        self.glass = self._share(
            self.case, 60, 'supplier', partner_id=self.supplier.id, sequence=1)
        self.station = self._share(self.case, 30, 'outlet', outlet_id=self.north.id, sequence=2)
        self.own = self._share(self.case, 10, 'company', sequence=3)

    def _resell(self, day='2026-03-20', price=1900.0):
        with freeze_time(f'{day} 12:00:00'):
            self.returned.with_user(self.desk).write(
                {'resale_price': price, 'date_resold': day})

    def _amounts(self):
        return (self.glass + self.station + self.own).mapped('amount')

    def test_resold_within_the_month(self):
        self.assertEqual(self.case.amount_loss, 4560)
        self.assertEqual(self.case.amount_goodwill, 500)
        self._serve(self.case)
        self._resell()
        self.assertEqual(self.returned.amount, 700)
        self.assertEqual(self.case.amount_loss, 2660)
        self.assertEqual(self._amounts(), [1596, 798, 266])

    def test_unsold_after_the_month(self):
        self._serve(self.case)
        self.assertEqual(str(self.case.resale_deadline), '2026-04-02')
        self._end_windows('2026-04-02 12:00:00')
        self.assertEqual(self.returned.resale_state, 'waiting')
        self._end_windows('2026-04-03 12:00:00')
        self.assertEqual(self.returned.resale_state, 'unsold')
        self.assertEqual(self.case.amount_loss, 4560)
        self.assertEqual(self._amounts(), [2736, 1368, 456])
        with self.assertRaisesRegex(UserError, "Liability for these losses is decided"):
            self._resell('2026-04-01')

    def test_sale_after_the_month_counts_no_more(self):
        self._serve(self.case)
        self._resell('2026-04-03')
        self.assertEqual(self.case.amount_loss, 4560)

    def test_outlet_pays_and_the_net_loss_follows(self):
        self._serve(self.case)
        charge = self.station.sudo().charge_ids
        self.assertRecordValues(charge, [{
            'outlet_id': self.north.id, 'amount': 1368, 'kind': 'complaint', 'state': 'open'}])
        self._resell()
        self._end_windows('2026-04-03 12:00:00')
        charge = self.station.sudo().charge_ids
        self.assertRecordValues(charge, [{'amount': 798, 'state': 'open'}])
        self.assertEqual(self.case.amount_net_loss, 2660)
        with freeze_time('2026-05-20 12:00:00'):
            charge.with_user(self.lead).action_settle()
        self.assertEqual(self.case.amount_net_loss, 2660 - 798)
        self.assertFalse(self.env['aftersales.penalty'].search([
            ('complaint_id', '=', self.case.id)]))

    def test_settled_charge_is_corrected_by_a_second_one(self):
        self._serve(self.case)
        with freeze_time('2026-03-12 12:00:00'):
            self.station.sudo().charge_ids.with_user(self.lead).action_settle()
        self._resell()
        self._end_windows('2026-04-03 12:00:00')
        self.assertRecordValues(self.station.sudo().charge_ids.sorted('amount'), [
            {'amount': 798 - 1368, 'kind': 'complaint_correction', 'state': 'open'},
            {'amount': 1368, 'kind': 'complaint', 'state': 'settled'}])


@tagged('post_install', '-at_install')
class TestLiability(MoneyCommon):

    def setUp(self):
        super().setUp()
        self.case = self._create_complaint(kind='quality', outlet_id=self.north.id)

    # === THE SHEET === #

    def test_shares_are_100_per_cent(self):
        self._lose(self.case)
        self._share(self.case, 60)
        station = self._share(self.case, 30, 'outlet', outlet_id=self.north.id)
        with self.assertRaisesRegex(UserError, r"shares for The Event are 90 %, not 100 %"):
            self._serve(self.case)
        self.assertFalse(self.case.date_liability)
        station.share = 50
        with self.assertRaisesRegex(UserError, "110 %, not 100 %"):
            self._serve(self.case)
        station.share = 40
        self._serve(self.case)
        self.assertRecordValues(self.case, [{
            'liability_state': 'served', 'liability_user_id': self.complaint_manager.id}])
        self.assertEqual(str(self.case.liability_objection_date), '2026-03-09')

    def test_delay_is_a_table_of_its_own(self):
        self._lose(self.case, value=800)
        event = self._share(self.case, 100)
        self.case.with_user(self.desk).amount_delay = 90
        with self.assertRaisesRegex(UserError, "liable for the delay first"):
            self._serve(self.case)
        slow = self._share(
            self.case, 100, 'department', department_id=self.department.id, subject='delay')
        self._serve(self.case)
        self.assertEqual((event.amount, slow.amount), (800, 90))

    def test_share_without_evidence_is_refused(self):
        self._lose(self.case)
        line = self._share(self.case, 100, 'outlet', outlet_id=self.north.id, photo_ids=False)
        with self.assertRaisesRegex(UserError, "Add the evidence first"):
            self._serve(self.case)
        line.photo_ids = [(0, 0, {'name': "report.pdf", 'raw': b'%PDF-1.4 report'})]
        self._serve(self.case)
        self.assertEqual(line.state, 'served')

    def test_only_complaint_managers_decide(self):
        self._lose(self.case)
        self._share(self.case, 100)
        for user in self.desk, self.lead, self.agent:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._serve(self.case, user)
        with self.assertRaises(AccessError):
            self.case.liability_ids.with_user(self.desk)._set_state('served')

    def test_negative_losses_and_shares_are_refused(self):
        for make in (lambda: self._lose(self.case, value=-5), lambda: self._share(self.case, -5),
                     lambda: self._share(self.case, 101)):
            with mute_logger('odoo.sql_db'), self.assertRaises(IntegrityError), (
                    self.env.cr.savepoint()):
                make()

    def test_default_split_between_units(self):
        self._lose(self.case, value=800)
        self.case.with_user(self.desk).action_propose_shares()
        self.assertRecordValues(self.case.liability_ids, [
            {'party': 'outlet', 'outlet_id': self.north.id, 'share': 70, 'amount': 560},
            {'party': 'company', 'outlet_id': False, 'share': 30, 'amount': 240}])
        self.case.with_user(self.desk).action_propose_shares()
        self.assertEqual(len(self.case.liability_ids), 2)

    # === SERVED, OBJECTED, RULED === #

    def _serve_department(self):
        self._lose(self.case, value=800)
        self._share(self.case, 30, sequence=20)
        line = self._share(self.case, 70, 'department', department_id=self.department.id)
        self._serve(self.case)
        return line

    def test_what_was_served_stays(self):
        line = self._serve_department()
        for record, vals in ((line, {'share': 10}), (self.case.loss_ids, {'value': 1})):
            with self.subTest(record=record), self.assertRaisesRegex(UserError, "decided|served"):
                record.with_user(self.desk).write(vals)
        with self.assertRaisesRegex(UserError, "a complaint manager reopens it first"), (
                self.env.cr.savepoint()):
            self._lose(self.case)
        with self.assertRaisesRegex(UserError, "Shares that were served"):
            line.with_user(self.desk).unlink()
        with self.assertRaises(AccessError):
            self.case.with_user(self.desk).action_reopen_liability()
        self.case.with_user(self.complaint_manager).action_reopen_liability()
        line.with_user(self.desk).share = 60
        self.assertEqual(line.amount, 480)

    def test_objection_in_time_is_ruled_on_by_another_manager(self):
        line = self._serve_department()
        with freeze_time(IN_TIME), self.assertRaisesRegex(UserError, "reason of the objection"):
            line.with_user(self.desk).action_object()
        with freeze_time(IN_TIME):
            line.with_user(self.desk).objection = "The supplier sent thin glass"
            line.with_user(self.desk).action_object()
        self._end_windows(TOO_LATE)
        self.assertEqual(self.case.liability_state, 'served')
        line.with_user(self.complaint_manager).ruling = "It was checked"
        with self.assertRaisesRegex(AccessError, "Another complaint manager rules"):
            line.with_user(self.complaint_manager).action_reject()
        with self.assertRaises(AccessError):
            line.with_user(self.desk).action_reject()
        line.with_user(self.second_manager).action_reject()
        self.assertRecordValues(line, [{
            'state': 'rejected', 'ruler_id': self.second_manager.id}])
        self._end_windows(TOO_LATE)
        self.assertEqual(self.case.liability_state, 'final')

    def test_upheld_objection_opens_the_decision(self):
        line = self._serve_department()
        with freeze_time(IN_TIME):
            line.with_user(self.desk).objection = "The supplier sent thin glass"
            line.with_user(self.desk).action_object()
        line.with_user(self.second_manager).ruling = "Indeed"
        line.with_user(self.second_manager).action_uphold()
        self.assertEqual(self.case.liability_state, 'draft')
        self.assertEqual(set(self.case.liability_ids.mapped('state')), {'draft'})

    def test_objection_after_the_window_is_refused(self):
        line = self._serve_department()
        line.with_user(self.desk).objection = "Too late"
        with freeze_time(TOO_LATE), self.assertRaisesRegex(UserError, "time to object is over"):
            line.with_user(self.desk).action_object()
        self._end_windows(TOO_LATE)
        self.assertEqual(self.case.liability_state, 'final')
        clock = self.case.clock_ids.filtered(lambda clock: clock.kind == 'complaint_objection')
        self.assertEqual(clock.result, 'met')

    def test_outlet_objects_to_its_charge(self):
        self._lose(self.case)
        self.north.member_ids |= self.employee
        self.north.manager_id = self.employee
        line = self._share(self.case, 100, 'outlet', outlet_id=self.north.id)
        self._serve(self.case)
        with freeze_time(IN_TIME), self.assertRaisesRegex(UserError, "objects to its charge"):
            line.with_user(self.desk).objection = "No"
            line.with_user(self.desk).action_object()
        charge = line.sudo().charge_ids
        with freeze_time(IN_TIME):
            charge.with_user(self.employee)._object_for_outlet("The glass was thin")
        self.assertRecordValues(line, [{'state': 'objected', 'objection': "The glass was thin"}])
        self.lead.group_ids += self.env.ref('aftersales_complaint.group_complaint_manager')
        charge.with_user(self.second_manager).sudo().decision_note = "You are right"
        charge.with_user(self.lead).action_uphold()
        self.assertEqual((line.state, self.case.liability_state), ('draft', 'draft'))
        self.assertEqual(line.ruling, "You are right")
        # decided again: the outlet is charged by a second charge, the first one is dropped
        line.with_user(self.desk).share = 20
        self._share(self.case, 80)
        self._serve(self.case)
        self.assertEqual(
            sum(line.sudo().charge_ids.filtered(
                lambda charge: charge.state != 'upheld').mapped('amount')), 200)

    def test_changes_of_shares_are_kept(self):
        line = self._share(self.case, 60)
        self.env.flush_all()
        self.env.cr.precommit.run()
        line.with_user(self.desk).share = 40
        self.env.flush_all()
        self.env.cr.precommit.run()
        tracked = line.sudo().message_ids.tracking_value_ids.filtered(
            lambda value: value.field_id.name == 'share')
        self.assertEqual(
            [(value.old_value_float, value.new_value_float) for value in tracked], [(60, 40)])

    # === THE CASE === #

    def test_case_asks_for_a_decision_before_the_improvement(self):
        case = self._settle(self.case)
        self._lose(case, value=100)
        with self.assertRaisesRegex(UserError, "liable for the event first"):
            case.action_improve()
        self._share(case, 100)
        with self.assertRaisesRegex(UserError, "Decide who is liable"):
            case.action_improve()
        self._serve(case)
        case.action_improve()
        with self.assertRaisesRegex(UserError, "may still object"):
            case.action_close()
        self._end_windows(TOO_LATE)
        case.action_close()
        self.assertEqual(case.state, 'closed')

    def test_goods_to_sell_keep_the_case_open(self):
        case = self._settle(self.case)
        self._lose(case, 'return', 500)
        self._share(case, 100)
        self._serve(case)
        self._end_windows(TOO_LATE)
        case.action_improve()
        with self.assertRaisesRegex(UserError, "sold within their month"):
            case.action_close()
        self._end_windows('2026-04-10 12:00:00')
        case.action_close()

    def test_case_without_loss_needs_no_decision(self):
        case = self._settle(self.case)
        case.action_improve()
        case.action_close()
        self.assertEqual(case.state, 'closed')

    def test_reopened_case_decides_again(self):
        case = self._settle(self.case)
        self._lose(case, value=100)
        self._share(case, 100)
        self._serve(case)
        case.action_reopen()
        self.assertEqual(case.liability_state, 'draft')

    def test_losses_of_closed_cases_stay(self):
        case = self._settle(self.case)
        case.action_improve()
        case.action_close()
        with self.assertRaisesRegex(UserError, "closed: reopen them first"):
            self._lose(case)

    def test_merged_case_hands_its_losses_over(self):
        twin = self._create_complaint(kind='quality')
        order = self._create_order()
        for case in self.case, twin:
            self._lose(case, value=90, user=self.lead, res_model='aftersales.order',
                       res_id=order.id)
        self._lose(twin, value=10)
        self._share(twin, 100)
        twin.with_user(self.desk)._merge_into(self.case.with_user(self.desk))
        self.assertEqual(self.case.amount_loss, 100)
        self.assertEqual(self.case.liability_ids.mapped('amount'), [100])
        self._serve(self.case)
        third = self._create_complaint(kind='quality')
        with self.assertRaisesRegex(UserError, "Liability is decided"):
            third.with_user(self.desk)._merge_into(self.case.with_user(self.desk))

    def test_lists_to_decide_hold_what_waits_for_the_decision(self):
        def solve():
            case = self._create_complaint(
                answer="Sorry", partner_id=self.customer.copy({'phone': False}).id)
            case.with_user(self.desk).action_solve_now()
            return case
        asked, settled, fast, lost = (
            self._judge(self._create_complaint(kind='quality')), self._settle(self.case),
            solve(), solve())
        self._lose(lost)
        for name in (
                'aftersales_complaint_view_search', 'aftersales_complaint_view_search_liability'):
            arch = etree.fromstring(self.env['aftersales.complaint'].with_user(
                self.complaint_manager).get_view(
                    self.env.ref(f'aftersales_complaint.{name}').id, 'search')['arch'])
            [to_decide] = arch.xpath("//filter[@name='to_decide']")
            with self.subTest(view=name):
                cases = asked + settled + fast + lost
                self.assertEqual(
                    cases.filtered_domain(literal_eval(to_decide.get('domain'))), settled + lost)

    def test_late_days_stand_beside_the_cost_of_the_delay(self):
        with freeze_time('2026-03-02 12:00:00'):
            case = self._create_complaint(kind='service')
            clocks = case.clock_ids.sudo()
            clocks._void()
        clocks[:1].write({'result': 'missed', 'date_deadline': '2026-03-03 12:00:00',
                          'date_stopped': '2026-03-04 13:00:00'})
        case.invalidate_recordset(['late_days'])
        self.assertEqual(case.late_days, 2)
        # another promise of the same days is late in the same days; a later one in days of its own
        for clock, deadline, stop, days in (
                (clocks[1], '2026-03-03 18:00:00', '2026-03-04 12:00:00', 2),
                (clocks[1], '2026-03-03 18:00:00', '2026-03-05 11:00:00', 2),
                (clocks[2], '2026-03-09 12:00:00', '2026-03-11 12:00:00', 4)):
            clock.write({'result': 'missed', 'date_deadline': deadline, 'date_stopped': stop})
            case.invalidate_recordset(['late_days'])
            self.assertEqual(case.late_days, days, stop)

    # === WHO READS === #

    def test_customers_read_no_money(self):
        portal = new_test_user(self.env, 'money_portal', 'base.group_portal')
        portal.partner_id = self.customer
        self._lose(self.case)
        for name in ('amount_loss', 'amount_net_loss', 'amount_recovered', 'amount_delay',
                     'liability_state', 'loss_ids', 'liability_ids', 'penalty_ids',
                     'resale_deadline', 'event_share', 'late_days', 'amount_goodwill'):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.case.with_user(portal).read([name])

    def test_agents_read_losses_of_their_cases_only(self):
        self.case.user_id = self.desk
        line = self._lose(self.case)
        share = self._share(self.case, 100)
        for record in line, share:
            with self.assertRaises(AccessError):
                record.with_user(self.agent).read(['amount'])
            self.assertFalse(record.with_user(self.agent).search([('id', '=', record.id)]))
        self.case.user_id = self.agent
        self.assertEqual(line.with_user(self.agent).amount, 1000)
        with self.assertRaises(AccessError):
            self._lose(self.case, user=self.agent)
        with self.assertRaises(AccessError):
            line.with_user(self.employee).read(['amount'])

    def test_other_companies_read_nothing(self):
        line = self._share(self.case, 100)
        other = self.env['res.company'].create({'name': "Other"})
        self.desk.write({'company_ids': [(4, other.id)]})
        desk = line.with_user(self.desk).with_context(allowed_company_ids=other.ids)
        self.assertFalse(desk.search([('id', '=', line.id)]))


@tagged('post_install', '-at_install')
class TestLossesReadFromDocuments(MoneyCommon):

    def test_costs_of_orders_and_returns(self):
        order = self._create_order()
        case = self._create_complaint(kind='quality', order_id=order.id)
        costs = self.env['aftersales.cost.line']
        for kind, amount in (('labour', 90), ('freight', 30), ('visit', 160), ('recovered', 7)):
            costs.create({
                'res_model': 'aftersales.order', 'res_id': order.id, 'kind': kind,
                'unit_cost': amount})
        case.with_user(self.desk).action_read_losses()
        self.assertEqual(
            {line.component: line.amount for line in case.loss_ids},
            {'rework': 120, 'visit': 160})
        costs.create({'res_model': 'aftersales.order', 'res_id': order.id, 'kind': 'visit',
                      'unit_cost': 40})
        case.with_user(self.desk).action_read_losses()
        self.assertEqual(
            {line.component: line.amount for line in case.loss_ids},
            {'rework': 120, 'visit': 200})
        self.assertEqual(set(case.loss_ids.mapped('res_id')), {order.id})

    def test_document_that_the_user_may_not_read_is_refused(self):
        case = self._create_complaint(kind='quality')
        partner = self.env['res.partner'].create({'name': "Nowhere"})
        with self.assertRaisesRegex(UserError, "not read from records of this kind"):
            self._lose(case, res_model='res.partner', res_id=partner.id)
        order = self._create_order()
        other = self.env['res.company'].create({'name': "Other"})
        self.env.cr.execute(
            "UPDATE aftersales_order SET company_id = %s WHERE id = %s", [other.id, order.id])
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._lose(case, res_model='aftersales.order', res_id=order.id)
