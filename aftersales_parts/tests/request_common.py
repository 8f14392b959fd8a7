from contextlib import contextmanager

from odoo.fields import Command

from .common import PartsCommon


class RequestCommon(PartsCommon):
    """A technician with a van, an order in the field, and parts in the centre."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.van = cls._create_van(cls.technician)
        cls._stock(cls.board, 2)

    @classmethod
    def _create_van(cls, technician, **values):
        return cls.env['stock.location'].create({
            'name': f"Van of {technician.name}", 'usage': 'internal',
            'location_id': cls.stock_location.location_id.id, 'company_id': cls.env.company.id,
            'aftersales_technician_id': technician.id, **values})

    def setUp(self):
        super().setUp()
        self.card = self._create_card()
        self.order = self._create_order(
            type_id=self.type_on_site.id, warranty_id=self.card.id,
            date_event='2026-06-01 12:00:00', technician_id=self.technician.id,
            user_id=self.agent.id)

    @contextmanager
    def _refused(self, error, words):
        """Expect a refusal, and take back what was written before it, as a request does."""
        with self.assertRaisesRegex(error, words), self.env.cr.savepoint():
            yield

    def _request(self, product=None, quantity=1.0, user=None, **values):
        """Return a request of the technician for the order, sent to the store."""
        request = self.env['aftersales.part.request'].with_user(user or self.technician).create({
            'order_id': self.order.id, 'line_ids': [Command.create({
                'product_id': (product or self.board).id, 'quantity': quantity})], **values})
        request.action_request()
        return request

    def _hand_over(self, request):
        """Walk a request until its parts are where they were asked for."""
        store = request.with_user(self.storekeeper)
        store.action_reserve()
        store.action_send()
        request.with_user(request.user_id).action_receive()
        return request

    def _use(self, product, quantity=1.0):
        self.env['stock.move'].create({
            'aftersales_order_id': self.order.id, 'product_id': product.id,
            'product_uom_qty': quantity})

    def _read_stock(self, product, location):
        """Return what lies in a location itself."""
        return sum(self.env['stock.quant'].search(
            [('product_id', '=', product.id), ('location_id', '=', location.id)]
        ).mapped('quantity'))
