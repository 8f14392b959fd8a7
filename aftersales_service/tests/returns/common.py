from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from ..common import AftersalesCommon


class ReturnsCommon(AftersalesCommon):
    """Units sold for 3,000; each class sells the ones that its tests return.

    The law of the tests: refund within 7 days, exchange within 15. The shop takes unused
    goods back within 10 days for a charge of 10 %.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._create_person('lead', 'team_lead', "Lead Lena")
        cls.other_lead = cls._create_person('other_lead', 'team_lead', "Lead Lou")
        cls.company = cls.env.company
        cls.company.aftersales_return_limit = 0
        cls.policy.remedy_ids = [Command.create({
            'name': article, 'article': article, 'remedy': remedy, 'window_days': days,
            'has_window': True, 'fault_kind': 'performance',
        }) for article, remedy, days in (("Art. 9", 'refund', 7), ("Art. 10", 'exchange', 15))]
        policies = cls.env['aftersales.return.policy']
        policies.search([]).active = False
        cls.shop_policy = policies.create({
            'name': "Shop Returns", 'code': 'shop', 'window_days': 10, 'condition': 'unused',
            'restocking_percent': 10})
        reason = 'aftersales_service.aftersales_return_reason_{}'.format
        cls.faulty = cls.env.ref(reason('quality'))
        cls.unwanted = cls.env.ref(reason('customer'))
        cls.conditioner.taxes_id = False
        cls.capacitor.taxes_id = False
        disposition = 'aftersales_service.aftersales_disposition_{}'.format
        cls.ways = {kind: cls.env.ref(disposition(kind)) for kind in (
            'restock', 'refurbish', 'vendor', 'scrap', 'recycle', 'customer')}

    @classmethod
    def _sell(cls, product=None, quantity=1, serials=(), invoice=True, partner=None):
        """Sell, deliver on the frozen day and invoice; return the sale order."""
        product = product or cls.conditioner
        quants = cls.env['stock.quant']
        lots = cls.env['stock.lot'].create(
            [{'name': name, 'product_id': product.id} for name in serials])
        for lot in lots:
            quants._update_available_quantity(product, cls.stock_location, 1, lot_id=lot)
        if not lots:
            quants._update_available_quantity(product, cls.stock_location, quantity)
        sale = cls.env['sale.order'].create({
            'partner_id': (partner or cls.customer).id,
            'order_line': [Command.create({
                'product_id': product.id, 'product_uom_qty': len(lots) or quantity})]})
        sale.action_confirm()
        sale.picking_ids.button_validate()
        if invoice:
            sale._create_invoices().action_post()
        return sale

    @classmethod
    def _sell_units(cls, serials, partner=None):
        """Sell the units that all tests of a class return, at noon of 10 January 2026."""
        with freeze_time('2026-01-10 12:00:00'):
            cls.sale = cls._sell(serials=serials, partner=partner)
        cls.cards = cls._get_cards(cls.sale)
        cls.card = cls.cards[0]

    @classmethod
    def _get_cards(cls, sale):
        return cls.env['aftersales.warranty'].search(
            [('sale_line_id', 'in', sale.order_line.ids)], order='id')

    def _create_return(self, sale=None, cards=None, reason=None, lines=None, **values):
        """Register a return as the current user, of all cards of a sale."""
        cards = self._get_cards(sale) if cards is None and sale else cards
        return self.env['aftersales.return'].create({
            'partner_id': self.customer.id,
            'sale_order_id': sale.id if sale else False,
            'reason_id': (reason or self.faulty).id,
            'line_ids': [Command.create(vals) for vals in lines or [
                {'warranty_id': card.id} for card in cards]],
            **values})

    def _receive(self, record):
        """Receive all that was announced, as the warehouse."""
        record.sudo().action_receive()

    def _inspect(self, record, grade='A', **values):
        record.line_ids.write({'grade': grade, **values})
        record.action_inspected()

    def _walk_to_inspected(self, record, **values):
        record.action_authorise()
        self._receive(record)
        self._inspect(record, **values)

    @contextmanager
    def assertRefused(self, words, error=UserError):  # noqa: N802
        """Expect a refusal, which leaves nothing behind: the server rolls it back."""
        with self.assertRaisesRegex(error, words), self.cr.savepoint():
            yield
        self.env.invalidate_all()

    def _get_stock(self, product, location):
        return self.env['stock.quant'].sudo()._get_available_quantity(product, location)
