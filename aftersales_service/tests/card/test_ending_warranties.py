from odoo.tests import freeze_time, tagged

from .common import CoversCommon


@tagged('post_install', '-at_install')
class TestEndingWarranties(CoversCommon):
    """Owners are reminded once that a warranty ends, and sales gets one opportunity a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.aftersales_expiry_days = 30
        cls.second = cls._create_card(serial='AC-0002', delivery_date='2026-01-12')
        cls.other = cls._create_card(
            serial='AC-0003', delivery_date='2026-01-12', partner_id=cls.new_owner.id)
        cls.cards = cls.card | cls.second | cls.other

    def _notify(self, now='2026-12-20 03:00:00'):
        with freeze_time(now):
            self._run_cron('ir_cron_warranty_expiry')

    def _get_messages(self):
        return self.cards.customer_message_ids

    def _get_reminded(self):
        return self.cards.filtered('customer_message_ids')

    def _get_leads(self):
        return self.cards.cover_ids.lead_id

    def test_one_message_a_card_and_one_opportunity_a_customer(self):
        self._notify()
        self.assertEqual(self._get_reminded(), self.cards)
        self.assertEqual(set(self._get_messages().mapped('event')), {'expiring'})
        self.assertEqual(self._get_leads().partner_id, self.customer | self.new_owner)
        self.assertEqual(len(self._get_leads()), 2)
        self._notify('2026-12-21 03:00:00')
        self.assertEqual((len(self._get_messages()), len(self._get_leads())), (3, 2))

    def test_open_opportunity_takes_the_next_unit_up(self):
        self._notify('2026-12-11 03:00:00')
        self.assertEqual(self._get_reminded(), self.card)
        self._notify()
        self.assertEqual(len(self._get_leads()), 2)
        self.assertEqual(
            self.card.cover_ids.lead_id, self.second.cover_ids.lead_id)

    def test_no_reminder_too_early_or_where_it_goes_on(self):
        self._notify('2026-12-10 03:00:00')
        self.assertFalse(self._get_messages())
        with freeze_time('2026-06-01 10:00:00'):
            self._sell_extension(self.card)
        self._notify()
        self.assertEqual(self._get_reminded(), self.second | self.other)

    def test_settings_switch_it_off(self):
        self.env.company.is_aftersales_expiry_lead = False
        self._notify('2026-12-12 03:00:00')
        self.assertFalse(self._get_leads())
        self.env.company.aftersales_expiry_days = 0
        self._notify()
        self.assertEqual(self._get_reminded(), self.card)

    def test_void_warranties_are_not_reminded_of(self):
        self.card._close(self.card.date_start, "Refunded")
        self._notify()
        self.assertNotIn(self.card, self._get_reminded())

    def test_mail_tells_the_day_in_the_owners_words(self):
        self._notify()
        message = self.card.customer_message_ids
        with freeze_time('2026-12-20 10:00:00'):
            message._process()
        self.assertEqual(message.state, 'sent', message.error)
        self.assertEqual(message.parameters['card'], self.card.name)
        mail = self.env['mail.mail'].search([('model', '=', 'aftersales.warranty')])
        self.assertIn("Air Conditioner", mail.subject)
        self.assertIn("01/10/2027", mail.body_html)

    def test_reminder_is_dropped_once_the_end_moved_away(self):
        self._notify()
        message = self.card.customer_message_ids
        with freeze_time('2026-12-20 10:00:00'):
            self._sell_extension(self.card)
            message._process()
        self.assertEqual(message.state, 'dropped')

    def test_outlet_follows_from_the_last_order(self):
        place = self.env['res.partner'].create({'name': "North"})
        outlet = self.env['aftersales.outlet'].create(
            {'name': "North", 'partner_id': place.id})
        order = self._create_order(type_id=self.type_carry_in.id, warranty_id=self.card.id)
        order.outlet_id = outlet
        self._move_to(order, 'done')
        self.assertEqual(self.card.outlet_id, outlet)
