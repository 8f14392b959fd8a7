from odoo import fields
from odoo.fields import Command

from ..common import AftersalesCommon


class CoversCommon(AftersalesCommon):
    """A unit of 10 January 2026 with a year's warranty, and what may happen to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = 'UTC'
        cls.ground = cls.env['aftersales.warranty.exclusion'].create(
            {'name': "Use against the manual", 'needs_evidence': True})
        cls.new_owner = cls.env['res.partner'].create({'name': "Zhang Wei"})
        cls.team_lead = cls._create_person('team_lead', 'team_lead', "Lead Lea")
        cls.card = cls._create_card()
        cls.extension = cls._create_extension()

    @classmethod
    def _create_extension(cls, **values):
        return cls.env['product.product'].create({
            'name': "One Year More", 'type': 'service', 'list_price': 200.0,
            'aftersales_extension_months': 12, **values})

    def _upload(self, user=None):
        """Return a photo that a user, by default the current one, has just uploaded."""
        files = self.env['ir.attachment'].with_user(user or self.env.user)
        return files.create({'name': "photo.png", 'raw': b"photo"}).with_env(self.env)

    def _get_days(self, card, **wanted):
        """Return ``[(origin, kind, first day, last day)]`` of a card's covers."""
        return [
            (cover.origin, cover.kind, str(cover.date_start), str(cover.date_end))
            for cover in card.cover_ids.sorted('id')
            if all(cover[name] == value for name, value in wanted.items())]

    def _repair(self, card, received, done, **values):
        """Register a finished repair of a quality fault, brought in and given back."""
        order = self.env['aftersales.order'].sudo().create({
            'warranty_id': card.id, 'type_id': self.type_carry_in.id,
            'date_event': f'{received} 09:00:00', 'date_received': f'{received} 09:00:00',
            'charge_kind': 'free', **values})
        order.write({'date_done': f'{done} 17:00:00'})
        card._date_covers()
        return order

    def _wait_for_part(self, order, first, last):
        """Put the order on hold from day to day because a part is missing; return the hold."""
        pause = self.env['aftersales.clock.pause'].sudo().create({
            'res_model': 'aftersales.order', 'res_id': order.id,
            'company_id': order.company_id.id, 'date_start': f'{first} 09:00:00',
            'date_stop': f'{last} 09:00:00',
            'reason_id': self.env.ref('aftersales_service.aftersales_pause_reason_part').id})
        order.warranty_id._date_covers()
        return pause

    def _sell_extension(self, card=None, product=None, quantity=1.0, confirm=True):
        sale = self.env['sale.order'].sudo().create({
            'partner_id': self.customer.id, 'order_line': [Command.create({
                'product_id': (product or self.extension).id, 'product_uom_qty': quantity,
                'aftersales_warranty_id': card.id if card else False})]})
        if confirm:
            sale.action_confirm()
        return sale

    def _deliver(self, units, extensions=0):
        """Sell and deliver fans with ``extensions``; return the sale and its cards."""
        fan = self.env['product.product'].create({
            'name': "Fan", 'is_storable': True, 'list_price': 100.0,
            'warranty_policy_id': self.policy.id})
        self.env['stock.quant']._update_available_quantity(fan, self.stock_location, units)
        lines = [Command.create({'product_id': fan.id, 'product_uom_qty': units})]
        if extensions:
            lines.append(Command.create({
                'product_id': self.extension.id, 'product_uom_qty': extensions}))
        sale = self.env['sale.order'].create(
            {'partner_id': self.customer.id, 'order_line': lines})
        sale.action_confirm()
        sale.picking_ids.button_validate()
        cards = self.env['aftersales.warranty'].search(
            [('sale_line_id', 'in', sale.order_line.ids)], order='id')
        return sale, cards

    def _run_cron(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f'aftersales_service.{name}').sudo().method_direct_trigger()
        self.env.invalidate_all()

    def _today(self):
        return self.env.company._get_aftersales_day(fields.Datetime.now())
