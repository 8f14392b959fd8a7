import base64
from unittest.mock import patch
from uuid import uuid4

from freezegun import freeze_time

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import tagged, users

from ..common import DOT, SIGNATURE
from .common import VisitCommon

GONE = "This job does not exist or is no longer yours."


@tagged('post_install', '-at_install')
class TestJobActions(VisitCommon):
    """What the phone sends is done once, in the technician's name, under every rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_template(
            {'name': "Power is cut", 'phase': 'before_work', 'is_mandatory': True})
        cls.order = cls._dispatch()
        cls.visit = cls.order.visit_ids
        cls.capacitor.default_code = 'CAP-35'

    def _action(self, kind, payload=None, order=None, visit=None, **values):
        return {
            'uuid': str(uuid4()), 'kind': kind, 'visit_id': (visit or self.visit).id,
            'order_id': order.id if order else False, 'payload': payload or {}, **values}

    def _send(self, *actions, user=None):
        return self.env['aftersales.job.action'].with_user(
            user or self.env.user)._handle_batch(list(actions))

    def _unit(self, kind, **payload):
        return self._action(kind, payload, self.order)

    def _assert_refused(self, action, sentence, user=None):
        [answer] = self._send(action, user=user)
        self.assertEqual(answer['status'], 'refused')
        self.assertRegex(answer['message'], sentence)

    def _assert_done(self, *actions, user=None):
        answers = self._send(*actions, user=user)
        self.assertEqual([(answer['status'], answer['message']) for answer in answers],
                         [('done', '')] * len(actions))

    @users('technician')
    def test_dot_is_no_signature(self):
        self._assert_done(self._action('arrive'), self._unit('report', solution="Done"))
        for kind in ('sign', 'take_along'):
            with self.subTest(kind):
                self._assert_refused(self._unit(kind, image=DOT), "A dot is no signature")
        self.assertFalse(self.order.signature or self.order.handover_signature)
        with self.assertRaisesRegex(UserError, "A dot is no signature"):
            self.order.sudo()._sign_from_portal("Wang Wei", DOT)

    @users('technician', 'outlet_technician')
    def test_serial_number_on_anothers_card_stays_a_text_for_outlets(self):
        neighbour = self.env['res.partner'].sudo().create({'name': "Neighbour"})
        card = self._create_card(partner_id=neighbour.id)
        self.order = self._dispatch(technician=self.env.user)
        self.visit = self.order.visit_ids
        self._assert_done(self._unit('serial', serial='AC-0001'))
        self.order.invalidate_recordset()
        is_own = not self.env.user.share
        self.assertRecordValues(self.order, [
            {'serial': 'AC-0001', 'warranty_id': card.id if is_own else False}])
        self.assertEqual(card.name in (self.order.message_ids[:1].body or ''), not is_own)

    @users('technician', 'outlet_technician')
    def test_whole_job_from_the_phone(self):
        self.order = self._dispatch(technician=self.env.user)
        self.visit = self.order.visit_ids
        check = self.order.checklist_ids
        self._assert_done(
            self._action('call'), self._action('set_off'), self._action('arrive'),
            self._unit('serial', serial='AC-0001'),
            self._unit('photo', image=SIGNATURE),
            self._unit('check', check_id=check.id, result='ok', note="230 V"),
            self._unit('part', code='CAP-35', quantity=1),
            self._unit('report', diagnosis="Capacitor dead", solution="Capacitor changed"),
            self._unit('sign', image=SIGNATURE, signed_by="Li Na"))
        self.order.sudo().write({
            'charge_kind': 'goodwill', 'goodwill_reason': "Waited for three weeks"})
        self._assert_done(self._unit('complete'))
        self.assertRecordValues(self.order, [{
            'state': 'done', 'serial': 'AC-0001', 'diagnosis': "Capacitor dead",
            'solution': "Capacitor changed", 'signed_by': "Li Na"}])
        self.assertEqual(self.visit.state, 'done')
        self.assertRecordValues(check, [{
            'result': 'ok', 'note': "230 V", 'user_id': self.env.uid}])
        self.assertRecordValues(
            self.order.part_ids, [{'product_id': self.capacitor.id, 'state': 'done'}])
        self.assertEqual(self.order._get_photo_counts(), {self.order.id: 1})

    @users('technician')
    def test_second_signature_does_not_replace_the_first(self):
        self._assert_done(
            self._action('arrive'), self._unit('report', solution="Capacitor changed"))
        self.order.sudo()._sign_from_portal("Wang Wei", SIGNATURE)
        before = self.order.sudo().signature
        for payload in ({'image': SIGNATURE, 'signed_by': "Theo"},
                        {'refusal_reason': "Went out", 'photo': SIGNATURE}):
            self._assert_refused(self._unit('sign', **payload), "by Wang Wei")
        self.assertRecordValues(self.order.sudo(), [{
            'signature': before, 'signed_by': "Wang Wei", 'refusal_reason': False}])

    @users('technician')
    def test_report_that_changes_after_the_signature_is_signed_again(self):
        report = {'diagnosis': "Capacitor dead", 'solution': "Capacitor changed"}
        self.order.checklist_ids.sudo().result = 'na'
        self._assert_done(
            self._action('arrive'), self._unit('report', **report),
            self._unit('sign', image=SIGNATURE, signed_by="Li Na"),
            self._unit('report', **report))
        self.assertEqual(self.order.sudo().signed_by, "Li Na")  # the same text again
        self._assert_done(self._unit('report', **report | {'solution': "Board changed"}))
        self.assertRecordValues(self.order.sudo(), [{'signature': False, 'signed_by': False}])
        self.assertIn("signs again", self.order.message_ids[0].body)
        self._assert_refused(self._unit('complete'), "must sign")
        self._assert_done(
            self._unit('sign', image=SIGNATURE, signed_by="Li Na"), self._unit('complete'))

    @users('technician')
    def test_same_action_twice_is_done_once(self):
        self._assert_done(self._action('arrive'))
        part = self._unit('part', code='CAP-35', quantity=2)
        answers = self._send(part, part) + self._send(part)
        self.assertEqual([answer['status'] for answer in answers],
                         ['done', 'already_done', 'already_done'])
        self.assertEqual(self.order.part_ids.product_uom_qty, 2)

    def test_uuid_belongs_to_its_technician(self):
        action = self._action('call')
        self._assert_done(action, user=self.technician)
        self._assert_refused(action, GONE, user=self.other_technician)

    @users('technician')
    def test_refused_action_stops_no_other_and_leaves_nothing(self):
        answers = self._send(
            self._action('arrive'),
            self._unit('report', diagnosis="Lost with the refusal", solution=" "),
            self._action('dance'),
            self._unit('serial', serial="AC-0009"))
        self.assertEqual([answer['status'] for answer in answers],
                         ['done', 'refused', 'refused', 'done'])
        self.assertFalse(self.order.diagnosis)
        self.assertEqual(self.order.serial, "AC-0009")

    def test_desk_reads_whose_action_was_refused(self):
        self._assert_refused(self._unit('complete'), "cannot become", user=self.technician)
        foreign = self._dispatch(technician=self.other_technician)
        self._assert_refused(
            self._action('call', visit=foreign.visit_ids), GONE, user=self.technician)
        actions = self.env['aftersales.job.action'].with_user(self.dispatcher).search(
            [('state', '=', 'refused')])
        self.assertRecordValues(actions.sorted('id'), [
            {'kind': 'complete', 'visit_id': self.visit.id, 'order_id': self.order.id},
            {'kind': False, 'visit_id': False, 'order_id': False}])

    @users('technician')
    def test_action_on_what_another_user_moves_right_now_is_repeated(self):
        visits = self.env.registry['aftersales.visit']
        with patch.object(visits, 'try_lock_for_update', lambda visit, **kwargs: visit[:0]), \
                self.assertRaisesRegex(ConcurrencyError, "Another user"):
            self._send(self._action('set_off'))
        self._assert_done(self._action('set_off'))

    @users('technician')
    def test_refused_action_may_be_tried_again(self):
        self._assert_done(self._action('arrive'), self._unit('sign', image=SIGNATURE))
        complete = self._unit('complete')
        self._assert_refused(complete, "mandatory checks")
        self.order.checklist_ids.result = 'na'
        self._assert_done(complete)
        self.assertEqual(self.order.state, 'done')

    @users('technician')
    def test_guards_of_the_order_hold(self):
        self._assert_refused(self._unit('complete'), "cannot become")
        self.order.checklist_ids.result = 'ok'
        self._assert_done(self._action('arrive'))
        self._assert_refused(self._unit('complete'), "must sign")
        self._assert_done(self._unit('part', product_id=self.capacitor.id, quantity=1))
        self._assert_refused(self._unit('sign', refusal_reason="No one at home"), "not a photo")
        self._assert_done(
            self._unit('sign', refusal_reason="No one at home", photo=SIGNATURE))
        self._assert_refused(self._unit('complete'), "quotation must be\\s+accepted")

    def test_foreign_and_missing_jobs_get_the_same_sentence(self):
        foreign = self._dispatch(technician=self.other_technician)
        missing = self._action('call') | {'visit_id': 999_999_999}
        for action in (self._action('call', visit=foreign.visit_ids), missing,
                       self._action('call') | {'visit_id': "1 OR 1=1"},
                       self._action('photo', {'image': SIGNATURE}, foreign)):
            [answer] = self._send(action, user=self.technician)
            self.assertEqual((answer['status'], answer['message']), ('refused', GONE))
        customer = self.outlet_technician  # a portal user whom no visit names
        self._assert_refused(self._action('call'), GONE, user=customer)
        self.assertFalse(self.visit.date_called or foreign.visit_ids.date_called)

    @users('technician')
    def test_what_is_no_photo_is_refused(self):
        self._assert_done(self._action('arrive'))
        text = base64.b64encode(b"a letter").decode()
        self._assert_refused(self._unit('photo', image=text), "not a photo")
        self._assert_refused(self._unit('sign', image=text), "not a photo")
        self._assert_refused(self._unit('photo'), "not a photo")
        large = base64.b64encode(bytes(21 * 1024 * 1024)).decode()
        self._assert_refused(self._unit('photo', image=large), "larger than 20 MB")
        self.assertFalse(self.order._get_photo_counts() or self.order.signature)

    @users('technician')
    def test_bad_values_get_a_sentence(self):
        self._assert_done(self._action('arrive'))
        for payload, sentence in (
                ({'code': 'NONE', 'quantity': 1}, "No part has the code “NONE”"),
                ({'code': 'CAP-35', 'quantity': -1}, "must be positive"),
                ({'code': 'CAP-35', 'quantity': "many"}, "must be positive"),
                ({'code': 'CAP-35', 'quantity': float('nan')}, "must be positive"),
                ({'quantity': 1}, "Scan or type")):
            with self.subTest(payload=payload):
                self._assert_refused(self._unit('part', **payload), sentence)
        self._assert_refused(
            self._unit('serial', serial='https://example.com/my/warranty/1'), "not a serial")
        self._assert_refused(self._unit('check', check_id=0, result='ok'), "does not exist")
        self._assert_refused(self._action('miss', {'reason': 'bored'}), "failed visit")
        self._assert_refused(self._action('photo', {'image': SIGNATURE}), "which unit")

    @users('technician')
    def test_part_of_another_company_is_not_found(self):
        self._assert_done(self._action('arrive'))
        self.env['product.product'].sudo().create({
            'name': "Fan", 'default_code': 'FAN-1',
            'company_id': self.env['res.company'].sudo().create({'name': "Other"}).id})
        self._assert_refused(
            self._unit('part', code='FAN-1', quantity=1), "No part has the code “FAN-1”")

    def test_unreadable_batches_are_refused_as_a_whole(self):
        for rubbish in ("x", {'uuid': 1}, ["x"], [{'uuid': "short"}], [{'uuid': "\x00" * 20}]):
            with self.subTest(rubbish=rubbish), self.assertRaises(UserError):
                self.env['aftersales.job.action'].with_user(
                    self.technician)._handle_batch(rubbish)

    @users('technician')
    @freeze_time('2026-06-02 12:00:00')
    def test_times_are_those_of_the_tap(self):
        self._set_created(self.visit, '2026-06-02 07:00:00')
        self._assert_done(
            self._action('set_off', at='2026-06-02 08:10:00'),
            self._action('arrive', at='2099-01-01 00:00:00'))
        self.assertEqual(str(self.visit.date_left), '2026-06-02 08:10:00')
        self.assertEqual(str(self.visit.date_arrived), '2026-06-02 12:00:00')

    @users('technician')
    def test_promises_are_kept_when_it_was_tapped_not_when_the_network_came_back(self):
        self.env['aftersales.clock.target'].sudo().search([]).unlink()
        self.env['aftersales.clock.target'].sudo().create([
            {'kind': 'arrive', 'duration': 24}, {'kind': 'repair', 'duration': 10},
            {'kind': 'close', 'duration': 100}])
        with freeze_time('2026-06-02 07:00:00'):
            order = self.order = self._dispatch()
            self.visit = order.visit_ids
            order.checklist_ids.result = 'ok'
        self._set_created(self.visit, '2026-06-02 07:00:00')
        with freeze_time('2026-06-04 09:00:00'):  # two days in a cellar
            self._assert_done(
                self._action('arrive', at='2026-06-02 09:00:00'),
                self._unit('sign', image=SIGNATURE))
        with freeze_time('2026-06-05 09:00:00'):
            self._assert_done(self._action('complete', order=order, at='2026-06-04 18:00:00'))
        self.assertEqual(
            {clock.kind: (clock.result, str(clock.date_stopped)) for clock in order.clock_ids},
            {'arrive': ('met', '2026-06-02 09:00:00'),
             'repair': ('met', '2026-06-04 18:00:00'), 'close': ('running', 'False')})

    @users('technician')
    def test_position_is_kept_only_where_the_company_decided_to(self):
        place = {'latitude': 31.2, 'longitude': 121.5}
        self._assert_done(self._action('arrive', place))
        self.assertFalse(self.visit.latitude)
        self.env.company.sudo().aftersales_track_position = True
        second = self._dispatch(date='2026-06-02 10:00:00').visit_ids
        self._assert_done(self._action('arrive', place, visit=second))
        self.assertEqual((second.latitude, second.longitude), (31.2, 121.5))
        third = self._dispatch(date='2026-06-02 12:00:00').visit_ids
        self._assert_done(self._action('arrive', {'latitude': "x", 'longitude': 500}, visit=third))
        self.assertFalse(third.latitude)

    def test_position_of_an_outlets_people_needs_its_contract(self):
        place = {'latitude': 31.2, 'longitude': 121.5}
        olga = self.outlet_technician
        for hour, (is_tracked, is_agreed) in enumerate(
                [(False, False), (False, True), (True, False), (True, True)]):
            with self.subTest(is_tracked=is_tracked, is_agreed=is_agreed):
                self.env.company.aftersales_track_position = is_tracked
                self.outlet.is_position_agreed = is_agreed
                visit = self._dispatch(
                    technician=olga, date=f'2026-06-02 {10 + hour}:00:00').visit_ids
                wanted = is_tracked and is_agreed
                self.assertEqual(visit._prepare_mobile_job()['wants_position'], wanted)
                self._assert_done(self._action('arrive', place, visit=visit), user=olga)
                self.assertEqual(bool(visit.latitude), wanted)

    @users('technician')
    def test_part_noted_by_mistake_is_taken_back_until_it_is_accepted(self):
        self._assert_done(
            self._action('arrive'), self._unit('part', code='CAP-35', quantity=2),
            self._unit('part', code='CAP-35', quantity=1))
        wrong, right = self.order.part_ids.sorted('product_uom_qty', reverse=True)
        self._assert_done(self._unit('part_off', move_id=wrong.id))
        self.assertEqual((wrong.state, right.state), ('cancel', 'draft'))
        for move_id in wrong.id, 999_999_999, "x", None:
            with self.subTest(move_id=move_id):
                self._assert_refused(self._unit('part_off', move_id=move_id), "booked already")
        self.order._create_quotations()
        self.order.sudo().sale_order_ids.action_confirm()
        self._assert_refused(self._unit('part_off', move_id=right.id), "booked already")

    @users('technician')
    def test_part_with_serial_numbers_is_scanned(self):
        board = self.env['product.product'].sudo().create({
            'name': "Board", 'is_storable': True, 'tracking': 'serial', 'default_code': 'BRD'})
        lots = self.env['stock.lot'].sudo().create([
            {'name': name, 'product_id': board.id} for name in ('B-1', 'B-2')])
        for lot in lots:
            self.env['stock.quant'].sudo()._update_available_quantity(
                board, self.stock_location, 1, lot_id=lot)
        self._assert_done(self._action('arrive'))
        for payload in ({'code': 'BRD'}, {'product_id': board.id}):
            self._assert_refused(
                self._unit('part', quantity=1, **payload), "scan the number on the one that is")
        self._assert_done(self._unit('part', code='B-2', quantity=3))
        part = self.order.sudo().part_ids
        self.assertRecordValues(part, [{'product_id': board.id, 'product_uom_qty': 1.0}])
        self.assertEqual(part.lot_ids.mapped('name'), ['B-2'])
        self.assertIn("B-2", part._prepare_mobile_part()['name'])

    @users('technician')
    def test_part_of_another_order_is_not_taken_back(self):
        self._assert_done(self._action('arrive'))
        foreign = self._dispatch(technician=self.other_technician)
        move = self.env['stock.move'].sudo().create({
            'aftersales_order_id': foreign.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1})
        self._assert_refused(self._unit('part_off', move_id=move.id), "booked already")
        self.assertEqual(move.state, 'draft')

    @users('technician')
    def test_test_run_is_reported(self):
        self._assert_done(
            self._action('arrive'),
            self._unit('report', solution="Changed", test_result='passed', test_note="16 °C"))
        self.assertRecordValues(
            self.order, [{'test_result': 'passed', 'test_note': "16 °C"}])
        self._assert_done(self._unit('report', solution="Changed", test_result='perfect'))
        self.assertEqual(self.order.test_result, 'passed')

    def test_phone_calls_who_is_at_home(self):
        self.assertEqual(self.visit._prepare_mobile_job()['phone'], '+1 650 555 0100')
        self.order.write({'user_name': "Grandma Li", 'user_phone': '+1 650 555 0199'})
        job = self.visit._prepare_mobile_job()
        self.assertEqual((job['contact'], job['phone']), ("Grandma Li", '+1 650 555 0199'))

    @freeze_time('2026-06-02 12:00:00')
    def test_phone_shows_earlier_work_and_counts_own_photos_only(self):
        card = self._create_card()
        self.env['aftersales.order'].create([{
            'warranty_id': card.id, 'solution': f"Work {day}",
            'date_done': f'2026-05-{day:02} 08:00:00'} for day in range(1, 6)])
        order = self._dispatch(date='2026-06-02 07:00:00', warranty_id=card.id)
        self.env['ir.attachment'].create({  # sent by the customer, or by the desk
            'name': 'photo.png', 'res_model': order._name, 'res_id': order.id,
            'mimetype': 'image/png', 'raw': base64.b64decode(SIGNATURE)})
        jobs = self.env['aftersales.visit'].with_user(self.technician)._get_mobile_jobs()
        [unit] = next(job for job in jobs if job['id'] == order.visit_ids.id)['orders']
        self.assertEqual(
            [past['solution'] for past in unit['history']], ["Work 5", "Work 4", "Work 3"])
        self.assertEqual(unit['photo_count'], 0)

    def test_phone_offers_the_shop_where_the_type_knows_it(self):
        at_home = self._dispatch(type_id=self.type_installation.id)
        orders = self.order | at_home
        shared = orders._get_mobile_context()
        self.assertEqual(
            [order._prepare_mobile_order(shared)['has_workshop'] for order in orders],
            [True, False])

    @users('technician')
    def test_failed_visit_and_further_visit(self):
        self._assert_done(self._action('miss', {'reason': 'absent', 'note': "Rang twice"}))
        self.assertRecordValues(self.visit, [{
            'state': 'missed', 'missed_reason': 'absent', 'missed_note': "Rang twice"}])
        self.assertEqual(self.order.state, 'scheduled')
        self._assert_refused(self._action('arrive'), "This visit is over")
        self._assert_done(self._unit('photo', image=SIGNATURE))  # it waited for the network
        other = self._dispatch(date='2026-06-02 10:00:00')
        again = self._action('again', {'note': "Part missing"}, other, other.visit_ids)
        self._assert_done(self._action('arrive', visit=other.visit_ids), again)
        self.assertEqual((other.state, other.visit_ids.state), ('scheduled', 'done'))
        self.assertIn("Part missing", "".join(other.message_ids.mapped('body')))

    @users('technician')
    def test_article_is_taken_along_against_a_signature(self):
        self._assert_done(self._action('arrive'))
        self._assert_refused(self._unit('take_along'), "not a photo")
        self._assert_done(self._unit('take_along', image=SIGNATURE))
        self.assertEqual(self.order.state, 'taken_to_shop')

    @freeze_time('2026-06-02 12:00:00')
    def test_phone_shows_todays_jobs_in_order(self):
        late = self._dispatch(date='2026-06-01 09:00:00')
        first = self._dispatch(date='2026-06-02 06:00:00')
        self._dispatch(date='2026-06-03 06:00:00')
        self._dispatch(technician=self.other_technician)
        jobs = self.env['aftersales.visit'].with_user(self.technician)._get_mobile_jobs()
        self.assertEqual(
            [job['id'] for job in jobs], [order.visit_ids.id for order in (
                late, first, self.order)])
        [unit] = jobs[2]['orders']
        self.assertEqual(unit['description'], "It does not cool")
        self.assertEqual([check['name'] for check in unit['checks']], ["Power is cut"])
        self.assertFalse(
            self.env['aftersales.visit'].with_user(self.outlet_technician)._get_mobile_jobs())

    @freeze_time('2026-06-02 12:00:00')
    def test_reading_many_jobs_costs_the_queries_of_few(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env['aftersales.visit'].with_user(self.technician)._get_mobile_jobs()
            return self.env.cr.sql_log_count - before

        few = count()
        for hour in range(10):
            self._dispatch(date=f'2026-06-02 {hour:02}:30:00')
        self.assertLessEqual(count(), few + 2)
