from odoo import api, fields, models
from odoo.fields import Domain

from .aftersales_campaign import OPEN_UNIT_STATES


class AftersalesWarranty(models.Model):
    _inherit = 'aftersales.warranty'

    campaign_unit_ids = fields.One2many(
        'aftersales.campaign.unit', 'warranty_id', string="Recalls")
    open_campaign_count = fields.Integer(
        string="Open Recalls", compute='_compute_open_campaign_count')

    def _compute_open_campaign_count(self):
        counts = dict(self.env['aftersales.campaign.unit']._read_group(
            self._get_open_campaign_domain(), ['warranty_id'], ['__count']))
        for card in self:
            card.open_campaign_count = counts.get(card._origin, 0)

    def action_view_campaign_units(self):
        """Show the recalls that these units are in and that are not done."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_campaign_unit_action')
        action.update(domain=list(self._get_open_campaign_domain()), context={})
        return action

    def _get_open_campaign_domain(self, states=(*OPEN_UNIT_STATES, 'planned')):
        """Return the domain of what running recalls still want of these cards."""
        return (Domain('warranty_id', 'in', self.ids) & Domain('state', 'in', states)
                & Domain('campaign_id.state', '=', 'running'))

    def _get_open_campaign_units(self):
        """Return the units of running recalls to show on the card's own page.

        A danger is no secret: all who may read the card may read it.
        """
        self.ensure_one()
        return self.env['aftersales.campaign.unit'].sudo().search(
            self._get_open_campaign_domain())

    @api.model
    def _get_repair_domain(self):
        """Work for a recall is the maker's own wish and counts as no repair of a fault."""
        return super()._get_repair_domain() & Domain('campaign_id', '=', False)

    def _get_cover_sentences(self, facts):
        return super()._get_cover_sentences(facts) | {
            'recall': lambda: self.env._("Recall: %(name)s", name=facts['name'])}
