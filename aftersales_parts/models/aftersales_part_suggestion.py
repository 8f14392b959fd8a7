from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from ..tools.stock_rule import excess
from .aftersales_part_request import OPEN_STATES
from .roles import PLANNER

STATES = [
    ('new', "To Decide"), ('applied', "Applied"), ('refused', "Refused"),
    ('outdated', "Outdated")]
METHODS = [
    ('none', "No Demand"), ('ses', "Simple Smoothing"), ('croston', "Croston"),
    ('sba', "Croston, Corrected (SBA)"), ('tsb', "Falling Demand (TSB)")]
RULES = [
    ('none', "Not Stocked"), ('normal', "Reorder Point and Safety Stock"),
    ('poisson', "Base Stock")]
# months: with fewer a reader should know that the forecast has seen no whole year
SHORT_HISTORY = 12


class AftersalesPartSuggestion(models.Model):
    """A proposal for the minimum and maximum of a part at a place, and what became of it.

    It stands beside the present numbers of core's reordering rule and changes nothing by itself:
    a planner applies or refuses it. What was decided stays as the history of the rule.
    """

    _name = 'aftersales.part.suggestion'
    _description = "Stock Suggestion"
    _inherit = ['aftersales.state.mixin', 'aftersales.protected.mixin']
    _order = 'is_short desc, value_change desc, id desc'
    _rec_name = 'product_id'
    _check_company_auto = True

    _TRANSITIONS = {'applied': {'new'}, 'refused': {'new'}, 'outdated': {'new'}}
    _STAMPS = {'applied': 'date_decided', 'refused': 'date_decided', 'outdated': 'date_decided'}

    orderpoint_id = fields.Many2one(
        'stock.warehouse.orderpoint', string="Reordering Rule", required=True, index=True,
        readonly=True, ondelete='cascade', copy=False, protected=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, readonly=True, copy=False, protected=True)
    currency_id = fields.Many2one(
        'res.currency', required=True, readonly=True, ondelete='restrict', copy=False,
        protected=True)
    product_id = fields.Many2one(
        'product.product', string="Part", required=True, index=True, readonly=True,
        ondelete='cascade', copy=False, protected=True)
    uom_id = fields.Many2one(related='product_id.uom_id')
    location_id = fields.Many2one(
        'stock.location', readonly=True, index='btree_not_null', copy=False, protected=True)
    state = fields.Selection(
        STATES, default='new', required=True, readonly=True, index=True, copy=False,
        protected=True)

    # The present numbers and the proposed ones
    present_min = fields.Float(
        string="Min Now", readonly=True, aggregator=None, copy=False, protected=True)
    present_max = fields.Float(
        string="Max Now", readonly=True, aggregator=None, copy=False, protected=True)
    proposed_min = fields.Float(
        string="Min Proposed", readonly=True, aggregator=None,
        copy=False, protected=True)
    proposed_max = fields.Float(
        string="Max Proposed", readonly=True, aggregator=None,
        copy=False, protected=True)
    stock = fields.Float(
        string="On Hand", readonly=True, aggregator=None, copy=False, protected=True,
        help="On hand at this place when the suggestion was made.")
    excess = fields.Float(
        compute='_compute_excess', help="What lies above the proposed maximum.")
    excess_value = fields.Monetary(compute='_compute_excess')
    min_change = fields.Char(string="Minimum", compute='_compute_changes')
    max_change = fields.Char(string="Maximum", compute='_compute_changes')
    value_change = fields.Monetary(
        string="Change in Value", readonly=True, copy=False, protected=True,
        help="The value of the proposed maximum, less that of the present one.")

    # What it is made of
    method = fields.Selection(METHODS, readonly=True, copy=False, protected=True)
    rule = fields.Selection(RULES, readonly=True, copy=False, protected=True)
    forecast = fields.Float(
        string="Forecast per Month", readonly=True, aggregator=None,
        copy=False, protected=True, help="The demand of a usual month, without its season.")
    demand_ahead = fields.Float(
        readonly=True, aggregator=None, copy=False, protected=True,
        help="What is expected until the order of the next review has come.")
    safety_stock = fields.Float(
        readonly=True, aggregator=None, copy=False, protected=True)
    service_level = fields.Float(
        string="Service Level (%)", readonly=True, aggregator=None, copy=False, protected=True)
    lead_days = fields.Float(
        string="Lead Time (Days)", readonly=True, aggregator=None, copy=False, protected=True)
    review_days = fields.Integer(
        string="Days between Reviews", readonly=True, aggregator=None, copy=False, protected=True)
    mase = fields.Float(
        string="Error (MASE)", readonly=True, aggregator=None, copy=False, protected=True,
        help="The mean error of the method, scaled by that of last month's demand as the "
             "forecast. Below 1 it does better.")
    bias = fields.Float(
        readonly=True, aggregator=None, copy=False, protected=True,
        help="The mean error as a share of the demand: above 0 too much was forecast.")
    months_without = fields.Integer(
        string="Months without Demand", readonly=True, aggregator=None, copy=False, protected=True)
    months_known = fields.Integer(
        string="Months of Known Demand", readonly=True, aggregator=None, copy=False,
        protected=True, help="Since when the part and the count of the demand were there.")
    history = fields.Json(
        string="Demand of 24 Months", readonly=True, exportable=False, copy=False, protected=True,
        help="The demand of the last 24 full months, the oldest first.")
    data_month = fields.Date(
        string="Demand until", readonly=True, copy=False, protected=True,
        help="The last month whose demand it knows.")
    part_phase = fields.Selection(related='product_id.part_phase')
    is_repairable = fields.Boolean(related='product_id.is_repairable')
    rotable_pool = fields.Integer(
        string="Pool Size", compute='_compute_rotable_pool',
        help="How many pieces of this repairable part to own, in stock and in repair.")
    keep_until = fields.Date(related='product_id.keep_until')

    # What planners look for
    is_short = fields.Boolean(
        string="Short", readonly=True, copy=False, protected=True,
        help="Less is on hand than the proposed minimum.")
    is_seasonal = fields.Boolean(string="Season", readonly=True, copy=False, protected=True)
    is_dead = fields.Boolean(
        string="Dead", readonly=True, copy=False, protected=True,
        help="It was not asked for so long that it is not stocked any more.")
    is_ending = fields.Boolean(
        string="End of Production", readonly=True, copy=False, protected=True,
        help="In decline, bought for the last time, or obsolete.")
    is_excess = fields.Boolean(string="Has Excess", readonly=True, copy=False, protected=True)
    reason = fields.Char(compute='_compute_reason')
    is_outdated = fields.Boolean(
        compute='_compute_is_outdated',
        help="The rule or the demand changed since: it cannot be applied.")
    waiting_count = fields.Integer(
        string="Waiting Orders", compute='_compute_waiting', search='_search_waiting_count',
        help="Orders on hold because this part is missing.")
    waiting_date = fields.Date(
        string="Wait at Most until", compute='_compute_waiting',
        help="The last day on which the first of these customers has to wait: after it, another "
             "remedy may be chosen because the part is missing.")
    waiting_days = fields.Integer(string="Days Left", compute='_compute_waiting')

    # What became of it
    date_decided = fields.Datetime(string="Decided on", readonly=True, copy=False, protected=True)
    decider_id = fields.Many2one(
        'res.users', string="Decided by", readonly=True, copy=False, protected=True)
    refusal = fields.Char(
        string="Reason of Refusal", readonly=True, copy=False, protected=True)

    _one_open = models.UniqueIndex(
        "(orderpoint_id) WHERE state = 'new'", "This rule has an open suggestion already.")
    _open_idx = models.Index(
        "(company_id, is_short DESC, value_change DESC, id DESC) WHERE state = 'new'")

    # === COMPUTES === #

    @api.depends('present_min', 'present_max', 'proposed_min', 'proposed_max')
    def _compute_changes(self):
        for suggestion in self:
            suggestion.min_change = _format_change(
                suggestion.present_min, suggestion.proposed_min)
            suggestion.max_change = _format_change(
                suggestion.present_max, suggestion.proposed_max)

    @api.depends('stock', 'proposed_max')
    def _compute_excess(self):
        for suggestion in self:
            suggestion.excess = excess(suggestion.stock, suggestion.proposed_max)
            suggestion.excess_value = suggestion.excess * suggestion.product_id.with_company(
                suggestion.company_id).standard_price

    @api.depends('product_id.is_repairable', 'company_id')
    def _compute_rotable_pool(self):
        for suggestion in self:
            suggestion.rotable_pool = suggestion.product_id.with_company(
                suggestion.company_id).rotable_pool

    @api.depends('rule', 'demand_ahead', 'safety_stock')
    @api.depends_context('lang')
    def _compute_reason(self):
        for suggestion in self:
            sentences = [suggestion._format_reason()]
            if suggestion.months_known < SHORT_HISTORY and suggestion.rule != 'none':
                sentences.append(self.env._(
                    "Only %(months)s months of its demand are known.",
                    months=suggestion.months_known))
            suggestion.reason = " ".join(sentences)

    def _format_reason(self):
        """Return in one sentence why these numbers are proposed."""
        self.ensure_one()
        facts = {
            'demand': _format_number(self.demand_ahead),
            'safety': _format_number(self.safety_stock),
            'days': round(self.lead_days + self.review_days), 'lead': round(self.lead_days),
            'review': self.review_days, 'level': _format_number(self.service_level),
            'months': self.months_without}
        if self.rule == 'none':
            if self.part_phase == 'obsolete':
                return self.env._("Obsolete: it is not stocked any more.")
            return self.env._(
                "Not asked for in %(months)s months: it is not stocked any more.", **facts)
        if self.is_ending:
            return self.env._(
                "Its production ends, so it is ordered in no lots; expected in the %(days)s days "
                "of lead time and review: %(demand)s; safety stock for %(level)s %%: %(safety)s.",
                **facts)
        if self.is_seasonal:
            return self.env._(
                "With its season, expected in the %(days)s days of lead time and review: "
                "%(demand)s; safety stock for %(level)s %%: %(safety)s.", **facts)
        if self.rule == 'poisson':
            return self.env._(
                "Seldom asked for; expected in the %(days)s days of lead time and review: "
                "%(demand)s; safety stock for %(level)s %%: %(safety)s.", **facts)
        return self.env._(
            "Expected in %(lead)s days of lead time and %(review)s days of review: %(demand)s; "
            "safety stock for %(level)s %%: %(safety)s.", **facts)

    @api.depends('state', 'present_min', 'present_max', 'data_month',
                 'orderpoint_id.product_min_qty', 'orderpoint_id.product_max_qty',
                 'orderpoint_id.active', 'company_id.aftersales_demand_month')
    def _compute_is_outdated(self):
        for suggestion in self:
            # who reads a suggestion may know the rule it is about
            point = suggestion.orderpoint_id.sudo()
            counted = suggestion.company_id.sudo().aftersales_demand_month
            suggestion.is_outdated = suggestion.state == 'outdated' or (
                suggestion.state == 'new' and bool(
                    not point.active
                    or point.product_uom.compare(point.product_min_qty, suggestion.present_min)
                    or point.product_uom.compare(point.product_max_qty, suggestion.present_max)
                    or (counted and (
                        not suggestion.data_month or suggestion.data_month < counted))))

    def _compute_waiting(self):
        """Count the orders on hold for the part, and the days left to the first right."""
        waiting = self._find_waiting()
        for suggestion in self:
            orders, last = waiting.get(
                (suggestion.company_id, suggestion.product_id), ((), None))
            suggestion.waiting_count = len(orders)
            suggestion.waiting_date = last
            suggestion.waiting_days = last and (
                last - suggestion.company_id._get_aftersales_day(fields.Datetime.now())).days

    def _search_waiting_count(self, operator, value):
        if (operator, value) != ('>', 0):
            return NotImplemented
        return Domain.OR(
            Domain('company_id', '=', company.id) & Domain('product_id', '=', product.id)
            for company, product in self._find_waiting())

    @api.model
    def _find_waiting(self):
        """Return ``{(company, part): (orders on hold for it, last day of the first right)}``.

        A part that was asked for on a request waits as one on a repair does; an old number waits
        for what is ordered in its place.
        """
        # who decides on the stock of a part may know that orders wait for it, not whose they are
        held = self.env['aftersales.clock.pause'].sudo()._read_group(
            [('res_model', '=', 'aftersales.order'), ('date_stop', '=', False),
             ('reason_id.is_part_wait', '=', True)], [], ['res_id:array_agg'])[0][0]
        if not held:
            return {}
        rows = self.env['stock.move'].sudo()._read_group(  # as above
            [('repair_line_type', '=', 'add'), ('state', 'not in', ('done', 'cancel')),
             ('aftersales_order_id', 'in', held)],
            ['company_id', 'product_id'], ['aftersales_order_id:recordset'])
        rows += self.env['aftersales.part.request.line'].sudo()._read_group(  # as above
            [('request_id.state', 'in', OPEN_STATES), ('request_id.order_id', 'in', held)],
            ['company_id', 'product_id', 'request_id.order_id'], [])
        targets = self.env['aftersales.part.demand']._find_targets(
            self.env['product.product'].union(*(product for __, product, __ in rows)))
        waiting = {}
        for company, product, orders in rows:
            for part in targets.get(product, (product,)):
                waiting[company, part] = waiting.get((company, part), orders.browse()) | orders
        return {group: (orders, min(filter(None, map(self._find_last_day, orders)), default=None))
                for group, orders in waiting.items()}

    @api.model
    def _find_last_day(self, order):
        """Return the last day on which the customer of an order has to wait for a part."""
        days = [rule.over_wait_days for rule in order.warranty_id.policy_id._get_rules()
                if rule.over_wait_days] if order.warranty_id.policy_id else ()
        return days and fields.Date.add(order.event_day, days=min(days))

    # === ACTIONS === #

    def action_apply(self):
        """Write the proposed numbers into the reordering rules; say what became of many."""
        self._set_state('applied')
        if len(self) < 2:
            return None
        message = self.env._("%(count)s reordering rules were changed.", count=len(self))
        if len(self.currency_id) == 1:
            message = self.env._(
                "%(count)s reordering rules were changed; the value of what they keep at most "
                "changes by %(amount)s.", count=len(self), amount=formatLang(
                    self.env, sum(self.mapped('value_change')), currency_obj=self.currency_id))
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification', 'params': {
                'type': 'success', 'message': message,
                'next': {'type': 'ir.actions.client', 'tag': 'soft_reload'}}}

    def action_refuse(self):
        """Ask for the reason why the present numbers stay."""
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Refuse"),
            'res_model': 'aftersales.part.refusal', 'view_mode': 'form', 'target': 'new',
            'context': {'default_suggestion_ids': self.ids}}

    def action_recalculate(self):
        """Make these suggestions again, by the demand and the stock of today."""
        self.check_access('write')
        self._ensure_may_move('outdated')
        # the right was checked above
        points = self.sudo().orderpoint_id.filtered('active')
        for company, group in points.grouped('company_id').items():
            self.sudo()._suggest(company, group)

    def action_view_orders(self):
        """Show the orders that are on hold for the part."""
        self.ensure_one()
        orders, __ = self._find_waiting().get((self.company_id, self.product_id), ((), None))
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_order_action')
        return {**action, 'domain': [('id', 'in', [order.id for order in orders])],
                'context': {}}

    # === RULES === #

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if not self.env.user.has_group(PLANNER):
            raise AccessError(self.env._("Planners decide on stock suggestions."))
        return result

    def _ensure_applied(self):
        self._refuse_where('is_outdated', self.env._(
            "These suggestions are older than the rule or the demand: recalculate them first"))

    def _prepare_state_vals(self, target, moment):
        vals = super()._prepare_state_vals(target, moment)
        return vals | {'decider_id': self.env.uid} if target != 'outdated' else vals

    def _on_applied(self):
        """Write the numbers: once for all rules that get the same."""
        for (least, most), suggestions in self.grouped(
                lambda one: (one.proposed_min, one.proposed_max)).items():
            suggestions.orderpoint_id.write(
                {'product_min_qty': least, 'product_max_qty': most})

    def _refuse(self, reason):
        """Keep the present numbers, and why.

        :raise ValidationError: without a reason
        """
        reason = (reason or '').strip()
        if not reason:
            raise ValidationError(self.env._("Write down why the present numbers stay."))
        self._set_state('refused', refusal=reason)

    @api.autovacuum
    def _gc_outdated(self):
        """Forget what was never decided on: it is no history of a rule."""
        self.search([
            ('state', '=', 'outdated'),
            ('date_decided', '<', fields.Datetime.subtract(fields.Datetime.now(), months=3)),
        ], limit=10_000).unlink()


def _format_number(number):
    """Return a number with the digits that it needs, one at most."""
    return f'{number:.1f}'.removesuffix('.0')


def _format_change(present, proposed):
    return f'{_format_number(present)} → {_format_number(proposed)}'
