from odoo.tests import Form, tagged, users

from ..common import PartsCommon


@tagged('post_install', '-at_install')
class TestLineCover(PartsCommon):
    """What the warranty bears of a line: per cent and reason, from the card to the price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.term_ids.filtered(lambda term: term.kind == 'labour').percent = 50.0
        cls.trip = cls.env['product.product'].create({
            'name': "Trip", 'type': 'service', 'list_price': 30.0,
            'is_aftersales_travel': True})
        cls.filter = cls.env['product.product'].create({
            'name': "Filter", 'is_storable': True, 'list_price': 10.0,
            'is_aftersales_consumable': True})

    def _add_labour(self, product=None, **values):
        return self.env['aftersales.labour'].create({
            'order_id': self.order.id, 'product_id': (product or self.hour).id, **values})

    @users('technician')
    def test_sentence_names_share_origin_cover_and_last_day(self):
        self.assertEqual(
            self._add_part(self.compressor).aftersales_cover_reason,
            "Covered 100 % - Factory, Compressor, until 01/10/2029")

    @users('technician')
    def test_sentence_is_said_in_the_readers_language(self):
        self.env['res.lang'].sudo()._activate_lang('fr_FR')
        part = self._add_part(self.capacitor)
        term = self.policy.sudo().term_ids.filtered(lambda term: term.kind == 'whole_unit')
        term.with_context(lang='fr_FR').name = "Appareil entier"
        self.assertIn("Whole unit", part.aftersales_cover_reason)
        self.assertIn(
            "Appareil entier", part.with_context(lang='fr_FR').aftersales_cover_reason)

    @users('technician')
    def test_sentence_stays_when_covers_are_made_again(self):
        part = self._add_part(self.capacitor)
        reason = part.aftersales_cover_reason
        self.card.sudo().cover_ids.unlink()
        part.invalidate_recordset()
        self.assertEqual(part.aftersales_cover_reason, reason)

    @users('technician')
    def test_partly_covered_labour_is_quoted_at_the_customers_share(self):
        labour = self._add_labour(quantity=2.0)
        self.assertRecordValues(labour, [{'cover_percent': 50.0, 'is_covered': False}])
        self.assertIn("Covered 50 %", labour.cover_reason)
        self.order.action_create_quotation()
        line = labour.sudo().sale_line_id
        self.assertEqual(line.price_unit, 40.0)
        line.product_uom_qty = 5.0
        self.assertEqual(line.price_unit, 40.0)

    @users('technician')
    def test_partly_covered_part_is_quoted_at_the_customers_share(self):
        self.card.sudo().cover_ids.percent = 30.0
        part = self._add_part(self.capacitor)
        self.order.action_create_quotation()
        self.assertEqual(part.sale_line_id.price_unit, 35.0)
        part.product_uom_qty = 4.0
        self.assertEqual(part.sale_line_id.price_unit, 35.0)
        part.aftersales_cover_percent = 0.0
        self.assertEqual(part.sale_line_id.price_unit, 50.0)

    @users('technician')
    def test_partly_covered_work_waits_for_the_customers_yes(self):
        self._add_labour()
        self.order.action_create_quotation()
        self._move_to(self.order, 'on_site')
        with self.assertRaisesRegex(Exception, "quotation must be accepted"):
            self.order.action_done()

    @users('technician')
    def test_travel_and_consumables_need_a_cover_of_their_kind(self):
        trip, part = self._add_labour(self.trip), self._add_part(self.filter)
        self.assertEqual((trip.cover_percent, part.aftersales_cover_percent), (0.0, 0.0))
        self.assertEqual(trip.cover_reason, "Not promised by the warranty")
        self.card.sudo().cover_ids.create([
            {'warranty_id': self.card.id, 'kind': kind, 'name': kind,
             'date_start': '2026-01-10', 'date_end': '2027-01-10'}
            for kind in ('travel', 'consumable')])
        trip, part = self._add_labour(self.trip), self._add_part(self.filter)
        self.assertEqual((trip.cover_percent, part.aftersales_cover_percent), (100.0, 100.0))

    @users('technician')
    def test_tick_by_hand_without_words_is_shown_as_such(self):
        part, labour = self._add_part(self.capacitor), self._add_labour()
        part.is_aftersales_covered = False
        labour.is_covered = True
        self.assertRecordValues(part, [{
            'aftersales_cover_percent': 0.0, 'aftersales_cover_reason': "Decided manually"}])
        self.assertRecordValues(labour, [{
            'cover_percent': 100.0, 'cover_reason': "Decided manually"}])

    @users('technician')
    def test_words_of_a_person_stay(self):
        labour = self._add_labour()
        labour.write({'is_covered': False, 'cover_percent': 0.0, 'cover_reason': "Lightning"})
        self.assertEqual(labour.cover_reason, "Lightning")
        part = self._add_part(
            self.capacitor, aftersales_cover_percent=20.0, aftersales_cover_reason="Half fault")
        self.assertRecordValues(part, [{
            'aftersales_cover_percent': 20.0, 'is_aftersales_covered': False,
            'aftersales_cover_reason': "Half fault"}])

    @users('technician')
    def test_labour_typed_in_the_form_keeps_the_facts_of_the_card(self):
        with Form(self.order) as form, form.labour_ids.new() as line:
            line.product_id = self.hour
            self.assertFalse(line.is_covered)
        labour = self.order.labour_ids
        self.assertEqual(labour.cover_percent, 50.0)
        self.assertEqual(labour.cover_facts['code'], 'covered')

    @users('technician')
    def test_labour_entered_with_the_completion_is_decided_before(self):
        """A phone sends the work and its end at once: nothing is written in between."""
        labour_covers = self.card.sudo().cover_ids.filtered(lambda cover: cover.kind == 'labour')
        labour_covers.percent = 100.0
        self._move_to(self.order, 'on_site')
        self.env.flush_all()
        labour = self._add_labour()
        self._move_to(self.order, 'done')
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(labour.cover_percent, 100.0)
        self.assertIn("Covered 100 % - Factory, Labour, until", labour.cover_reason)
