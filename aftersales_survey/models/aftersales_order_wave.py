from odoo import api, fields, models
from odoo.fields import Domain

from .aftersales_survey_population_mixin import CATEGORY, OUTLET, PRODUCT, REGION


class AftersalesOrder(models.Model):
    """Whose customers are asked about the work, and what was asked."""

    _name = 'aftersales.order'
    _inherit = ['aftersales.order', 'aftersales.survey.population.mixin']

    _survey_strata = {
        OUTLET: 'outlet_id', REGION: 'partner_id.state_id', CATEGORY: 'product_id.categ_id',
        PRODUCT: 'product_id', 'technician': 'technician_id', 'type': 'type_id',
        'grade': 'partner_id.aftersales_grade_id'}

    is_test = fields.Boolean(
        string="Test Order", copy=False,
        help="Made to try something out: its customer is asked in no survey.")
    survey_invitation_count = fields.Integer(
        compute='_compute_survey_invitation_count',
        groups='aftersales_survey.group_survey_interviewer')

    def _compute_survey_invitation_count(self):
        counts = dict(self.env['aftersales.survey.invitation']._read_group(
            [('order_id', 'in', self.ids)], ['order_id'], ['__count']))
        for order in self:
            order.survey_invitation_count = counts.get(order._origin, 0)

    def action_view_survey_invitations(self):
        """Show what the customers of these orders were asked."""
        return self.env['aftersales.survey.invitation']._get_invitations_action(
            [('order_id', 'in', self.ids)])

    @api.model
    def _get_survey_domain(self, company):
        return super()._get_survey_domain(company) & Domain(
            'state', 'in', ('done', 'signed', 'followed_up', 'closed'))

    @api.model
    def _get_survey_events(self):
        return super()._get_survey_events() | {
            'order_done': 'date_done', 'order_closed': 'date_closed'}

    @api.model
    def _get_survey_exclusions(self, wave):
        return {'test': Domain('is_test', '=', True)} | super()._get_survey_exclusions(wave)

    def _prepare_survey_invitation_vals(self):
        return super()._prepare_survey_invitation_vals() | {
            'order_id': self.id, 'outlet_id': self.outlet_id.id,
            'technician_id': self.technician_id.id, 'product_id': self.product_id.id}
