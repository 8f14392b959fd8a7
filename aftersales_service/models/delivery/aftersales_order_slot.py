from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesOrder(models.Model):
    """The time slot agreed with the customer: the order is planned by it.

    A new time outside the slot, by drag and drop for example, ends the agreement.
    """

    _inherit = 'aftersales.order'

    slot_date = fields.Date(string="Day", copy=False)
    slot_id = fields.Many2one(
        'aftersales.slot', string="Time Slot", copy=False, index='btree_not_null',
        check_company=True, ondelete='restrict',
        help="The order is planned for the beginning of the slot.")
    slot_weekday = fields.Char(compute='_compute_slot_weekday')
    date_planned = fields.Datetime(
        compute='_compute_date_planned', store=True, readonly=False, precompute=True)
    date_planned_stop = fields.Datetime(
        string="Planned until", compute='_compute_date_planned_stop', store=True,
        precompute=True, help="The end of the time slot that the customer was promised.",
        protected=True)

    @api.depends('slot_date')
    def _compute_slot_weekday(self):
        for order in self:
            order.slot_weekday = order.slot_date and str(order.slot_date.weekday())

    @api.depends('slot_id', 'slot_date')
    def _compute_date_planned(self):
        for order in self:
            order.date_planned = order._get_slot_start() or order.date_planned

    @api.depends('slot_id', 'slot_date')
    def _compute_date_planned_stop(self):
        for order in self:
            order.date_planned_stop = order.slot_id and order.slot_date and (
                order.slot_id._get_interval(order.slot_date, order.company_id)[1])

    @api.constrains('slot_id', 'slot_date')
    def _check_slot(self):
        """Refuse a slot without its day, on another day, of another outlet, or full."""
        planned = self.filtered('slot_id')
        for order in planned:
            if not order.slot_date:
                raise ValidationError(self.env._("Choose the day of the time slot."))
            order.slot_id._ensure_offered(order.slot_date)
            outlet = order.slot_id.outlet_id
            if outlet and outlet != order.outlet_id:
                raise ValidationError(self.env._(
                    "The time slot %(slot)s is one of outlet %(outlet)s: choose a slot of the "
                    "order's outlet, or one of all.",
                    slot=order.slot_id.name, outlet=outlet.name))
        if planned:
            planned.slot_id._ensure_room(set(planned.mapped('slot_date')))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get('slot_id') and vals.get('slot_date'):
                vals.pop('date_planned', None)  # the slot says when
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys() & {'slot_id', 'slot_date'}:
            result = super().write(vals)
            if 'date_planned' in vals:
                self._leave_slots()
            return result
        for start, orders in self.grouped(lambda order: order._get_slot_start(vals)).items():
            # with the time among the values, whatever follows a new time follows the slot
            super(AftersalesOrder, orders).write(
                {**vals, 'date_planned': start} if start else vals)
        return True

    # === RULES === #

    def _get_slot_start(self, vals=None):
        """Return when the order's slot begins, or ``None`` without a slot.

        :param vals: that the order is about to get
        """
        self.ensure_one()
        vals = vals or {}
        slot = self.slot_id.browse(vals['slot_id']) if 'slot_id' in vals else self.slot_id
        day = fields.Date.to_date(vals.get('slot_date', self.slot_date) or None)
        return slot._get_interval(day, self.company_id)[0] if slot and day else None

    def _leave_slots(self):
        """Take orders out of a slot in which they are not planned any more."""
        left = self.filtered(
            lambda order: order.slot_id and order.date_planned != order._get_slot_start())
        if left:
            left.write({'slot_id': False, 'slot_date': False})
