from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged, users

from .common import ReturnsCommon

AMOUNTS = ('amount_price', 'amount_charge', 'amount_refund', 'amount_settled')


@tagged('post_install', '-at_install')
@freeze_time('2026-01-12 12:00:00')
class TestReturnByRpc(ReturnsCommon):
    """What a caller may not do with a return, whatever is sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sale = cls._sell(serials=['R-1'])
        abroad = cls.env['res.company'].create({'name': "Abroad"})
        cls.foreign = (
            cls.env['sale.order'].create(
                {'partner_id': cls.customer.id, 'company_id': abroad.id}),
            cls._create_card(company_id=abroad.id, policy_id=cls.policy.id),
            cls.env['aftersales.order'].create(
                {'partner_id': cls.customer.id, 'user_id': cls.other_agent.id}))

    @users('technician')
    def test_amounts_that_need_a_second_person_are_protected(self):
        self.company.sudo().aftersales_return_limit = 1000.0
        record = self._create_return(self.sale)
        self._walk_to_inspected(record)
        self.assertTrue(record.is_approval_needed)
        for name in AMOUNTS:
            with self.subTest(name=name), self.assertRefused("is protected"):
                record[name] = 0.0
        with self.assertRefused("is protected"):
            self._create_return(self.sale, amount_settled=0.0)
        with self.assertRefused("a second person, a team lead, must approve it"):
            record.action_settle()

    def test_warehouse_links_no_transfer_or_scrap_to_a_return(self):
        record = self._create_return(self.sale)
        keeper = self._create_person('keeper', 'technician', "Keeper Kai")
        keeper.group_ids = [(4, self.env.ref('stock.group_stock_user').id)]
        place = {'location_id': self.stock_location.id}
        for name, vals in (
                ('stock.picking', place | {
                    'picking_type_id': self.sale.picking_ids.picking_type_id.id,
                    'location_dest_id': self.stock_location.id}),
                ('stock.scrap', place | {'product_id': self.conditioner.id})):
            model = self.env[name].with_user(keeper)
            with self.assertRefused("is protected", AccessError):
                model.create(vals | {'aftersales_return_id': record.id})
            made = model.with_context(default_aftersales_return_id=record.id).create(vals)
            self.assertFalse(made.sudo().aftersales_return_id)
            with self.assertRefused("is protected", AccessError):
                made.aftersales_return_id = record

    def test_what_is_still_missing_stays_the_returns(self):
        sale = self._sell(self.capacitor, 10)
        record = self._create_return(sale, lines=[
            {'move_id': sale.picking_ids.move_ids.id, 'quantity': 4}], reason=self.unwanted)
        record.action_authorise()
        keeper = self._create_person('keeper', 'technician', "Keeper Kai")
        keeper.group_ids = [(4, self.env.ref('stock.group_stock_user').id)]
        picking = record.sudo().picking_ids.with_user(keeper).sudo(False)
        picking.move_ids.quantity = 3
        picking.move_ids.picked = True
        picking._action_done()
        rest = picking.backorder_ids
        self.assertTrue(rest)
        self.assertEqual(rest.sudo().aftersales_return_id, record.sudo())

    @users('agent')
    def test_goods_of_other_companies_are_not_offered(self):
        wizard = self.env['aftersales.return.start']

        def start(record):
            return wizard.with_context(
                active_model=record._name, active_id=record.id).default_get(['line_ids'])

        self.assertTrue(start(self.sale)['line_ids'])
        for record in self.foreign:
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                start(record)

    @users('employee')
    def test_employee_without_a_role_starts_no_return(self):
        with self.assertRaises(AccessError):
            self.env['aftersales.return.start'].with_context(
                active_model='sale.order', active_id=self.sale.id).default_get(['line_ids'])

    @users('agent')
    def test_settled_returns_stay(self):
        record = self._create_return(self.sale)
        for vals in ({'state': 'settled'}, {'rma': "R"}, {'date_settled': '2026-01-12'},
                     {'policy_id': False}, {'inspector_id': self.agent.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                record.write(vals)
        with self.assertRaises(AccessError):
            record.unlink()
