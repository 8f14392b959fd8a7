from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.aftersales_service.tests.visit.common import VisitCommon
from odoo.addons.aftersales_service.tests.visit.phone import Phone

from .request_common import RequestCommon


@tagged('post_install', '-at_install')
class TestTourSparePart(HttpCase, VisitCommon, RequestCommon):
    """One part from the old number on an order to the minimum that its use changes, by clicks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._stock(cls.board, -2)  # it lies nowhere: it is bought
        cls.env.company.aftersales_inspection_kind = 'sample'
        vendor = cls.env['res.partner'].create({'name': "Tour Vendor"})
        buy = cls.env['stock.rule'].search([
            ('action', '=', 'buy'), ('location_dest_id', '=', cls.stock_location.id)], limit=1)
        cls.board.write({
            'route_ids': [Command.link(buy.route_id.id)],
            'seller_ids': [Command.create({'partner_id': vendor.id, 'delay': 30})]})
        cls.env['aftersales.part.supersession'].create({
            'old_product_id': cls.old_board.id, 'product_id': cls.board.id, 'date': '2020-01-01'})
        cls.env['aftersales.part.fit'].create([
            {'machine_id': cls.conditioner.product_tmpl_id.id, 'product_id': part.id,
             'position': "7"} for part in cls.board | cls.old_board])
        cls.point = cls.env['stock.warehouse.orderpoint'].create({
            'product_id': cls.board.id, 'location_id': cls.stock_location.id, 'trigger': 'manual'})

    def setUp(self):
        super().setUp()
        today = self.env.cr.now().replace(hour=12, minute=0, second=0, microsecond=0)
        self.order = self._dispatch(
            date=today, product_id=self.conditioner.id, warranty_id=self.card.id)
        self._plan()

    def _plan(self):
        """Compare the rule with what the old number was asked for: once, half a year ago."""
        self.month = fields.Date.today().replace(day=1)
        last = self.month - relativedelta(months=1)
        self.env.company.aftersales_demand_month = last
        self.env['aftersales.part.demand'].create({
            'month': last - relativedelta(months=6), 'asked_product_id': self.old_board.id,
            'asked_quantity': 1})
        self.env['aftersales.part.suggestion'].search([]).unlink()
        self.env['aftersales.part.suggestion']._suggest(self.env.company, self.point)

    def _open_page(self, phone, name):
        phone.open('/my/jobs')
        phone.tap('nav.pages a', name)

    def test_part_from_old_number_to_changed_minimum(self):
        self.start_tour(f'/odoo/service-orders/{self.order.id}', 'aftersales_parts_desk',
                        login='technician', timeout=120)
        self.assertEqual(self.order.part_ids.product_id, self.board)
        self._ask()
        request = self.order.part_request_ids
        self.assertRecordValues(request, [
            {'state': 'requested', 'user_id': self.technician.id}])
        self._supply(request)
        self._work()
        old_part = self.order.old_part_ids
        self.assertRecordValues(request, [{'state': 'closed', 'quantity_to_return': 0}])
        self.assertRecordValues(old_part, [{'state': 'due', 'product_id': self.board.id}])
        self._return(old_part)
        self._decide()

    def _ask(self):
        """The technician finds no board in the van, and asks for one."""
        phone = Phone(self, 'technician')
        phone.open('/my/jobs')
        phone.tap('.card.job', "Li Na")
        phone.next("Call")
        phone.next("Set off")
        phone.next("Arrive")
        phone.tap('button.plain', "Request a part")
        phone.tap('.sheet .choice', "Control Board")
        phone.see('.hint', "Requested: [PCB-2] Control Board")
        self._open_page(phone, "Parts")
        phone.see('.part-choice', "Van 0 · Outlet 0 · Centre 0")
        phone.see('.part-request', "Requested")
        phone.settle()
        phone.close()

    def _supply(self, request):
        """The store orders the board, the planner buys it, it is inspected and handed out."""
        self.start_tour('/odoo/part-requests', 'aftersales_parts_store_orders',
                        login='storekeeper', timeout=120)
        self.assertEqual(request.state, 'ordered')
        purchase = request.line_ids.move_ids.created_purchase_line_ids.order_id
        self.start_tour(f'/odoo/purchase.order/{purchase.id}', 'aftersales_parts_planner_buys',
                        login='planner', timeout=120)
        self.assertEqual(request.date_expected, fields.Date.add(
            purchase.order_line.date_planned.date(), days=2))
        self.start_tour(f'/odoo/part-receipts/{purchase.picking_ids.id}',
                        'aftersales_parts_store_receives', login='storekeeper', timeout=120)
        self.assertEqual(request.state, 'reserved')
        self.start_tour('/odoo/part-requests', 'aftersales_parts_store_hands_out',
                        login='storekeeper', timeout=120)
        self.assertEqual(request.state, 'in_transit')

    def _work(self):
        """The technician takes the board, fits it and lets the customer sign."""
        phone = Phone(self, 'technician')
        self._open_page(phone, "Parts")
        phone.tap('.part-request .take', "Take")
        phone.tap('.sheet .confirm', "Take")
        phone.see('.part-request .badge', "Handed Over")
        phone.see('.queue-badge', "✓")
        phone.open('/my/jobs')
        phone.tap('.card.job', "Li Na")
        phone.take_photo()
        phone.next("Write the Report")
        phone.type('textarea[name=diagnosis]', "Board dead")
        phone.type('textarea[name=solution]', "Board changed")
        phone.tap('.sheet .big', "Save")
        phone.next("Let the Customer Sign")
        phone.draw('.signature-pad')
        phone.tap('.sheet .big', "Save")
        phone.next("Complete")
        phone.see('.job-page', "This visit is over")
        phone.see('.queue-badge', "✓")
        self._open_page(phone, "Parts")
        phone.tap('.old-parts-due', "Old parts to return: 1, 30 days left")
        phone.see('.old-part', "30 days left")
        phone.settle()
        phone.close()

    def _return(self, old_part):
        """The old board is packed, scanned and judged."""
        old_part.name = 'OP-TOUR'
        self.start_tour('/odoo/old-parts', 'aftersales_parts_old_part', login='storekeeper',
                        timeout=120)
        self.assertRecordValues(old_part, [{'state': 'judged', 'verdict': 'accepted'}])

    def _decide(self):
        """The month is over: the use is counted, and the planner applies what follows of it."""
        before = self.point.aftersales_suggestion_ids.proposed_max
        self.order.part_ids.date -= relativedelta(months=1)
        self.env.company.aftersales_demand_month = False
        self.env.ref('aftersales_parts.ir_cron_part_demand').method_direct_trigger()
        self.env['aftersales.part.suggestion']._suggest(self.env.company, self.point)
        after = self.point.aftersales_suggestion_ids.filtered(lambda one: one.state == 'new')
        self.assertGreater(after.proposed_max, before)
        self.start_tour('/odoo/stock-suggestions', 'aftersales_parts_planner_applies',
                        login='planner', timeout=120)
        self.assertEqual(self.point.product_max_qty, after.proposed_max)
        self.assertEqual(after.state, 'applied')
