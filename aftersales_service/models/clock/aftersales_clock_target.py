from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...tools.matching import most_specific


class AftersalesClockTarget(models.Model):
    """A promised time for a kind of clock of a kind of document, in some cases or in all.

    Of the targets that fit a record the one with the most criteria counts; of equals, the
    first in the list. An empty criterion fits everything.
    """

    _name = 'aftersales.clock.target'
    _description = "Promised Time"
    _inherit = [
        'aftersales.cached.mixin', 'aftersales.clock.promise.mixin',
        'aftersales.link.access.mixin']
    _order = 'res_model, kind, sequence, id'
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    res_model = fields.Selection(
        lambda self: self.env['aftersales.clock.mixin']._get_clock_model_names(),
        string="Document", required=True)
    calendar_id = fields.Many2one(
        check_company=True,
        help="Empty: every hour of day and night counts; days are those of the company's "
             "calendar.")
    is_company_time = fields.Boolean(
        string="Company's Working Hours",
        help="Hours count in the calendar of the company whose promise it is, not day and night.")
    zone_id = fields.Many2one('aftersales.zone')
    grade_id = fields.Many2one('aftersales.customer.grade', string="Customer Grade")
    company_id = fields.Many2one('res.company', index='btree_not_null')
    active = fields.Boolean(default=True)

    _duration_positive = models.Constraint(
        'CHECK(duration > 0)', "A promised time must be positive.")

    @api.depends('kind', 'duration', 'unit')
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for target in self.filtered('kind'):
            names = {'kind': target.display_name, 'number': target.duration}
            target.display_name = (
                self.env._("%(kind)s within %(number)g h", **names) if target.unit == 'hours'
                else self.env._("%(kind)s within %(number)g days", **names))
        return result

    @api.constrains('res_model', 'kind')
    def _check_kind(self):
        """Refuse kinds that the document never starts, also when a module is installed."""
        for target in self:
            if target.kind not in self.env[target.res_model]._get_clock_kinds():
                labels = (dict(target._fields[name]._description_selection(self.env)).get(
                    target[name]) for name in ('res_model', 'kind'))
                raise ValidationError(self.env._(
                    "A document of the kind “%(model)s” has no promise “%(kind)s”. Choose "
                    "another document or promise.",
                    **dict(zip(('model', 'kind'), labels, strict=True))))

    def _register_hook(self):
        """Refuse criteria that are no fields, when the registry is loaded."""
        super()._register_hook()
        if unknown := sorted(self._get_criteria().keys() - self._fields.keys()):
            raise ValueError(
                f"{self._name}._get_criteria() names fields that do not exist: "
                f"{', '.join(unknown)}. Add them to this model.")

    @api.model
    def _get_criteria(self):
        """Return ``{field of the target: fact of the record}`` that targets are matched by.

        Hook: called on the model when the cache is filled, as superuser, and when the registry is
        loaded, which refuses criteria that are no fields (``ValueError``). A module that adds a
        criterion adds its field to this model, an entry here, and the fact to
        ``_get_clock_facts()`` of the documents that know it. The value of a many2one is its id. A
        document without the fact fits no target that asks for it. Raises nothing itself.
        """
        return {'zone_id': 'zone', 'grade_id': 'grade', 'company_id': 'company'}

    @api.model
    @ormcache('res_model', 'company_id')
    def _get_rules(self, res_model, company_id):
        """Return ``{kind: [(criteria, promise)]}`` of a model in a company, in order."""
        criteria, rules = self._get_criteria(), {}
        company = self.env['res.company'].browse(company_id)
        # promises hold for every record and user
        for target in self.sudo().search([
                ('res_model', '=', res_model), ('company_id', 'in', [False, company_id])]):
            asked = {
                fact: value.id if isinstance(value := target[name], models.BaseModel) else value
                for name, fact in criteria.items()}
            promise = target._get_promise()
            is_company = promise.unit != 'hours' or target.is_company_time
            if is_company and not promise.calendar_id:
                promise = promise._replace(calendar_id=company.sudo().resource_calendar_id.id)
            rules.setdefault(target.kind, []).append((asked, promise))
        return rules

    @api.model
    def _find(self, res_model, kind, facts, factor=1.0):
        """Return the ``Promise`` of ``kind`` to a record of ``res_model``, or ``None``.

        :param dict facts: of the record, with its company
        :param factor: times that no law or platform fixed are multiplied by it
        """
        promise = most_specific(
            self._get_rules(res_model, facts['company']).get(kind, ()), facts)
        if not promise or promise.is_fixed:
            return promise
        return promise._replace(duration=promise.duration * factor)
