from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..tools.rules import fits, is_valid_on
from .aftersales_complaint_category import KINDS
from .roles import MANAGER

LEVELS = [('general', "General"), ('major', "Major"), ('urgent', "Urgent")]
CHANNELS = [
    ('phone', "Phone"), ('portal', "Portal"), ('mail', "E-mail"), ('retailer', "Retailer"),
    ('rating', "Low Rating"), ('follow_up', "Follow-up Call"), ('accident', "Accident Report"),
    ('return', "Refused Return"), ('authority', "Authority"), ('platform', "Online Platform"),
    ('media', "Media")]
# field of the rule -> fact of the complaint
CRITERIA = {
    'kind': 'kind', 'category_id': 'category', 'channel': 'channel',
    'is_injury': 'is_injury', 'is_media': 'is_media', 'is_authority': 'is_authority',
    'is_exceptional': 'is_exceptional', 'is_abroad': 'is_abroad', 'is_leaving': 'is_leaving',
    'repeat_from': 'repeat_from', 'amount_from': 'amount_from',
    'grade_id': 'grade'}  # the last: it costs a query


class Rule(NamedTuple):
    """What is asked of a rule with each complaint."""

    id: int
    criteria: dict
    date_from: date | bool
    date_to: date | bool
    level: str | bool
    cause_repeat_from: int
    months: int
    level_steps: int


class AftersalesComplaintRule(models.Model):
    """One rule of the complaint desk as data: a subject, in which cases, what follows, since when.

    Of the rules of a subject that fit a complaint the first in the list counts. An empty
    criterion fits everything. The subject says which results count.
    """

    _name = 'aftersales.complaint.rule'
    _description = "Complaint Rule"
    _inherit = ['aftersales.cached.mixin', 'aftersales.link.access.mixin']
    _order = 'subject, sequence, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    subject = fields.Selection(
        [('level', "Level"), ('recurrence', "Recurring Cause"), ('assignment', "Assignment"),
         ('authority', "Approval by Amount"), ('recovery', "Front-line Authority"),
         ('share', "Shares of Liability")],
        string="Rule Type", required=True, index=True, default='level')
    sequence = fields.Integer(default=10)
    date_from = fields.Date(string="Valid from")
    date_to = fields.Date(string="Valid until")
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', default=lambda self: self._get_own_company(),
        help="Empty: of all companies; administrators alone change it then.")
    currency_id = fields.Many2one('res.currency', compute='_compute_currency_id')
    active = fields.Boolean(default=True)
    note = fields.Text(translate=True)

    # Criteria
    kind = fields.Selection(KINDS)
    category_id = fields.Many2one('aftersales.complaint.category', check_company=True)
    channel = fields.Selection(CHANNELS)
    grade_id = fields.Many2one('aftersales.customer.grade', string="Customer Grade")
    is_injury = fields.Boolean(string="Injury")
    is_media = fields.Boolean(string="Media")
    is_authority = fields.Boolean(string="Authority")
    is_exceptional = fields.Boolean(
        string="Injury, Media or Authority", help="One of the three is enough.")
    is_abroad = fields.Boolean(string="Abroad")
    is_leaving = fields.Boolean(string="Threatens to Leave")
    repeat_from = fields.Integer(
        string="Earlier Complaints from", help="Of the same customer or unit in the period.")
    amount_from = fields.Monetary(string="Amount from")
    cause_repeat_from = fields.Integer(
        string="Same Cause and Product from", default=1,
        help="So many other complaints of the same product have the same class of the cause. The "
             "first of them keeps its level.")
    months = fields.Integer(
        string="In the Last Months", default=12,
        help="Complaints that were received in so many months count.")

    # Results
    level_steps = fields.Integer(
        string="Levels Higher", default=1,
        help="The complaint gets a level so many steps above the one of its other rules.")
    level = fields.Selection(LEVELS)
    department_id = fields.Many2one('hr.department', string="Unit", check_company=True)
    unit_user_id = fields.Many2one(
        'res.users', string="Person of the Unit", domain=[('share', '=', False)],
        check_company=True)
    group_id = fields.Many2one('res.groups', string="Role")
    amount_limit = fields.Monetary(
        string="Up to", help="What the role grants in one case; 0 grants no money.")
    is_unlimited = fields.Boolean(string="Without Limit")
    month_limit = fields.Monetary(
        string="Monthly Budget", help="Of an outlet, for all its cases; 0 sets no budget.")

    _amounts_positive = models.Constraint(
        'CHECK(amount_limit >= 0 AND month_limit >= 0 AND amount_from >= 0 AND repeat_from >= 0)',
        "Limits of a rule cannot be negative.")
    _recurrence_positive = models.Constraint(
        'CHECK(cause_repeat_from > 0 AND months > 0 AND level_steps > 0)',
        "Complaints, months and levels of a recurring cause must be at least 1.")
    _dates_ordered = models.Constraint(
        'CHECK(date_to IS NULL OR date_from IS NULL OR date_from <= date_to)',
        "A rule cannot end before it begins.")

    @api.depends('company_id')
    @api.depends_context('company')
    def _compute_currency_id(self):
        for rule in self:
            rule.currency_id = (rule.company_id or self.env.company).currency_id

    @api.constrains('subject', 'level', 'department_id', 'unit_user_id', 'group_id')
    def _check_result(self):
        """Refuse rules that say nothing."""
        needed = {'level': 'level', 'authority': 'group_id', 'recovery': 'group_id'}
        for rule in self:
            name = needed.get(rule.subject)
            if name and not rule[name]:
                raise ValidationError(self.env._(
                    "Rule “%(rule)s” says nothing without “%(field)s”. Fill it in.",
                    rule=rule.name, field=self._fields[name]._description_string(self.env)))
            if rule.subject == 'assignment' and not (rule.department_id or rule.unit_user_id):
                raise ValidationError(self.env._(
                    "Rule “%(rule)s” assigns complaints to no unit. Choose a unit or a person.",
                    rule=rule.name))

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

    # === RULES === #

    @api.model
    @ormcache('subject', 'company_id')
    def _get_rules(self, subject, company_id):
        """Return the rules of a subject in a company, in their order, as ``Rule``."""
        # rules hold for every complaint and user
        return tuple(
            Rule(rule.id, {
                fact: value.id if isinstance(value := rule[name], models.BaseModel) else value
                for name, fact in CRITERIA.items()}, rule.date_from, rule.date_to, rule.level,
                rule.cause_repeat_from, rule.months, rule.level_steps)
            for rule in self.sudo().search(
                [('subject', '=', subject), ('company_id', 'in', [False, company_id])]))

    @api.model
    def _match(self, subject, facts):
        """Return the rules of ``subject`` that fit, in their order, as ``Rule``.

        :param dict facts: of a complaint (``_get_rule_facts``), with ``company`` and ``day``
        """
        return [rule for rule in self._get_rules(subject, facts['company'])
                if is_valid_on(facts['day'], rule.date_from, rule.date_to)
                and fits(rule.criteria, facts)]

    @api.model
    def _find_all(self, subject, facts):
        """Return the rules of ``subject`` that fit, in their order, as superuser.

        :param dict facts: of a complaint (``_get_rule_facts``), with ``company`` and ``day``
        """
        # rules hold for every complaint and user
        return self.sudo().browse(rule.id for rule in self._match(subject, facts))

    @api.model
    def _find(self, subject, facts):
        """Return the first rule of ``subject`` that fits, as superuser; none is empty."""
        return self._find_all(subject, facts)[:1]
