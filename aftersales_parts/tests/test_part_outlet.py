from odoo.tests import tagged

from odoo.addons.aftersales_service.tests.common import PortalCommon
from odoo.addons.aftersales_service.tests.outlet.common import OutletCommon

from .request_common import RequestCommon


@tagged('post_install', '-at_install')
class TestPartOutlet(PortalCommon, OutletCommon, RequestCommon):
    """An outlet asks for parts, confirms and gives them back; the customer reads when they come."""

    def setUp(self):
        super().setUp()
        self.north.keeps_stock = True
        self.store = self.north.stock_location_id
        self.order = self._create_offered(product_id=self.conditioner.id)
        self.order.with_user(self.wang).action_accept_offer()
        self.order.write({'technician_id': self.zhao.id, 'user_id': self.agent.id})

    def _ask(self, **values):
        return self._post(f'/my/outlet/{self.order.id}/request_part', **{
            'code': 'PCB-2', 'quantity': '1', 'urgency': 'urgent', **values})

    def test_outlet_asks_takes_and_gives_back_others_find_nothing(self):
        self.authenticate('chen', 'chen')
        self.assertEqual(self._ask().status_code, 404)
        self.authenticate('wang', 'wang')
        self.assertIn("Request a Part", self.url_open(f'/my/outlet/{self.order.id}').text)
        self.assertIn("No part has the code", self._ask(code="Nothing").text)
        self.assertIn("how many pieces", self._ask(quantity="-3").text)
        self.assertIn("A spare part is needed", self._ask().text)
        request = self.order.part_request_ids
        self.assertRecordValues(request, [{
            'state': 'requested', 'urgency': 'urgent', 'outlet_id': self.north.id}])
        request = request.with_user(self.storekeeper)
        request.action_reserve()
        self.assertEqual(request.sudo().location_dest_id, self.store)
        request.action_send()
        url = f'/my/outlet/parts/{request.id}'
        self.authenticate('chen', 'chen')
        self.assertNotIn(request.name, self.url_open('/my/outlet/parts').text)
        self.assertEqual(self._post(f'{url}/take').status_code, 404)
        self.authenticate('stranger', 'stranger')
        self.assertEqual(self.url_open('/my/outlet/parts').status_code, 404)
        self.authenticate('wang', 'wang')
        self.assertIn(request.name, self.url_open('/my/outlet/parts').text)
        self._post(f'{url}/take')
        self.assertRecordValues(request, [{
            'state': 'handed_over', 'receiver_id': self.wang.id}])
        self.assertEqual(self._read_stock(self.board, self.store), 1.0)
        self.assertIn("cannot become", self._post(f'{url}/take').text)
        self._post(f'{url}/return')
        self.assertEqual(request.state, 'returning')

    def test_outlet_confirms_what_came(self):
        self.authenticate('wang', 'wang')
        self._ask(quantity='2')
        request = self.order.part_request_ids.with_user(self.storekeeper)
        request.action_reserve()
        request.action_send()
        url, name = f'/my/outlet/parts/{request.id}/take', f'came_{request.line_ids.id}'
        self.assertIn(f'name="{name}"', self.url_open('/my/outlet/parts').text)
        for came, words in (('0', "Nothing of"), ('3', "from 0 to 2"), ('nan', "from 0 to 2"),
                            ('-1', "from 0 to 2"), ('x', "as a number")):
            with self.subTest(came):
                self.assertIn(words, self._post(url, **{name: came}).text)
        self._post(url, **{name: '1'})
        self.assertRecordValues(request.line_ids, [{
            'quantity_missing': 1.0, 'quantity_received': 1.0}])
        self.assertEqual(self._read_stock(self.board, self.store), 1.0)

    def test_people_of_the_outlet_count_its_store_on_the_phone(self):
        self._stock(self.board, 3, self.store)
        data = self.zhao.with_user(self.zhao)._get_mobile_data('parts')
        self.assertEqual([(place['res_id'], place['is_van'], [
            row['quantity'] for row in place['parts']]) for place in data['places']],
            [(self.store.id, False, [3.0])])
        action = {'uuid': 'count-0001', 'kind': 'part_count', 'res_model': 'stock.location',
                  'res_id': self.store.id, 'payload': {
                      'product_id': self.board.id, 'quantity': 2, 'note': "Lost"}}
        for user, status in ((self.chen, 'refused'), (self.zhao, 'done')):
            [answer] = self.env['aftersales.job.action'].with_user(user)._handle_batch([action])
            self.assertEqual(answer['status'], status, answer)

    def test_pages_of_the_outlet_are_no_purchase_orders(self):
        """Core's breadcrumbs of purchases look at any value called ``order``."""
        self.authenticate('wang', 'wang')
        for url in ('/my/outlet?section=running', '/my/outlet?section=waiting',
                    f'/my/outlet/{self.order.id}', '/my/outlet/parts'):
            with self.subTest(url):
                self.assertNotIn('/my/purchase?', self.url_open(url).text)

    def test_outlet_asks_for_the_successor_of_an_old_number(self):
        self.env['aftersales.part.supersession'].create({
            'old_product_id': self.old_board.id, 'product_id': self.board.id,
            'date': '2020-01-01'})
        self.authenticate('wang', 'wang')
        self.assertIn("was replaced and is not at hand", self._ask(code='PCB-1').text)
        self.assertFalse(self.order.part_request_ids)

    def test_parts_of_the_outlets_store_are_its_own_level(self):
        self._stock(self.board, 3, self.store)
        line = self._request(user=self.agent).line_ids
        self.assertRecordValues(line, [{'free_outlet': 3.0, 'free_centre': 2.0, 'free_van': 0.0}])
        # what lies in the store already is not sent from there
        self.assertEqual(line.location_id, self.stock_location)

    def test_core_takes_nothing_for_others_out_of_the_store_of_an_outlet(self):
        [part] = self._create_parts("Valve")
        self._stock(part, 1, self.store)
        move = self.env['stock.move'].create({
            'product_id': part.id, 'product_uom_qty': 1.0, 'location_id': self.stock_location.id,
            'location_dest_id': self.env.ref('stock.stock_location_customers').id})
        move._action_confirm()
        move._action_assign()
        self.assertEqual((move.state, move.quantity), ('confirmed', 0.0))

    def test_core_replenishes_the_store_from_the_centre(self):
        orderpoint = self.env['stock.warehouse.orderpoint'].create({
            'product_id': self.board.id, 'location_id': self.store.id, 'trigger': 'manual',
            'product_min_qty': 2.0, 'product_max_qty': 2.0})
        orderpoint.action_replenish()
        move = self.env['stock.move'].search(
            [('product_id', '=', self.board.id), ('location_dest_id', '=', self.store.id)])
        self.assertRecordValues(move, [{
            'location_id': self.stock_location.id, 'product_uom_qty': 2.0}])
        self.assertEqual(move.picking_id.picking_type_id.code, 'internal')

    def test_customer_reads_when_the_part_comes(self):
        self.order.partner_id = self.owner.partner_id
        request = self._request(user=self.agent)
        self.authenticate('owner', 'owner')
        url = f'/my/service/{self.order.id}'
        self.assertIn("A spare part is needed and asked for", self.url_open(url).text)
        request.with_user(self.storekeeper).date_expected = '2026-06-09'
        self.assertIn("It is expected on 06/09/2026", self.url_open(url).text)
        request.with_user(self.storekeeper).action_cancel()
        self.assertNotIn("A spare part is needed", self.url_open(url).text)
