from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_complaint.models.aftersales_complaint import QUIET_KINDS
from odoo.addons.aftersales_survey.models.aftersales_survey_population_mixin import (
    OUTLET,
    PRODUCT,
    REGION,
)


class AftersalesComplaint(models.Model):
    """Complaints that began with a low rating: their customers are asked again.

    Customers of the others may be asked by a wave how their complaint was handled.
    """

    _name = 'aftersales.complaint'
    _inherit = ['aftersales.complaint', 'aftersales.survey.population.mixin']

    _survey_strata = {
        OUTLET: 'outlet_id', REGION: 'partner_id.state_id', PRODUCT: 'product_id',
        'grade': 'partner_id.aftersales_grade_id'}

    loop_ids = fields.One2many(
        'aftersales.loop', 'complaint_id', string="Loops", readonly=True, copy=False,
        protected=True, groups='aftersales_survey.group_survey_interviewer')

    @api.model
    def _open_from_orders(self, orders, channel, words_by_order):
        """Open no second complaint when the follow-up of an order ends whose loop had one."""
        if channel == 'follow_up':
            # which orders have one only keeps from opening another
            known = self.env['aftersales.loop'].sudo().search(
                [('order_id', 'in', orders.ids), ('complaint_id', '!=', False)])
            orders -= known.order_id.with_env(orders.env)
        return super()._open_from_orders(orders, channel, words_by_order)

    def _on_state_changed(self, target):
        """Ask the customers of low ratings again, once their complaint is closed with them."""
        super()._on_state_changed(target)
        if target not in ('settled', 'unfounded'):
            return
        for case in self:
            loops = case.loop_ids.filtered(
                lambda loop: loop.state in ('open', 'acting') and loop.invitation_id)
            for loop in loops:
                loop.solution = "\n".join(filter(None, (loop.solution, case.answer))) or (
                    self.env._("Complaint %(case)s was closed with the customer.", case=case.name))
            if loops:
                loops._set_state('second_call')

    def _take_over(self, merged, starts):
        """Let the loops of merged complaints go on with the one that goes on."""
        result = super()._take_over(merged, starts)
        # _merge_into checked the right to both
        merged.sudo().loop_ids.complaint_id = self
        return result

    # === WAVES === #

    @api.model
    def _get_survey_domain(self, company):
        """Leave out those whose second interview asks already."""
        return super()._get_survey_domain(company) & Domain([
            ('date_settled', '!=', False), ('loop_ids', '=', False),
            ('kind', 'not in', QUIET_KINDS)])

    @api.model
    def _get_survey_events(self):
        return super()._get_survey_events() | {'complaint_settled': 'date_settled'}

    def _prepare_survey_invitation_vals(self):
        return super()._prepare_survey_invitation_vals() | {
            'order_id': self.order_id.id, 'outlet_id': self.outlet_id.id,
            'technician_id': self.order_id.technician_id.id, 'product_id': self.product_id.id}
