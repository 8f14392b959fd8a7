from ast import literal_eval

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.sampling import (
    cap_groups,
)
from .aftersales_survey_population_mixin import OUTLET

# what a filter may look into: nothing in them is for some colleagues only, but for fields that
# say so by their groups; a filter runs over all records of the company
_FILTERED_MODELS = frozenset({
    'aftersales.order', 'aftersales.order.type', 'aftersales.outlet', 'aftersales.warranty',
    'aftersales.customer.grade', 'aftersales.warranty.policy', 'product.product',
    'product.template', 'product.category', 'product.tag', 'res.company', 'res.country',
    'res.country.state', 'res.partner', 'res.partner.category', 'res.users'})
# of colleagues a filter knows no more than everybody sees
_USER_FIELDS = frozenset({'id', 'name', 'display_name'})


class AftersalesSurveyWave(models.Model):
    """Whom a wave can draw from: the population, its filter and its groups."""

    _inherit = 'aftersales.survey.wave'

    @api.constrains('domain', 'population')
    def _check_domain(self):
        """Refuse filters that ask for what their writer may not read."""
        for wave in self:
            wave._ensure_filter_allowed(self.env[wave.population], wave._parse_domain())

    def _parse_domain(self):
        """Return the filter of one wave as a domain."""
        self.ensure_one()
        try:
            return Domain(literal_eval(self.domain or '[]'))
        except (ValueError, SyntaxError, TypeError) as error:
            raise ValidationError(self.env._(
                "The filter of “%(wave)s” cannot be read: choose fixed values in it.",
                wave=self.name)) from error

    @api.model
    def _ensure_filter_allowed(self, model, domain):
        """Walk along the fields of a filter; what counts by it would give the values away."""
        for condition in Domain(domain).iter_conditions():
            current = model
            for name in condition.field_expr.split('.'):
                field = current is not None and current._fields.get(name)
                if not field or 'token' in name or field.type == 'binary' or not (
                        field._description_searchable) or (
                        current._name == 'res.users' and name not in _USER_FIELDS) or not (
                        current.sudo(False)._has_field_access(field, 'read')) or (
                        field.relational and field.comodel_name not in _FILTERED_MODELS):
                    raise ValidationError(self.env._(
                        "You may not filter customers by “%(field)s”: choose another field.",
                        field=condition.field_expr))
                current = self.env[field.comodel_name] if field.relational else None
            if condition.operator in ('any', 'not any'):
                self._ensure_filter_allowed(current, condition.value)
            elif 'any' in condition.operator:
                raise ValidationError(self.env._(
                    "The filter of “%(wave)s” cannot be read: choose fixed values in it.",
                    wave=self[:1].name))

    @api.model
    def count_population(self, population, domain, company_id=False):
        """Return how many records a filter finds, or ``False`` where it cannot be used.

        For the form of waves: survey managers need no right on the records, and learn a number.

        :param population: the model of the records, a value of the field ``population``
        :param domain: the filter, as a list; what its user may not read is refused as in a wave
        :param company_id: the company of the wave, by default the current one
        :raise AccessError: the user draws no samples
        """
        self._ensure_role_draws()
        if population not in dict(self._fields['population']._description_selection(self.env)):
            return False
        company = self.env.companies.filtered(lambda company: company.id == company_id)
        try:
            self._ensure_filter_allowed(self.env[population], domain)
            # the role was checked above, and whatever the filter looks into
            model = self.env[population].sudo()
            return model.search_count(
                model._get_survey_domain(company or self.env.company) & Domain(domain))
        except (ValidationError, ValueError, TypeError):
            return False  # the form says that the filter is not valid

    def _measure(self):
        """Return ``({ids that can be asked}, {reason: how many are left out})`` of one wave.

        The caller checked that the user draws samples, and the filter was checked when it was
        written: the population is the company's and not what the user happens to read.
        """
        self.ensure_one()
        model, domain = self._get_population()
        ((ids,),) = model._read_group(domain, [], ['id:array_agg'])
        ids, counts = set(ids or ()), {}
        for reason, is_out in model._get_survey_exclusions(self.sudo()).items():
            out = ids.intersection(model.search(domain & is_out, order='id').ids)
            counts[reason], ids = len(out), ids - out
        ids, others = model._get_survey_ids(domain, ids)
        counts['repeated'] = len(others)
        if self.outlet_quota and OUTLET in model._survey_strata and self.kind == 'campaign':
            capped = cap_groups(self._get_groups(ids, [OUTLET]), self.outlet_quota, self.seed)
            kept = {one for members in capped.values() for one in members}
            counts['quota'], ids = len(ids) - len(kept), kept
        return ids, counts

    def _get_population(self):
        """Return the model, as superuser, and the domain of the records of one wave."""
        self.ensure_one()
        # survey managers need no right on orders and cards
        model = self.env[self.population].sudo().with_company(self.company_id)
        return model, model._get_survey_domain(self.company_id) & self._parse_domain()

    def _get_groups(self, ids, features):
        """Return ``{(key, …): ids}`` of records by features; a key is an id, a value or False."""
        model, domain = self._get_population()
        groups = {}
        for *keys, members in model._read_group(
                domain, [model._survey_strata[name] for name in features], ['id:array_agg']):
            keys = tuple(key.id if isinstance(key, models.BaseModel) else key for key in keys)
            if members := [one for one in members if one in ids]:
                groups.setdefault(keys, []).extend(members)
        return groups

    def _get_group_names(self, feature, keys):
        """Return ``{key: name}`` of the groups of a feature."""
        model, none = self.env[self.population].sudo(), self.env._("None")
        field = None
        for name in model._survey_strata[feature].split('.'):
            field = model._fields[name]
            model = model.env[field.comodel_name] if field.relational else model
        named = {record.id: record.display_name for record in model.browse(
            [key for key in keys if key])} if field.relational else {}
        return {key: named.get(key) or (str(key) if key else none) for key in keys}
