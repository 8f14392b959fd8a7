from odoo import api, models
from odoo.fields import Domain


class AftersalesSuggestion(models.Model):
    """What an ended suggestion says of people goes after the period of complaints.

    Its subject, score and reward stay: they are the company's own.
    """

    _name = 'aftersales.suggestion'
    _inherit = ['aftersales.suggestion', 'aftersales.erasure.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('date_rewarded', '<=', moment) | (
            Domain('state', '=', 'rejected') & Domain('write_date', '<=', moment))

    def _get_free_domain(self):
        """Keep what a complaint under legal hold led to."""
        return super()._get_free_domain() & Domain(
            'complaint_id', 'not any', [('legal_hold_reason', '!=', False)])

    def _get_held_fields(self):
        return (*super()._get_held_fields(), 'answer')

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'description', 'benefit_note', 'answer',
                'effect_note', 'reward_note')

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('photo_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.photo_ids
