from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestCapa(ComplaintCommon):
    """A corrective action closes when another person found that the fault did not come back."""

    def _capa(self, user=None, **values):
        return self.env['aftersales.capa'].with_user(user or self.desk).create({
            'subject': "Glass breaks", 'problem': "Glass breaks at 200 °C",
            'product_id': self.conditioner.id, 'cause_category': 'material',
            'user_id': self.employee.id, 'action_ids': [Command.create({
                'name': "Test each batch", 'user_id': self.technician.id,
                'date_due': fields.Date.today()})], **values})

    def _implement(self, capa):
        """Walk an action up to the check of its effect."""
        capa.action_start()
        capa.root_cause = "Glass of the new supplier has tension"
        action = capa.action_ids.with_user(self.technician)
        action.evidence = "Test report 17"
        action.action_done()
        capa.action_done()
        return capa

    @users('desk')
    def test_two_fields_make_an_action(self):
        form = Form(self.env['aftersales.capa'])
        form.subject = "Glass breaks"
        form.problem = "At 200 °C"
        capa = form.save()
        self.assertTrue(capa.name.startswith('CA/'))
        capa.action_start()
        self.assertEqual(capa.state, 'running')

    def test_owner_does_not_check_the_effect(self):
        """Neither the owner nor who took an action, whatever the role."""
        with freeze_time('2026-01-10 08:00:00'):
            capa = self._implement(self._capa(user_id=self.lead.id, action_ids=[Command.create({
                'name': "Test each batch", 'user_id': self.technician.id,
                'date_due': '2026-01-10'})]))
            capa.effect_note = "No case since"
        with freeze_time('2026-05-10 08:00:00'):
            for user in self.lead, self.technician, self.employee:
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    capa.with_user(user).action_effective()
            capa.with_user(self.complaint_manager).action_effective()
        self.assertRecordValues(capa, [{
            'state': 'closed', 'checker_id': self.complaint_manager.id}])

    def test_effect_is_checked_after_its_days_and_in_words(self):
        with freeze_time('2026-01-10 08:00:00'):
            capa = self._implement(self._capa())
            self.assertEqual(str(capa.effect_date), '2026-04-10')
            capa.effect_note = "No case since"
            with self.assertRaisesRegex(UserError, "effect is checked from"):
                capa.with_user(self.complaint_manager).action_effective()
        with freeze_time('2026-04-10 08:00:00'):
            capa.effect_note = False
            with self.assertRaisesRegex(UserError, "Write down the result"):
                capa.with_user(self.complaint_manager).action_effective()
            capa.effect_note = "No case in 90 days, five before"
            capa.with_user(self.complaint_manager).action_effective()

    def test_nothing_closes_without_the_check(self):
        capa = self._capa()
        capa.action_start()
        with self.assertRaisesRegex(UserError, "cannot become “Effective”"):
            capa.with_user(self.complaint_manager).action_effective()
        for values in {'state': 'closed'}, {'checker_id': self.desk.id}, {
                'date_closed': fields.Datetime.now()}:
            with self.assertRaises(AccessError):
                capa.write(values)

    def test_ended_action_forgets_persons_and_keeps_what_was_learnt(self):
        case = self._create_complaint()
        capa = self._implement(self._capa(
            team="Li Na and Wang", effect_days=0, complaint_ids=[case.id]))
        capa = capa.with_user(self.lead)
        capa.effect_note = "Li Na had no further complaint"
        capa.action_effective()
        other = self._capa(complaint_ids=[case.id])  # under way
        actions = self.env['aftersales.capa'].sudo()
        self.assertIn(actions, self.env['aftersales.erasure']._get_documents())
        asked = actions._get_customer_domain(self.customer) & actions._get_personal_data_domain(
            'text')
        self.assertEqual(actions.search(asked), capa.sudo())
        case.legal_hold_reason = "Court"
        self.assertFalse(actions.search(asked))
        self.assertFalse(capa._erase_personal_data(['text'], 'request').total())
        case.legal_hold_reason = False
        capa._erase_personal_data(['text'], 'request')
        self.assertFalse(capa.team or capa.problem or capa.effect_note)
        self.assertIn("tension", capa.root_cause)
        self.assertTrue(other.problem)

    def test_open_actions_and_a_missing_cause_keep_it_running(self):
        capa = self._capa()
        capa.action_start()
        with self.assertRaisesRegex(UserError, "Name the root cause"):
            capa.action_done()
        capa.root_cause = "Tension"
        with self.assertRaisesRegex(UserError, "still open"):
            capa.action_done()
        with self.assertRaisesRegex(UserError, "what proves that it was done"):
            capa.action_ids.action_done()
        bare = self._capa(action_ids=False)
        bare.action_start()
        bare.root_cause = "Tension"
        with self.assertRaisesRegex(UserError, "at least one action"):
            bare.action_done()

    def test_not_effective_goes_on(self):
        capa = self._implement(self._capa())
        with self.assertRaisesRegex(UserError, "Write down the result"):
            capa.with_user(self.complaint_manager).action_not_effective()
        capa.effect_note = "Two more cases"
        with self.assertRaises(AccessError):
            capa.with_user(self.employee).action_not_effective()
        capa.with_user(self.complaint_manager).action_not_effective()
        self.assertRecordValues(capa, [{'state': 'running', 'reopen_count': 1}])

    def test_owner_who_hands_it_over_checks_it_no_more(self):
        capa = self._capa(self.lead, user_id=self.lead.id)
        capa.action_start()
        capa.write({'root_cause': "Tension", 'user_id': self.employee.id})
        capa.action_ids.evidence = "Report 17"
        capa.action_ids.action_done()
        capa.action_done()
        capa.sudo().date_done = fields.Datetime.now() - timedelta(days=100)
        capa.effect_note = "None since"
        with self.assertRaisesRegex(AccessError, "Another person checks"):
            capa.action_effective()

    # === WHO === #

    def test_owner_of_one_action_proves_it_and_no_more(self):
        capa = self._capa()
        capa.action_ids.user_id = self.employee
        capa.user_id = self.desk
        capa.action_start()
        action = capa.action_ids.with_user(self.employee)
        with self.assertRaisesRegex(AccessError, "enter the evidence of your action"):
            action.date_due = '2030-01-01'
        action.evidence = "Test report 17"
        action.action_done()
        self.assertEqual(capa.action_ids.done_by_id, self.employee)
        with self.assertRaisesRegex(UserError, "stay as they are"):
            action.evidence = "Test report 18"
        mine = capa.with_user(self.employee)
        self.assertEqual(mine.subject, "Glass breaks")  # who acts reads the whole
        for way in (lambda: mine.write({'root_cause': "X"}), mine.action_done,
                    lambda: action.create({'capa_id': capa.id, 'name': "More work"})):
            with self.assertRaises(AccessError):
                way()

    def test_who_acts_gets_an_activity_until_it_is_done(self):
        capa = self._capa(user_id=self.desk.id)
        self.assertFalse(capa.activity_ids)
        capa.action_start()
        capa.action_ids = [Command.create({'name': "Call back", 'user_id': self.employee.id})]
        self.assertEqual(
            capa.activity_ids.mapped('user_id'), self.technician | self.employee)
        action = capa.action_ids.filtered(lambda action: action.user_id == self.employee)
        action.with_user(self.employee).evidence = "List 3"
        action.with_user(self.employee).action_done()
        self.assertEqual(capa.activity_ids.mapped('user_id'), self.technician)

    def test_colleague_without_a_part_sees_nothing(self):
        capa = self._capa(user_id=self.desk.id)
        self.assertFalse(capa.with_user(self.employee).search([]))
        with self.assertRaises(AccessError):
            capa.with_user(self.employee).read(['problem'])
        self.assertTrue(capa.with_user(self.agent).problem)
        with self.assertRaises(AccessError):
            capa.with_user(self.agent).problem = "X"

    # === COMPLAINTS === #

    def _investigate(self, **values):
        case = self._judge(self._create_complaint(
            product_id=self.conditioner.id, kind='quality', **values))
        case.action_investigate()
        case.write({
            'cause': "Tension", 'cause_category': 'material', 'offer': "Exchange",
            'amount_offered': 10})
        return case

    def test_recurrence_opens_it_again(self):
        capa = self._implement(self._capa())
        capa.sudo().date_done = fields.Datetime.now() - timedelta(days=30)
        case = self._investigate()
        case.action_submit()
        self.assertRecordValues(capa, [{'state': 'running', 'reopen_count': 1}])
        self.assertIn(case.id, capa.complaint_ids.ids)

    def test_other_causes_and_older_complaints_open_nothing(self):
        capa = self._implement(self._capa())
        late = self._investigate(date_received=fields.Datetime.now() - timedelta(days=3))
        late.action_submit()
        capa.sudo().date_done = fields.Datetime.now() - timedelta(days=30)
        other = self._investigate()
        other.cause_category = 'design'
        other.action_submit()
        self.assertEqual(capa.state, 'done')
        capa.sudo().date_done = fields.Datetime.now() - timedelta(days=400)
        self._investigate().action_submit()
        self.assertEqual(capa.state, 'done')

    def test_complaint_closes_after_the_effect_check(self):
        category = self.env['aftersales.complaint.category'].create({
            'name': "Glass", 'kind': 'service', 'needs_capa': True})
        case = self._settle(self._create_complaint(category_id=category.id))
        self._settle_liability(case)
        case.action_improve()
        with self.assertRaisesRegex(UserError, "corrective action is needed"):
            case.action_close()
        with freeze_time(fields.Datetime.now() - timedelta(days=100)):
            capa = self._implement(self._capa(complaint_ids=[Command.set(case.ids)]))
        with self.assertRaisesRegex(UserError, "corrective action is needed"):
            case.action_close()
        capa.effect_note = "None since"
        capa.with_user(self.complaint_manager).action_effective()
        case.action_close()
        self.assertEqual(case.state, 'closed')

    def _settle_liability(self, case):
        """What liability asks for before the improvement, where that is installed."""

    # === BATCH ALARM === #

    def _complain(self, batch, count):
        for __ in range(count):
            self._create_complaint(
                product_id=self.conditioner.id, batch=batch, kind='quality',
                partner_id=self.env['res.partner'].create({'name': f"Customer {batch}"}).id)

    def test_batch_with_more_complaints_than_chance_is_proposed_once(self):
        for batch, count in (('B1', 1), ('B2', 2), ('B3', 1), ('B4', 8)):
            self._complain(batch, count)
        capas = self.env['aftersales.capa']
        found = capas._propose_by_batch(self.env.company).filtered(
            lambda capa: capa.product_id == self.conditioner)
        self.assertRecordValues(found, [{
            'batch': 'B4', 'origin': 'alarm', 'state': 'draft', 'product_id': self.conditioner.id}])
        self.assertEqual(len(found.complaint_ids), 8)
        self.assertFalse(capas._propose_by_batch(self.env.company))

    def test_few_complaints_raise_no_alarm(self):
        for batch, count in (('B1', 0), ('B2', 0), ('B3', 2)):
            self._complain(batch, count)
        self.assertFalse(self.env['aftersales.capa']._propose_by_batch(self.env.company).filtered(
            lambda capa: capa.product_id == self.conditioner))

    def _deliver(self, product, batch, quantity):
        """Sell units of a batch to a customer, as the warehouse would."""
        lot = self.env['stock.lot'].create({'name': batch, 'product_id': product.id})
        customers = self.env.ref('stock.stock_location_customers')
        self.env['stock.quant']._update_available_quantity(
            product, self.stock_location, quantity, lot_id=lot)
        move = self.env['stock.move'].create({
            'product_id': product.id, 'product_uom_qty': quantity,
            'location_id': self.stock_location.id, 'location_dest_id': customers.id})
        move._action_confirm()
        move._action_assign()
        move.picked = True
        move._action_done()

    def test_rate_per_unit_sold_alarms_not_the_number(self):
        """12 of 1,200 are as many as 1 of 100; 4 of 10 are not."""
        product = self.env['product.product'].create({
            'name': "Hose", 'is_storable': True, 'tracking': 'lot'})
        for batch, sold, count in (
                ('L1', 100, 1), ('L2', 200, 2), ('L3', 1200, 12), ('L4', 300, 0), ('L5', 10, 4)):
            self._deliver(product, batch, sold)
            for __ in range(count):
                self._create_complaint(
                    product_id=product.id, batch=batch, kind='quality',
                    partner_id=self.env['res.partner'].create({'name': batch}).id)
        found = self.env['aftersales.capa']._propose_by_batch(self.env.company).filtered(
            lambda capa: capa.product_id == product)
        self.assertEqual(found.mapped('batch'), ['L5'])
        self.assertIn("4 complaints of 10 units sold", found.problem)

    # === RECTIFICATION === #

    def test_rectification_needs_addressee_demand_answer_and_recheck(self):
        partner = self.env['res.partner'].create({'name': "North Station"})
        with freeze_time('2026-01-10 08:00:00'):
            capa = self._capa(kind='rectification', action_ids=False, effect_days=30)
            with self.assertRaisesRegex(UserError, "addressee, the demand and a day"):
                capa.action_start()
            capa.write({'partner_id': partner.id, 'demand': "Train your staff",
                        'date_due': '2026-02-01'})
            capa.action_start()
            with self.assertRaisesRegex(UserError, "did not answer"):
                capa.action_done()
            capa.answer = "Done on 20 January"
            capa.action_done()
        with freeze_time('2026-02-12 08:00:00'):
            capa.effect_note = "Three visits, nothing found"
            capa.with_user(self.complaint_manager).action_effective()
        words = self.env['ir.actions.report'].with_user(self.desk)._render_qweb_html(
            'aftersales_complaint.report_rectification', capa.ids)[0].decode()
        for fact in "North Station", "Train your staff", "Done on 20 January", "Three visits":
            self.assertIn(fact, words)

    def test_8d_report_has_all_disciplines(self):
        capa = self._implement(self._capa(why_1="The glass broke", prevention="New drawing"))
        words = self.env['ir.actions.report'].with_user(self.desk)._render_qweb_html(
            'aftersales_complaint.report_capa', capa.ids)[0].decode()
        for fact in ("Glass breaks", "The glass broke", "new supplier has tension",
                     "Test report 17", "New drawing"):
            self.assertIn(fact, words)

    def test_answer_of_production_comes_back(self):
        capa = self._capa()
        action = capa.action_liaise()
        slip = Form(self.env['aftersales.liaison'].with_user(self.desk).with_context(
            **action['context']))
        slip.addressee_id = self.employee
        slip = slip.save()
        self.assertEqual(slip.capa_id, capa)
        slip.action_send()
        answer = slip.with_user(self.employee)
        answer.reply = "The oven was too hot"
        answer.action_answer()
        self.assertTrue(capa.message_ids.filtered(
            lambda message: "The oven was too hot" in message.body))
