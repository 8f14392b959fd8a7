from odoo import api, fields, models
from odoo.tools import ormcache

from ...tools.matching import most_specific

CLOCK_KINDS = [
    ('answer', "Answer"), ('assess', "Assess"), ('arrive', "Arrive"), ('repair', "Repair"),
    ('close', "Close"), ('head_office', "Head Office")]


class AftersalesClockTarget(models.Model):
    """A promised time: so many hours for a kind of clock, in some cases or in all.

    Of the targets that fit an order the one with the most criteria counts; of equals, the
    first in the list. An empty criterion fits everything.
    """

    _name = 'aftersales.clock.target'
    _description = "Promised Time"
    _inherit = ['aftersales.cached.mixin']
    _order = 'kind, sequence, id'
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    kind = fields.Selection(CLOCK_KINDS, required=True)
    hours = fields.Float(required=True, help="Working hours of the calendar.")
    calendar_id = fields.Many2one(
        'resource.calendar', string="Working Hours", check_company=True,
        help="Empty: every hour of day and night counts.")
    severity = fields.Selection('_selection_severity')
    zone_id = fields.Many2one('aftersales.zone')
    type_id = fields.Many2one('aftersales.order.type', string="Order Type")
    grade_id = fields.Many2one('aftersales.customer.grade', string="Customer Grade")
    company_id = fields.Many2one('res.company', index='btree_not_null')
    active = fields.Boolean(default=True)

    _hours_positive = models.Constraint(
        'CHECK(hours > 0)', "A promised time must be positive.")

    @api.model
    def _selection_severity(self):
        return self.env['aftersales.order']._fields['severity']._description_selection(self.env)

    @api.depends('kind', 'hours')
    def _compute_display_name(self):
        labels = dict(self._fields['kind']._description_selection(self.env))
        for target in self:
            target.display_name = target.kind and self.env._(
                "%(kind)s within %(hours)g h", kind=labels.get(target.kind), hours=target.hours)

    @api.model
    @ormcache('company_id')
    def _get_rules(self, company_id):
        """Return ``{kind: [(criteria, (hours, calendar id))]}`` of a company, in order."""
        rules = {}
        # promises hold for every order, whoever registers it
        for target in self.sudo().search([('company_id', 'in', [False, company_id])]):
            criteria = {
                'severity': target.severity, 'zone': target.zone_id.id,
                'type': target.type_id.id, 'grade': target.grade_id.id,
                'company': target.company_id.id}
            rules.setdefault(target.kind, []).append(
                (criteria, (target.hours, target.calendar_id.id)))
        return rules

    @api.model
    def _find(self, kind, facts):
        """Return ``(hours, calendar id)`` promised for ``kind``, or ``None``.

        :param dict facts: severity, zone, type, grade and company of the case
        """
        return most_specific(self._get_rules(facts['company']).get(kind, ()), facts)
