from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ComplaintCommon


@tagged('post_install', '-at_install')
class TestRules(ComplaintCommon):
    """Levels, units and amounts follow from rules that are data (domain 2.2 and 2.7)."""

    def test_level_follows_from_the_signs(self):
        grade = self.env.ref('aftersales_service.aftersales_customer_grade_a')
        for level, values in (
                ('general', {}), ('urgent', {'kind': 'safety'}), ('urgent', {'is_injury': True}),
                ('urgent', {'is_media': True}), ('general', {'amount_asked': 9999.99}),
                ('major', {'amount_asked': 10000.0}), ('major', {'channel': 'authority'}),
                ('general', {'is_leaving': True})):
            with self.subTest(values=values):
                partner = self.customer.copy({'phone': False})
                self.assertEqual(
                    self._create_complaint(partner_id=partner.id, **values).level, level)
        partner = self.customer.copy({'phone': False, 'aftersales_grade_id': grade.id})
        case = self._create_complaint(partner_id=partner.id, is_leaving=True)
        self.assertEqual(case.level, 'major')

    def test_second_complaint_is_major_and_takes_the_full_flow(self):
        first = self._create_complaint()
        second = self._create_complaint().with_user(self.desk)
        self.assertEqual((first.level, second.level, second.repeat_count), ('general', 'major', 1))
        second.answer = "We come again"
        with self.assertRaisesRegex(UserError, "second complaint .* takes the full flow"):
            second.action_solve_now()
        # after the company's period it is a first one again
        first.date_received = fields.Datetime.now() - timedelta(days=91)
        self.assertEqual(self._create_complaint(
            partner_id=self.customer.id, date_received=fields.Datetime.now()).repeat_count, 1)
        second.sudo().date_received = fields.Datetime.now() - timedelta(days=91)
        self.assertEqual(self._create_complaint().repeat_count, 1)

    def test_loss_that_is_found_later_raises_the_level_and_never_lowers_it(self):
        losses = self.env['aftersales.complaint.loss'].with_user(self.desk)
        case = self._create_complaint()
        line = losses.create({
            'complaint_id': case.id, 'component': 'compensation', 'value': 9000.0})
        self.assertEqual(case.level, 'general')
        line.value = 10000.0
        self.assertEqual(case.level, 'major')
        self.assertIn("10,000.00", case.message_ids[:2].mapped('body')[0])
        line.value = 1.0
        self.assertEqual(case.level, 'major')
        urgent = self._create_complaint(kind='safety')
        losses.create({'complaint_id': urgent.id, 'component': 'compensation', 'value': 10000.0})
        self.assertEqual(urgent.level, 'urgent')

    def test_cause_that_the_product_had_before_raises_the_level(self):
        """Same cause and product within 12 months: one level higher (domain 2.11)."""
        def investigated(cause='material', **values):
            partner = self.customer.copy({'phone': False})
            case = self._judge(self._create_complaint(**{
                'partner_id': partner.id, 'product_id': self.conditioner.id, **values}))
            case.action_investigate()
            case.with_user(self.employee).cause_category = cause  # the unit finds it
            return case
        first = investigated()
        self.assertEqual(first.level, 'general')
        first.sudo().date_received = fields.Datetime.now() - timedelta(days=30)
        again = investigated()
        self.assertEqual((again.level, first.level), ('major', 'general'))
        self.assertIn("in the last 12 months", again.message_ids[:2].mapped('body')[0])
        self.assertEqual(investigated(kind='safety').level, 'urgent')
        self.assertEqual(investigated(channel='authority').level, 'urgent')
        # another cause or product, and what is older, raise nothing
        self.assertEqual(investigated('design').level, 'general')
        self.assertEqual(investigated(product_id=self.conditioner.copy().id).level, 'general')
        earlier = self.env['aftersales.complaint'].search(
            [('cause_category', '=', 'material'), ('product_id', '=', self.conditioner.id)])
        earlier.date_received = fields.Datetime.now() - timedelta(days=367)
        self.assertEqual(investigated().level, 'general')

    def test_rule_of_a_recurring_cause_is_data(self):
        rule = self.env.ref('aftersales_complaint.aftersales_complaint_rule_recurrence')
        rule.write({'cause_repeat_from': 2, 'level_steps': 2})
        partners = self.env['res.partner'].create([{'name': f"Buyer {n}"} for n in range(3)])
        cases = self.env['aftersales.complaint'].create([{
            'partner_id': partner.id, 'description': "It broke", 'kind': 'quality',
            'product_id': self.conditioner.id,
            'date_received': fields.Datetime.now() - timedelta(days=3 - number),
        } for number, partner in enumerate(partners)])
        cases.with_user(self.desk).cause_category = 'material'  # many at once
        self.assertEqual(cases.mapped('level'), ['general', 'urgent', 'urgent'])
        rule.active = False
        case = cases[0].copy()
        case.with_user(self.desk).cause_category = 'material'
        self.assertNotEqual(case.level, 'urgent')
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            rule.level_steps = 0
            rule.flush_recordset()

    @freeze_time('2026-03-02 09:00:00')  # the last two are received in the same second
    def test_earlier_ones_are_counted_as_they_are_shown(self):
        """A unit decides where both name one; only else customer and product do."""
        card, other = self._create_card(), self.conditioner.copy()
        for values in (
                {}, {'product_id': self.conditioner.id}, {'product_id': other.id},
                {'serial': 'X-9'}, {'serial': 'x-9', 'partner_id': self.customer.copy().id},
                {'warranty_id': card.id}, {'kind': 'praise'}):
            self._create_complaint(**values)
        for values, number in (
                ({}, 5), ({'product_id': self.conditioner.id}, 4), ({'serial': 'X-9'}, 5),
                ({'serial': 'Y-1'}, 3), ({'warranty_id': card.id}, 3),
                ({'partner_id': self.customer.copy().id}, 0)):
            with self.subTest(values=values):
                case = self._create_complaint(**values).with_user(self.desk)
                self.assertEqual(case.repeat_count, number)
                self.assertEqual(len(case._group_earlier()[case]), number)
                case.sudo().unlink()
        # a customer that is corrected later is compared with what came before
        late = self._create_complaint(partner_id=self.customer.copy().id)
        self._create_complaint()
        late.with_user(self.desk).partner_id = self.customer
        self.assertEqual(late.repeat_count, 6)
        late.date_received = fields.Datetime.now() - timedelta(days=1)
        late.partner_id = self.customer.copy()
        late.partner_id = self.customer
        self.assertEqual(late.repeat_count, 0)

    def test_rule_ends_with_its_last_day(self):
        rule = self.env.ref('aftersales_complaint.aftersales_complaint_rule_level_injury')
        rule.date_to = fields.Date.today() - timedelta(days=1)
        self.assertEqual(self._create_complaint(is_injury=True).level, 'general')
        with self.assertRaisesRegex(ValidationError, "says nothing without"):
            rule.level = False

    def test_agent_does_not_choose_the_level(self):
        case = self._create_complaint(self.env(user=self.agent), level='urgent')
        self.assertEqual(case.level, 'general')
        with self.assertRaisesRegex(AccessError, "level follows from the rules"):
            case.level = 'urgent'
        case.with_user(self.lead).level = 'urgent'
        self.assertEqual(case.level, 'urgent')

    def test_judging_names_the_unit(self):
        """Quality goes to quality assurance, transport to logistics, contracts to the office."""
        for kind, name in (('quality', "Quality Assurance"), ('delivery', "Logistics"),
                           ('price', "General Manager's Office")):
            case = self._create_complaint(kind=kind).with_user(self.desk)
            case.action_judge()
            self.assertEqual(case.department_id.name, name)
        category = self.env.ref('aftersales_complaint.aftersales_complaint_category_delivery_late')
        category.parent_id.user_id = self.dispatcher
        case = self._create_complaint(category_id=category.id).with_user(self.desk)
        case.action_judge()
        self.assertEqual((case.kind, case.unit_user_id), ('delivery', self.dispatcher))

    def test_amount_is_approved_by_who_may(self):
        """Section head 1,000, department manager 5,000, vice general manager 20,000, then above."""
        for amount, refused, approver in (
                (1000.0, self.agent, self.lead), (5000.0, self.lead, self.desk),
                (20000.0, self.desk, self.complaint_manager),
                (20000.01, self.complaint_manager, self.manager)):
            with self.subTest(amount=amount):
                case = self._judge(self._create_complaint(user_id=self.agent.id))
                self._propose(case, amount)
                with self.assertRaisesRegex(
                        UserError, "above your authority|approves no proposals"):
                    case.with_user(refused).action_approve()
                case.with_user(approver).action_approve()
                self.assertEqual(case.approver_id, approver)

    def test_injury_is_approved_by_the_complaint_manager(self):
        case = self._judge(self._create_complaint(is_injury=True))
        self._propose(case, 10.0)
        with self.assertRaisesRegex(UserError, "approves no proposals"):
            case.action_approve()
        case.with_user(self.complaint_manager).action_approve()

    def test_front_line_solves_up_to_its_authority(self):
        case = self._create_complaint(self.env(user=self.agent))
        with self.assertRaisesRegex(UserError, "Write down what you answered"):
            case.action_solve_now()
        case.write({'answer': "A voucher", 'amount_offered': 200.01})
        with self.assertRaisesRegex(UserError, "more than the .*200.00"):
            case.action_solve_now()
        case.write({'amount_offered': 200.0, 'amount_accepted': 200.0})
        case.action_solve_now()
        self.assertRecordValues(case, [{'state': 'settled', 'flow': 'fast'}])
        self.assertIn("were skipped", case.message_ids[:1].body + case.message_ids[1:2].body)
        case.with_user(self.desk).action_close()
        self.assertTrue(case.date_closed)

    def test_exceptional_complaints_take_the_full_flow(self):
        for values in {'is_injury': True}, {'is_media': True}, {'channel': 'authority'}:
            case = self._create_complaint(
                answer="Sorry", partner_id=self.customer.copy({'phone': False}).id, **values)
            with self.assertRaisesRegex(UserError, "take the full flow"):
                case.with_user(self.desk).action_solve_now()

    def test_second_person_approves_where_the_company_says_so(self):
        self.env.company.is_complaint_two_persons = True
        case = self._judge(self._create_complaint())
        self._propose(case)
        with self.assertRaisesRegex(UserError, "submitted a proposal or wrote its amount"):
            case.action_approve()
        case.with_user(self.lead).action_approve()

    def test_who_wrote_the_amount_does_not_approve_it(self):
        self.env.company.is_complaint_two_persons = True
        case = self._judge(self._create_complaint())
        case.with_user(self.complaint_manager).amount_offered = 90
        self._propose(case.with_user(self.desk), 90)  # the desk leaves the amount as it is
        self.assertEqual(case.offer_user_id, self.complaint_manager)
        with self.assertRaisesRegex(UserError, "wrote its amount does not approve"):
            case.with_user(self.complaint_manager).action_approve()
