from odoo import fields, models

from ...tools.warranty import COMPONENT, last_covered_day


class AftersalesWarranty(models.Model):
    """The service orders of a unit: its repair record, its days away, the parts fitted to it."""

    _inherit = 'aftersales.warranty'

    order_ids = fields.One2many('aftersales.order', 'warranty_id', string="Service Orders")
    order_count = fields.Integer(compute='_compute_order_count')

    def _compute_order_count(self):
        counts = dict(self.env['aftersales.order']._read_group(
            [('warranty_id', 'in', self.ids)], ['warranty_id'], ['__count']))
        for card in self:
            card.order_count = counts.get(card._origin, 0)

    # === ACTIONS === #

    def action_view_orders(self):
        """Show the service orders of these units."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_order_action')
        action['domain'] = [('warranty_id', 'in', self.ids)]
        action['context'] = {
            'default_warranty_id': self.id if len(self) == 1 else False}
        return action

    def action_create_order(self):
        """Open a new service order for this unit, filled from the card."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'aftersales.order',
            'views': [(False, 'form')],
            'context': {'default_warranty_id': self.id},
        }

    # === RULES === #

    def _get_last_orders(self):
        """Return ``{card: the newest order of its unit}``, for those who take calls."""
        # who may read the card learns type and day of the last order, no more
        orders = self.env['aftersales.order'].sudo().search_fetch(
            [('warranty_id', 'in', self.ids)], ['warranty_id', 'type_id', 'event_day'],
            order='date_event, id')
        return {self.browse(order.warranty_id.id): order for order in orders}

    def _get_finished_repairs(self):
        """Return the finished repairs of this unit, oldest first.

        The record belongs to the unit, so it is whole for everyone who may read the card,
        also where agents see only their own orders.
        """
        self.ensure_one()
        self.check_access('read')
        # not order_ids: what this user sees of them may stand in the cache
        return self.env['aftersales.order'].sudo().search([
            ('warranty_id', '=', self.id), ('type_id.is_repair', '=', True),
            ('date_done', '!=', False), ('state', 'not in', ('rejected', 'cancelled')),
        ], order='date_done, id')

    def _get_away_spans(self):
        """Return ``{card: [(first day, last day)]}``: in repair or waiting for parts.

        Counted are finished repairs of quality faults, not of damage by the user.
        """
        cards = self.filtered(
            lambda card: card.policy_id._get_setting('is_extended_by_repair'))
        spans = super()._get_away_spans() | {card: [] for card in cards}
        orders = cards._get_finished_repairs_of_faults()
        waits = orders._get_part_waits()
        for order in orders:
            spans[self.browse(order.warranty_id.id)] += [
                order._get_repair_span(), *waits.get(order, ())]
        return spans

    def _get_repair_days(self):
        """Return ``{card: [day]}``: when its repairs began, where the policy adds time for one."""
        cards = self.filtered(lambda card: card.policy_id._get_setting('repair_months'))
        days = super()._get_repair_days() | {card: [] for card in cards}
        for order in cards._get_finished_repairs_of_faults():
            days[self.browse(order.warranty_id.id)].append(order._get_repair_span()[0])
        return days

    def _get_finished_repairs_of_faults(self):
        orders = self.env['aftersales.order'].sudo()  # the card's reader sees all repairs
        if not self:
            return orders
        return orders.search_fetch([
            ('warranty_id', 'in', self.ids), ('type_id.is_repair', '=', True),
            ('date_done', '!=', False), ('state', 'not in', ('rejected', 'cancelled')),
        ]).filtered(lambda order: order._is_quality_repair())

    def _cover_parts(self, parts, day, order):
        """Promise the main parts that ``order`` fitted on ``day`` a term of their own.

        It is the policy's for fitted parts, or that of the part once more where its term says so.
        No part gets less than what already runs for it.
        """
        self.ensure_one()
        card, days = self.sudo(), self.policy_id.part_term_days
        if card.void_date:
            return
        for part in parts:
            covers = card.cover_ids.filtered(
                lambda cover, part=part: cover.kind == COMPONENT and part in cover.main_part_ids)
            renewed = covers.filtered('is_renewed').sorted('months')[-1:]
            lengths = [(0, days)] if days else []
            if renewed:
                lengths.append((renewed.months, renewed.days))
            if not lengths:
                continue
            months, days_given = max(lengths, key=lambda length: last_covered_day(day, *length))
            running = (covers | card.cover_ids.filtered(
                lambda cover: cover.kind == 'whole_unit')).mapped(
                    lambda cover: cover._get_last_day())
            end = max([last_covered_day(day, months, days_given), *filter(None, running)])
            card._add_cover(
                'part', kind=COMPONENT, name=part.name, date_start=day, date_end=end,
                months=months, days=days_given, main_part_ids=part.ids, order_id=order.id,
                is_renewed=bool(renewed),
                article=(renewed and renewed._get_article()) or card.policy_id.law or False)
