from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..verdict.common import DAY_12, DAY_40
from .test_appraisal import AppraisalCommon


@tagged('post_install', '-at_install')
class TestAppraisalCredit(AppraisalCommon):
    """The shop refunds the customer; we, the maker, credit the shop for the unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env['res.partner'].create({'name': "Corner Shop", 'is_company': True})

    def _issue(self, shop=True, **values):
        if shop:
            values['payer_id'] = self.shop.id
        sheet = self._appraise(**values)
        sheet.action_issue()
        return sheet.with_user(self.team_lead)

    def _sell_to_the_shop(self, price=2000.0):
        """Invoice the unit to the shop; its card says by which sale it left us."""
        self.conditioner.taxes_id = False
        self.conditioner.invoice_policy = 'order'
        sale = self.env['sale.order'].create({'partner_id': self.shop.id, 'order_line': [
            Command.create({'product_id': self.conditioner.id, 'price_unit': price})]})
        sale.action_confirm()
        invoice = sale._create_invoices()
        invoice.action_post()
        self.card.sale_line_id = sale.order_line
        return invoice

    def test_shop_gets_back_what_it_paid(self):
        invoice = self._sell_to_the_shop()
        sheet = self._issue(shop=False)
        self.assertEqual(sheet.payer_id, self.shop)
        sheet.action_credit_shop()
        credit = sheet.sudo().credit_id
        self.assertRecordValues(credit, [{
            'move_type': 'out_refund', 'state': 'draft', 'partner_id': self.shop.id,
            'reversed_entry_id': invoice.id, 'amount_total': 2000.0, 'ref': sheet.name}])
        self.assertTrue(sheet.has_credit)

    def test_unknown_price_is_what_the_customer_got(self):
        for values, amount in [({}, 3000.0), ({'moment': DAY_12, 'remedy': 'exchange'}, 3000.0)]:
            with self.subTest(values=values), self.env.cr.savepoint() as savepoint:
                sheet = self._issue(**values)
                sheet.action_credit_shop()
                self.assertAlmostEqual(sheet.sudo().credit_id.amount_total, amount)
                savepoint.close(rollback=True)

    def test_credited_once_for_a_unit(self):
        sheet = self._issue()
        sheet.action_credit_shop()
        for again in sheet, self._issue(moment=DAY_12, remedy='exchange'):
            with self.subTest(sheet=again.name), self.assertRaisesRegex(
                    UserError, "was credited for this unit already"):
                again.action_credit_shop()
        sheet.sudo().credit_id.button_cancel()
        sheet.action_credit_shop()
        self.assertEqual(sheet.sudo().credit_id.state, 'draft')

    def test_two_sheets_of_a_unit_in_one_call(self):
        sheets = self._issue() + self._issue(moment=DAY_12, remedy='exchange')
        with self.assertRaisesRegex(UserError, "was credited for this unit already"):
            sheets.action_credit_shop()
        self.assertFalse(sheets.sudo().credit_id)

    def test_two_leads_at_once_credit_a_unit_once(self):
        """Each finds no credit of the other; the database does."""
        sheets = self._issue(), self._issue(moment=DAY_12, remedy='exchange')
        with patch.object(self.env.registry['aftersales.appraisal'], '_ensure_units_once',
                          lambda sheets: None):
            sheets[0].action_credit_shop()
            self.env.flush_all()
            with self.assertRaises(UniqueViolation), mute_logger('odoo.sql_db'), (
                    self.cr.savepoint()):
                sheets[1].action_credit_shop()
                self.env.flush_all()
        sheets[0].sudo().credit_id.unlink()
        sheets[1].action_credit_shop()
        self.assertTrue(sheets[1].has_credit)

    def test_what_is_not_ours_is_not_credited(self):
        maker = self.env['res.partner'].create({'name': "Maker"})
        draft = self._appraise(payer_id=self.shop.id).with_user(self.team_lead)
        for sheet, sentence in [
                (draft, "Only an issued"),
                (self._issue(shop=False), "Enter the shop that refunds"),
                (self._issue(creditor_id=maker.id), "Maker credits the shop, not this company"),
                (self._issue(responsibility='shop'), "answers for the fault itself")]:
            with self.subTest(sentence), self.assertRaisesRegex(UserError, sentence):
                sheet.action_credit_shop()
        repaired = self._appraise(DAY_40, remedy='repair', payer_id=self.shop.id)
        repaired.with_user(self.team_lead).action_issue()
        with self.assertRaisesRegex(UserError, "Only an issued refund"):
            repaired.with_user(self.team_lead).action_credit_shop()

    def test_only_leads_credit_and_no_user_types_it(self):
        sheet = self._issue()
        for user in self.agent, self.member:
            with self.subTest(user=user.login), self.assertRaisesRegex(
                    AccessError, "Only team leads can credit"):
                sheet.with_user(user).action_credit_shop()
        with self.assertRaises(UserError):
            sheet.with_user(self.agent).credit_id = self.env['account.move'].search([], limit=1)
