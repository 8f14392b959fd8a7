import base64

from odoo.exceptions import UserError
from odoo.tests import tagged, users

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .common import ProofCommon

UNTIL = '2099-12-31'


@tagged('post_install', '-at_install')
class TestOrders(ProofCommon):
    """What a further module says of our orders: who may do them, who is called, what store."""

    # === RIGHTS === #

    def test_a_reader_of_ours_loses_the_order_with_its_customer(self):
        reader, other = self.env['res.partner'].create([
            {'name': "Reader", 'parent_id': self.customer.id}, {'name': "Wang Wei"}])
        order = self._create_order(partner_id=self.customer.id, proof_reader_id=reader.id)
        order.message_subscribe(reader.ids)
        order.partner_id = other
        self.assertFalse(order.proof_reader_id)

    def test_field_of_ours_is_sealed_with_the_finished_work(self):
        order = self._create_order(user_id=self.agent.id, solution="Cleaned")
        order.with_user(self.agent).needs_proof_tag = True
        self._move_to(order, 'done')
        with self.assertRaisesRegex(UserError, "lead"):
            order.with_user(self.agent).needs_proof_tag = False
        order.with_user(self.lead).needs_proof_tag = False

    # === QUALIFICATION === #

    @users('dispatcher')
    def test_bulk_dispatch_lists_twelve_of_two_hundred_and_goes_on(self):
        orders = self.env['aftersales.order'].create([{
            'partner_id': self.customer.id, 'proof_certificate': 'law' if number < 12 else False,
            'description': "Loud"} for number in range(200)])
        wizard = self.env['aftersales.dispatch'].with_context(active_ids=orders.ids).create({
            'technician_choice': 'person', 'technician_id': self.technician.id,
            'is_moved_on': False})
        wizard.action_dispatch()
        self.assertEqual(wizard.done_count, 188)
        self.assertEqual(wizard.refusal_ids.order_id, orders[:12])
        self.assertEqual(set(wizard.refusal_ids.mapped('reason')), {
            "Technician Tom may not do it: the certificate of the proof is missing."})
        self.assertEqual(orders[12:].technician_id, self.technician)
        self.assertFalse(orders[:12].technician_id)

    def test_law_binds_superuser_the_house_rule_persons_only(self):
        self.env.company.aftersales_unqualified_technician = 'refuse'
        for certificate, users_refused in (
                ('law', (self.agent, self.env.user)), ('house', (self.agent,))):
            for user in (self.agent, self.env.user):
                orders = self.env['aftersales.order'].with_user(user).sudo(
                    user == self.env.user)
                with self.subTest(certificate, user=user.name), self.cr.savepoint():
                    order = orders.create({
                        'partner_id': self.customer.id, 'proof_certificate': certificate})
                    if user in users_refused:
                        with self.assertRaisesRegex(UserError, "certificate of the proof"):
                            order.technician_id = self.technician
                    else:
                        order.technician_id = self.technician
        self.technician.proof_certified_until = UNTIL
        order = self._create_order(proof_certificate='law', technician_id=self.technician.id)
        self.assertEqual(order.technician_id, self.technician)

    def test_house_rule_warns_where_the_company_only_warns(self):
        self.env.company.aftersales_unqualified_technician = 'warn'
        order = self._create_order(proof_certificate='house').with_user(self.dispatcher)
        order.technician_id = self.technician
        self.assertIn("certificate of the proof", order.message_ids[:1].body)

    # === FOLLOW-UP === #

    def test_customers_are_invited_or_called(self):
        self.env['aftersales.notifier'].create({
            'event': 'proof_invited', 'channel': 'dummy', 'provider_template': 'T'})
        invited, called = (
            self._create_order(type_id=self.type_carry_in.id, is_proof_survey=is_survey)
            for is_survey in (True, False))
        for order in invited, called:
            self._move_to(order, 'done')
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                'aftersales_service.ir_cron_aftersales_follow_up').method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(invited.date_follow_up and called.date_follow_up)
        self.assertEqual(invited.case_ids.title, "Invitation")
        self.assertEqual(invited.case_ids.customer_message_ids.event, 'proof_invited')
        follow_up = self.env.ref('aftersales_service.mail_activity_follow_up')
        self.assertFalse(invited.activity_ids.filtered(
            lambda activity: activity.activity_type_id == follow_up))
        self.assertTrue(called.activity_ids.filtered(
            lambda activity: activity.activity_type_id == follow_up))
        self.assertFalse(called.case_ids)

    def test_who_is_not_content_gets_a_case(self):
        content, angry = (
            self._create_order(type_id=self.type_carry_in.id) for __ in range(2))
        for order, result in ((content, 'content'), (angry, 'not_content')):
            order.follow_up_result = result
            self._move_to(order, 'signed')
        (content | angry).with_user(self.dispatcher)._set_state('followed_up')
        self.assertEqual(angry.case_ids.title, "Not content")
        self.assertFalse(content.case_ids)

    def test_accident_and_damage_open_a_case(self):
        order = self._create_order(technician_id=self.technician.id, user_id=self.technician.id)
        self.env['aftersales.accident'].with_user(self.technician).create({
            'order_id': order.id, 'kind': 'gas', 'description': "Gas smelled"})
        self.assertEqual(order.case_ids.title, "Accident")
        damage = self.env['aftersales.delivery.damage'].create(
            {'order_id': order.id, 'description': "Door dented"})
        damage._add_photo('door.png', base64.b64decode(SIGNATURE))
        self.assertEqual(len(order.case_ids), 1)
        damage.action_report()
        self.assertEqual(set(order.case_ids.mapped('title')), {"Accident", "Damage"})

    # === CARDS AND FIGURES === #

    def test_cover_says_the_article_of_the_card(self):
        covers = self._create_card(proof_article='§ 7').cover_ids
        self.assertEqual(set(covers.mapped('article')), {'§ 7'})
        others = self._create_card(serial='AC-0002').cover_ids
        self.assertNotIn('§ 7', others.mapped('article'))

    def test_groups_are_sorted_as_the_module_says(self):
        for certificate in ('house', False, 'law'):
            self._create_order(proof_certificate=certificate, is_proof_survey=not certificate)
        for name, values in (
                ('proof_certificate', ['law', 'house', False]),
                # taken over from the database, which begins with false
                ('is_proof_survey', [True, False])):
            rows = self.env['aftersales.order']._read_group([], [name], ['__count'], order=name)
            self.assertEqual([value for value, __ in rows], values)

    # === PARTS === #

    def test_kit_goes_before_the_van_and_old_parts_where_the_module_says(self):
        van, kit, old = self.env['stock.location'].create([
            {'name': name, 'location_id': self.stock_location.id}
            for name in ("Van", "Kit", "Old parts")])
        van.aftersales_technician_id = self.technician
        order = self._create_order(
            technician_id=self.technician.id, proof_kit_id=kit.id, proof_old_parts_id=old.id,
            proof_batch='B1')
        new, removed = self.env['stock.move'].create([{
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1.0, 'repair_line_type': kind} for kind in ('add', 'remove')])
        self.assertEqual((new.location_id, removed.location_dest_id), (kit, old))
        self.assertEqual((new | removed).mapped('proof_batch'), ['B1', 'B1'])
        self.assertEqual(order.repair_ids.recycle_location_id, old)
        self.assertIn('B1', order.repair_ids.internal_notes)

    def test_parts_come_from_the_store_that_the_module_names(self):
        store = self.env['stock.location'].create({
            'name': "Case store", 'location_id': self.stock_location.id})
        order = self._create_order()
        part = self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1.0})
        self.assertEqual(part.location_id, self.stock_location)
        order.with_user(self.dispatcher).proof_store_id = store
        self.assertEqual(part.location_id, store)
