from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.loss import replacement_loss, return_loss, rework_loss

COMPONENTS = [
    ('discount', "Discount"),
    ('compensation', "Compensation"),
    ('return', "Returned Goods"),
    ('replacement', "Replacement"),
    ('rework', "Rework"),
    ('visit', "Visits"),
    ('handling', "Handling"),
    ('goodwill', "Goodwill and Lost Orders"),
]
# noted, but no party bears it
NOT_CHARGED = 'goodwill'
FACTS = ('value', 'freight', 'hours', 'hour_rate', 'recovered', 'resale_price')
# what changes the loss
COSTS = frozenset({*FACTS, 'component', 'date_resold', 'is_window_over'})
RESALE_FIELDS = frozenset({'resale_price', 'date_resold'})


class AftersalesComplaintLoss(models.Model):
    """One component of what a complaint costs: typed, or read from a document.

    Goods that came back cost their price as A-grade goods, less what they are sold for again
    within one month from the decision on liability. Goodwill is noted and charged to no party.
    """

    _name = 'aftersales.complaint.loss'
    _description = "Loss of a Complaint"
    _inherit = [
        'aftersales.guard.mixin', 'aftersales.document.link.mixin',
        'aftersales.legal.hold.part.mixin', 'aftersales.protected.mixin']
    _order = 'complaint_id desc, id'
    _check_company_auto = True
    _hold_field = 'complaint_id'

    complaint_id = fields.Many2one(
        'aftersales.complaint', required=True, index=True, ondelete='cascade',
        protected='after', link_access='write')
    company_id = fields.Many2one(
        related='complaint_id.company_id', store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    component = fields.Selection(COMPONENTS, required=True, default='compensation', index=True)
    name = fields.Char(string="Note")
    date = fields.Date(required=True, default=fields.Date.context_today)
    res_model = fields.Char(required=False, readonly=True, protected='after')
    res_id = fields.Many2oneReference(
        string="Source", required=False, readonly=True, protected='after')

    # What it follows from
    value = fields.Monetary(
        help="What was granted, paid or spent; of goods their price as A-grade "
                             "goods; of rework the material.")
    freight = fields.Monetary()
    hours = fields.Float()
    hour_rate = fields.Monetary(string="Rate of an Hour")
    recovered = fields.Monetary(help="What the replaced goods brought.")
    resale_price = fields.Monetary(help="What the returned goods were sold for again.")
    date_resold = fields.Date(string="Resold on")
    resale_state = fields.Selection(
        [('waiting', "To Sell"), ('sold', "Resold"), ('unsold', "Not Sold")],
        compute='_compute_resale_state', store=True, protected=True, string="Resale",
        help="A resale counts within one month from the decision on liability.")
    is_window_over = fields.Boolean(
        string="Resale Month Over", readonly=True, copy=False, protected=True)
    amount = fields.Monetary(
        string="Loss", compute='_compute_amount', store=True, precompute=True, protected=True)
    is_charged = fields.Boolean(
        string="Charged to the Parties", compute='_compute_is_charged', store=True, precompute=True,
        protected=True)

    _facts_positive = models.Constraint(
        f"CHECK({' AND '.join(f'{name} >= 0' for name in FACTS)})",
        "A loss cannot be negative: enter what was recovered in its own field.")
    _source_uniq = models.UniqueIndex(
        '(complaint_id, res_model, res_id, component) WHERE res_id > 0',
        "This document is counted in the complaint already.")

    # === COMPUTES === #

    @api.depends('component', *FACTS, 'date_resold', 'complaint_id.resale_deadline')
    def _compute_amount(self):
        for line in self:
            line.amount = 0.0 if min(line[name] for name in FACTS) < 0 else line._get_loss()

    def _get_loss(self):
        """Return what the line costs by the rule of its component."""
        step = self.currency_id.rounding or 0.01
        if self.component == 'return':
            return return_loss(
                self.value, self.resale_price or None, self.date_resold or None,
                self.complaint_id.resale_deadline or None, step)
        if self.component == 'replacement':
            return replacement_loss(self.value, self.freight, self.recovered, step)
        if self.component == 'rework':
            return rework_loss(self.value, self.hours, self.hour_rate, self.freight, step)
        return self.value

    @api.depends('component', 'date_resold', 'resale_price', 'is_window_over',
                 'complaint_id.resale_deadline')
    def _compute_resale_state(self):
        for line in self:
            deadline = line.complaint_id.resale_deadline
            is_sold = line.date_resold and line.resale_price and not (
                deadline and line.date_resold > deadline)
            line.resale_state = line.component == 'return' and (
                'sold' if is_sold else 'unsold' if line.is_window_over else 'waiting')

    @api.depends('component')
    def _compute_is_charged(self):
        for line in self:
            line.is_charged = line.component != NOT_CHARGED

    @api.depends('component', 'name')
    def _compute_display_name(self):
        labels = dict(self._fields['component']._description_selection(self.env))
        for line in self:
            line.display_name = " · ".join(filter(None, (labels.get(line.component), line.name)))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._ensure_source_readable()
        if not self.env.su:
            lines.complaint_id._ensure_liability_open()
        lines.complaint_id._raise_level()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(COSTS):
            self.complaint_id._raise_level()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if not self.env.su:
            self.complaint_id._ensure_liability_open()

    @api.constrains('date_resold', 'resale_price')
    def _check_resale(self):
        today = fields.Date.context_today(self)
        for line in self:
            if line.date_resold and line.date_resold > today:
                raise ValidationError(self.env._("Goods cannot be sold again in the future."))
            if line.resale_price and not line.date_resold:
                raise ValidationError(self.env._("Enter the day on which the goods were resold."))

    # === RULES === #

    def _ensure_source_readable(self):
        """Refuse documents of other kinds, or that the user may not read: the sum tells of them."""
        for line in self.filtered('res_id'):
            if line.res_model not in self._get_document_models():
                raise UserError(self.env._("Losses are not read from records of this kind."))
            if not line._get_document().exists():
                raise UserError(self.env._("The document of this loss does not exist."))
            line._get_document().check_access('read')

    @api.model
    def _get_document_models(self):
        """Return the models whose documents losses are read from; other modules add theirs."""
        return (*super()._get_document_models(), 'aftersales.order', 'aftersales.return',
                'aftersales.complaint')

    def _get_locked_fields(self):
        """Keep what liability was decided on; goods are resold within their month."""
        locked = super()._get_locked_fields()
        if self.complaint_id.liability_state == 'draft':
            return locked
        is_open = self.component == 'return' and not self.is_window_over
        return locked | (self._get_all_but(*RESALE_FIELDS) if is_open else self._get_all_but())

    def _get_locked_message(self):
        return self.env._(
            "Liability for these losses is decided; a complaint manager reopens it first")
