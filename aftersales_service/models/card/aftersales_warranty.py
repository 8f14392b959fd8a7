from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ...tools.warranty import judge
from ..base.roles import TEAM_LEAD


class AftersalesWarranty(models.Model):
    """The warranty card of one unit in a customer's hands, with or without a serial number.

    It knows the unit, its owner, its dates and covers, and collects its repair history.
    The physical unit stays core's: the lot is linked, never required.
    """

    _name = 'aftersales.warranty'
    _description = "Warranty Card"
    _inherit = [
        'aftersales.guard.mixin', 'portal.mixin', 'mail.thread', 'mail.activity.mixin',
        'aftersales.number.mixin', 'aftersales.revocation.mixin']
    _order = 'id desc'
    # no owner: a name in another table makes the database read every card
    _rec_names_search = ['name', 'serial']
    _check_company_auto = True
    _is_visited_by_customers = True

    access_token = fields.Char(protected=True)  # one that somebody chose could be guessed
    name = fields.Char(
        string="Card Number", readonly=True, copy=False, index='trigram', protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one(
        'res.partner', string="Owner", index='btree_not_null', tracking=True)
    product_id = fields.Many2one('product.product', required=True, index=True)
    lot_id = fields.Many2one(
        'stock.lot', string="Serial Number Record", index='btree_not_null', check_company=True,
        domain="[('product_id', '=', product_id)]")
    serial = fields.Char(
        string="Serial Number", compute='_compute_serial', store=True, readonly=False,
        precompute=True, index='trigram',
        help="The number on the unit; free text where stock does not track it.")
    policy_id = fields.Many2one(
        'aftersales.warranty.policy', compute='_compute_policy_id', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True,
        tracking=True)

    # Where it comes from
    move_id = fields.Many2one(
        'stock.move', string="Delivery Move", readonly=True, copy=False, index='btree_not_null',
        protected=True)
    sale_line_id = fields.Many2one(
        'sale.order.line', string="Sale Order Line", readonly=True, copy=False,
        index='btree_not_null', protected=True)
    return_move_id = fields.Many2one(
        'stock.move', string="Taken Back by", readonly=True, copy=False,
        index='btree_not_null', protected=True)
    sale_order_id = fields.Many2one(related='sale_line_id.order_id', string="Sale Order")

    # Dates and covers
    delivery_date = fields.Date(tracking=True)
    invoice_date = fields.Date(tracking=True)
    installation_date = fields.Date(tracking=True)
    manufacture_date = fields.Date(tracking=True)
    activation_date = fields.Date(tracking=True)
    season_date = fields.Date(
        string="First Operating Season", tracking=True,
        help="First day of the first season in which the machine worked.")
    date_start = fields.Date(
        string="Warranty Start", compute='_compute_date_start', store=True,
        precompute=True, tracking=True, protected=True)
    twin_id = fields.Many2one(
        'aftersales.warranty', string="Same Unit", compute='_compute_twin_id',
        help="Another card under warranty that bears the same serial number of the product.")
    cover_ids = fields.One2many(
        'aftersales.warranty.cover', 'warranty_id', string="Covers", readonly=True,
        copy=False, protected=True)

    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The card number must be unique per company.")

    @api.depends('lot_id')
    def _compute_serial(self):
        for card in self:
            card.serial = card.lot_id.name or card.serial

    @api.depends('product_id')
    def _compute_policy_id(self):
        for card in self:
            card.policy_id = card.policy_id or card.product_id._get_warranty_policy(
                card.company_id, card.delivery_date or card.invoice_date or None,
                card.partner_id._get_warranty_buyer())

    @api.depends('policy_id', 'delivery_date', 'invoice_date', 'installation_date',
                 'manufacture_date', 'activation_date', 'date_exchanged', 'exchange_term')
    def _compute_date_start(self):
        for card in self:
            card.date_start = card._get_start(card.policy_id._get_setting('start_event'))

    @api.depends('serial', 'product_id', 'company_id')
    def _compute_twin_id(self):
        twins = self._find_twins()
        for card in self:
            card.twin_id = twins.get(card)

    @api.depends_context('show_owner')
    def _compute_display_name(self):
        for card in self:
            owner = self.env.context.get('show_owner') and card.partner_id.display_name
            parts = [card.name, card.product_id.display_name, card.serial, owner]
            card.display_name = " · ".join(filter(None, parts))

    @api.constrains('lot_id', 'product_id')
    def _check_lot_product(self):
        for card in self:
            if card.lot_id and card.lot_id.product_id != card.product_id:
                raise ValidationError(self.env._(
                    "Serial number %(serial)s belongs to %(other)s, not to %(product)s: correct "
                    "the number or the product.",
                    serial=card.lot_id.name, other=card.lot_id.product_id.display_name,
                    product=card.product_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        cards = super().create(vals_list)
        cards._make_covers()
        cards._note_twins()
        return cards

    def write(self, vals):
        result = super().write(vals)
        if 'policy_id' in vals:
            self._drop_covers()
        if vals.keys() & self._get_cover_fields():
            self._date_covers()
        return result

    # === ACTIONS === #

    @api.model
    def _get_cards_action(self, domain, context=None):
        """Return the action behind a smart button: the list, or the only card itself."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_warranty_action')
        action.update(domain=domain, context=context or {})
        cards = self.search(domain, limit=2)
        if len(cards) == 1:
            action.update(views=[(False, 'form')], res_id=cards.id)
        return action

    # === BUSINESS RULES === #

    def _ensure_may_change(self, vals):
        """Refuse what a named action does: another owner, and another policy of old covers."""
        result = super()._ensure_may_change(vals)
        handed_over = 'partner_id' in vals and self.filtered(
            lambda card: card.partner_id and card.partner_id.commercial_partner_id !=
            self.env['res.partner'].browse(vals['partner_id']).commercial_partner_id)
        if handed_over:
            raise UserError(self.env._(
                "%(card)s has an owner: use “New Owner” to hand it over.",
                card=handed_over[0].name))
        if 'policy_id' in vals and not self.env.user.has_group(TEAM_LEAD) and any(
                card.policy_id.id != vals['policy_id'] and card.cover_ids for card in self):
            raise AccessError(self.env._(
                "What was promised stays: a team lead changes the policy of a card."))
        return result

    def _find_twins(self):
        """Return ``{card: another card of the same unit}``, both of them under warranty."""
        numbered = self.filtered(lambda card: card.serial and card.state == 'covered')
        others = self.search_fetch([
            ('serial', 'in', numbered.mapped('serial')), ('state', '=', 'covered'),
            ('product_id', 'in', numbered.product_id.ids),
            ('company_id', 'in', numbered.company_id.ids)],
            ['serial', 'product_id', 'company_id'], order='id') if numbered else numbered
        by_unit = others.grouped(lambda card: (card.company_id, card.product_id, card.serial))
        twins = {card: by_unit.get(
            (card.company_id, card.product_id, card.serial), others.browse()) - card._origin
            for card in numbered}
        return {card: found[0] for card, found in twins.items() if found}

    def _note_twins(self):
        """Say on new cards which other card is about the same unit: one of them is wrong."""
        for card, twin in self._find_twins().items():
            card.sudo()._message_log(body=self.env._(  # create checked the right to the card
                "%(card)s under warranty bears the same serial number %(serial)s: check which of "
                "the two is wrong, and void it.", card=twin.name, serial=card.serial))

    def _judge(self, kind, day, component=None, usage=None, parts=()):
        """Return the verdict of ``tools.warranty`` for a line needed on ``day``.

        :param component: the spare part (``product.product``), for a line of parts
        :param usage: the reading of the unit's meter, by default the last known one
        :param parts: ids of the main parts that the work fits, for a line of labour or travel
        """
        part = component.aftersales_main_part_id.id if component else None
        return judge(
            self.cover_ids._to_facts(), kind, day, part, usage or self.usage or None,
            frozenset(parts))

    def _format_verdict(self, verdict):
        """Say a verdict in the user's words: what covers the line, or why nothing does."""
        if verdict.is_covered:
            return self.env._(
                "Covered by “%(cover)s” until %(date)s", cover=verdict.cover.name,
                date=format_date(self.env, verdict.cover.end))
        if verdict.reason == 'expired':
            return self.env._(
                "“%(cover)s” expired on %(date)s", cover=verdict.cover.name,
                date=format_date(self.env, verdict.cover.end))
        if verdict.reason == 'not_started':
            return self.env._(
                "“%(cover)s” starts on %(date)s", cover=verdict.cover.name,
                date=format_date(self.env, verdict.cover.start))
        sentences = {
            'used_up': self.env._("“%(cover)s” is used up", cover=verdict.cover.name),
            'suspended': self.env._("“%(cover)s” is suspended", cover=verdict.cover.name),
            'void': self.env._("“%(cover)s” is void", cover=verdict.cover.name),
        } if verdict.cover else {}
        return sentences.get(verdict.reason) or self.env._("Not promised by the warranty")

    def _compute_access_url(self):
        super()._compute_access_url()
        for card in self:
            card.access_url = f'/my/warranty/{card.id}'
