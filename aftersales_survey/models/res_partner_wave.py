from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .aftersales_survey_population_mixin import REGION


class ResPartner(models.Model):
    """Customers whom a wave asks as such, and who is asked by no wave."""

    _name = 'res.partner'
    _inherit = ['res.partner', 'aftersales.survey.population.mixin']

    _survey_customer = None
    _survey_strata = {
        REGION: 'state_id', 'country': 'country_id', 'grade': 'aftersales_grade_id'}

    survey_invitation_count = fields.Integer(
        compute='_compute_survey_invitation_count',
        groups='aftersales_survey.group_survey_interviewer')

    def _compute_survey_invitation_count(self):
        self._count_with_contacts({'aftersales.survey.invitation': 'survey_invitation_count'})

    def action_view_survey_invitations(self):
        """Show what these customers were asked."""
        return self.env['aftersales.survey.invitation']._get_invitations_action(
            [('partner_id', 'child_of', self.ids)])

    # === POPULATION === #

    @api.model
    def _get_survey_domain(self, company):
        return Domain('company_id', 'in', (False, company.id))

    @api.model
    def _get_survey_partner_exclusions(self, wave):
        """Return ``{reason: domain}`` of the customers whom a wave leaves out.

        Hook: called on the model as superuser by ``_get_survey_exclusions``, for each draw and
        batch. The last survey of a company counts for its contacts; its opt-out is synchronized to
        them. Raises nothing.
        """
        own = self.env['res.company'].search([('partner_id', '!=', False)]).partner_id
        outlets = self.env['aftersales.outlet'].search([('partner_id', '!=', False)]).partner_id
        asked_after = fields.Datetime.now() - timedelta(days=wave.throttle_days)
        exclusions = {
            'staff': Domain('user_ids', 'any', [('share', '=', False)])
            | Domain('commercial_partner_id', 'in', own.ids)
            | Domain('id', 'child_of', outlets.ids),
            'opt_out': Domain('aftersales_survey_opt_out', '=', True)}
        if wave.throttle_days:
            exclusions['recent'] = Domain('commercial_partner_id', 'any', [
                ('aftersales_last_survey_date', '>', asked_after)])
        if addresses := wave._get_address_fields():
            exclusions['no_channel'] = Domain.AND(
                Domain(name, 'in', (False, '')) for name in addresses)
        return exclusions

    def _opt_out_of_surveys(self):
        """Take the open invitations of customers back who want no surveys."""
        result = super()._opt_out_of_surveys()
        self.env['aftersales.survey.invitation'].search([
            ('partner_id.commercial_partner_id', 'in', self.commercial_partner_id.ids),
            ('state', 'in', ('draft', 'sent'))])._unsubscribe()
        return result

    @api.model
    def _get_survey_ids(self, domain, ids):
        """Let a company speak for its contacts; without it the oldest contact does."""
        contacts = domain & Domain('parent_id', '!=', False) & Domain('is_company', '=', False)
        others = set()
        for company, members in self._read_group(
                contacts, ['commercial_partner_id'], ['id:array_agg'], order='id:min'):
            members = [one for one in members if one in ids and one != company.id]
            others.update(members if company.id in ids else members[1:])
        return ids - others, others
