from odoo import api, models
from odoo.fields import Domain


class AftersalesClaim(models.Model):
    """What a finished claim says of people goes after the period of complaints.

    Amounts, lines and decisions stay: they are the books' own.
    """

    _name = 'aftersales.claim'
    _inherit = ['aftersales.claim', 'aftersales.erasure.mixin', 'aftersales.protected.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('date_settled', '<=', moment) | (
            Domain('state', 'in', ('refused', 'cancelled')) & Domain('write_date', '<=', moment))

    def _get_free_domain(self):
        """Keep what a complaint under legal hold led to."""
        return super()._get_free_domain() & Domain(
            'complaint_id', 'not any', [('legal_hold_reason', '!=', False)])

    @api.model
    def _get_signature_fields(self):
        return ('signature',)

    def _get_held_fields(self):
        return (*super()._get_held_fields(), 'basis', 'inspection_people', 'inspection_result',
                'expert_report', 'agreement', 'answer', 'refusal_reason', 'outlet_id')

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'basis', 'inspection_people',
                'inspection_result', 'agreement', 'answer', 'refusal_reason')

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('photo_ids', '!=', False)

    def _get_erased_photos(self):
        """Erase the files with the pack that was made of them."""
        packs = self.env['ir.attachment'].search([
            ('res_model', '=', self._name), ('res_id', 'in', self.ids),
            ('mimetype', '=', 'application/zip')])
        return super()._get_erased_photos() | self.photo_ids | packs
