from datetime import datetime
from uuid import uuid4

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from .certificate_common import CertificateCommon


@tagged('post_install', '-at_install')
@freeze_time('2026-05-15 04:00:00')
class TestGate(CertificateCommon):
    """Who may do an order is judged by certificates on the day of its visit, at every door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.licence_paper = cls._certify(
            cls.technician, cls.licence, '2024-05-21', '2026-05-20')
        cls.split_paper = cls._certify(
            cls.technician, cls.split_skill, '2024-06-01', '2026-05-31')

    def _create_ladder(self, day, **values):
        return self._create_order(
            type_id=self.ladder_type.id, date_planned=f'{day} 08:00:00', **values)

    def _create_split(self, day, **values):
        return self._create_order(
            product_id=self.conditioner.id, date_planned=f'{day} 08:00:00', **values)

    # === THE CASE FROM PRACTICE === #

    @users('dispatcher')
    def test_two_hundred_installations_in_june(self):
        """188 go, 12 are refused for the law, for the administrator too; 9 go by override."""
        self._certify(
            self.technician, self.split_skill, '2026-05-15', '2026-06-30', kind='temporary',
            reason="Peak season")
        vals = {'partner_id': self.customer.id, 'description': "Install"}
        orders = self.env['aftersales.order'].create([
            {**vals, 'type_id': self.ladder_type.id} if number < 12 else
            {**vals, 'product_id': self.conditioner.id} if number < 21 else vals
            for number in range(200)])
        for user in self.env.user, self.manager:
            wizard = self.env['aftersales.dispatch'].with_user(user).create({
                'order_ids': [Command.set(orders.ids)], 'technician_choice': 'person',
                'technician_id': self.technician.id, 'date_planned': '2026-06-20 08:00:00',
                'is_moved_on': False})
            wizard.action_dispatch()
            self.assertEqual((wizard.done_count, wizard.refusal_ids.order_id), (188, orders[:12]))
            self.assertEqual(set(wizard.refusal_ids.mapped('reason')), {
                "Technician Tom may not do it: the certificate “High Ladder” ended on "
                "05/20/2026."})
        self.assertEqual(orders[12:].technician_id, self.technician)
        self.assertFalse(orders[:12].technician_id)

    def test_the_gate_costs_one_query_for_a_batch(self):
        """One search beside what the lists cost, for 2 and for 40 orders, two of each else."""
        technicians = self.technician | self.outlet_technician
        for count in (2, 40):
            orders = self.env['aftersales.order'].concat(*(
                self._create_ladder('2026-05-20') for __ in range(count)))
            skills = self.licence | self.split_skill
            times = {(order.company_id, order._get_capacity_day()) for order in orders}
            self.env.flush_all()
            skills.read(['name', 'gate', 'needs_certificate', 'is_statutory', 'user_ids'])
            with self.assertQueryCount(1):
                skills._find_flaws(technicians, times)

    # === DOORS === #

    def test_law_refuses_everybody_on_the_day_of_the_visit(self):
        good = self._create_ladder('2026-05-20', technician_id=self.technician.id)
        self.assertEqual(good.technician_id, self.technician)
        late = self._create_ladder('2026-05-21')
        acts = {
            'form': lambda: late.with_user(self.dispatcher).write(
                {'technician_id': self.technician.id}),
            'superuser': lambda: late.sudo().write({'technician_id': self.technician.id}),
            'creation': lambda: self._create_ladder(
                '2026-05-21', technician_id=self.technician.id),
            'default': lambda: self.env['aftersales.order'].with_context(
                default_technician_id=self.technician.id).create({
                    'partner_id': self.customer.id, 'type_id': self.ladder_type.id,
                    'date_planned': '2026-05-21 08:00:00'}),
            'board': lambda: late.with_user(self.dispatcher).action_dispatch_to(
                self.technician.id),
            'day': lambda: good.with_user(self.dispatcher).write(
                {'date_planned': '2026-05-21 08:00:00'}),
            'day by code': lambda: good.sudo().write({'date_planned': '2026-05-21 08:00:00'}),
            'agreed time': lambda: good.with_user(self.technician).action_agree_time(
                '2026-05-21 08:00:00', "Customer is away"),
        }
        for door, act in acts.items():
            with self.subTest(door), self.assertRaisesRegex(UserError, "may not do"), (
                    self.cr.savepoint()):
                act()
        self.assertFalse(late._suggest_technicians())

    def _create_second(self):
        """Return another technician of the company, who has no licence."""
        return self._create_person('second_technician', 'technician', "Technician Theo")

    def _dispatch(self, order):
        for state in ('assessed', 'scheduled', 'dispatched'):
            order._set_state(state)
        return order

    def test_visit_is_no_second_door_for_who_has_no_licence(self):
        second, visits = self._create_second(), self.env['aftersales.visit']
        order = self._create_ladder('2026-05-20', technician_id=self.technician.id)
        planned = self._create_ladder('2026-05-19', technician_id=self.technician.id)
        other = self._dispatch(self._create_order(
            technician_id=second.id, date_planned='2026-05-20 08:00:00'))
        self._dispatch(order)
        vals = {'technician_id': second.id, 'date_start': '2026-05-20 08:00:00',
                'date_stop': '2026-05-20 10:00:00'}
        early = visits.with_user(self.dispatcher).create({
            **vals, 'technician_id': self.technician.id, 'order_ids': [Command.set(planned.ids)]})
        doors = {
            'create': lambda user: visits.with_user(user).create(
                {**vals, 'order_ids': [Command.set(order.ids)]}),
            'orders': lambda user: other.visit_ids.with_user(user).write(
                {'order_ids': [Command.link(order.id)]}),
            'visits': lambda user: order.with_user(user).write(
                {'visit_ids': [Command.link(other.visit_ids.id)]}),
            'technician': lambda user: early.with_user(user).write({'technician_id': second.id}),
            'by code': lambda user: early.sudo().write({'technician_id': second.id}),
            'work': lambda user: other.with_user(user).write({'type_id': self.ladder_type.id}),
        }
        for user in self.dispatcher, self.manager:
            for door, act in doors.items():
                with self.subTest(door, user=user.login), self.assertRaisesRegex(
                        UserError, "Technician Theo may not do"), self.cr.savepoint():
                    act(user)
        # who has the licence goes, and so does anybody on other work
        self._certify(second, self.licence, '2026-01-01', '2027-01-01')
        doors['orders'](self.dispatcher)
        self.assertIn(order, other.visit_ids.order_ids)

    def test_who_goes_is_judged_though_the_order_names_somebody_with_a_licence(self):
        second = self._create_second()
        self._certify(second, self.licence, '2026-01-01', '2027-01-01')
        order = self._create_ladder('2026-05-19', technician_id=second.id)
        visit = self.env['aftersales.visit'].with_user(self.dispatcher).create({
            'technician_id': self.technician.id, 'order_ids': [Command.set(order.ids)],
            'date_start': '2026-05-19 08:00:00', 'date_stop': '2026-05-19 10:00:00'})
        meeting = visit.event_id.with_user(self.dispatcher)
        with self.assertRaisesRegex(UserError, "Technician Tom may not do"), self.cr.savepoint():
            meeting.write({'start': '2026-05-22 08:00:00', 'stop': '2026-05-22 10:00:00'})
        self.assertEqual(str(order.date_planned), '2026-05-19 08:00:00')
        meeting.write({'start': '2026-05-20 08:00:00', 'stop': '2026-05-20 10:00:00'})
        self.assertEqual(str(order.date_planned), '2026-05-20 08:00:00')

    def test_helper_works_under_the_technician_who_has_the_licence(self):
        order = self._create_ladder('2026-05-20', technician_id=self.technician.id)
        order.with_user(self.dispatcher).helper_id = self._create_second()
        self._dispatch(order)
        self.assertEqual(len(order.visit_ids._get_people()), 2)

    def test_product_that_arrives_by_the_card_is_judged_as_well(self):
        self.split_skill.is_statutory = True
        second = self._create_second()
        card = self._create_card(product_id=self.conditioner.id)
        for vals in {'warranty_id': card.id}, {'serial': card.serial}:
            order = self._create_order(
                technician_id=second.id, date_planned='2026-05-20 08:00:00')
            with self.subTest(vals), self.assertRaisesRegex(
                    UserError, "Technician Theo may not do"), self.cr.savepoint():
                order.with_user(self.dispatcher).write(vals)
        order.technician_id = False
        order.with_user(self.dispatcher).write({'warranty_id': card.id})
        self.assertEqual(order.product_id, self.conditioner)

    def test_licence_of_the_authority_alone_counts_whatever_the_flags_were(self):
        second = self._create_second()
        self._certify(second, self.split_skill, '2026-05-15', '2026-06-30', kind='temporary',
                      reason="Peak season")
        self._create_split('2026-05-20', technician_id=second.id)
        self.split_skill.is_statutory = True
        with self.assertRaisesRegex(UserError, "“Split Installation” is missing"):
            self._create_split('2026-05-20', technician_id=second.id)

    def test_form_warns_as_soon_as_the_day_is_chosen(self):
        order = self._create_ladder('2026-05-20', technician_id=self.technician.id)
        form = Form(order.with_user(self.dispatcher))
        with self.assertLogs('odoo.tests.form.onchange', 'WARNING') as logs:
            form.date_planned = '2026-05-21 08:00:00'
        self.assertIn("ended on 05/20/2026", logs.output[0])

    def test_each_skill_warns_or_refuses_by_its_own_rule_else_by_the_companys(self):
        order = self._create_split('2026-06-01').with_user(self.dispatcher)
        with self.assertRaisesRegex(UserError, "ended on 05/31/2026"), self.cr.savepoint():
            order.technician_id = self.technician
        self.split_skill.gate = 'warn'
        self.env.company.aftersales_unqualified_technician = 'refuse'
        order.technician_id = self.technician
        self.assertIn("ended on 05/31/2026", order.message_ids[0].body)
        order.technician_id = False
        self.split_skill.gate = False
        with self.assertRaisesRegex(UserError, "may not do"), self.cr.savepoint():
            order.technician_id = self.technician
        self.env.company.aftersales_unqualified_technician = 'warn'
        order.technician_id = self.technician

    def test_bulk_dispatch_of_a_day_alone_names_who_may_not_work_on_it(self):
        held = self._create_ladder('2026-05-20', technician_id=self.technician.id)
        other = self._create_order(date_planned='2026-05-20 08:00:00')
        wizard = self.env['aftersales.dispatch'].with_user(self.dispatcher).create({
            'order_ids': [Command.set((held | other).ids)], 'is_moved_on': False, 'reason': "Storm",
            'date_planned': '2026-05-28 08:00:00'})
        wizard.action_dispatch()
        self.assertEqual((wizard.done_count, wizard.refusal_ids.order_id), (1, held))
        self.assertEqual(str(held.date_planned), '2026-05-20 08:00:00')

    def test_bulk_dispatch_replaces_who_may_not_work_on_the_new_day(self):
        self._certify(self.outlet_technician, self.licence, '2026-01-01', '2027-01-01')
        held = self._create_ladder('2026-05-20', technician_id=self.technician.id)
        self.outlet.write({'state': 'active'})
        held.outlet_id = self.outlet
        wizard = self.env['aftersales.dispatch'].with_user(self.dispatcher).create({
            'order_ids': [Command.set(held.ids)], 'is_moved_on': False, 'reason': "Storm",
            'technician_choice': 'person', 'technician_id': self.outlet_technician.id,
            'date_planned': '2026-05-28 08:00:00'})
        wizard.action_dispatch()
        self.assertEqual(held.technician_id, self.outlet_technician, wizard.refusal_ids.reason)

    def test_phone_does_not_set_off_without_the_licence(self):
        order = self._create_ladder('2026-05-20', technician_id=self.technician.id)
        for state in ('assessed', 'scheduled', 'dispatched'):
            order._set_state(state)
        self.licence_paper.with_user(self.training_officer)._revoke("Withdrawn")
        [answer] = self.env['aftersales.job.action'].with_user(self.technician)._handle_batch([{
            'uuid': 'set-off-0001', 'kind': 'set_off', 'visit_id': order.visit_ids.id,
            'payload': {}}])
        self.assertEqual(answer['status'], 'refused')
        self.assertIn("“High Ladder” was revoked", answer['message'])

    def test_offline_steps_after_a_refused_one_are_refused_and_the_office_is_asked(self):
        order = self._create_ladder(
            '2026-05-20', technician_id=self.technician.id, user_id=self.agent.id)
        for state in ('assessed', 'scheduled', 'dispatched'):
            order._set_state(state)
        visit = order.visit_ids
        self.licence_paper.with_user(self.training_officer)._revoke("Withdrawn")
        order.activity_ids.unlink()  # the desk has read it; the technician goes all the same

        def send(*kinds):
            return self.env['aftersales.job.action'].with_user(self.technician)._handle_batch([{
                'uuid': str(uuid4()), 'kind': kind, 'visit_id': visit.id,
                'order_id': order.id if kind == 'complete' else None, 'payload': {}}
                for kind in kinds])

        answers = send('set_off', 'arrive', 'complete')
        self.assertEqual({answer['status'] for answer in answers}, {'refused'})
        for answer in answers:
            self.assertIn("“High Ladder” was revoked", answer['message'])
            self.assertNotIn("Choose another", answer['message'])
        self.assertEqual((visit.state, order.state), ('planned', 'dispatched'))
        self.assertRecordValues(order.activity_ids, [{
            'user_id': self.agent.id, 'summary': "Choose another technician"}])
        with self.assertRaisesRegex(UserError, "was revoked"), self.cr.savepoint():
            visit.with_user(self.dispatcher).action_arrive()  # the office has no other door
        self._certify(self.technician, self.licence, '2026-05-15', '2027-05-14')
        self.assertEqual([answer['status'] for answer in send('arrive', 'set_off')], ['done'] * 2)
        self.assertEqual(visit.state, 'on_site')

    # === LISTS AND MIRRORS === #

    def test_a_list_counts_for_those_who_never_had_a_certificate(self):
        skill = self.split_skill
        skill.needs_certificate = False
        order = self._create_split('2026-06-01')
        skill.sudo().user_ids = self.outlet_technician | self.technician
        reasons = order._get_unqualified(self.outlet_technician | self.technician)[order]
        self.assertFalse(reasons[self.outlet_technician])
        self.assertIn("ended on", reasons[self.technician][0].words)
        skill.needs_certificate = True
        reasons = order._get_unqualified(self.outlet_technician)[order]
        self.assertIn("is missing", reasons[self.outlet_technician][0].words)

    def test_by_law_only_a_certificate_counts_however_it_is_written(self):
        """Create, write, import and superuser: the list names no person whom the law does not."""
        skills = self.env['aftersales.skill']
        gas = skills.create({'name': "Gas", 'is_statutory': True})
        plain = skills.create({'name': "Plain", 'user_ids': [Command.set(self.technician.ids)]})
        self.assertTrue(gas.needs_certificate)
        self.assertFalse(plain.needs_certificate)
        for user in self.manager, self.env.user:
            mine = gas.with_user(user)
            for values in {'needs_certificate': False}, {
                    'needs_certificate': False, 'user_ids': [Command.set(self.agent.ids)]}:
                with self.subTest(user=user.name, **values), self.assertRaises(UserError), (
                        self.cr.savepoint()):
                    mine.write(values)
        with self.assertRaisesRegex(UserError, "The law asks"), self.cr.savepoint():
            skills.create({
                'name': "Gas 2", 'is_statutory': True, 'needs_certificate': False})
        answer = skills.load(
            ['name', 'is_statutory', 'needs_certificate'], [["Gas 3", 'True', 'False']])
        self.assertIn("The law asks", answer['messages'][0]['message'])
        plain.is_statutory = True
        self.assertTrue(plain.needs_certificate)
        order = self._create_order(date_planned='2026-05-20 08:00:00')
        plain.type_ids = order.type_id
        with self.assertRaisesRegex(UserError, "is missing"), self.cr.savepoint():
            order.sudo().technician_id = self.technician

    # === GRADES === #

    def _grade(self, person, grade, day='2026-05-01', **values):
        return self.env['aftersales.grade.person'].create({
            'user_id': person.id, 'date': day, 'reason': "From the register",
            'grade_id': self.env.ref(f'aftersales_training.aftersales_grade_{grade}').id,
            **values})

    def test_a_trainee_goes_with_an_escort_of_a_higher_grade(self):
        self._grade(self.technician, 'trainee')
        self._grade(self.outlet_technician, 'trainee')
        self._grade(self.agent, '2', category_id=self.split.id)
        company, order = self.env.company, self._create_split('2026-05-20')
        order = order.with_user(self.dispatcher)
        company.aftersales_unqualified_technician = 'refuse'
        for escort in None, self.technician, self.outlet_technician, self.coach:
            with self.subTest(escort=escort and escort.name), (
                    self.assertRaisesRegex(UserError, "with an escort")), self.cr.savepoint():
                order.write({'technician_id': self.technician.id,
                             'escort_id': escort and escort.id})
        order.write({'technician_id': self.technician.id, 'escort_id': self.agent.id})
        with self.assertRaisesRegex(UserError, "with an escort"), self.cr.savepoint():
            order.escort_id = False
        company.aftersales_unqualified_technician = 'warn'
        order.escort_id = False
        self.assertIn("with an escort", order.message_ids[0].body)
        self._grade(self.technician, '1', '2026-05-10', category_id=self.split.id)
        self.assertFalse(order._get_unqualified(self.technician)[order][self.technician])
        early = order._get_unqualified(self.technician, datetime(2026, 5, 9, 8))
        self.assertTrue(early[order][self.technician])

    def test_escorts_cost_one_query_for_a_batch(self):
        self._grade(self.technician, 'trainee')
        orders = self.env['aftersales.order'].concat(*(
            self._create_split('2026-05-20') for __ in range(20)))
        steps = self.env['aftersales.grade.person']
        self.env.flush_all()
        self.env.invalidate_all()
        people, companies = self.technician | self.outlet_technician, orders.company_id
        with self.assertQueryCount(1):
            steps._read_escorts(people, companies)

    def test_lists_follow_the_day(self):
        self.assertEqual(self.licence.user_ids, self.technician)
        with freeze_time('2026-05-21 04:00:00'):
            self.env['aftersales.certificate']._cron_follow_the_day()
        self.assertFalse(self.licence.user_ids)
        self.assertEqual(self.split_skill.user_ids, self.technician)
        with self.assertRaisesRegex(UserError, "follow from their certificates"):
            self.licence.with_user(self.manager).user_ids = [Command.link(self.technician.id)]

    def test_company_certificate_of_another_company_does_not_count_a_licence_does(self):
        other = self.env['res.company'].create({'name': "Second Company"})
        self.technician.company_ids |= other
        company, day = other, self.env['aftersales.certificate']._get_today()
        flaws = (self.split_skill | self.licence)._find_flaws(
            self.technician, {(company, day)})
        self.assertEqual([key[0] for key in flaws], self.split_skill.ids)

    def test_revoking_asks_for_another_technician(self):
        order = self._create_split('2026-05-28', technician_id=self.technician.id,
                                   user_id=self.agent.id)
        done, long_ago, cancelled = (self._create_split(
            '2026-05-28', technician_id=self.technician.id, user_id=self.agent.id)
            for __ in range(3))
        done.sudo().date_done = '2026-05-14 08:00:00'
        long_ago.sudo().date_planned = '2026-05-12 08:00:00'
        cancelled.sudo().close_reason = "Customer called off"
        cancelled.sudo()._set_state('cancelled')
        self.env['aftersales.certificate.revoke'].with_user(self.training_officer).create({
            'certificate_ids': [Command.set(self.split_paper.ids)],
            'reason': "Two misdiagnoses"}).action_revoke()
        self.assertEqual(order.activity_ids.user_id, self.agent)
        self.assertEqual(order.activity_ids.summary, "Choose another technician")
        # only open orders whose day is still to come ask for somebody else
        self.assertFalse((done | long_ago | cancelled).activity_ids)
        # once, whatever language the user has by now
        self.env['res.lang']._activate_lang('fr_FR')
        self.env.ref('aftersales_training.mail_activity_type_other_technician').with_context(
            lang='fr_FR').summary = "Un autre"
        self.agent.lang = 'fr_FR'
        order._ask_for_another_technician(self.technician)
        self.assertEqual(len(order.activity_ids), 1)
        self.assertEqual(self.split_paper.state, 'revoked')
        self.assertFalse(self.split_skill.user_ids)

    def test_the_law_stays_while_licences_are_registered(self):
        for user in (self.manager, self.env.user):
            with self.subTest(user.name), self.assertRaisesRegex(UserError, "The law asks"), (
                    self.cr.savepoint()):
                self.licence.with_user(user).sudo().is_statutory = False
