from odoo import api, fields, models

from .aftersales_survey_population_mixin import CATEGORY, PRODUCT, REGION


class AftersalesWarranty(models.Model):
    """Surveys about a card, and contacts after the sale of its unit."""

    _name = 'aftersales.warranty'
    _inherit = ['aftersales.warranty', 'aftersales.survey.population.mixin']
    _survey_strata = {
        REGION: 'partner_id.state_id', CATEGORY: 'product_id.categ_id', PRODUCT: 'product_id',
        'grade': 'partner_id.aftersales_grade_id'}

    survey_invitation_count = fields.Integer(
        compute='_compute_survey_invitation_count',
        groups='aftersales_survey.group_survey_interviewer')
    contact_ids = fields.Many2many(
        'aftersales.contact', 'aftersales_contact_warranty_rel', 'warranty_id', 'contact_id',
        string="Contacts after a Sale", readonly=True, copy=False, protected=True)

    # whose care contact is due today
    _delivered_idx = models.Index('(company_id, delivery_date) WHERE partner_id IS NOT NULL')

    def _compute_survey_invitation_count(self):
        counts = dict(self.env['aftersales.survey.invitation']._read_group(
            self._get_survey_invitation_domain(), ['res_id'], ['__count']))
        for card in self:
            card.survey_invitation_count = counts.get(card.id, 0)

    def action_view_survey_invitations(self):
        """Show what the owners of these units were asked about them."""
        return self.env['aftersales.survey.invitation']._get_invitations_action(
            self._get_survey_invitation_domain())

    def _get_survey_invitation_domain(self):
        return [('res_model', '=', self._name), ('res_id', 'in', self.ids)]

    @api.model
    def _get_survey_events(self):
        return super()._get_survey_events() | {'card_registered': 'create_date'}

    def _prepare_survey_invitation_vals(self):
        return super()._prepare_survey_invitation_vals() | {'product_id': self.product_id.id}
