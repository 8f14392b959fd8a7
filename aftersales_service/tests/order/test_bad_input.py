import base64

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, HttpCase, freeze_time, tagged, users

from .. import people
from ..common import SIGNATURE, AftersalesCommon
from ..visit.common import VisitCommon

LETTER = base64.b64encode(b"a letter").decode()
DRAWING = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>').decode()
WARNINGS = 'odoo.tests.form.onchange'


@tagged('post_install', '-at_install')
class TestUnitWarnings(AftersalesCommon):
    """What does not fit is said while it is typed, and may be saved all the same."""

    def _type(self, sentence, **values):
        """Fill the order's form, expecting the warning ``sentence``; return the order."""
        form = Form(self.env['aftersales.order'])
        with self.assertLogs(WARNINGS, 'WARNING') as logs:
            for name, value in values.items():
                form[name] = value
        self.assertIn(sentence, "\n".join(logs.output))
        return form.save()

    @users('agent')
    def test_card_of_another_customer(self):
        card = self._create_card()
        stranger = self.env['res.partner'].create({'name': "Stranger"})
        order = self._type(
            f"warranty card of another customer: {card.name}",
            partner_id=stranger, serial='AC-0001')
        self.assertRecordValues(order, [
            {'partner_id': stranger.id, 'warranty_id': card.id}])

    @users('agent')
    def test_contact_of_the_owner_is_no_other_customer(self):
        self._create_card()
        form = Form(self.env['aftersales.order'])
        form.partner_id = self.env['res.partner'].create(
            {'name': "Li's son", 'parent_id': self.customer.id})
        with self.assertNoLogs(WARNINGS, 'WARNING'):
            form.serial = 'AC-0001'

    @users('agent')
    def test_serial_number_of_another_product_in_stock(self):
        self.env['stock.lot'].sudo().create(
            {'name': 'AC-77', 'product_id': self.conditioner.id})
        order = self._type(
            "AC-77 belongs to Air Conditioner, not to Capacitor",
            serial='AC-77', product_id=self.capacitor)
        self.assertFalse(order.lot_id)

    @users('agent')
    def test_serial_number_of_two_products_is_the_one_meant(self):
        self.env['stock.lot'].sudo().create([
            {'name': 'AC-77', 'product_id': product.id}
            for product in (self.conditioner, self.compressor)])
        form = Form(self.env['aftersales.order'])
        with self.assertNoLogs(WARNINGS, 'WARNING'):
            form.product_id = self.conditioner
            form.serial = 'AC-77'

    @users('agent')
    def test_card_of_another_product_is_refused_by_rpc(self):
        self._create_card()
        with self.assertRaisesRegex(ValidationError, "not to Capacitor"):
            self._create_order(serial='AC-0001', product_id=self.capacitor.id)

    @users('agent')
    def test_dates_before_the_sale(self):
        self._create_card()
        order = self._create_order(serial='AC-0001')
        form = Form(order)
        with self.assertLogs(WARNINGS, 'WARNING') as logs:
            form.date_event = '2026-01-09 12:00:00'
        self.assertIn(
            "reported on 2026-01-09, before the unit was sold on 2026-01-10", logs.output[0])
        form.save()
        self.assertEqual(order.cover_state, 'none')
        with self.assertNoLogs(WARNINGS, 'WARNING'):
            form.date_event = '2026-01-10 12:00:00'
        with self.assertLogs(WARNINGS, 'WARNING') as logs:
            form.date_planned = '2026-01-08 12:00:00'
        self.assertIn("planned for 2026-01-08, before the unit was sold", logs.output[0])

    @users('agent')
    def test_dates_in_the_future(self):
        with freeze_time('2026-06-01 12:00:00'):
            order = self._create_order(
                date_event='2026-06-01 12:00:00', date_received='2026-06-01 11:00:00')
            for name, label in {'date_event': "Reported on", 'date_received': "Article Received",
                                'date_returned': "Article Returned"}.items():
                with self.subTest(name), self.assertRaisesRegex(
                        UserError, f"{label}.* of order {order.name} cannot lie in the future"
                ), self.cr.savepoint():
                    order[name] = '2026-06-01 12:00:01'
            with self.assertRaisesRegex(UserError, "cannot lie in the future"):
                self._create_order(date_event='2026-06-02 09:00:00')
            order.date_planned = '2026-06-20 09:00:00'


@tagged('post_install', '-at_install')
class TestBadDocuments(AftersalesCommon):
    """Orders with documents stay; signatures that are none are refused at every door."""

    @users('manager')
    def test_invoiced_order_is_archived_not_deleted(self):
        order = self._create_order(product_id=self.conditioner.id)
        sale = self.env['sale.order'].sudo().create({
            'partner_id': self.customer.id, 'aftersales_order_id': order.id,
            'order_line': [(0, 0, {'product_id': self.hour.id})]})
        sale.action_confirm()
        sale.order_line.qty_delivered = 1
        sale._create_invoices().action_post()
        with self.assertRaisesRegex(UserError, f"archive them instead: {order.name}"):
            order.unlink()
        order.action_archive()
        self.assertTrue(order.exists())
        self.assertFalse(order.active)

    @users('manager')
    def test_order_with_used_parts_is_not_deleted_among_others(self):
        order, empty = self._create_order(product_id=self.conditioner.id), self._create_order()
        self.env['stock.move'].create({
            'aftersales_order_id': order.id, 'product_id': self.capacitor.id,
            'product_uom_qty': 1, 'repair_line_type': 'add'})
        with self.assertRaisesRegex(UserError, order.name):
            (order | empty).unlink()
        self.assertTrue(empty.exists())  # nothing is half done

    @users('agent')
    def test_signature_that_is_no_image_is_refused(self):
        order = self._create_order()
        for name in ('signature', 'handover_signature', 'return_signature'):
            for content in (LETTER, DRAWING):
                with self.subTest(name=name, content=content[:8]), (
                        self.assertRaises(UserError)), self.env.cr.savepoint():
                    order[name] = content
            order[name] = SIGNATURE
            self.assertTrue(order[name])


@tagged('post_install', '-at_install')
class TestBadInputHttp(HttpCase, VisitCommon):
    """The same at the doors of portal and phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = people.get_visitor(cls.env, 'owner')
        today = cls.env.cr.now().replace(hour=12, minute=0, second=0, microsecond=0)
        cls.order = cls._dispatch(date=today, partner_id=cls.owner.partner_id.id)
        cls.large = base64.b64encode(
            base64.b64decode(SIGNATURE) + bytes(20 * 1024 * 1024)).decode()

    def _sign(self, signature):
        return self.make_jsonrpc_request(f'/my/service/{self.order.id}/sign', {
            'access_token': self.order._portal_ensure_token(), 'name': "Li",
            'signature': signature})

    def test_portal_signature_that_is_no_image(self):
        self.order.visit_ids.action_arrive()
        self.order.solution = "Filter cleaned"
        for content in (LETTER, DRAWING, "&&&", "a", 12, {'a': 1}):
            with self.subTest(content=str(content)[:8]):
                self.assertTrue(self._sign(content)['error'])
                self.assertFalse(self.order.signature or self.order.signed_by)
        self.assertNotIn('error', self._sign(SIGNATURE))

    def test_photo_of_20_mb_from_the_phone(self):
        self.authenticate('technician', 'technician')

        def send(number, image):
            [answer] = self.make_jsonrpc_request('/my/jobs/actions', {'actions': [{
                'uuid': f'photo-number-{number}', 'kind': 'photo',
                'visit_id': self.order.visit_ids.id, 'order_id': self.order.id,
                'payload': {'image': image}}]})
            return answer['status'], answer['message']

        self.assertEqual(send(1, self.large), (
            'refused', "The photo is larger than 20 MB: make it smaller and send it again."))
        self.assertEqual(send(2, SIGNATURE), ('done', ''))
        self.assertEqual(self.order._get_photo_counts(), {self.order.id: 1})

    def test_photo_of_20_mb_from_the_portal(self):
        self.authenticate('owner', 'owner-secret')
        page = self.url_open('/my/service/new', data={
            'csrf_token': http.Request.csrf_token(self), 'description': "It leaks"},
            files=[('photos', ('leak.png', base64.b64decode(self.large), 'image/png'))])
        self.assertIn("leak.png is larger than 20 MB", page.text)
        self.assertIn("It leaks", page.text)
        self.assertFalse(self.env['aftersales.order'].search([('channel', '=', 'portal')]))
