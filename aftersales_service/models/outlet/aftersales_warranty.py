
from odoo import api, fields, models

from ...tools.area import Place, rank_outlets


class AftersalesWarranty(models.Model):
    """The outlet that serves a unit."""

    _inherit = 'aftersales.warranty'

    outlet_id = fields.Many2one(
        'aftersales.outlet', compute='_compute_outlet_id', store=True, readonly=False,
        precompute=True, index='btree_not_null', check_company=True,
        help="Who serves the unit: the outlet of its last order, else that of the area.")

    @api.depends('partner_id')
    def _compute_outlet_id(self):
        """Find the outlet of the owner's area; what a finished order said stays."""
        areas = self.env['aftersales.outlet.area']
        for card in self:
            serving = areas._get_map(card.company_id.id)
            owner = card.partner_id
            if not card.outlet_id and serving and owner:
                ranked = rank_outlets(serving.find(Place(
                    country=owner.country_id._origin.id, state=owner.state_id._origin.id,
                    city=owner.city or '', zip_code=owner.zip or '')))
                card.outlet_id = ranked[0] if ranked else False
            else:
                card.outlet_id = card.outlet_id
