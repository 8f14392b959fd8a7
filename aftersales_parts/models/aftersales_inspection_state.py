from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools import sampling_plan
from ..tools.sampling_plan import Switch
from .aftersales_inspection_plan import LEVEL_CHOICES
from .roles import PLANNER

KINDS = [('exempt', "Exempt"), ('sample', "Sample"), ('full', "All Pieces")]
SEVERITIES = [
    ('normal', "Normal"), ('tightened', "Tightened"), ('reduced', "Reduced"),
    ('stopped', "Stopped")]
SAFETY_AQL = 0.65  # vital parts, see domain reference 3.7


class AftersalesInspectionState(models.Model):
    """How receipts of one part from one supplier are inspected, and how they did so far.

    It is made with the first inspection from the company's settings; planners change it. How
    strict the samples are follows from the results of the lots (GB/T 2828.1).
    """

    _name = 'aftersales.inspection.state'
    _description = "Inspection of a Supplier's Part"
    _inherit = ['aftersales.protected.mixin', 'mail.thread']
    _order = 'partner_id, product_id'
    _rec_names_search = ['partner_id', 'product_id']
    _check_company_auto = True

    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    partner_id = fields.Many2one(
        'res.partner', string="Supplier", index=True, check_company=True, protected='after')
    product_id = fields.Many2one(
        'product.product', string="Part", required=True, index=True, check_company=True,
        ondelete='cascade', domain=[('is_spare_part', '=', True)], protected='after')
    kind = fields.Selection(
        KINDS, string="Inspect", required=True, tracking=True,
        default=lambda self: self.env.company.aftersales_inspection_kind)
    level = fields.Selection(
        LEVEL_CHOICES, required=True, tracking=True,
        default=lambda self: self.env.company.aftersales_inspection_level,
        help="Which share of a lot is taken; the S levels take little, for tests that are dear "
             "or destroy the piece.")
    aql = fields.Float(
        string="AQL (%)", digits=(5, 3), required=True, tracking=True, aggregator=None,
        compute='_compute_aql', store=True, readonly=False, precompute=True,
        help="The acceptable quality limit: the share of defective pieces up to which lots are "
             "mostly accepted. Vital parts start with 0.65.")

    # Where the results led
    severity = fields.Selection(
        SEVERITIES, default='normal', required=True, readonly=True, tracking=True, copy=False,
        protected=True)
    recent = fields.Char(
        readonly=True, copy=False, protected=True,
        help="The results of the last lots: a accepted, r refused, the newest last.")
    run = fields.Integer(
        string="Accepted in a Row", readonly=True, copy=False, protected=True)
    failures = fields.Integer(
        string="Refused while Tightened", readonly=True, copy=False, protected=True)
    score = fields.Integer(
        string="Switching Score", readonly=True, copy=False, protected=True,
        help="From 30 on, reduced inspection is possible.")
    may_reduce = fields.Boolean(compute='_compute_may_reduce')

    # How the supplier did
    inspection_ids = fields.One2many('aftersales.inspection', 'state_id')
    lot_count = fields.Integer(
        string="Inspected Lots", readonly=True, copy=False, protected=True)
    accepted_count = fields.Integer(
        string="Accepted Lots", readonly=True, copy=False, protected=True)
    quality = fields.Float(
        string="Accepted (%)", compute='_compute_quality', store=True, protected=True,
        aggregator='avg', help="The share of the supplier's lots that passed at first.")

    _part_uniq = models.UniqueIndex(
        '(company_id, COALESCE(partner_id, 0), product_id)',
        "This part of this supplier has its inspection already.")

    @api.depends('product_id')
    def _compute_aql(self):
        for state in self:
            company = state.company_id or self.env.company
            state.aql = SAFETY_AQL if state.product_id.criticality == 'vital' else (
                company.aftersales_inspection_aql)

    @api.depends('lot_count', 'accepted_count')
    def _compute_quality(self):
        for state in self:
            state.quality = state.lot_count and 100.0 * state.accepted_count / state.lot_count

    @api.depends('score', 'severity', 'company_id.is_aftersales_reduced_inspection')
    def _compute_may_reduce(self):
        for state in self:
            state.may_reduce = (state.company_id.is_aftersales_reduced_inspection
                                and state._get_switch().may_reduce)

    @api.depends('partner_id', 'product_id')
    def _compute_display_name(self):
        for state in self:
            state.display_name = " · ".join(filter(None, (
                state.partner_id.name, state.product_id.display_name)))

    @api.constrains('aql', 'level', 'kind')
    def _check_plan(self):
        """Refuse an AQL that the tables do not know, and levels that are not switched on."""
        tables = self.env['aftersales.inspection.plan']._get_tables()
        known = {aql for row in tables.rows.get('normal', ()) for aql in row.cells}
        for state in self.filtered(lambda state: state.kind == 'sample'):
            if state.level.startswith('S') and not (
                    state.company_id.is_aftersales_special_levels):
                raise ValidationError(self.env._(
                    "The level %(level)s of %(part)s is one of the special levels, which are not "
                    "switched on: choose I, II or III, or switch them on in the settings.",
                    level=state.level, part=state.display_name))
            if round(state.aql, 3) not in known:
                raise ValidationError(self.env._(
                    "The sampling tables have no AQL of %(aql)s (%(part)s): choose one of "
                    "%(known)s.", aql=f'{state.aql:g}', part=state.display_name,
                    known=", ".join(f'{aql:g}' for aql in sorted(known))))

    # === ACTIONS === #

    def action_reduce(self):
        """Take smaller samples from now on, as the results and production allow it."""
        self._ensure_planner()
        if not all(state.may_reduce for state in self):
            raise UserError(self.env._(
                "Reduced inspection needs a switching score of 30 on normal inspection, and to "
                "be switched on in the settings."))
        for state in self:
            state._set_switch(sampling_plan.reduce(state._get_switch()))

    def action_restore(self):
        """Inspect normally again, as the supplier's production became irregular."""
        self._ensure_planner()
        for state in self:
            state._set_switch(sampling_plan.restore_normal(state._get_switch()))

    def action_release(self):
        """Inspect again, tightened, as the supplier has acted."""
        self._ensure_planner()
        for state in self:
            state._set_switch(sampling_plan.release(state._get_switch()))

    def _ensure_planner(self):
        self.check_access('write')
        if not self.env.user.has_group(PLANNER):
            raise AccessError(self.env._(
                "Planners decide how suppliers are inspected: ask one to decide."))

    # === THE STATE MACHINE === #

    @api.model
    def _get_or_create(self, keys):
        """Return ``{(company, supplier, part): state}``, as superuser; make the missing ones.

        Called by receipts after the check of the right to validate them.
        """
        states = self.sudo()
        companies, partners, products = (set(part) for part in zip(*keys, strict=True))
        found = {
            (state.company_id, state.partner_id, state.product_id): state
            for state in states.search([
                ('company_id', 'in', [company.id for company in companies]),
                ('partner_id', 'in', [partner.id for partner in partners]),
                ('product_id', 'in', [product.id for product in products])])}
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        made = states.create([
            {'company_id': company.id, 'partner_id': partner.id, 'product_id': product.id,
             'kind': company.aftersales_inspection_kind,
             'level': company.aftersales_inspection_level}
            for company, partner, product in missing])
        return found | dict(zip(missing, made, strict=True))

    def _get_switch(self):
        """Return where inspection stands, for ``tools/sampling_plan.py``."""
        self.ensure_one()
        is_stopped = self.severity == 'stopped'
        return Switch(
            'tightened' if is_stopped else self.severity, is_stopped,
            tuple(result == 'a' for result in self.recent or ''), self.run, self.failures,
            self.score)

    def _set_switch(self, switch, **vals):
        # the caller checked who decides, or judges a lot
        self.sudo().write({
            'severity': 'stopped' if switch.is_stopped else switch.severity,
            'recent': ''.join('a' if result else 'r' for result in switch.recent),
            'run': switch.run, 'failures': switch.failures, 'score': switch.score, **vals})

    def _judge_lot(self, is_accepted, accept, is_tighter_passed, is_present_plan=True):
        """Count one more lot that was inspected for the first time.

        :param is_present_plan: whether it was inspected by the present severity; a lot whose plan
            is older than the last switch counts for the supplier's quality only
        """
        self.ensure_one()
        switch = self._get_switch()
        if self.kind == 'sample' and is_present_plan:
            switch = sampling_plan.judge_lot(switch, is_accepted, accept, is_tighter_passed)
        self._set_switch(
            switch, lot_count=self.lot_count + 1,
            accepted_count=self.accepted_count + is_accepted)
