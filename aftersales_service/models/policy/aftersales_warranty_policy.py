from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from .aftersales_warranty_term import START_EVENTS

BUYERS = [('both', "Everybody"), ('consumer', "Consumers"), ('company', "Companies")]


class AftersalesWarrantyPolicy(models.Model):
    """A published warranty: what is promised for how long on the units it applies to.

    The policy holds the terms; each unit sold gets a card with covers dated from them.
    Changing a policy never changes the cards already made: the promise binds. Archived
    policies are drafts or the library that is shipped: they are not binding until published.
    """

    _name = 'aftersales.warranty.policy'
    _description = "Warranty Policy"
    _inherit = [
        'aftersales.cached.mixin', 'aftersales.version.mixin',
        'aftersales.link.access.mixin']
    _order = 'sequence, name, id'
    _rec_names_search = ['name', 'code', 'law']
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', index='btree_not_null',
        help="Leave empty to offer the policy in every company.")
    country_ids = fields.Many2many(
        'res.country', string="Jurisdiction",
        help="Where its law holds. Leave empty for a promise of the company's own.")
    buyer = fields.Selection(
        BUYERS, string="Holds For", default='both', required=True,
        help="Whose units get a card under this policy and may have its remedies. Laws on "
             "consumers do not hold for companies.")
    law = fields.Char(string="Source", translate=True, help="The law or document behind it.")
    description = fields.Text(translate=True)

    keywords = fields.Char(
        help="Words in the names of product categories that this policy fits, separated by "
             "commas; the assignment proposes it there.")

    # Rules
    base_id = fields.Many2one(
        'aftersales.warranty.policy', string="Rules Of", index='btree_not_null',
        check_company=True, ondelete='restrict',
        help="The policy of a law: its remedy rules and exclusions apply here as well, with "
             "the rates of this policy.")
    remedy_ids = fields.One2many(
        'aftersales.warranty.remedy', 'policy_id', string="Remedy Rules", copy=True)
    base_remedy_ids = fields.Many2many(
        'aftersales.warranty.remedy', string="Rules of the Law",
        compute='_compute_base_remedy_ids')
    dropped_remedy_ids = fields.Many2many(
        'aftersales.warranty.remedy', 'aftersales_policy_dropped_remedy_rel',
        string="Rules That Do Not Apply",
        help="Rules of the law that this policy leaves out, as it has others in their place.")
    exclusion_ids = fields.Many2many(
        'aftersales.warranty.exclusion', string="Grounds of Exclusion")
    usage_unit = fields.Selection(
        [('km', "Kilometres"), ('hours', "Operating Hours"), ('cycles', "Cycles")],
        help="What the unit's meter counts, for limits by usage.")
    manufacture_grace_days = fields.Integer(
        string="Days After Manufacture",
        help="Where only the factory date is known, terms start so many days after it.")
    daily_rate = fields.Float(
        string="Depreciation per Day (%)", digits=(16, 4),
        help="Per cent of the price for each day of use, where a remedy asks for a fee.")
    usage_rate = fields.Float(
        string="Fee per 1,000 Units of Usage (%)", digits=(16, 4),
        help="Per cent of the price for each 1,000 km, hours or cycles.")
    is_extended_by_repair = fields.Boolean(
        string="Repair Days Move the End", default=True,
        help="The days in repair and waiting for parts are added to the running terms.")
    is_extended_by_pause = fields.Boolean(
        string="Suspension Moves the End",
        help="The days of a suspension are added to the running terms once it has ended.")
    ends_on_workday = fields.Boolean(
        string="Ends on Working Days",
        help="Where the last day of a term or window is a holiday, the next working day is the "
             "last, by the company's working hours and holidays.")
    repair_months = fields.Integer(
        string="Months Added by a Repair",
        help="A repair within the terms lets them end so many months later, once.")
    exchange_term = fields.Selection(
        [('full', "Starts Again"), ('rest', "Goes On")], string="Term After Exchange",
        default='full', required=True)
    part_term_days = fields.Integer(
        string="Cover of Replaced Parts (Days)",
        help="Own term of a part fitted by a repair; zero: none.")
    transfer_rule = fields.Selection(
        [('free', "Without Approval"), ('approval', "With Approval"),
         ('none', "Ends With the Owner")], string="New Owner", default='free', required=True)

    start_event = fields.Selection(
        START_EVENTS, default='delivery', required=True,
        help="The terms run from this date. While it is not known, they run from the delivery, "
             "else from the invoice, else some days after the manufacture.")
    term_ids = fields.One2many(
        'aftersales.warranty.term', 'policy_id', string="Terms", copy=True)
    base_term_ids = fields.Many2many(
        'aftersales.warranty.term', string="Terms It Follows", compute='_compute_base_term_ids',
        help="Where the policy has no terms of its own, those of the text it follows apply.")
    exclusions = fields.Html(
        translate=True, help="What ends the promise; printed on the warranty card.")

    answer_days = fields.Integer(
        string="Days to Answer a Claim",
        help="A return is authorised or refused so many days after it was requested; zero: "
             "no limit.")
    is_answer_in_workdays = fields.Boolean(
        string="Count Working Days", help="By the company's working hours and holidays.")

    _rates_in_range = models.Constraint(
        'CHECK(COALESCE(daily_rate, 0) BETWEEN 0 AND 100'
        ' AND COALESCE(usage_rate, 0) BETWEEN 0 AND 100)',
        "A rate is between 0 and 100 % of the price.")
    _answer_positive = models.Constraint(
        'CHECK(answer_days >= 0)', "The days to answer a claim cannot be negative.")
    _days_positive = models.Constraint(
        'CHECK(LEAST(manufacture_grace_days, part_term_days, repair_months) >= 0)',
        "The days and months of a warranty policy cannot be negative.")

    @api.depends('base_id')
    def _compute_base_remedy_ids(self):
        for policy in self:
            law = policy.base_id
            policy.base_remedy_ids = law._get_law_policies().remedy_ids if law else False

    @api.depends('base_id', 'term_ids')
    def _compute_base_term_ids(self):
        for policy in self:
            policy.base_term_ids = False if policy.term_ids else policy._get_terms()

    @api.constrains('active', 'term_ids', 'base_id')
    def _check_terms(self):
        for policy in self:
            if policy.active and not policy._get_terms():
                raise ValidationError(self.env._(
                    "The policy %(policy)s promises nothing yet: add at least one term.",
                    policy=policy.name))

    @api.constrains('base_id')
    def _check_base(self):
        if self._has_cycle('base_id'):
            raise ValidationError(self.env._(
                "A policy cannot take its rules from itself, directly or by another one."))

    @api.constrains('active', 'daily_rate', 'usage_rate', 'base_id', 'dropped_remedy_ids')
    def _check_rates(self):
        """Refuse to publish a fee of nothing: the whole price would be paid back unseen."""
        rates = {'daily': 'daily_rate', 'usage': 'usage_rate'}
        for policy in self.filtered('active'):
            for rule in policy._get_remedies():
                if rule.fee in rates and not policy[rates[rule.fee]]:
                    raise ValidationError(self.env._(
                        "“%(rule)s” keeps a fee, but %(policy)s has no rate for it: set "
                        "“%(rate)s” first.", rule=rule.name, policy=policy.display_name,
                        rate=self._fields[rates[rule.fee]]._description_string(self.env)))

    @api.constrains('usage_unit', 'term_ids')
    def _check_usage_unit(self):
        for policy in self:
            if not policy.usage_unit and any(policy._get_terms().mapped('usage_limit')):
                raise ValidationError(self.env._(
                    "A term of %(policy)s ends at a reading of the meter: say what the meter "
                    "counts.", policy=policy.name))

    # === ACTIONS === #

    def action_publish(self):
        """Let drafts and policies of the library bind the units sold from now on."""
        self.action_unarchive()

    # === BUSINESS RULES === #

    def _get_law_policies(self):
        """Return this policy and those whose rules apply here as well, the nearest first."""
        self.ensure_one()
        policies = policy = self
        while policy := policy.base_id:
            policies |= policy
        return policies

    def _get_terms(self):
        """Return the terms of this policy; where it has none, those of the text it follows.

        So a version need say nothing but what it changes.
        """
        policies = self and self._get_law_policies()
        return next((policy.term_ids for policy in policies if policy.term_ids), self.term_ids)

    def _get_main_parts(self):
        """Return the main parts that the terms of these policies name."""
        return self.env['aftersales.main.part'].union(
            *(policy._get_terms().main_part_ids for policy in self))

    def _renews_fitted_parts(self):
        """Return whether a part that a repair fits gets a cover of its own."""
        return bool(self and (self._get_setting('part_term_days') or any(
            promise['is_renewed'] for promise in self._get_promises())))

    def _get_remedies(self):
        """Return the rules that apply, those of the law included and those left out not."""
        policies = self._get_law_policies()
        return policies.remedy_ids - policies.dropped_remedy_ids

    @ormcache('self.id')
    def _get_answer_rule(self):
        """Return ``(days, whether working days)`` of this policy, else of its law."""
        # what binds us does not depend on the user's right to read policies
        policy = self.sudo()._get_law_policies().filtered('answer_days')[:1]
        return policy.answer_days, policy.is_answer_in_workdays

    def _get_exclusions(self):
        """Return the grounds on which this policy does not apply, those of its law included."""
        return self._get_law_policies().exclusion_ids

    @ormcache('self.id', 'name')
    def _get_setting(self, name):
        """Return a field of this policy without a query; of a record its id."""
        # what is promised is the same for everybody
        value = self.sudo()[name]
        return value.id if isinstance(value, models.BaseModel) else value

    @ormcache('self.id', 'self.env.lang')
    def _get_promises(self):
        """Return the values that covers take from the terms, in the user's language."""
        # what is promised is the same for everybody
        policy = self.sudo()
        return tuple(
            term._prepare_promise(policy.start_event) for term in policy._get_terms())

    @ormcache('self.id', 'self.env.lang')
    def _get_rules(self):
        """Return the remedy rules as ``tools.remedies`` reads them, in the user's language."""
        # what is promised is the same for everybody
        policy = self.sudo()
        return tuple(policy._get_remedies()._to_rules(policy))
