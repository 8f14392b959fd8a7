from uuid import uuid4

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tests.common import new_test_user

from ..common import SIGNATURE
from .common import VisitCommon

GONE = "This job does not exist or is no longer yours."


@tagged('post_install', '-at_install')
class TestLateWork(VisitCommon):
    """Work from a cellar on a visit that somebody else has meanwhile is kept for review."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.aftersales_dispatcher_id = cls.dispatcher
        cls.order = cls._dispatch()
        cls.visit = cls.order.visit_ids

    def _action(self, kind, payload=None, order=None, **values):
        return {'uuid': str(uuid4()), 'kind': kind, 'visit_id': self.visit.id,
                'order_id': order.id if order else False, 'payload': payload or {}, **values}

    def _send(self, *actions, user=None):
        return self.env['aftersales.job.action'].with_user(
            user or self.technician)._handle_batch(list(actions))

    def _send_cellar(self, user=None):
        """Send what a technician did in the cellar: a whole job."""
        return self._send(
            self._action('arrive'),
            self._action('photo', {'image': SIGNATURE}, self.order),
            self._action('report', {
                'diagnosis': "Capacitor dead", 'solution': "Capacitor changed"}, self.order),
            self._action('sign', {'image': SIGNATURE, 'signed_by': "Li Na"}, self.order),
            user=user)

    def _give_away(self):
        self.order.technician_id = self.other_technician

    def _get_work(self):
        return self.env['aftersales.late.work'].with_user(self.dispatcher).search([])

    def _assert_kept(self, answers, sentence):
        for answer in answers:
            self.assertEqual(answer['status'], 'late')
            self.assertRegex(answer['message'], sentence)

    # === WHAT IS KEPT === #

    def test_work_on_a_job_given_away_is_kept_and_not_on_the_order(self):
        self._give_away()
        self._assert_kept(self._send_cellar(), "given to another technician")
        self.assertRecordValues(self.order, [{
            'state': 'dispatched', 'solution': False, 'signature': False, 'diagnosis': False}])
        self.assertFalse(self.order._get_photo_counts())
        work = self._get_work()
        self.assertRecordValues(work, [{
            'user_id': self.technician.id, 'visit_id': self.visit.id, 'reason': 'given',
            'state': 'to_review', 'partner_id': self.customer.id}])
        self.assertEqual(work.action_ids.sorted('sequence').mapped('kind'),
                         ['arrive', 'photo', 'report', 'sign'])
        self.assertIn("Capacitor changed", "".join(
            action.content or '' for action in work.action_ids))
        self.assertEqual(len(work.picture_ids), 2)
        self.assertEqual(work.activity_ids.user_id, self.dispatcher)

    def test_long_report_is_kept_whole_as_on_the_visit_itself(self):
        self._give_away()
        self._assert_kept(self._send(self._action(
            'report', {'solution': "dry " * 499}, self.order)), "given to another technician")
        self.assertIn(("dry " * 499).strip(), self._get_work().action_ids.content)

    def test_same_late_action_is_kept_once(self):
        self._give_away()
        action = self._action('photo', {'image': SIGNATURE}, self.order)
        self._assert_kept(self._send(action, action) + self._send(action), "given to another")
        self.assertEqual(len(self._get_work().picture_ids), 1)

    def test_work_on_a_cancelled_order_is_kept(self):
        self.order.close_reason = "Customer called off"
        self.order._set_state('cancelled')
        self.assertFalse(self.visit.exists())
        self._assert_kept(self._send_cellar(), "called off")
        self.assertEqual(self._get_work().reason, 'gone')

    def test_work_on_a_visit_ended_at_the_desk_is_kept(self):
        self.visit._set_state('on_site')
        self.order.with_user(self.dispatcher).action_plan_again()
        self.assertEqual(self.visit.state, 'done')
        answers = self._send(self._action('report', {'solution': "Changed"}, self.order))
        self._assert_kept(answers, "ended at the desk")
        self.assertFalse(self.order.solution)

    def test_work_on_a_unit_cancelled_while_the_visit_goes_on_is_kept(self):
        units = self._dispatch(count=2, date='2026-06-02 14:00:00')
        self.order, self.visit = units[0], units.visit_ids
        self.visit._set_state('on_site')
        self.order.close_reason = "Customer called off"
        self.order._set_state('cancelled')
        self.assertEqual(self.visit.state, 'on_site')
        self._assert_kept(self._send(
            self._action('report', {'solution': "Changed"}, self.order)), "ended at the desk")
        self.assertFalse(self.order.solution)
        [answer] = self._send(self._action('report', {'solution': "Changed"}, units[1]))
        self.assertEqual(answer['status'], 'done')

    def test_unit_moved_to_another_visit_is_kept_too(self):
        second = self._dispatch(count=2, date='2026-06-02 14:00:00')
        self.order, self.visit = second[0], second.visit_ids
        self.assertEqual(self.visit.order_ids, second)
        self._give_away()
        self._assert_kept(
            self._send(self._action('photo', {'image': SIGNATURE}, self.order)), "given to")
        [answer] = self._send(self._action('photo', {'image': SIGNATURE}, second[1]))
        self.assertEqual(answer['status'], 'done')

    def test_helper_who_was_replaced_leaves_late_work(self):
        self.order.helper_id = self.other_technician
        self.order.helper_id = False
        self._assert_kept(self._send(
            self._action('photo', {'image': SIGNATURE}, self.order),
            user=self.other_technician), "given to another")

    def test_accident_is_reported_at_once(self):
        self._give_away()
        [answer] = self._send(self._action('accident', {
            'kind': 'electricity', 'description': "A spark"}))
        self.assertEqual(answer['status'], 'done')
        self.assertRecordValues(self.env['aftersales.accident'].search([]), [{
            'order_id': self.order.id, 'user_id': self.technician.id}])

    def test_outlets_people_leave_late_work_and_do_not_read_it(self):
        olga = self.outlet_technician
        self.order = self._dispatch(technician=olga)
        self.visit = self.order.visit_ids
        second = new_test_user(self.env, 'oscar', 'base.group_portal')
        self.outlet.member_ids += second
        self.order.technician_id = second
        self._assert_kept(self._send_cellar(olga), "given to another technician")
        work = self._get_work()
        self.assertFalse(work.message_follower_ids.partner_id & olga.partner_id)
        with self.assertRaises(AccessError):
            work.with_user(olga).read(['name'])
        work.action_apply()
        self.assertEqual(self.order.solution, "Capacitor changed")

    # === WHAT IS NOT === #

    def test_stranger_leaves_nothing(self):
        stranger = new_test_user(
            self.env, 'strange_technician', 'aftersales_service.group_aftersales_technician')
        self._give_away()
        for user in stranger, self.outlet_technician:
            for answer in self._send_cellar(user):
                self.assertEqual((answer['status'], answer['message']), ('refused', GONE))
        self.assertFalse(self._get_work())

    def test_former_technician_leaves_nothing_on_other_orders(self):
        other = self._dispatch(technician=self.other_technician)
        self._give_away()
        [answer] = self._send(self._action('photo', {'image': SIGNATURE}, other))
        self.assertEqual((answer['status'], answer['message']), ('refused', GONE))

    def test_visit_that_a_technician_ended_stays_ended(self):
        self._send(self._action('miss', {'reason': 'absent'}))
        [answer] = self._send(self._action('arrive'))
        self.assertEqual(answer['status'], 'refused')
        self.assertRegex(answer['message'], "This visit is over")

    def test_what_is_no_picture_or_too_much_is_not_kept(self):
        self._give_away()
        answers = self._send(
            self._action('photo', {'image': "eA=="}, self.order),
            self._action('report', {'solution': ["x" * 30_000]}, self.order),
            self._action('report', {'solution': "x" * 2001}, self.order))
        self.assertEqual([answer['status'] for answer in answers], ['refused'] * 3)
        self.assertRegex(answers[2]['message'], "write it shorter")
        self.assertFalse(self._get_work().action_ids)

    def test_phone_cannot_name_a_picture_of_another_record(self):
        secret = self.env['ir.attachment'].create({'name': 'secret', 'raw': b'secret'})
        self._give_away()
        self._send(self._action('photo', {'image': {'picture': secret.id}}, self.order),
                   self._action('photo', {'pictures': {'image': secret.id}}, self.order))
        work = self._get_work()
        work.action_apply()
        self.assertEqual(work.action_ids.mapped('state'), ['late'] * 2)
        self.assertFalse(self.order._get_photo_counts())

    # === WHO REVIEWS === #

    def test_only_dispatchers_of_the_company_read_and_review(self):
        self._give_away()
        self._send_cellar()
        work = self._get_work()
        picture = work.picture_ids[:1]
        outsider = new_test_user(
            self.env, 'outsider', 'aftersales_service.group_aftersales_dispatcher')
        company = self.env['res.company'].create({'name': "Other"})
        outsider.write({'company_ids': [Command.set(company.ids)], 'company_id': company.id})
        for user in self.technician, self.agent, outsider:
            with self.subTest(user=user.name):
                for refused in (
                        lambda user=user: work.with_user(user).read(['name']),
                        lambda user=user: picture.with_user(user).read(['raw']),
                        lambda user=user: work.with_user(user).action_apply(),
                        lambda user=user: work.with_user(user)._discard("No")):
                    with self.assertRaises(AccessError):
                        refused()
        with self.assertRaises(AccessError):
            work.action_ids[:1].with_user(self.technician).read(['content'])
        with self.assertRaises(AccessError):
            work.with_user(self.dispatcher).write({'state': 'applied'})

    @users('dispatcher')
    def test_dispatcher_applies_it_in_the_technicians_name(self):
        self._give_away()
        self._send_cellar()
        work = self._get_work()
        work.action_apply()
        self.assertRecordValues(self.order, [{
            'state': 'on_site', 'diagnosis': "Capacitor dead",
            'solution': "Capacitor changed", 'signed_by': "Li Na"}])
        photo = self.env['ir.attachment'].sudo().search(
            [('res_model', '=', 'aftersales.order'), ('res_id', '=', self.order.id),
             ('mimetype', '=like', 'image/%')])
        self.assertEqual(photo.create_uid, self.technician)
        self.assertRecordValues(
            work, [{'state': 'applied', 'reviewed_by_id': self.env.uid}])
        self.assertFalse(work.picture_ids or work.activity_ids)
        self.assertIn("Late work of Technician Tom was applied",
                      "".join(self.order.message_ids.mapped('body')))
        with self.assertRaisesRegex(UserError, "cannot become"):
            work.action_apply()

    @users('dispatcher')
    def test_what_was_done_meanwhile_is_not_overwritten(self):
        self._give_away()
        self._send_cellar()
        self.visit._set_state('on_site')
        self.order.sudo().write({'solution': "Done by Theo", 'signature': SIGNATURE})
        work = self._get_work()
        work.action_apply()
        self.assertEqual(self.order.solution, "Done by Theo")
        self.assertEqual(work.state, 'to_review')
        self.assertEqual(
            {action.kind: action.state for action in work.action_ids},
            {'arrive': 'late', 'photo': 'done', 'report': 'late', 'sign': 'late'})
        work._discard("Theo did it")
        self.assertEqual(
            {action.kind: action.state for action in work.action_ids},
            {'arrive': 'discarded', 'photo': 'done', 'report': 'discarded',
             'sign': 'discarded'})
        self.assertIn("Theo did it", "".join(self.order.message_ids.mapped('body')))
        [said] = {answer['message'] for answer in self.env['aftersales.job.action'].with_user(
            self.technician)._get_late_answers() if answer['status'] == 'discarded'}
        self.assertEqual(said, "Theo did it")

    def test_reader_sees_what_came_in_own_words(self):
        check = self.env['aftersales.checklist.line'].create({
            'order_id': self.order.id, 'phase': 'during',
            'template_line_id': self._create_template({'name': "Gas tight?"}).line_ids.id})
        self._give_away()
        self._send(
            self._action('check', {'check_id': check.id, 'result': 'ok'}, self.order),
            self._action('part', {'product_id': self.capacitor.id, 'quantity': 2}, self.order))
        self.env['res.lang']._activate_lang('fr_FR')
        self.env['ir.model.fields']._get('aftersales.checklist.line', 'result').with_context(
            lang='fr_FR').field_description = "Constat"
        check_words, part_words = self._get_work().action_ids.sorted('sequence').mapped(
            'content_words')
        self.assertIn("Gas tight?", check_words)
        self.assertIn("Result: OK", check_words)
        self.assertIn(f"Product: {self.capacitor.display_name}", part_words)
        french = self._get_work().with_context(lang='fr_FR').action_ids.sorted('sequence')[0]
        self.assertIn("Constat: ", french.content_words)

    @users('dispatcher')
    def test_discarding_needs_a_reason(self):
        self._give_away()
        self._send_cellar()
        with self.assertRaisesRegex(UserError, "Give the reason"):
            self._get_work()._discard(" ")

    # === HOW LONG === #

    def test_assignments_that_ended_long_ago_are_forgotten(self):
        self._give_away()
        ended = self.env['aftersales.visit.assignment'].search(
            [('visit_ref', '=', self.visit.id)])
        self.assertRecordValues(ended, [
            {'user_id': self.technician.id, 'order_id': self.order.id}])
        self._set_created(ended, '2026-01-01 00:00:00')
        self.env['aftersales.visit.assignment']._gc_assignments()
        [answer] = self._send(self._action('photo', {'image': SIGNATURE}, self.order))
        self.assertEqual((answer['status'], answer['message']), ('refused', GONE))

    def test_pictures_go_with_their_periods(self):
        self._give_away()
        self._send_cellar()
        work = self._get_work()
        sudo = work.sudo()
        self.assertEqual(
            sudo._erase_personal_data(['photo', 'signature'], 'retention').total(), 0)
        work._discard("Theo did it")
        self.assertEqual(
            work.search(sudo._get_personal_data_domain('signature')), work)
        sudo._erase_personal_data(['photo'], 'retention')
        self.assertEqual(sudo.picture_ids.mapped('description'), ['signature'])
        sudo._erase_personal_data(['signature'], 'retention')
        self.assertFalse(sudo.picture_ids)
        self.assertNotIn("Li Na", "".join(
            action.content or '' for action in sudo.action_ids))

    def test_signature_under_a_price_goes_as_a_signature(self):
        self._give_away()
        self._send(self._action('accept', {
            'image': SIGNATURE, 'signed_by': "Li Na", 'total': 10.0}, self.order))
        work = self._get_work()
        self.assertEqual(work.picture_ids.mapped('description'), ['signature'])
        work._discard("Theo did it")
        sudo = work.sudo()
        self.assertEqual(sudo._erase_personal_data(['photo'], 'retention').total(), 0)
        self.assertEqual(sudo._erase_personal_data(['signature'], 'retention').total(), 1)
        self.assertFalse(sudo.picture_ids)
        self.assertFalse(sudo.action_ids.payload or sudo.action_ids.content)

    def test_texts_of_late_work_have_a_period(self):
        self._give_away()
        self._send_cellar()
        sudo = self._get_work().sudo()
        self.assertTrue(sudo._get_personal_data_domain('text'))
        self.assertEqual(sudo._erase_personal_data(['text'], 'retention').total(), 0)
        self._get_work()._discard("Li Na sent him away")
        self.assertEqual(sudo.search(sudo._get_personal_data_domain('text')), sudo)
        self.assertTrue(sudo._erase_personal_data(['text'], 'retention').total())
        self.assertFalse(sudo.search(sudo._get_personal_data_domain('text')))
        self.assertFalse(sudo.discard_reason)
        self.assertFalse(any(
            action.content or action.payload or action.message for action in sudo.action_ids))

    def test_late_work_is_held_by_itself_and_with_its_order(self):
        lead = self._create_person('lead', 'team_lead', "Lead Lea")
        self._give_away()
        self._send_cellar()
        work = self._get_work()
        work._discard("Theo did it")
        kinds, sudo = ['photo', 'signature', 'text'], work.sudo()
        with self.assertRaisesRegex(AccessError, "Team leads decide on legal holds"):
            work._hold_data("Court")
        for document in work, self.order:
            with self.subTest(model=document._name):
                document.with_user(lead)._hold_data("The customer went to court")
                self.assertEqual(sudo._erase_personal_data(kinds, 'retention').total(), 0)
                for kind in kinds:
                    self.assertFalse(sudo.search(sudo._get_personal_data_domain(kind)))
                for records in sudo.picture_ids, sudo.message_ids[:1], sudo:
                    with self.assertRaisesRegex(UserError, "legal hold"), self.cr.savepoint():
                        records.unlink()
                document.with_user(lead)._release_data("Settled")
        self.assertTrue(sudo._erase_personal_data(kinds, 'retention').total())

    def test_held_late_work_keeps_what_the_phone_sent_when_it_is_applied(self):
        lead = self._create_person('lead', 'team_lead', "Lead Lea")
        self._give_away()
        self._send_cellar()
        work = self._get_work()
        work.with_user(lead)._hold_data("The customer went to court")
        work.action_apply()
        self.assertEqual(work.state, 'applied')
        self.assertEqual(len(work.picture_ids), 2)
