from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

from ...tools.returns import Goods
from .aftersales_disposition import GRADE_LABELS
from .aftersales_return import TAKEN_STATES

SETTLEMENTS = [
    ('refund', "Refund"), ('exchange', "Exchange"), ('none', "Nothing")]


class AftersalesReturnLine(models.Model):
    """One unit, or a quantity of one product, that comes back: verdict, grade and way on.

    It is the only place where a refund or a disposition is decided; the documents follow.
    """

    _name = 'aftersales.return.line'
    _description = "Returned Goods"
    _inherit = ['aftersales.photo.mixin', 'aftersales.protected.mixin']
    _order = 'return_id, id'
    _check_company_auto = True

    return_id = fields.Many2one(
        'aftersales.return', required=True, index=True, ondelete='cascade',
        link_access='write')
    company_id = fields.Many2one(
        related='return_id.company_id', store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related='return_id.currency_id')
    state = fields.Selection(related='return_id.state')

    # The goods
    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", index='btree_not_null',
        check_company=True, link_access='read')
    move_id = fields.Many2one(
        'stock.move', string="Delivery", compute='_compute_unit', store=True, readonly=False,
        precompute=True, index='btree_not_null', check_company=True)
    sale_line_id = fields.Many2one(
        'sale.order.line', string="Sale Order Line", compute='_compute_unit', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True)
    product_id = fields.Many2one(
        'product.product', compute='_compute_unit', store=True, readonly=False,
        precompute=True, required=True, index=True, check_company=True)
    lot_id = fields.Many2one(
        'stock.lot', string="Serial Number Record", compute='_compute_unit', store=True,
        readonly=False, precompute=True, index='btree_not_null', check_company=True,
        domain="[('product_id', '=', product_id)]")
    serial = fields.Char(
        string="Serial Number", compute='_compute_unit', store=True, readonly=False,
        precompute=True, index='trigram')
    quantity = fields.Float(digits='Product Unit', default=1.0, required=True)
    uom_id = fields.Many2one(related='product_id.uom_id', string="Unit of Measure")
    is_unknown = fields.Boolean(
        string="Unknown Unit", compute='_compute_is_unknown', store=True, precompute=True,
        help="The serial number was not sold by us: it may only be repaired against payment.",
        protected=True)
    price_unit = fields.Monetary(
        string="Price Paid", compute='_compute_price_unit', store=True, readonly=False,
        precompute=True, help="For one unit, taxes included.")
    sale_share = fields.Float(
        string="Part of the Unit Sold", compute='_compute_sale_share', store=True,
        precompute=True, digits=(16, 9), copy=False, protected=True,
        help="What one of these makes of a kit by its price; empty for what was sold itself.")
    is_used = fields.Boolean(
        string="Used", help="Not in its unopened packaging any more.")

    # What is decided about it
    settlement = fields.Selection(
        SETTLEMENTS, compute='_compute_settlement', store=True, readonly=False,
        precompute=True, required=True)

    # What arrived
    quantity_received = fields.Float(
        string="Received", digits='Product Unit', readonly=True, copy=False, protected=True)
    grade = fields.Selection(GRADE_LABELS, copy=False)
    is_complete = fields.Boolean(default=True, copy=False)
    is_serial_match = fields.Boolean(
        string="Serial Number Matches", default=True, copy=False)
    is_wiped = fields.Boolean(
        string="Data Wiped", copy=False, help="No personal data is left on the unit.")
    is_accepted = fields.Boolean(
        string="Goods Accepted", default=True, copy=False,
        help="Goods that are not accepted go back to the customer, and nothing is owed.")
    inspection_note = fields.Char(string="Findings", copy=False)

    # Where it goes
    proposed_disposition_id = fields.Many2one(
        'aftersales.disposition',
        compute='_compute_proposed_disposition_id', store=True, index='btree_not_null',
        protected=True)
    disposition_id = fields.Many2one(
        'aftersales.disposition', compute='_compute_disposition_id',
        store=True, readonly=False, copy=False, index='btree_not_null', check_company=True)
    disposition_reason = fields.Char(
        string="Reason for Another Way", copy=False,
        help="Why the goods do not go the way that was proposed.")
    expected_value = fields.Monetary(
        compute='_compute_expected_value', store=True,
        help="What the chosen way is expected to bring, less its cost.", protected=True)
    recovered_value = fields.Monetary(
        compute='_compute_recovered_value', store=True, readonly=False, copy=False,
        help="What the goods brought indeed; the expected value until it is known.")

    _quantity_positive = models.Constraint(
        'CHECK(quantity > 0)', "The quantity returned must be positive.")
    _price_positive = models.Constraint(
        'CHECK(price_unit >= 0)', "A price paid cannot be negative.")

    # === COMPUTES === #

    @api.depends('warranty_id')
    def _compute_unit(self):
        """Take unit and delivery of the card; what was given without one stays."""
        for line in self:
            card = line.warranty_id
            # the desk reads no transfers: which one brought the unit follows from its card
            move = line.move_id or card.sudo().move_id
            line.move_id = move
            line.sale_line_id = (
                line.sale_line_id or card.sudo().sale_line_id or move.sudo().sale_line_id)
            line.product_id = card.product_id or line.product_id or move.sudo().product_id
            line.lot_id = card.lot_id or line.lot_id
            line.serial = card.serial or line.lot_id.name or line.serial

    @api.depends('serial', 'warranty_id', 'move_id', 'sale_line_id', 'return_id.kind')
    def _compute_is_unknown(self):
        for line in self:
            # what goes back to its maker need not have been sold by us
            line.is_unknown = bool(line.serial) and line.return_id.kind != 'vendor' and not (
                line.warranty_id or line.move_id or line.sale_line_id)

    @api.depends('sale_line_id', 'sale_share', 'warranty_id')
    def _compute_price_unit(self):
        for line in self:
            line.price_unit = (
                line._get_price_paid() if line.sale_line_id else line.warranty_id.price
            ) or line.price_unit

    @api.depends('sale_line_id', 'product_id')
    def _compute_sale_share(self):
        """Keep the part as it was when the goods were announced: costs change later."""
        for line in self:
            # how a price is shared is no secret to those who take the goods back
            sold = line.sudo()._get_paid_sale_line()
            line.sale_share = sold._get_component_share(line.product_id) if (
                sold._is_component(line.product_id)) else 0.0

    @api.depends('return_id.kind', 'is_unknown')
    def _compute_settlement(self):
        for line in self:
            wanted = 'exchange' if line.return_id.kind in ('exchange', 'recall') else 'refund'
            line.settlement = 'none' if line.is_unknown else wanted

    @api.depends('grade', 'is_complete', 'is_wiped', 'is_accepted', 'price_unit',
                 'quantity_received', 'product_id', 'return_id.reason_id')
    def _compute_proposed_disposition_id(self):
        dispositions = self.env['aftersales.disposition'].search(
            [('company_id', 'in', (False, *self.company_id.ids))])
        for line in self:
            if not line.grade or line.return_id.kind == 'vendor':
                line.proposed_disposition_id = False
                continue
            offered = dispositions.filtered(
                lambda way, company=line.company_id: way.company_id.id in (False, company.id))
            line.proposed_disposition_id = offered._propose(line._get_goods())

    @api.depends('proposed_disposition_id')
    def _compute_disposition_id(self):
        for line in self:
            line.disposition_id = line.proposed_disposition_id

    @api.depends('disposition_id', 'price_unit', 'quantity_received', 'grade')
    def _compute_expected_value(self):
        for line in self:
            line.expected_value = line.disposition_id._get_worth(line._get_goods()) * (
                line.quantity_received)

    @api.depends('expected_value')
    def _compute_recovered_value(self):
        for line in self:
            line.recovered_value = max(line.expected_value, 0.0)

    def _compute_display_name(self):
        for line in self:
            line.display_name = " · ".join(filter(None, [
                line.return_id.name, line.product_id.display_name, line.serial]))

    # === CONSTRAINTS === #

    @api.constrains('quantity', 'warranty_id', 'lot_id')
    def _check_single_unit(self):
        for line in self:
            is_unit = line.warranty_id or line.lot_id.product_id.tracking == 'serial'
            if is_unit and float_compare(line.quantity, 1.0, precision_digits=3) != 0:
                raise ValidationError(self.env._(
                    "%(unit)s is one unit: return it with a quantity of 1.",
                    unit=line.display_name))

    @api.constrains('quantity', 'warranty_id', 'lot_id', 'move_id', 'serial', 'product_id')
    def _check_returned_once(self):
        self._ensure_units()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        self._fill_units(vals_list)
        lines = super().create(vals_list)
        late = lines.return_id.filtered(lambda record: record.state != 'request')
        if late and not self.env.su:
            raise UserError(self.env._("Goods are added only while a return is requested."))
        lines._judge()
        if not self.env.su:
            lines._ensure_refund_owed()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & self._get_fact_fields():
            self._judge()
        if not self.env.su:
            if 'settlement' in vals:
                self._ensure_settlement_owed()
            if 'refund_amount' in vals:
                self._ensure_refund_owed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_authorised(self):
        if any(line.state not in ('request', 'refused', 'cancelled') for line in self):
            raise UserError(self.env._("Goods that were authorised stay on the return."))

    # === RULES === #

    @api.model
    def _get_fact_fields(self):
        """Return the fields of which a verdict is made."""
        return {
            'warranty_id', 'move_id', 'sale_line_id', 'product_id', 'lot_id', 'serial',
            'quantity', 'price_unit', 'is_used', 'settlement'}

    def _ensure_may_change(self, vals):
        """Let how it is paid back change until it is, besides what the state leaves open."""
        is_refund = vals.get('settlement') in self._get_refund_settlements()
        paid_back = self.filtered(
            lambda line: is_refund and line.state == 'inspected' and line._is_refunded())
        super(AftersalesReturnLine, self - paid_back)._ensure_may_change(vals)
        return super(AftersalesReturnLine, paid_back)._ensure_may_change(
            {name: value for name, value in vals.items() if name != 'settlement'})

    def _get_locked_fields(self):
        """Keep goods and verdict once they are authorised, and all once they are settled."""
        locked = super()._get_locked_fields()
        if self.state == 'request':
            return locked
        return self._get_all_but(*{
            'received': (
                'grade', 'is_complete', 'is_serial_match', 'is_wiped', 'is_accepted',
                'inspection_note', 'photo_ids', 'disposition_id', 'disposition_reason',
                'settlement', 'refund_amount', 'recovered_value'),
            'inspected': ('refund_amount', 'recovered_value'),
            'settled': ('recovered_value',),
        }.get(self.state, ()))

    def _get_locked_message(self):
        return self.env._(
            "At this step of the return these goods cannot be changed like this any more")

    def _get_goods(self):
        """Return the goods as ``tools.returns`` sends them on their way."""
        self.ensure_one()
        template = self.product_id.product_tmpl_id
        return Goods(
            value=self.price_unit, grade=self.grade or 'D', is_complete=self.is_complete,
            has_battery=template.has_aftersales_battery,
            keeps_data=template.keeps_aftersales_data, is_wiped=self.is_wiped,
            is_maker_fault=self.return_id.reason_id.responsible == 'maker',
            owner='seller' if self._is_ours() else 'customer')

    def _is_ours(self):
        """Return whether the goods are ours once the return is settled."""
        self.ensure_one()
        return self.is_accepted and self.settlement != 'none'

    def _ensure_inspected(self):
        """Refuse to go on before each line has a grade and a way that is open to it."""
        for line in self.filtered(lambda line: line.quantity_received):
            if line.return_id.kind == 'vendor':
                continue
            if not line.grade or not line.disposition_id:
                raise UserError(self.env._(
                    "%(line)s has no grade or no disposition yet.", line=line.display_name))
            if not line.is_serial_match and line.is_accepted:
                raise UserError(self.env._(
                    "%(line)s is another unit than the one that was authorised: it cannot be "
                    "accepted.", line=line.display_name))
            if objection := line.disposition_id._get_objection(line._get_goods()):
                raise UserError(self.env._(
                    "%(line)s cannot go to “%(way)s”: %(reason)s.", line=line.display_name,
                    way=line.disposition_id.name, reason=objection))
            if line.disposition_id != line.proposed_disposition_id and not (
                    line.disposition_reason or '').strip():
                raise UserError(self.env._(
                    "Say why %(line)s goes to “%(way)s” and not to “%(proposed)s”.",
                    line=line.display_name, way=line.disposition_id.name,
                    proposed=line.proposed_disposition_id.name or '-'))

    # === UNITS === #

    @api.model
    def _fill_units(self, vals_list):
        """Find the cards of the given serial numbers with one search."""
        numbered = [vals for vals in vals_list if vals.get('serial') and not (
            vals.get('warranty_id') or vals.get('move_id'))]
        if not numbered:
            return
        # a unit is found by its number, also when others sold it; the company rule holds
        cards = self.env['aftersales.warranty'].search(
            [('serial', 'in', [vals['serial'].strip() for vals in numbered])], order='id')
        by_serial = {card.serial: card for card in cards}
        for vals in numbered:
            card = by_serial.get(vals['serial'].strip())
            if card and vals.get('product_id') in (None, False, card.product_id.id):
                vals['warranty_id'] = card.id

    def _ensure_units(self):
        """Refuse units and quantities that are returned already, or were never delivered."""
        lines = self.filtered(lambda line: line.state in TAKEN_STATES).sudo()
        lines._ensure_units_once()
        lines._ensure_quantities()

    def _ensure_units_once(self):
        """Refuse the second return of a unit that has a card, or a serial number.

        A unit that went back to its owner may come again.
        """
        others = self.search([
            ('state', 'in', TAKEN_STATES), ('return_id.kind', '!=', 'vendor'),
            '|', ('state', '!=', 'settled'),
            '&', '&', ('is_accepted', '=', True), ('settlement', '!=', 'none'),
            ('quantity_received', '>', 0),
            '|', ('warranty_id', 'in', self.warranty_id.ids),
            '&', ('lot_id', 'in', self.lot_id.ids),
            ('move_id', 'in', (False, *self.move_id.ids))])
        taken = defaultdict(self.browse)
        for line in others:
            for key in line._get_unit_keys():
                taken[key] |= line
        for line in self.filtered(lambda line: line.return_id.kind != 'vendor'):
            for key in line._get_unit_keys():
                if other := taken[key] - line:
                    raise ValidationError(self.env._(
                        "%(unit)s is on return %(other)s already: a unit is returned once.",
                        unit=line.display_name, other=other[0].return_id.name))

    def _get_unit_keys(self):
        """Return what makes this one unit: its card, and its serial number on one delivery."""
        self.ensure_one()
        keys = [self.warranty_id] if self.warranty_id else []
        is_unit = self.lot_id and (self.move_id or self.lot_id.product_id.tracking == 'serial')
        return [*keys, (self.lot_id, self.move_id)] if is_unit else keys

    def _ensure_quantities(self):
        """Refuse more than was delivered, less what came back by any return."""
        lines = self.filtered(lambda line: line.return_id.kind != 'vendor')
        lines.filtered(
            lambda line: line.sale_line_id and not line.move_id)._ensure_sold_quantities()
        moves = lines.move_id
        if not moves:
            return
        moves.lock_for_update(allow_referencing=True)
        asked = dict(self._read_group(
            [('move_id', 'in', moves.ids), ('state', '=', 'request'),
             ('return_id.kind', '!=', 'vendor')],
            ['move_id'], ['quantity:sum']))
        for move in moves:
            left = move._get_returnable_quantity()
            if move.product_id.uom_id.compare(asked.get(move, 0.0), left) > 0:
                self._refuse_quantity(
                    move.product_id, left, move.product_uom._compute_quantity(
                        move.quantity, move.product_id.uom_id), asked[move])

    def _ensure_sold_quantities(self):
        """Refuse more than a sale delivered, of goods whose delivery is not named."""
        asked = self._read_group(
            [('sale_line_id', 'in', self.sale_line_id.ids), ('move_id', '=', False),
             ('state', 'in', ('request', 'authorised')), ('return_id.kind', '!=', 'vendor')],
            ['sale_line_id', 'product_id'], ['quantity:sum'])
        for sold, product, quantity in asked:
            is_component = sold._is_component(product)
            unit = (product if is_component else sold.product_id).uom_id
            delivered = sum(
                move._get_component_quantity() for move in sold._get_component_moves()
                if move.product_id == product and move.state == 'done'
            ) if is_component else sold.product_uom_id._compute_quantity(sold.qty_delivered, unit)
            if unit.compare(quantity, delivered) > 0:
                self._refuse_quantity(product, delivered, delivered, quantity)

    def _refuse_quantity(self, product, left, delivered, asked):
        raise ValidationError(self.env._(
            "Of “%(product)s” %(left)s of %(delivered)s delivered can still be returned, not "
            "%(asked)s.", product=product.display_name, left=left, delivered=delivered,
            asked=asked))
