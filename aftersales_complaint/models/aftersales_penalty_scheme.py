from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..tools.penalty import Scheme
from .roles import COMPLAINT_MANAGER, MANAGER


class AftersalesPenaltyScheme(models.Model):
    """By which rule employees are deducted: the handbook's, or what the law of a country allows.

    A scheme is off until somebody states the version of the published rule and switches it on;
    then it holds for employees who acknowledged that version.
    """

    _name = 'aftersales.penalty.scheme'
    _description = "Penalty Scheme"
    _inherit = ['aftersales.protected.mixin', 'aftersales.guard.mixin']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [('handbook', "Handbook: Deduction from the Bonus"),
         ('adjustment', "Performance Adjustment of the Same Month"),
         ('compensation', "Compensation of Damage by Contract")], required=True,
        default='handbook',
        help="An adjustment never leaves its month. A compensation asks for intent or gross "
             "negligence, a clause of the contract and a share of the company itself.")
    country_id = fields.Many2one(
        'res.country', help="Empty: for all countries without a scheme of their own.")
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', default=lambda self: self._get_own_company(),
        help="Empty: of all companies; administrators alone change it then.")
    date_from = fields.Date(string="Valid from")
    date_to = fields.Date(string="Valid until")
    active = fields.Boolean(default=True)
    note = fields.Text(translate=True, help="What the rule or the law says, and where.")

    # Its caps
    bonus_percent = fields.Float(
        string="Cap (% of the Bonus)", digits=(5, 2),
        help="The most of a month's bonus that all penalties together take. 0: no such cap.")
    wage_percent = fields.Float(
        string="Cap (% of the Wage)", digits=(5, 2),
        help="The most of a month's wage that all penalties together take. 0: no such cap.")
    keeps_minimum_wage = fields.Boolean(
        string="Minimum Wage Stays",
        help="What is left of the wage is never below the minimum wage of the region.")
    is_carried_over = fields.Boolean(
        string="Carried Over", default=True,
        help="What a month cannot take is deducted in the next one; else it lapses.")
    months_max = fields.Integer(
        string="Months at Most", default=24,
        help="After so many months the rest is written off, with approval.")

    # Whether it holds for persons
    is_on = fields.Boolean(
        string="Switched On", readonly=True, copy=False, protected=True,
        help="Penalties of employees follow this scheme. Off: those of persons are refused.")
    rule_version = fields.Char(
        string="Version of the Rule", copy=False,
        help="Of the published rule that employees acknowledge, such as 2026-1.")
    file_ids = fields.Many2many('ir.attachment', string="Published Rule", copy=False)
    switch_user_id = fields.Many2one(
        'res.users', string="Switched On by", readonly=True, copy=False, protected=True)
    date_switched = fields.Datetime(
        string="Switched On at", readonly=True, copy=False, protected=True)
    can_switch = fields.Boolean(compute='_compute_can_switch')
    acknowledgement_ids = fields.One2many(
        'aftersales.penalty.acknowledgement', 'scheme_id', string="Acknowledgements",
        groups='aftersales_conduct.group_conduct_officer')

    _caps_in_range = models.Constraint(
        'CHECK(bonus_percent >= 0 AND bonus_percent <= 100 AND wage_percent >= 0 '
        'AND wage_percent <= 100 AND months_max > 0)',
        "Caps lie between 0 and 100 per cent, and a penalty takes at least one month.")
    _dates_ordered = models.Constraint(
        'CHECK(date_to >= date_from)', "A scheme cannot end before it begins.")

    @api.constrains('bonus_percent', 'wage_percent', 'keeps_minimum_wage', 'kind',
                    'is_carried_over')
    def _check_caps(self):
        for scheme in self:
            if not (scheme.bonus_percent or scheme.wage_percent):
                raise ValidationError(self.env._(
                    "Scheme “%(scheme)s” needs a cap: of the bonus or of the wage.",
                    scheme=scheme.name))
            if scheme.wage_percent and not scheme.keeps_minimum_wage:
                raise ValidationError(self.env._(
                    "Scheme “%(scheme)s” takes from the wage: the minimum wage must stay.",
                    scheme=scheme.name))
            if scheme.kind == 'adjustment' and scheme.is_carried_over:
                raise ValidationError(self.env._(
                    "A performance adjustment is never carried over to another month."))

    # === CRUD === #

    @api.model
    def _get_own_company(self):
        """Return the company of a new record; those of all companies are for administrators."""
        is_shared = self.env.su or self.env.user.has_group(MANAGER)
        return self.env['res.company'] if is_shared else self.env.company

    def write(self, vals):
        """Refuse to turn a record into one that the user may not write."""
        result = super().write(vals)
        self.check_access('write')
        return result

    @api.depends('company_id')
    @api.depends_context('uid')
    def _compute_can_switch(self):
        """Offer the switch to who may write the scheme: those of all companies, administrators."""
        for scheme in self:
            scheme.can_switch = bool(scheme._origin) and self.env.user.has_group(
                COMPLAINT_MANAGER) and scheme._origin.has_access('write')

    # === ACTIONS === #

    def action_copy_for_company(self):
        """Copy the scheme of all companies for this one, and open the copy: it is off."""
        self.ensure_one()
        self.check_access('read')
        own = self.create([{
            **self.copy_data()[0], 'name': self.name, 'company_id': self.env.company.id}])
        return {'type': 'ir.actions.act_window', 'res_model': self._name, 'res_id': own.id,
                'views': [(False, 'form')]}

    def action_switch_on(self):
        """Let the schemes hold for employees who acknowledged the version of the rule."""
        self._ensure_may_switch()
        self._refuse_where(
            lambda scheme: not (scheme.rule_version or '').strip(),
            self.env._("Enter the version of the published rule first"))
        # _ensure_may_switch checked the right; the stamps are protected
        self.sudo().write({
            'is_on': True, 'switch_user_id': self.env.uid,
            'date_switched': fields.Datetime.now()})

    def action_switch_off(self):
        """Refuse further penalties by these schemes; what was approved goes on."""
        self._ensure_may_switch()
        # _ensure_may_switch checked the right; the stamp is protected
        self.sudo().write({'is_on': False})

    def _ensure_may_switch(self):
        self.check_access('write')
        if not self.env.su and not self.env.user.has_group(COMPLAINT_MANAGER):
            raise AccessError(self.env._("Complaint managers switch penalty schemes on and off."))

    def _get_locked_fields(self):
        """Keep the rule as it was acknowledged: a new version is a new scheme."""
        locked = super()._get_locked_fields()
        if not self.is_on:
            return locked
        return locked | self._get_all_but('date_to', 'sequence', 'note', 'active', 'file_ids')

    def _get_locked_message(self):
        return self.env._(
            "These schemes are switched on: switch them off, or copy them for a new version")

    # === RULES === #

    @api.model
    def _find(self, company, day):
        """Return the schemes of a company on a day, as superuser; its country's own first."""
        # by which rule one is deducted is published
        schemes = self.sudo().search(
            Domain('company_id', 'in', [False, company.id])
            & Domain('country_id', 'in', [False, company.country_id.id])
            & (Domain('date_from', '=', False) | Domain('date_from', '<=', day))
            & (Domain('date_to', '=', False) | Domain('date_to', '>=', day)))
        return schemes.sorted(lambda scheme: not scheme.country_id)

    def _get_facts(self):
        """Return the numbers of one scheme for the pure functions of penalties."""
        scheme = self.sudo()  # by which rule one is deducted is published
        return Scheme(
            scheme.bonus_percent or None, scheme.wage_percent or None,
            scheme.keeps_minimum_wage, scheme.is_carried_over, scheme.months_max)
