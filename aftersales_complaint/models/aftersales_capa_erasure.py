from odoo import api, models
from odoo.fields import Domain


class AftersalesCapa(models.Model):
    """What an ended corrective action says of people goes after the period of complaints.

    Causes, actions, prevention and the lesson stay: the company learns from them.
    """

    _name = 'aftersales.capa'
    _inherit = ['aftersales.capa', 'aftersales.erasure.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('date_closed', '<=', moment) | (
            Domain('state', '=', 'cancelled') & Domain('write_date', '<=', moment))

    def _get_free_domain(self):
        """Keep what one of its complaints under legal hold needs."""
        return super()._get_free_domain() & Domain(
            'complaint_ids', 'not any', [('legal_hold_reason', '!=', False)])

    @api.model
    def _get_customer_domain(self, partners):
        """Find it by the customers of its complaints besides the addressee."""
        return super()._get_customer_domain(partners) | Domain(
            'complaint_ids', 'any', Domain('partner_id', 'child_of', partners.ids))

    def _get_held_fields(self):
        return (*super()._get_held_fields(), 'problem', 'demand', 'answer', 'outlet_id')

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'origin_note', 'team', 'problem', 'demand',
                'answer', 'effect_note')

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('photo_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.photo_ids
