from base64 import b64encode

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from odoo.addons.aftersales_service.tests.common import SIGNATURE

from .old_part_common import OldPartCommon


@tagged('post_install', '-at_install')
class TestOldPartObligation(OldPartCommon):
    """A free swap brings back the old part; a paid one only where the customer leaves it."""

    def test_free_swap_makes_a_tag_for_each_piece(self):
        with freeze_time('2026-06-01 12:00:00'):
            parts = self._swap(quantity=2.0)
        self.assertRecordValues(parts, [{
            'state': 'due', 'product_id': self.board.id, 'quantity': 1.0,
            'outlet_id': self.north.id, 'technician_id': self.technician.id,
            'unit_value': 150.0, 'is_settlement_held': True, 'is_free': True}] * 2)
        # 30 days from the swap
        self.assertEqual({str(part.date_due) for part in parts}, {'2026-07-01'})
        self.assertEqual(len(set(parts.mapped('name'))), 2)

    def test_tags_begin_with_a_letter_whatever_the_prefix(self):
        """At the bench the digits 1 to 5 are verdicts."""
        sequence = self.env.ref('aftersales_parts.ir_sequence_aftersales_old_part')
        for prefix, begin in (('TAG-', 'TAG-'), ('26-', 'T26-'), (False, 'T0')):
            sequence.prefix = prefix
            self.assertTrue(self._swap().name.startswith(begin), prefix)

    def test_paid_part_is_the_customers(self):
        self.assertFalse(self._swap(covered=False))

    def test_paid_part_that_the_customer_leaves_holds_no_settlement(self):
        order = self._create_done_order(self.north, old_parts_choice='company')
        self.assertRecordValues(self._swap(order, covered=False), [{
            'is_free': False, 'is_settlement_held': False}])

    def test_cheap_part_is_exempt_unless_it_is_hazardous(self):
        self.board.standard_price = 9.99
        self.assertFalse(self._swap())
        self.board.is_hazardous_waste = True
        self.assertTrue(self._swap())

    def test_plain_product_is_no_old_part(self):
        self.board.is_spare_part = False
        self.assertFalse(self._swap())

    def test_number_that_was_taken_off_is_expected(self):
        self.board.tracking = 'serial'
        old, new = self.env['stock.lot'].create([
            {'name': name, 'product_id': self.board.id} for name in ('OLD-1', 'NEW-1')])
        self.env['stock.quant']._update_available_quantity(
            self.board, self.stock_location, 1, lot_id=new)
        order = self._create_done_order(self.north)
        self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.board.id,
            'product_uom_qty': 1.0, 'repair_line_type': 'remove',
            'lot_ids': [Command.link(old.id)]})
        parts = self._swap(order, lot_ids=[Command.link(new.id)])
        self.assertEqual(parts.serial_expected, 'OLD-1')

    def test_removed_parts_go_where_the_company_keeps_old_ones(self):
        place = self.env['stock.location'].create({
            'name': "Old Parts", 'usage': 'inventory',
            'company_id': self.env.company.id})
        order = self._create_done_order(self.north)
        self.assertEqual(order._get_old_parts_location(), order._get_parts_location())
        self.env.company.aftersales_old_parts_location_id = place
        self.assertEqual(order._get_old_parts_location(), place)

    def test_repaired_part_is_refused_where_a_new_one_is_due(self):
        self.board.tracking = 'lot'
        lot = self.env['stock.lot'].create({
            'name': 'R-1', 'product_id': self.board.id, 'is_aftersales_repaired': True})
        self.env['stock.quant']._update_available_quantity(
            self.board, self.stock_location, 3, lot_id=lot)
        with self.assertRaisesRegex(UserError, "owes the customer a new one"):
            self._swap(lot_ids=[Command.link(lot.id)])
        with self.assertRaisesRegex(UserError, "tell the customer"):
            self._swap(covered=False, lot_ids=[Command.link(lot.id)])
        order = self._create_done_order(self.north, is_repaired_part_agreed=True)
        self._swap(order, covered=False, lot_ids=[Command.link(lot.id)])

    def test_deadline_is_reminded_once(self):
        self.north.manager_id = self.wang
        late, early = self._create_tags(1, date_due='2026-07-01'), self._create_tags(
            1, date_due='2026-08-01')
        with freeze_time('2026-06-24 12:00:00'), self.enter_registry_test_mode():
            cron = self.env.ref('aftersales_parts.ir_cron_aftersales_old_part')
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.assertEqual(str(late.date_warned), '2026-06-24')
        self.assertFalse(early.date_warned)
        messages = self.north.message_ids | self.env['mail.message'].search([
            ('model', '=', 'aftersales.outlet'), ('res_id', '=', self.north.id)])
        self.assertEqual(len(messages.filtered(
            lambda message: self.wang.partner_id in message.partner_ids)), 1)


@tagged('post_install', '-at_install')
class TestOldPartBench(OldPartCommon):

    def test_box_of_the_month(self):
        parts = self._create_tags(3)
        box = self._pack(parts[:2])
        self.assertEqual(self._pack(parts[2]), box)
        self.assertRecordValues(box, [{
            'outlet_id': self.north.id, 'state': 'open', 'part_count': 3, 'scanned_count': 0}])
        with self.assertRaisesRegex(UserError, "cannot become"):
            parts[0].action_pack()
        parts[0].action_unpack()
        self.assertEqual(box.part_count, 2)
        box.action_send()
        with self.assertRaisesRegex(UserError, "on its way"):
            parts[1].action_unpack()

    def test_scan_counts_and_names_what_is_missing(self):
        parts = self._create_tags(3)
        box = self._pack(parts)
        data = box.action_scan([_widen(parts[0].name.lower()), f' {parts[1].name} '])
        self.assertEqual((data['total'], data['refusals']), (3, []))
        self.assertEqual(
            [entry['tag'] for entry in data['parts'] if not entry['is_scanned']], [parts[2].name])
        self.assertRecordValues(box, [{'state': 'receiving', 'scanned_count': 2}])
        self.assertEqual(data['parts'][0]['fault'], "It does not cool")

    def test_tag_is_scanned_once(self):
        parts = self._create_tags(2)
        box = self._pack(parts)
        data = box.action_scan([parts[0].name, parts[0].name])
        self.assertIn("was scanned already", data['refusals'][0]['reason'])
        self.assertEqual(parts[0].state, 'received')
        data = box.action_scan([parts[0].name])
        self.assertIn("was scanned already", data['refusals'][0]['reason'])

    def test_tags_of_others_are_refused(self):
        box = self._pack(self._create_tags(1))
        other = self._create_tags(1, outlet_id=self.south.id)
        data = box.action_scan([other.name, 'OP-NONE'])
        self.assertIn("belongs to South Station", data['refusals'][0]['reason'])
        self.assertIn("is no tag", data['refusals'][1]['reason'])
        self.assertEqual(other.state, 'due')

    def test_stray_of_the_same_outlet_joins_the_box(self):
        packed = self._create_tags(1)
        box = self._pack(packed)
        stray = self._create_tags(1)
        data = box.action_scan([packed.name, stray.name])
        self.assertFalse(data['refusals'])
        self.assertEqual(
            data['notice'], f"Not on the packing list, received all the same: {stray.name}.")
        self.assertFalse(box.action_scan([])['notice'])
        self.assertRecordValues(stray, [{'state': 'received', 'box_id': box.id}])

    def test_two_hundred_tags_cost_as_many_queries_as_ten(self):
        counts, closing = [], []
        for count in 3, 10, 200:  # the first one reads the rights
            parts = self._create_tags(count)
            box = self._pack(parts)
            box.action_scan([])
            names = parts.mapped('name')
            counts.append(self._count_queries(lambda box=box, names=names: box.action_scan(names)))
            self.assertEqual(box.scanned_count, count)
            self.assertEqual(box.action_scan([])['total'], count)
            parts.action_judge('unconfirmed')
            closing.append(self._count_queries(box.action_close))
        # core writes a hundred records by one statement
        self.assertLessEqual(counts[2], counts[1] + 1)
        self.assertLessEqual(counts[1], 20)
        self.assertLessEqual(closing[2], closing[1] + 1)

    def test_serial_number_of_another_part_is_refused(self):
        self.env['stock.lot'].create([
            {'name': 'CMP-9', 'product_id': self.compressor.id}])
        part, twin = self._create_tags(2)
        box = self._pack(part | twin)
        with self.assertRaisesRegex(UserError, "Scan the tag"):
            part.action_note_serial('B-1')
        box.action_scan([part.name, twin.name])
        with self.assertRaisesRegex(UserError, f"number of .*{self.compressor.name}"):
            part.action_note_serial('CMP-9')
        part.action_note_serial('B-1')
        expected = self._create_tags(1, serial_expected='B-2')
        box.action_scan([expected.name])
        with self.assertRaisesRegex(UserError, "took off B-2"):
            expected.action_note_serial('B-3')

    def test_verdicts_release_and_charge(self):
        self.board.list_price = 400.0
        parts = self._create_tags(5)
        box = self._pack(parts)
        box.action_scan(parts[:4].mapped('name'))
        for part, verdict in zip(
                parts[:4], ('accepted', 'unconfirmed', 'wrong', 'customer'), strict=True):
            part.action_judge(verdict)
        with self.assertRaisesRegex(UserError, "were scanned"):
            parts[0].action_judge('missing')
        with self.assertRaisesRegex(UserError, "before they are scanned"):
            parts[4].action_judge('accepted')
        parts[3].consequence = 'refuse'
        self.assertEqual(box.action_close()['state'], 'closed')
        self.assertEqual(box._get_differences(), parts[1:])
        self.assertEqual(box.action_print_differences()['report_name'],
                         'aftersales_parts.report_old_part_differences')
        self.assertRecordValues(parts, [
            {'verdict': verdict, 'state': 'judged', 'is_settlement_held': is_held,
             'is_claim_refused': is_held}
            for verdict, is_held in (
                ('accepted', False), ('unconfirmed', False), ('wrong', False),
                ('customer', True), ('missing', False))])
        charges = parts.sudo().charge_ids
        self.assertEqual(charges.outlet_id, self.north)
        self.assertEqual(
            [(charge.kind, charge.amount) for charge in charges], [('old_part', 400.0)] * 2)
        self.assertEqual(box.state, 'closed')
        with self.assertRaisesRegex(UserError, "judged"):
            parts[0].note = "Found later"

    @users('storekeeper', 'planner')
    def test_storekeeper_opens_what_outlets_are_charged_for(self):
        """Charges are the service's: who has no role there reads the old part without them."""
        box = self._pack(self._create_tags(1)).with_user(self.env.user)
        for record in (box, box.part_ids[:1]):
            with self.subTest(record._name):
                self.assertTrue(Form(record).name)

    def test_own_centre_is_charged_nothing(self):
        self.north.kind = 'own'
        parts = self._create_tags(1)
        box = self._pack(parts)
        box.action_scan([])
        box.action_close()
        self.assertEqual(parts.verdict, 'missing')
        self.assertEqual((box.part_count, box.scanned_count), (1, 0))
        self.assertFalse(parts.sudo().charge_ids)

    def test_high_value_is_checked_before_the_box_is_closed(self):
        dear, cheap = self._create_tags(1, unit_value=900.0), self._create_tags(9)
        box = self._pack(dear | cheap)
        box.action_scan((dear | cheap).mapped('name'))
        self.assertTrue(dear.is_check_required)
        self.assertEqual(len(cheap.filtered('is_check_required')), 1)  # a tenth, rounded up
        with self.assertRaisesRegex(UserError, "give a verdict"):
            box.action_close()
        (dear | cheap.filtered('is_check_required')).action_judge('accepted')
        box.action_close()
        self.assertEqual(set((dear | cheap).mapped('verdict')), {'accepted'})

    def test_outlet_objects_to_its_charge(self):
        self.north.manager_id = self.wang
        parts = self._create_tags(1)
        box = self._pack(parts)
        box.action_scan([])
        box.action_close()
        charge = self.env['aftersales.outlet.charge'].with_user(self.wang).search([])
        charge._object_for_outlet("It lay in the other box")
        self.assertEqual(charge.sudo().state, 'objected')

    def test_photo_beside_the_tag(self):
        part = self._create_tags(1)
        box = self._pack(part)
        box.action_scan([part.name])
        with self.assertRaisesRegex(UserError, "cannot be read"):
            part.action_add_photo('a.png', 'no base64!')
        part.action_add_photo('a.png', SIGNATURE)
        self.assertEqual(box.get_bench_data()['parts'][0]['photos'], part.photo_ids.ids)
        with self.assertRaises(UserError):
            part.action_add_photo('a.png', b64encode(b'no picture').decode())

    def test_verdict_is_protected(self):
        part = self._create_tags(1)
        with self.assertRaisesRegex(AccessError, "protected"):
            part.verdict = 'accepted'
        with self.assertRaisesRegex(AccessError, "protected"):
            part.is_settlement_held = False
        with self.assertRaises(AccessError):
            part.with_user(self.technician).action_judge('missing')

    def test_papers(self):
        part = self._create_tags(1, serial_expected='B-77')
        box = self._pack(part)
        render = self.env['ir.actions.report']._render_qweb_html
        tag = render('aftersales_parts.report_old_part_tag', part.ids)[0].decode()
        for fact in part.name, 'data:image/png;base64', 'B-77', "It does not cool":
            self.assertIn(fact, tag)
        self.assertIn(part.name, render(
            'aftersales_parts.report_old_part_box', box.ids)[0].decode())
        box.action_scan([])
        box.action_close()
        self.assertIn("Missing from Box", render(
            'aftersales_parts.report_old_part_differences', box.ids)[0].decode())


def _widen(text):
    """Return a text as Chinese input types it."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)
