import json
from urllib.parse import quote
from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests import people
from odoo.addons.aftersales_service.tests.visit.common import VisitCommon
from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .request_common import RequestCommon

PIXEL = (
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg'
    'gg==')
FOREIGN = ('refused', "This job does not exist or is no longer yours.")


@tagged('post_install', '-at_install')
class TestPartPhone(HttpCase, VisitCommon, RequestCommon):
    """The technician asks, takes, counts and gives back on the phone, with and without network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.cr.now().replace(hour=12, minute=0, second=0, microsecond=0)
        cls.type_plain.has_repair = True
        cls.board.barcode = '6901234567892'

    def setUp(self):
        super().setUp()
        self.order = self._dispatch(date=self.today, product_id=self.conditioner.id)
        self.visit = self.order.visit_ids

    def _send(self, user, document, kind, order_id=False, uuid=None, **payload):
        [answer] = self.env['aftersales.job.action'].with_user(user)._handle_batch([{
            'uuid': uuid or str(uuid4()), 'kind': kind, 'res_model': document._name,
            'res_id': document.id, 'order_id': order_id, 'payload': payload}])
        return answer['status'], answer['message']

    def _find(self):
        return self.env['aftersales.part.request'].search(
            [('user_id', '=', self.technician.id)], order='id desc', limit=1)

    # === ACTIONS === #

    def test_parts_page_takes_the_label_of_a_numbered_part_as_the_job_does(self):
        [pump] = self._create_parts("Pump")
        pump.tracking = 'serial'
        self.env['stock.lot'].create({'name': 'PU-77', 'product_id': pump.id})
        self.assertEqual(
            self._send(self.technician, self.van, 'part_request', code=' PU-77 ')[0], 'done')
        self.assertEqual(self._find().line_ids.product_id, pump)

    def test_part_is_asked_for_once_by_its_barcode(self):
        uuid = str(uuid4())
        values = {'code': '6901234567892', 'quantity': 2, 'urgency': 'urgent'}
        answers = [self._send(self.technician, self.visit, 'part_request', self.order.id,
                              uuid, **values)[0] for __ in range(2)]
        self.assertEqual(answers, ['done', 'already_done'])
        request = self._find()
        self.assertRecordValues(request, [{
            'state': 'requested', 'urgency': 'urgent', 'order_id': self.order.id,
            'user_id': self.technician.id}])
        self.assertEqual(request.line_ids.quantity, 2.0)
        self.assertTrue(self.order.is_waiting_for_parts)

    def test_unreadable_quantities_and_unknown_codes_are_refused(self):
        for quantity in (0, -1, "2", True, 10 ** 6):
            with self.subTest(quantity):
                self.assertEqual(self._send(
                    self.technician, self.visit, 'part_request', self.order.id,
                    product_id=self.board.id, quantity=quantity)[0], 'refused')
        self.assertIn("comes in whole pieces", self._send(
            self.technician, self.visit, 'part_request', self.order.id,
            product_id=self.board.id, quantity=1.5)[1])
        self.assertIn("No part has the code", self._send(
            self.technician, self.visit, 'part_request', self.order.id, code="X-1")[1])
        self.assertFalse(self._find())

    def test_old_number_is_asked_for_by_its_successor(self):
        self.env['aftersales.part.supersession'].create({
            'old_product_id': self.old_board.id, 'product_id': self.board.id,
            'date': '2020-01-01'})
        for document, order_id in ((self.visit, self.order.id), (self.van, False)):
            with self.subTest(document._name):
                status, message = self._send(
                    self.technician, document, 'part_request', order_id, code='PCB-1')
                self.assertEqual(status, 'refused')
                self.assertIn("PCB-2", message)
        self.assertEqual(self._send(
            self.technician, self.van, 'part_request', code='PCB-2')[0], 'done')

    def test_old_number_to_use_up_is_found_and_asked_for_before_its_successor(self):
        self.env['aftersales.part.supersession'].create({
            'old_product_id': self.old_board.id, 'product_id': self.board.id,
            'use_up_first': True, 'date': '2020-01-01'})
        outlet = self.env['aftersales.outlet'].create({
            'name': "North", 'kind': 'own', 'keeps_stock': True,
            'partner_id': self.env['res.partner'].create({'name': "North"}).id,
            'member_ids': [(6, 0, self.technician.ids)]})
        outlet.action_activate()
        self.order.outlet_id = outlet
        self.assertIn("PCB-2", self._send(
            self.technician, self.visit, 'part_request', self.order.id, code='PCB-1')[1])
        self._stock(self.old_board, 1, outlet.stock_location_id)
        self.authenticate('technician', 'technician')

        def find(order):
            parts = self.url_open(
                f'/my/jobs/parts/search?words=PCB-2&order_id={order.id}').json()['parts']
            return [(part['code'], part['hint']) for part in parts]

        self.assertEqual(find(self.order), [
            ('PCB-1', "use up first, 1 in the store"), ('PCB-2', "replaces PCB-1")])
        # what is in the store of the outlet serves its own orders only
        foreign = self._create_order(outlet_id=outlet.id)
        self.assertEqual(find(foreign), [('PCB-2', "replaces PCB-1")])
        self.assertEqual(self._send(
            self.technician, self.visit, 'part_request', self.order.id, code='PCB-1')[0], 'done')
        self.assertEqual(self._find().line_ids.location_id, outlet.stock_location_id)
        # more than is left would be bought under a number that no vendor has
        self.assertIn("1 are left", self._send(
            self.technician, self.visit, 'part_request', self.order.id, code='PCB-1',
            quantity=2)[1])
        # the van is filled from the centre
        self.assertIn("PCB-2", self._send(
            self.technician, self.van, 'part_request', code='PCB-1')[1])
        self._stock(self.old_board, 1)
        self.assertEqual(self._send(
            self.technician, self.van, 'part_request', code='PCB-1')[0], 'done')

    def test_receiver_alone_takes_and_gives_back(self):
        request = self._request()
        store = request.with_user(self.storekeeper)
        store.action_reserve()
        store.action_send()
        self.assertEqual(self._send(self.other_technician, request, 'part_take'), FOREIGN)
        line = str(request.line_ids.id)
        self.assertEqual(self._send(
            self.technician, request, 'part_take', missing={line: "x"})[0], 'refused')
        self.assertIn("Nothing of", self._send(
            self.technician, request, 'part_take', missing={line: 1})[1])
        self.assertEqual(self._send(self.technician, request, 'part_take')[0], 'done')
        self.assertEqual(self._read_stock(self.board, self.van), 1.0)
        self.assertEqual(self._send(self.other_technician, request, 'part_return'), FOREIGN)
        self.assertEqual(self._send(self.technician, request, 'part_return')[0], 'done')
        self.assertEqual(request.state, 'returning')

    def test_part_goes_from_van_to_van_by_scan_and_is_confirmed(self):
        other = self._create_van(self.other_technician)
        self._stock(self.board, 1, self.van)
        values = {'code': '6901234567892', 'quantity': 1}
        self.assertEqual(self._send(
            self.other_technician, self.van, 'part_pass', location_id=other.id, **values), FOREIGN)
        self.assertIn("van of a colleague", self._send(
            self.technician, self.van, 'part_pass', location_id=self.stock_location.id,
            **values)[1])
        self.assertEqual(self._send(
            self.technician, self.van, 'part_pass', location_id=other.id, **values)[0], 'done')
        request = self.env['aftersales.part.request'].search(
            [('location_dest_id', '=', other.id)])
        self.assertRecordValues(request, [{
            'state': 'in_transit', 'sender_id': self.technician.id,
            'user_id': self.other_technician.id}])
        self.assertEqual(self._read_stock(self.board, other), 0.0)
        self.assertEqual(self._send(self.technician, request, 'part_take'), FOREIGN)
        self.assertEqual(self._send(self.other_technician, request, 'part_take')[0], 'done')
        self.assertEqual(self._read_stock(self.board, other), 1.0)
        # what is not there cannot be passed on
        self.assertIn("too few", self._send(
            self.technician, self.van, 'part_pass', location_id=other.id, **values)[1])

    def test_colleague_of_the_outlet_moves_no_parts_of_a_van(self):
        boss = people.get_visitor(self.env, 'wang')
        outlet = self.env['aftersales.outlet'].create({
            'name': "Own Centre", 'kind': 'own', 'manager_id': boss.id,
            'partner_id': self.env['res.partner'].create({'name': "Centre"}).id,
            'member_ids': [(6, 0, (self.technician | self.other_technician | boss).ids)]})
        outlet.action_activate()
        self.order.outlet_id = outlet
        request = self._request()
        self.assertEqual(request.sudo().outlet_id, outlet)
        for kind in ('part_cancel', 'part_take', 'part_return', 'part_lend'):
            self.assertEqual(self._send(self.other_technician, request, kind), FOREIGN)
        with self.assertRaises(AccessError):
            request.with_user(self.other_technician)._move_for_receiver('handed_over')
        data = self.other_technician.with_user(self.other_technician)._get_mobile_data('parts')
        self.assertFalse(data['requests'])
        self._hand_over(request)
        self.assertEqual(self._send(self.other_technician, request, 'part_return'), FOREIGN)
        self.assertEqual(self._send(boss, request, 'part_return')[0], 'done')

    def test_owner_of_the_van_hands_its_parts_out(self):
        foreign = self._create_van(self.other_technician)
        [part] = self._create_parts("Valve")
        self._stock(part, 1, foreign)
        request = self._request(part)
        store = request.with_user(self.storekeeper)
        store.line_ids.write({'location_id': foreign.id, 'is_ordered': False})
        store.action_reserve()
        with self.assertRaisesRegex(AccessError, "van of Technician Theo, who hands them out"):
            store.action_send()
        data = self.other_technician.with_user(self.other_technician)._get_mobile_data('parts')
        self.assertEqual([item['technician'] for item in data['asked']], ["Technician Tom"])
        self.assertEqual(self._send(self.technician, request, 'part_send'), FOREIGN)
        self.assertEqual(self._send(self.other_technician, request, 'part_send')[0], 'done')
        self.assertEqual(self._send(self.technician, request, 'part_take')[0], 'done')
        self.assertEqual(self._read_stock(part, self.van), 1.0)

    def test_count_is_explained_and_approved_by_a_second_person(self):
        self._stock(self.board, 3, self.van)
        count = {'product_id': self.board.id, 'quantity': 2}
        self.assertEqual(
            self._send(self.other_technician, self.van, 'part_count', **count), FOREIGN)
        self.assertIn("the books say 3, you counted 2", self._send(
            self.technician, self.van, 'part_count', **count)[1])
        self.assertEqual(self._send(
            self.technician, self.van, 'part_count', note="Broken", **count)[0], 'done')
        quant = self.env['stock.quant'].search(
            [('product_id', '=', self.board.id), ('location_id', '=', self.van.id)])
        self.assertRecordValues(quant, [{
            'quantity': 3.0, 'inventory_quantity': 2.0, 'inventory_diff_quantity': -1.0,
            'aftersales_counter_id': self.technician.id}])
        with self.assertRaises(AccessError):
            quant.with_user(self.other_technician).action_approve_counts()
        quant.with_user(self.storekeeper).action_approve_counts()
        self.assertRecordValues(quant, [{'quantity': 2.0, 'aftersales_counter_id': False}])
        move = self.env['stock.move'].search(
            [('product_id', '=', self.board.id), ('location_id', '=', self.van.id)])
        self.assertIn("Broken", move.inventory_name)

    def _find_counted(self, words):
        self.authenticate('technician', 'technician')
        return self.url_open(
            f'/my/jobs/parts/search?words={words}&purpose=count').json()['parts']

    def _read_place(self):
        [place] = self.technician.with_user(self.technician)._get_mobile_data('parts')['places']
        return [(row['product_id'], row['quantity'], row['counted'], row['numbers'])
                for row in place['parts']]

    def test_part_that_is_not_in_the_books_is_counted_by_its_code(self):
        self.assertEqual(self._read_place(), [])
        [found] = self._find_counted('6901234567892')
        self.assertEqual((found['id'], found['tracking']), (self.board.id, 'none'))
        for part in {'product_id': found['id']}, {'code': '6901234567892'}:
            self.assertIn("the books say 0, you counted 2", self._send(
                self.technician, self.van, 'part_count', quantity=2, **part)[1])
            self.assertEqual(self._send(
                self.technician, self.van, 'part_count', quantity=2, note="From a colleague",
                **part)[0], 'done')
        self.assertEqual(self._read_place(), [(self.board.id, 0.0, 2.0, [])])
        self.van.quant_ids.with_user(self.storekeeper).action_approve_counts()
        self.assertEqual(self._read_place(), [(self.board.id, 2.0, None, [])])
        goods = self._create_parts("Grease", is_storable=False)
        self.assertIn("not kept in stock", self._send(
            self.technician, self.van, 'part_count', product_id=goods.id, quantity=2,
            note="Found")[1])

    def test_numbered_parts_are_counted_by_their_numbers(self):
        [pump] = self._create_parts("Pump", tracking='serial')
        lots = self.env['stock.lot'].create(
            [{'name': name, 'product_id': pump.id} for name in ('PU-1', 'PU-2', 'PU-3', 'PU-4')])
        for lot, place in zip(lots, (self.van, self.van, self.stock_location), strict=False):
            self.env['stock.quant']._update_available_quantity(pump, place, 1, lot_id=lot)

        def count(*names, note="", **values):
            return self._send(self.technician, self.van, 'part_count', product_id=pump.id, **{
                'note': note, 'quantity': len(names), 'numbers': [
                    {'name': name, 'quantity': 1} for name in names], **values})

        self.assertIn("by its serial numbers", count(numbers=None, quantity=2)[1])
        self.assertIn("PU-2 differ from the books", count('PU-1')[1])
        self.assertIn("Enter each serial number once", count('PU-1', 'PU-1')[1])
        self.assertIn("is one piece", count(numbers=[{'name': 'PU-1', 'quantity': 2}])[1])
        self.assertEqual(count(numbers="PU-1")[0], 'refused')
        # a number that lies elsewhere by the books, and one of another part
        self.assertIn("ask the store to move it", count('PU-1', 'PU-3', note="Swapped")[1])
        other = self._create_parts("Fan", tracking='serial')
        self.env['stock.lot'].create({'name': 'FA-1', 'product_id': other.id})
        self.assertIn("is a number of [FAN] Fan", count('PU-1', 'FA-1', note="Swapped")[1])
        self.assertFalse(self.van.quant_ids.filtered('aftersales_counter_id'))
        # one is gone, one lay in a drawer, one has a number that no book knows
        self.assertEqual(count('PU-1', 'PU-4', 'PU-9', note="Swapped")[0], 'done')
        [(__, books, counted, __)] = self._read_place()
        self.assertEqual((books, counted), (2.0, 3.0))
        self.van.quant_ids.with_user(self.storekeeper).action_approve_counts()
        [(__, books, counted, numbers)] = self._read_place()
        self.assertEqual((books, counted), (3.0, None))
        self.assertEqual(sorted(row['name'] for row in numbers), ['PU-1', 'PU-4', 'PU-9'])

    def test_label_of_one_piece_is_counted_alone(self):
        [pump] = self._create_parts("Pump", tracking='serial')
        lots = self.env['stock.lot'].create(
            [{'name': name, 'product_id': pump.id} for name in ('PU-1', 'PU-2')])
        self.env['stock.quant']._update_available_quantity(pump, self.van, 1, lot_id=lots[0])
        [found] = self._find_counted('PU-2')
        self.assertEqual((found['id'], found['number']), (pump.id, 'PU-2'))
        self.assertEqual(self._send(
            self.technician, self.van, 'part_count', code='PU-2', quantity=1,
            note="Was in the box")[0], 'done')
        [(__, books, counted, __)] = self._read_place()
        self.assertEqual((books, counted), (1.0, 2.0))

    def test_storekeeper_does_not_approve_an_own_count(self):
        self.van.aftersales_technician_id = self.storekeeper
        self._stock(self.board, 3, self.van)
        self._send(self.storekeeper, self.van, 'part_count', product_id=self.board.id,
                   quantity=2, note="Broken")
        quant = self.env['stock.quant'].search(
            [('product_id', '=', self.board.id), ('location_id', '=', self.van.id)])
        with self.assertRaisesRegex(UserError, "a second person approves it"):
            quant.with_user(self.storekeeper).action_approve_counts()
        quant.with_user(self.planner).action_approve_counts()
        self.assertEqual(quant.quantity, 2.0)

    # === DATA === #

    def test_page_shows_levels_van_and_what_to_give_back(self):
        self._stock(self.board, 1, self.van)
        self._use(self.board)
        request = self._hand_over(self._request())
        request.sudo()._plan_return(3)
        data = self.env['res.users'].with_user(self.technician).browse(
            self.technician.id)._get_mobile_data('parts')
        [item] = data['requests']
        self.assertEqual((item['days_left'], item['to_return']), (3, 1.0))
        [place] = data['places']
        self.assertEqual([(row['name'], row['quantity']) for row in place['parts']],
                         [(self.board.display_name, 2.0)])
        [job] = data['jobs']
        [part] = [part for part in job['parts'] if part['id'] == self.board.id]
        self.assertEqual((part['van'], part['centre'], part['incoming']), (2.0, 1.0, 0.0))
        json.dumps(data)
        other = self.other_technician.with_user(self.other_technician)._get_mobile_data('parts')
        self.assertFalse(other['requests'] or other['places'] or other['jobs'])

    def test_more_jobs_ask_for_the_stock_once(self):
        def read():
            return self.technician.with_user(self.technician)._get_mobile_data('parts')

        self._use(self.board)
        few = self._count_queries(read)
        self._dispatch(8, date=self.today, product_id=self.conditioner.id)
        self.assertEqual(len(read()['jobs']), 9)
        many = self._count_queries(read)
        self.assertLessEqual(many, few + 8)

    def test_nameplate_shows_the_picture_and_the_commonest_parts_of_its_unit(self):
        machine = self.conditioner.product_tmpl_id
        machine.exploded_image = PIXEL
        parts = self._create_parts(*(f"Piece {number:02}" for number in range(12)))
        self.env['aftersales.part.fit'].create([
            {'machine_id': machine.id, 'product_id': part.id, 'position': str(number)}
            for number, part in enumerate(parts)])
        self.env['aftersales.part.demand'].create([
            {'month': '2026-05-01', 'asked_product_id': part.id, 'asked_quantity': quantity,
             'machine_id': machine.id} for part, quantity in ((parts[11], 9), (parts[7], 5))])
        other = self._dispatch(date=self.today, warranty_id=self._create_card(serial='AC-0042').id)
        self._create_card(serial='AC-0099')
        self.authenticate('technician', 'technician')

        def scan(words):
            return self.url_open(
                f'/my/jobs/parts/search?words={words}&order_id={self.order.id}').json()

        found = scan('SN:ac-0042')
        self.assertEqual(
            (found['unit']['order_id'], found['unit']['serial']), (other.id, 'AC-0042'))
        self.assertEqual(len(found['parts']), 10)
        self.assertEqual([(part['id'], part['position']) for part in found['parts'][:2]],
                         [(parts[11].id, '11'), (parts[7].id, '7')])
        # a unit of no job of the technician: nothing goes to the order that is open on the page
        self.assertEqual(scan('AC-0099')['unit']['order_id'], 0)
        self.assertNotIn('unit', scan('PCB-2'))
        picture = found['unit']['picture']
        self.assertEqual(self.url_open(picture).headers['Content-Type'], 'image/png')
        self.assertEqual(self.url_open('/my/jobs/parts/picture/1').status_code, 404)
        self.authenticate('employee', 'employee')
        self.assertEqual(self.url_open(picture).status_code, 404)

    def test_strange_words_find_nothing(self):
        self.authenticate(self.technician.login, self.technician.login)
        for words in ('%25%00', '%00%00', 'PCB%00-Q'):
            response = self.url_open(f'/my/jobs/parts/search?words={words}')
            self.assertEqual(response.status_code, 200, words)

    def test_codes_are_found_as_labels_scanners_and_chats_write_them(self):
        self.authenticate('technician', 'technician')
        sensor, twin = self._create_parts("sp-sensor", "Other")
        for code in ('sp-sensor', 'ＳＰ－ＳＥＮＳＯＲ', 'SP–SENSOR', ']C1SP-SENSOR',
                     'PN: SP-SENSOR', '1PSP-SENSOR', 'https://example.com/parts/SP-SENSOR?from=label'):
            with self.subTest(code):
                found = self.url_open(f'/my/jobs/parts/search?words={quote(code)}').json()['parts']
                self.assertEqual([part['id'] for part in found], sensor.ids)
                self.assertEqual(self._send(
                    self.technician, self.van, 'part_request', code=code)[0], 'done')
        for code in '(01)06901234567892(21)7', 'https://example.com/01/06901234567892/21/7':
            with self.subTest(code):
                self.assertEqual(self._send(
                    self.technician, self.van, 'part_request', code=code)[0], 'done')
                self.assertEqual(self._find().line_ids.product_id, self.board)
        # two numbers that differ by case only: no one is guessed
        twin.default_code = 'Sp-Sensor'
        self.assertIn("No part has the code", self._send(
            self.technician, self.van, 'part_request', code='sP-sENSOR')[1])
        self.assertEqual(self._send(
            self.technician, self.van, 'part_request', code='%')[0], 'refused')

    def test_search_is_for_technicians(self):
        for login, status in (('technician', 200), ('employee', 404)):
            self.authenticate(login, login)
            with self.subTest(login):
                response = self.url_open('/my/jobs/parts/search?words=PCB-2')
                self.assertEqual(response.status_code, status)
                if status == 200:
                    self.assertEqual(response.json()['parts'][0]['id'], self.board.id)

    # === THE PHONE === #

    def test_technician_asks_takes_and_gives_back_without_network(self):
        self._use(self.board)
        self.visit._set_state('on_site')
        self.env.flush_all()
        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.tap('.job', "Li Na")
        phone.tap('button.plain', "Request a part")
        phone.tap('.sheet .chip', "Urgent")
        phone.tap('.sheet .choice', "Control Board")
        phone.see('.hint', "Requested: [PCB-2] Control Board")
        phone.settle()
        with phone.at_rest():
            self.assertRecordValues(self._find(), [{
                'state': 'requested', 'urgency': 'urgent', 'order_id': self.order.id}])
        phone.tap('.bar-back')
        phone.tap('nav.pages a', "Parts")
        phone.see('.part-choice', "Control Board")
        phone.see('.part-choice', "Centre 2")
        phone.cut_network()
        phone.tap('.part-choice .ask', "Request")
        phone.see('.part-request', "Control Board")
        phone.see('.queue-badge', "↑ 1")
        phone.restore_network()
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            request = self._find()
            self.assertEqual(request.state, 'requested')
            store = request.with_user(self.storekeeper)
            store.action_reserve()
            store.action_send()
        phone.open('/my/jobs')
        phone.tap('nav.pages a', "Parts")
        phone.tap('.part-request .take', "Take")
        phone.tap('.sheet .confirm', "Take")
        phone.see('.part-request .badge', "Handed Over")
        phone.settle()
        with phone.at_rest():
            self.assertEqual(request.state, 'handed_over')
        phone.open('/my/jobs')
        phone.tap('nav.pages a', "Parts")
        phone.see('.stock-line', "Control Board")
        phone.tap('.part-request .give-back', "Give Back")
        phone.see('.part-request .badge', "Coming Back")
        phone.settle()
        with phone.at_rest():
            self.assertEqual(request.state, 'returning')
        self.assertLessEqual(phone.ask('document.documentElement.scrollWidth'), 390)

    def test_technician_says_what_came_and_counts_what_no_book_knows(self):
        request = self._request(quantity=2.0)
        store = request.with_user(self.storekeeper)
        store.action_reserve()
        store.action_send()
        [pump, spare] = self._create_parts("Pump", "Valve")
        pump.tracking = 'serial'
        lots = self.env['stock.lot'].create(
            [{'name': name, 'product_id': pump.id} for name in ('PU-1', 'PU-2', 'PU-3')])
        for lot in lots[:2]:
            self.env['stock.quant']._update_available_quantity(pump, self.van, 1, lot_id=lot)
        self.env.flush_all()
        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.tap('nav.pages a', "Parts")
        phone.tap('.part-request .take', "Take")
        phone.enter('.sheet input[type=number]', '1')
        phone.tap('.sheet .confirm', "Take")
        phone.see('.part-request .badge', "Handed Over")
        # a surplus, by its number
        phone.tap('.count-other')
        phone.enter('.sheet [name=code]', 'VALVE')
        phone.tap('.sheet .find')
        phone.enter('.sheet [name=counted]', '3')
        phone.enter('.sheet [name=note]', "From the old van")
        phone.tap('.sheet .big', "Save")
        phone.see('.stock-line', "counted 3")
        # a piece is missing, another one was never booked
        phone.see('.stock-line', "Pump")
        phone.ask("""[...document.querySelectorAll('.stock-line')]
            .find((line) => line.innerText.includes('Pump')).querySelector('.count').click()""")
        phone.tap('.sheet .number', "PU-1")
        phone.enter('.sheet [name=number]', 'PU-3')
        phone.tap('.sheet .add', "Add")
        phone.see('.sheet .number.is-chosen', "PU-3")
        phone.enter('.sheet [name=note]', "Swapped")
        self.assertLessEqual(phone.ask('document.documentElement.scrollWidth'), 390)
        phone.tap('.sheet .big', "Save")
        phone.see('.queue-badge', "✓")
        phone.settle()
        with phone.at_rest():
            self.assertRecordValues(request.line_ids, [{
                'quantity_missing': 1.0, 'quantity_received': 1.0}])
            counted = self.van.quant_ids.filtered('aftersales_counter_id')
            self.assertEqual(
                {(quant.product_id.name, quant.lot_id.name or "", quant.inventory_quantity)
                 for quant in counted},
                {("Valve", "", 3.0), ("Pump", "PU-1", 1.0), ("Pump", "PU-2", 0.0),
                 ("Pump", "PU-3", 1.0)})
            self.assertEqual(spare.qty_available, 0.0)
