from odoo.tests import tagged

from .money_common import MoneyCommon


@tagged('post_install', '-at_install')
class TestFailureSources(MoneyCommon):
    """What counts as the cost of a failure, source by source, and what does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._create_card(serial='FS-1')

    def _facts(self, **domain):
        """Return ``[(component, amount, model of the document)]`` as a complaint manager."""
        self.env.flush_all()
        rows = self.env['aftersales.failure.cost'].with_user(self.complaint_manager).search(
            [(name, '=', value) for name, value in domain.items()], order='id')
        return [(row.component, row.amount, row.res_model) for row in rows]

    def _stamp(self, record, **values):
        """Write what the steps of a document write."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                f"UPDATE {record._table} SET {name} = %s WHERE id IN %s",
                [value, tuple(record.ids)])
        self.env.invalidate_all()

    def _return(self, reason, settlement='refund', card=None, **values):
        record = self.env['aftersales.return'].create({
            'partner_id': self.customer.id,
            'reason_id': self.env.ref(f'aftersales_service.aftersales_return_reason_{reason}').id,
            'line_ids': [(0, 0, {
                'warranty_id': (card or self.card).id, 'product_id': self.conditioner.id,
                'price_unit': 3000.0, 'settlement': settlement})]})
        self._stamp(record.line_ids, quantity_received=1.0, refund_amount=2900.0,
                    settlement=settlement, **values)
        return record

    def test_refunds_and_exchanges_of_faulty_goods(self):
        other = self._create_card(serial='FS-2')
        returns = self._return('quality') | self._return('quality', 'exchange', card=other)
        self.assertFalse(self._facts(warranty_id=self.card.id))
        self._stamp(returns, state='settled', date_settled='2026-03-02 08:00:00')
        self.assertCountEqual(
            self._facts(warranty_id=self.card.id), [('return', 2900.0, 'aftersales.return')])
        self.assertCountEqual(
            self._facts(warranty_id=other.id), [('replacement', 3000.0, 'aftersales.return')])

    def test_returns_that_the_customer_answers_for_are_no_failure(self):
        record = self._return('customer')
        self.env['aftersales.cost.line'].create({
            'res_model': 'aftersales.return', 'res_id': record.id, 'kind': 'freight',
            'unit_cost': 30.0})
        self._stamp(record, state='settled', date_settled='2026-03-02 08:00:00')
        self.assertFalse(self._facts(return_id=record.id))
        self.assertFalse(self._facts(warranty_id=self.card.id))

    def test_goods_that_were_not_accepted_cost_nothing(self):
        record = self._return('quality', is_accepted=False)
        self._stamp(record, state='settled', date_settled='2026-03-02 08:00:00')
        self.assertFalse(self._facts(warranty_id=self.card.id))

    def test_costs_of_an_installation_are_no_failure(self):
        kinds = {'installation': [], 'repair_on_site': [('labour', 90.0, 'aftersales.order')]}
        for kind, facts in kinds.items():
            order = self._create_order(type_id=self.env.ref(
                f'aftersales_service.aftersales_order_type_{kind}').id)
            self.env['aftersales.cost.line'].create({
                'res_model': 'aftersales.order', 'res_id': order.id, 'kind': 'labour',
                'unit_cost': 90.0})
            self.assertCountEqual(self._facts(order_id=order.id), facts, kind)

    def test_outlets_are_paid_by_line_for_warranty_work(self):
        order = self._create_order(type_id=self.type_on_site.id, warranty_id=self.card.id)
        claim = self.env['aftersales.claim'].create({
            'kind': 'outlet', 'outlet_id': self.north.id, 'line_ids': [
                (0, 0, {'name': name, 'kind': kind, 'amount_asked': amount,
                        'order_id': order.id, 'decision': decision})
                for name, kind, amount, decision in (
                    ("Work", 'labour', 120.0, 'approved'), ("Valve", 'part', 40.0, 'approved'),
                    ("Hotel", 'other', 80.0, 'refused'))]})
        self.assertFalse(self._facts(warranty_id=self.card.id))
        self._stamp(claim, state='settled', date_settled='2026-03-02 08:00:00')
        self.assertCountEqual(self._facts(warranty_id=self.card.id), [
            ('labour', 120.0, 'aftersales.claim'), ('parts', 40.0, 'aftersales.claim')])

    def test_what_the_customer_pays_lowers_the_price(self):
        order = self._create_order(type_id=self.type_on_site.id, warranty_id=self.card.id)
        self.capacitor.taxes_id = False
        sale = self.env['sale.order'].create({
            'partner_id': self.customer.id, 'aftersales_order_id': order.id,
            'order_line': [(0, 0, {'product_id': self.capacitor.id, 'price_unit': 70.0})]})
        self.assertFalse(self._facts(order_id=order.id))
        self._stamp(sale, state='sale')
        self.assertCountEqual(self._facts(order_id=order.id), [('paid', -70.0, 'aftersales.order')])

    def test_goods_sold_again_count_once(self):
        record = self._return('quality')
        self._stamp(record, state='settled', date_settled='2026-03-02 08:00:00')
        case = self._create_complaint(
            kind='quality', return_id=record.id, warranty_id=self.card.id)
        loss = self.env['aftersales.complaint.loss'].sudo().create({
            'complaint_id': case.id, 'component': 'return', 'value': 3000.0,
            'res_model': 'aftersales.return', 'res_id': record.id})
        loss.write({'resale_price': 800.0, 'date_resold': '2026-03-10'})
        resold = ('recovered', -800.0, 'aftersales.complaint')
        self.assertCountEqual(self._facts(warranty_id=self.card.id), [
            ('return', 2900.0, 'aftersales.return'), resold])
        self.env['aftersales.cost.line'].create({
            'res_model': 'aftersales.return', 'res_id': record.id, 'kind': 'recovered',
            'unit_cost': 750.0})
        facts = self._facts(warranty_id=self.card.id)
        self.assertIn(('recovered', -750.0, 'aftersales.return'), facts)
        self.assertNotIn(resold, facts)

    def test_batch_of_goods_without_a_complaint_is_its_lot(self):
        product = self.env['product.product'].create(
            {'name': "Filter", 'is_storable': True, 'tracking': 'lot'})
        lot = self.env['stock.lot'].create({'name': "L-5", 'product_id': product.id})
        card = self._create_card(product_id=product.id, lot_id=lot.id, serial='L-5')
        order = self._create_order(type_id=self.type_on_site.id, warranty_id=card.id)
        self.env['aftersales.cost.line'].create({
            'res_model': 'aftersales.order', 'res_id': order.id, 'kind': 'visit',
            'unit_cost': 60.0})
        self.assertCountEqual(self._facts(batch="L-5"), [('visit', 60.0, 'aftersales.order')])

    def test_rows_have_ids_of_their_own(self):
        self.test_goods_sold_again_count_once()
        self.env.flush_all()
        rows = self.env['aftersales.failure.cost'].search([])
        self.assertEqual(len(rows), len(set(rows.ids)))
        self.assertEqual(len(self.env['aftersales.failure.cost'].browse(rows.ids).exists()),
                         len(rows))
