from odoo import api, models
from odoo.fields import Domain


class AftersalesPenalty(models.Model):
    """What an ended penalty says goes when the period of complaints is over; the ledger stays."""

    _name = 'aftersales.penalty'
    _inherit = ['aftersales.penalty', 'aftersales.erasure.mixin', 'aftersales.protected.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('state', 'in', ('paid', 'written_off')) & Domain(
            'date_ended', '<=', moment)

    def _get_free_domain(self):
        """Keep what a complaint under legal hold led to."""
        return super()._get_free_domain() & Domain(
            'complaint_id', 'not any', [('legal_hold_reason', '!=', False)])

    @api.model
    def _get_customer_domain(self, partners):
        """Penalties are about employees: no customer's data is in them."""
        return Domain.FALSE

    @api.model
    def _get_signature_fields(self):
        return (*super()._get_signature_fields(), 'signature')

    def _get_held_fields(self):
        return (*super()._get_held_fields(), 'employee_id', 'reason', 'evidence', 'statement',
                'decision_note', 'appeal', 'appeal_note')

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'reason', 'evidence', 'statement',
                'decision_note', 'appeal', 'appeal_note')

    @api.model
    def _get_photo_domain(self, moment):
        return super()._get_photo_domain(moment) | Domain('photo_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.photo_ids

    def _note_erasure(self, company, erased, reason, partner):
        """Keep how much was erased when; a penalty has no conversation that could tell it."""
        self.env['aftersales.erasure'].create({
            'company_id': company.id, 'reason': reason, 'user_id': self.env.uid,
            'partner_id': False, 'document_count': len(self),
            **self.env['aftersales.erasure']._prepare_counts(erased)})
