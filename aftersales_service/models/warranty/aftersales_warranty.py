from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools.warranty import WHOLE_UNIT, Cover, judge, last_covered_day


class AftersalesWarranty(models.Model):
    """The warranty card of one unit in a customer's hands, with or without a serial number.

    It knows the unit, its owner, its dates and covers, and collects its repair history.
    The physical unit stays core's: the lot is linked, never required.
    """

    _name = 'aftersales.warranty'
    _description = "Warranty Card"
    _inherit = ['portal.mixin', 'mail.thread', 'mail.activity.mixin']
    _order = 'id desc'
    # no owner: a name in another table makes the database read every card
    _rec_names_search = ['name', 'serial']
    _check_company_auto = True

    name = fields.Char(
        string="Card Number", readonly=True, copy=False, index='trigram')
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
        readonly=False, precompute=True, index='btree_not_null', check_company=True)

    # Where it comes from
    move_id = fields.Many2one(
        'stock.move', string="Delivery Move", readonly=True, copy=False, index='btree_not_null')
    sale_line_id = fields.Many2one(
        'sale.order.line', string="Sale Order Line", readonly=True, copy=False,
        index='btree_not_null')
    sale_order_id = fields.Many2one(related='sale_line_id.order_id', string="Sale Order")

    # Dates and covers
    delivery_date = fields.Date()
    invoice_date = fields.Date()
    installation_date = fields.Date()
    date_start = fields.Date(
        string="Warranty Start", compute='_compute_date_start', store=True,
        precompute=True, tracking=True)
    date_end = fields.Date(
        string="Warranty End", compute='_compute_date_end', store=True, index=True,
        help="Last day of the cover of the whole unit.")
    cover_ids = fields.One2many(
        'aftersales.warranty.cover', 'warranty_id', string="Covers", readonly=True,
        copy=False)
    state = fields.Selection(
        [('covered', "Under Warranty"), ('expired', "Out of Warranty"), ('none', "No Warranty")],
        compute='_compute_state', search='_search_state')

    order_ids = fields.One2many('aftersales.order', 'warranty_id', string="Service Orders")
    order_count = fields.Integer(compute='_compute_order_count')

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
                card.company_id)

    @api.depends('policy_id', 'delivery_date', 'invoice_date', 'installation_date')
    def _compute_date_start(self):
        for card in self:
            event_date = card.policy_id and card[f'{card.policy_id.start_event}_date']
            card.date_start = event_date or card.delivery_date or card.invoice_date

    @api.depends('cover_ids.date_end', 'cover_ids.kind')
    def _compute_date_end(self):
        for card in self:
            ends = card.cover_ids.filtered(lambda cover: cover.kind == WHOLE_UNIT).mapped(
                'date_end')
            card.date_end = max(ends, default=False)

    @api.depends('date_end')
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for card in self:
            if not card.date_end:
                card.state = 'none'
            else:
                card.state = 'covered' if card.date_end >= today else 'expired'

    def _search_state(self, operator, value):
        if operator != 'in':
            return NotImplemented
        today = fields.Date.context_today(self)
        domains = {
            'covered': Domain('date_end', '>=', today),
            'expired': Domain('date_end', '<', today),
            'none': Domain('date_end', '=', False),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def _compute_order_count(self):
        counts = dict(self.env['aftersales.order']._read_group(
            [('warranty_id', 'in', self.ids)], ['warranty_id'], ['__count']))
        for card in self:
            card.order_count = counts.get(card._origin, 0)

    def _compute_display_name(self):
        for card in self:
            parts = [card.name, card.product_id.display_name, card.serial]
            card.display_name = " · ".join(filter(None, parts))

    @api.constrains('lot_id', 'product_id')
    def _check_lot_product(self):
        for card in self:
            if card.lot_id and card.lot_id.product_id != card.product_id:
                raise ValidationError(self.env._(
                    "Serial number %(serial)s belongs to %(other)s, not to %(product)s.",
                    serial=card.lot_id.name, other=card.lot_id.product_id.display_name,
                    product=card.product_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        unnamed = [vals for vals in vals_list if not vals.get('name')]
        names = self.env['ir.sequence']._next_batch_by_code('aftersales.warranty', len(unnamed))
        for vals, name in zip(unnamed, names, strict=True):
            vals['name'] = name
        cards = super().create(vals_list)
        cards._date_covers()
        return cards

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & self._get_cover_fields():
            self._date_covers()
        return result

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

    @api.model
    def _get_cover_fields(self):
        """Return the fields that date the covers: writing one dates them anew."""
        return {'policy_id', 'delivery_date', 'invoice_date', 'installation_date'}

    def _date_covers(self):
        """Make the covers anew from the policy's terms; none without policy or start."""
        self.sudo().cover_ids.unlink()
        # covers follow from the card, which the user was allowed to write
        self.env['aftersales.warranty.cover'].sudo().create([
            card._prepare_cover_vals(term)
            for card in self if card.date_start for term in card.policy_id.term_ids])

    def _prepare_cover_vals(self, term):
        self.ensure_one()
        return {
            'warranty_id': self.id,
            'term_id': term.id,
            'kind': term.kind,
            'name': term.name,
            'date_start': self.date_start,
            'date_end': last_covered_day(self.date_start, term.months, term.days),
            'percent': term.percent,
            'usage_limit': term.usage_limit,
            'main_part_ids': term.main_part_ids.ids,
            'article': term.article,
        }

    def _judge(self, kind, day, component=None, usage=None):
        """Return the verdict of ``tools.warranty`` for a line needed on ``day``.

        :param component: the spare part (``product.product``), for a line of parts
        :param usage: the reading of the unit's meter, where it is known
        """
        part = component.aftersales_main_part_id.id if component else None
        return judge(self.cover_ids._to_facts(), kind, day, part, usage)

    def _judge_unit(self, day):
        """Return the verdict for the whole unit, off the card itself: lists need no covers."""
        self.ensure_one()
        labels = dict(self.env['aftersales.warranty.cover']._fields['kind']
                      ._description_selection(self.env))
        unit = [Cover(WHOLE_UNIT, self.date_start, self.date_end, labels[WHOLE_UNIT])] if (
            self.date_end) else []
        return judge(unit, WHOLE_UNIT, day)

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
        return self.env._("Not promised by the warranty")

    def _compute_access_url(self):
        super()._compute_access_url()
        for card in self:
            card.access_url = f'/my/warranty/{card.id}'
