from odoo import api, models
from odoo.fields import Domain

OUTLET, REGION, CATEGORY, PRODUCT = 'outlet', 'region', 'category', 'product'


class AftersalesSurveyPopulationMixin(models.AbstractModel):
    """A kind of record whose customers a wave asks: orders, cards, the customers themselves.

    It says who the customer is, by which features a sample may be divided, what happens to it
    that a continuous wave waits for, and what the invitation notes. A module that adds a kind
    adds the model to ``aftersales.survey.wave.population`` as well.
    """

    _name = 'aftersales.survey.population.mixin'
    _description = "Population of Survey Waves"

    # the field that names the customer; none: the record is the customer
    _survey_customer = 'partner_id'
    # feature -> path by which records are grouped
    _survey_strata = {}

    @api.model
    def _get_survey_domain(self, company):
        """Return the domain of the records whose customers ``company`` may ask at all.

        Hook: called on the model as superuser, before the filter of the wave. Raises nothing.
        """
        return Domain('company_id', '=', company.id)

    @api.model
    def _get_survey_events(self):
        """Return ``{event: name of the field that says when it happened}``.

        Hook: called on the model with any rights, for continuous waves; each event is a value of
        ``aftersales.survey.wave.event``. Raises nothing.
        """
        return {}

    @api.model
    def _get_survey_exclusions(self, wave):
        """Return ``{reason: domain}`` of the records that a wave leaves out, in this order.

        Hook: called on the model as superuser, once for each draw and each batch of a continuous
        wave. Each reason is a value of ``aftersales.survey.invitation.exclusion``; a record counts
        for the first one that fits. Raises nothing.
        """
        exclusions = {}
        if self._survey_customer:
            exclusions['no_customer'] = Domain(self._survey_customer, '=', False)
        return exclusions | {
            reason: self._of_survey_customer(domain)
            for reason, domain in self.env['res.partner']._get_survey_partner_exclusions(
                wave).items()}

    def _prepare_survey_invitation_vals(self):
        """Return the values that the invitation takes from this one record.

        Hook: called as superuser for each record of a batch, whose fields are in the cache, when
        its customer is invited. Raises nothing.
        """
        self.ensure_one()
        partner = self[self._survey_customer] if self._survey_customer else self
        return {'res_model': self._name, 'res_id': self.id, 'partner_id': partner.id,
                'region_id': partner.state_id.id}

    # === RULES === #

    @api.model
    def _of_survey_customer(self, domain):
        """Return the domain of the records whose customers fit ``domain``."""
        return Domain(self._survey_customer, 'any', domain) if self._survey_customer else domain

    @api.model
    def _get_survey_ids(self, domain, ids):
        """Return two sets of ``ids``: one for each customer, and the others of the same customer.

        Companies are one customer with all their contacts; the newest document counts.

        :param domain: finds all of ``ids``, and perhaps others
        """
        path = f'{self._survey_customer}.commercial_partner_id'
        newest = set()
        for __, members in self._read_group(
                domain, [path], ['id:array_agg'], order='id:max') if ids else ():
            if members := [one for one in members if one in ids]:
                newest.add(max(members))
        return newest, ids - newest
