from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestCardRights(AftersalesCommon):

    @users('agent')
    def test_agent_keeps_cards_but_deletes_none(self):
        card = self._create_card().with_user(self.env.user)
        card.installation_date = '2026-01-12'
        with self.assertRaises(AccessError):
            card.unlink()

    @users('agent')
    def test_agent_cannot_lengthen_a_cover(self):
        card = self._create_card().with_user(self.env.user)
        with self.assertRaises(AccessError):
            card.cover_ids[0].date_end = '2050-01-01'
        with self.assertRaises(AccessError):
            self.policy.with_user(self.env.user).term_ids[0].months = 99

    def _deliver(self):
        """Return the expired card of a fan that was delivered two years ago."""
        fan = self.env['product.product'].create({
            'name': "Fan", 'is_storable': True, 'warranty_policy_id': self.policy.id})
        self.env['stock.quant']._update_available_quantity(fan, self.stock_location, 1)
        sale = self.env['sale.order'].create({
            'partner_id': self.customer.id,
            'order_line': [Command.create({'product_id': fan.id, 'price_unit': 100.0})]})
        sale.action_confirm()
        sale.picking_ids.button_validate()
        card = self.env['aftersales.warranty'].search(
            [('sale_line_id', 'in', sale.order_line.ids)])
        card.delivery_date = fields.Date.today() - timedelta(days=800)
        return card

    def test_facts_of_a_delivery_are_no_agents_to_write(self):
        card = self._deliver()
        self.assertEqual(card.state, 'expired')
        today = str(fields.Date.today())
        facts = {
            'delivery_date': today, 'invoice_date': today, 'installation_date': today,
            'activation_date': today, 'manufacture_date': today, 'price': 9000.0,
            'product_id': self.conditioner.id, 'is_distance_sale': True,
            'policy_id': self.policy.copy().id}
        for user in self.agent, self.technician, self.dispatcher:
            mine = card.with_user(user)
            for name, value in facts.items():
                with self.subTest(user=user.login, name=name), self.cr.savepoint(), (
                        self.assertRaises(AccessError)):
                    mine.write({name: value, 'correction_reason': "Wrong"})
            with self.assertRaisesRegex(AccessError, "Ask a team lead"), self.cr.savepoint():
                mine.web_save({'delivery_date': today}, {'delivery_date': {}})
            with self.cr.savepoint():
                # what the unit itself says is read once, and a form sends what it knows
                mine.write({'serial': f'FAN-{user.id}', 'delivery_date': card.delivery_date})
                with self.assertRaisesRegex(AccessError, "Serial Number"):
                    mine.serial = 'FAN-OTHER'
                card.sudo().serial = False
        self.assertEqual(card.state, 'expired')

    def test_lead_corrects_a_delivery_with_a_reason(self):
        card = self._deliver()
        lead = self._create_person('lead', 'team_lead', "Lead Lea")
        mine = card.with_user(lead).with_context(tracking_disable=False)
        self.env.flush_all()
        self.cr.precommit.run()
        today = fields.Date.today()
        for reason in {}, {'correction_reason': " "}:
            with self.assertRaisesRegex(UserError, "reason for correction"), self.cr.savepoint():
                mine.write({'delivery_date': today, **reason})
        mine.write({'delivery_date': today, 'correction_reason': "Signed for today"})
        self.assertEqual((card.state, card.correction_reason), ('covered', False))
        self.env.flush_all()
        self.cr.precommit.run()
        self.assertIn("Signed for today", "".join(card.message_ids.mapped('body')))
        self.assertIn('delivery_date', card.message_ids.sudo().tracking_value_ids.field_id.mapped(
            'name'))
        with self.assertRaisesRegex(UserError, "reason for correction"):
            mine.price = 1.0

    def test_card_that_was_written_by_hand_stays_open(self):
        card = self._create_card().with_user(self.agent)
        card.write({'delivery_date': '2026-01-11', 'price': 10.0})
        self.assertEqual(str(card.delivery_date), '2026-01-11')

    @users('employee')
    def test_employee_sees_no_card(self):
        for model in ('aftersales.warranty', 'aftersales.warranty.cover',
                      'aftersales.warranty.policy', 'aftersales.warranty.term'):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].search([])

    def test_cards_and_policies_stay_in_their_company(self):
        company = self.env['res.company'].create({'name': "Second Company"})
        policy = self.policy.copy({'company_id': company.id})
        card = self._create_card(company_id=company.id, policy_id=policy.id)
        for records in (card, card.cover_ids, policy, policy.term_ids):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                records.with_user(self.manager).read(['display_name'])
        shared = self.policy.with_user(self.manager)
        self.assertTrue(shared.read(['name']))
