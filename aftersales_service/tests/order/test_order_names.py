from odoo.tests import tagged, users

from ..common import AftersalesCommon


@tagged('post_install', '-at_install')
class TestOrderNames(AftersalesCommon):
    """What comes from the cache follows each change at once."""

    @users('agent')
    def test_stage_and_type_show_their_new_name(self):
        order = self._create_order()
        for record in order.stage_id, order.type_id:
            with self.subTest(model=record._name):
                self.assertEqual(record.display_name, record.name)
                record.sudo().name = "Renamed"
                self.assertEqual(record.display_name, "Renamed")

    @users('agent')
    def test_stage_shows_its_name_in_the_language_of_the_reader(self):
        self.env['res.lang'].sudo()._activate_lang('fr_FR')
        stage = self._create_order().stage_id
        stage.sudo().with_context(lang='fr_FR').name = "Enregistré"
        self.assertEqual(stage.with_context(lang='fr_FR').display_name, "Enregistré")
        self.assertEqual(stage.display_name, stage.name)

    @users('agent')
    def test_names_ask_the_database_once(self):
        order = self._create_order()
        self.assertTrue(order.stage_id.display_name)
        self.env.invalidate_all()
        stage = self.env['aftersales.stage'].browse(order._origin.stage_id.id)
        self.env.invalidate_all()
        with self.assertQueryCount(0):
            self.assertTrue(stage.display_name)

    def test_numbers_follow_the_settings_of_their_sequence(self):
        sequence = self.env.ref('aftersales_service.ir_sequence_aftersales_order')
        self.assertFalse(self._create_order().name.startswith('NEW/'))
        sequence.prefix = 'NEW/%(year)s/'
        self.assertRegex(self._create_order().name, r'^NEW/\d{4}/\d+$')
        sequence.implementation = 'no_gap'
        self.assertRegex(self._create_order().name, r'^NEW/\d{4}/\d+$')
        sequence.number_next_actual = 500
        self.assertTrue(self._create_order().name.endswith('500'))
        own = sequence.copy({'company_id': self.env.company.id, 'prefix': 'OWN/'})
        self.assertTrue(self._create_order().name.startswith('OWN/'))
        own.unlink()
        self.assertTrue(self._create_order().name.startswith('NEW/'))
        sequence.active = False
        self.assertFalse(self._create_order().name)

    def test_day_of_the_company_follows_its_calendar(self):
        company = self.env.company
        company.resource_calendar_id.tz = 'UTC'
        late = self._create_order(date_planned='2026-05-31 20:00:00')
        self.assertEqual(str(late.capacity_day), '2026-05-31')
        company.resource_calendar_id = self.env['resource.calendar'].create(
            {'name': "Shanghai", 'tz': 'Asia/Shanghai'})
        later = self._create_order(date_planned='2026-05-31 20:00:00')
        self.assertEqual(str(later.capacity_day), '2026-06-01')

    @users('dispatcher')
    def test_who_registers_an_order_follows_it(self):
        own, others = self.env['aftersales.order'].create([
            {'partner_id': self.customer.id, 'user_id': user.id}
            for user in (self.dispatcher, self.agent)])
        self.assertEqual(own.message_partner_ids, self.dispatcher.partner_id)
        self.assertEqual(
            others.message_partner_ids, (self.dispatcher | self.agent).partner_id)
        taken = self.env['aftersales.order'].with_context(mail_create_nosubscribe=True).create(
            {'partner_id': self.customer.id, 'user_id': self.dispatcher.id})
        self.assertEqual(taken.message_partner_ids, self.dispatcher.partner_id)
