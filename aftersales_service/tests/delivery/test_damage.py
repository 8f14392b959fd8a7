from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from ...models.base.roles import TEAM_LEAD
from ..common import SIGNATURE
from .common import DeliveryCommon


@tagged('post_install', '-at_install')
class TestDeliveryDamage(DeliveryCommon):
    """Damage is proved by photos, decided by a lead and claimed from the carrier in time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.manager
        cls.order = cls._create_delivery(user_id=cls.technician.id)

    def _report(self, user=None, **values):
        damage = self.env['aftersales.delivery.damage'].with_user(
            user or self.technician).create({
                'order_id': self.order.id, 'description': "Door dented", **values})
        self._add_photo(damage)
        damage.action_report()
        return damage

    def _add_photo(self, damage, content=SIGNATURE):
        photo = self.env['ir.attachment'].with_user(damage.env.user).create(
            {'name': 'door.png', 'datas': content})
        damage.write({'photo_ids': [(4, photo.id)]})
        return photo

    def test_damage_is_reported_with_a_photo(self):
        damage = self.env['aftersales.delivery.damage'].with_user(self.technician).create(
            {'order_id': self.order.id, 'description': "Door dented"})
        with self.assertRaisesRegex(UserError, "Add a photo"):
            damage.action_report()
        photo = self._add_photo(damage)
        damage.action_report()
        self.assertEqual(damage.state, 'reported')
        self.assertEqual((photo.res_model, photo.res_id), (damage._name, damage.id))
        self.assertTrue(self.order.has_damage)

    def test_who_may_decide_is_asked(self):
        company = self.order.company_id
        for dispatcher, asked in [
                (self.agent, company._get_people_in(TEAM_LEAD)), (self.lead, self.lead)]:
            company.aftersales_dispatcher_id = dispatcher
            damage = self._report()
            with self.subTest(dispatcher=dispatcher.login):
                self.assertIn(self.lead, damage.activity_ids.user_id)
                self.assertEqual(damage.activity_ids.user_id, asked)

    def test_what_is_no_photo_is_refused(self):
        damage = self._report()
        with self.assertRaisesRegex(UserError, "not a photo"):
            self._add_photo(damage, 'PHN2Zy8+')

    def test_file_of_another_record_is_refused(self):
        foreign = self.env['ir.attachment'].create({
            'name': 'x.png', 'datas': SIGNATURE, 'res_model': 'res.partner',
            'res_id': self.customer.id})
        with self.assertRaisesRegex(ValidationError, "belongs to another record"):
            self._report().write({'photo_ids': [(4, foreign.id)]})

    def test_claim_is_due_seven_days_after_the_delivery(self):
        damage = self._report(date_found='2026-06-01 08:00:00')
        self.assertEqual(str(damage.claim_date_limit), '2026-06-08')

    def test_lead_decides_and_the_rest_is_fixed(self):
        damage = self._report().with_user(self.lead)
        damage.write({'proposal': 'allowance', 'allowance': 50.0})
        damage.action_decide()
        self.assertRecordValues(damage, [{
            'state': 'decided', 'decided_by_id': self.lead.id}])
        self.assertFalse(damage.activity_ids)
        with self.assertRaisesRegex(UserError, "reopen the decision first"):
            damage.allowance = 500.0
        damage.action_reopen()
        damage.allowance = 60.0
        damage.action_decide()
        damage.action_settle()
        self.assertEqual(damage.state, 'settled')

    def _decide(self, **values):
        damage = self._report().with_user(self.lead)
        damage.write(values)
        damage.action_decide()
        return damage

    def test_exchange_is_made_by_a_return(self):
        card = self._create_card(product_id=self.fridge.id, serial='F-1')
        self.order.warranty_id = card
        damage = self._decide(proposal='exchange')
        action = damage.action_exchange()
        wizard, open_elsewhere = self.env[action['res_model']].with_user(
            self.lead).with_context(**action['context']).create(2 * [{
                'reason_id': self.env['aftersales.return.reason'].search([], limit=1).id}])
        returned = self.env['aftersales.return'].browse(wizard.action_create()['res_id'])
        self.assertRecordValues(returned, [{
            'kind': 'exchange', 'order_id': self.order.id, 'partner_id': self.customer.id,
            'description': damage.description}])
        self.assertEqual(returned.line_ids.warranty_id, card)
        with self.assertRaisesRegex(UserError, "a unit is returned once"), (
                self.env.cr.savepoint()):
            open_elsewhere.action_create()
        with self.assertRaisesRegex(UserError, "remedy was not decided"):
            damage.action_credit_allowance()
        damage.invalidate_recordset(['return_id'])
        self.assertEqual(damage.return_id, returned)
        for step in ('action_exchange', 'action_reopen'):
            with self.subTest(step=step), self.assertRaisesRegex(
                    UserError, "being exchanged already"):
                getattr(damage, step)()
        returned.close_reason = "Sent back"
        returned.action_refuse()
        damage.invalidate_recordset(['return_id'])
        self.assertFalse(damage.return_id)

    def test_allowance_is_credited_once(self):
        damage = self._decide(proposal='allowance', allowance=50.0)
        damage.action_credit_allowance()
        self.assertRecordValues(damage.sudo().credit_id, [{
            'move_type': 'out_refund', 'state': 'draft', 'amount_total': 50.0,
            'partner_id': self.customer.id, 'invoice_origin': damage.name}])
        for step in ('action_credit_allowance', 'action_reopen'):
            with self.subTest(step=step), self.assertRaisesRegex(UserError, "credited already"):
                getattr(damage, step)()
        with self.assertRaisesRegex(UserError, "remedy was not decided"):
            damage.action_exchange()
        damage.sudo().credit_id.button_cancel()
        damage.action_credit_allowance()

    def test_allowance_is_credited_in_the_currency_of_the_sale(self):
        """50.00 at two for one are 100.00 in the money of the sale, invoiced or not."""
        currency = self.env['res.currency'].create({
            'name': 'TRT', 'symbol': 'T', 'rate_ids': [Command.create({
                'name': '2020-01-01', 'rate': 2.0, 'company_id': self.env.company.id})]})
        self.fridge.write({'invoice_policy': 'order', 'taxes_id': False})
        sale = self.env['sale.order'].create({
            'partner_id': self.customer.id,
            'pricelist_id': self.env['product.pricelist'].create(
                {'name': "Abroad", 'currency_id': currency.id}).id,
            'order_line': [Command.create({'product_id': self.fridge.id, 'price_unit': 900.0})]})
        sale.action_confirm()
        card = self._create_card(
            product_id=self.fridge.id, serial='F-1', sale_line_id=sale.order_line.id)
        self.order.warranty_id = card
        invoice = self.env['account.move']
        for is_invoiced in False, True:
            if is_invoiced:
                invoice = sale._create_invoices()
                invoice.action_post()
            damage = self._decide(proposal='allowance', allowance=50.0)
            damage.action_credit_allowance()
            with self.subTest(is_invoiced=is_invoiced):
                self.assertRecordValues(damage.sudo().credit_id, [{
                    'currency_id': currency.id, 'amount_total': 100.0,
                    'reversed_entry_id': invoice.id}])

    @users('technician')
    def test_allowance_is_credited_by_leads(self):
        damage = self._decide(proposal='allowance', allowance=50.0).with_user(self.technician)
        with self.assertRaisesRegex(AccessError, "Team leads decide"):
            damage.action_credit_allowance()

    @users('technician')
    def test_technician_does_not_decide(self):
        damage = self._report()
        damage.proposal = 'exchange'
        with self.assertRaisesRegex(AccessError, "Team leads decide"):
            damage.action_decide()
        with self.assertRaisesRegex(UserError, "is protected"):
            damage.state = 'decided'
        self.assertEqual(damage.state, 'reported')
        damage.with_user(self.lead).action_decide()
        with self.assertRaisesRegex(AccessError, "Team leads decide"):
            damage.action_reopen()

    def test_decisions_are_complete(self):
        damage = self._report().with_user(self.lead)
        for values, sentence in (
                ({}, "Choose what the customer gets"),
                ({'proposal': 'allowance'}, "how large"),
                ({'proposal': 'refuse', 'reason': "  "}, "Give the reasons")):
            damage.write(values)
            with self.subTest(values=values), self.assertRaisesRegex(UserError, sentence):
                damage.action_decide()

    def test_claim_names_its_carrier(self):
        damage = self._report()
        with self.assertRaisesRegex(ValidationError, "which carrier"):
            damage.claim_state = 'sent'
        damage.write({'carrier_id': self.customer.id, 'claim_number': 'C-7',
                      'claim_state': 'sent'})

    def test_states_are_not_jumped_and_reported_damage_stays(self):
        damage = self._report().with_user(self.lead)
        with self.assertRaisesRegex(UserError, "cannot become “Settled”"):
            damage.action_settle()
        with self.assertRaisesRegex(UserError, "Only drafts"):
            damage.unlink()

    def test_others_see_nothing(self):
        damage = self._report()
        for user in self.other_agent, self.employee:
            with self.assertRaises(AccessError):
                damage.with_user(user).read(['description'])
        company = self.env['res.company'].create({'name': "Second Company"})
        self.lead.write({'company_ids': [(6, 0, company.ids)], 'company_id': company.id})
        self.assertFalse(self.env['aftersales.delivery.damage'].with_user(self.lead).search([]))

    def test_confirmation_prints_damage_stairs_and_the_old_product(self):
        self._report()
        self.order.write({
            'floor': 5, 'is_old_taken': True, 'old_product': "Haier 1999",
            'slot_id': self.slot.id, 'slot_date': '2026-06-02'})
        html, __ = self.env['ir.actions.report']._render_qweb_html(
            'aftersales_service.report_delivery_confirmation', self.order.ids)
        for text in ("Door dented", "Haier 1999", "Carry upright", "08:00–12:00",
                     "data:image/png"):
            with self.subTest(text=text):
                self.assertIn(text, html.decode())
