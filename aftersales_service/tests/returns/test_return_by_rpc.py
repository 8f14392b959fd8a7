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
