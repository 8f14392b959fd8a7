from odoo import api, models
from odoo.fields import Domain

SIGNATURE = Domain('description', '=', 'signature')


class AftersalesLateWork(models.Model):
    """Pictures of late work go as those of orders do, once a dispatcher has decided."""

    _name = 'aftersales.late.work'
    _inherit = ['aftersales.late.work', 'aftersales.erasure.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('date_reviewed', '!=', False) & Domain('date_reviewed', '<=', moment)

    @api.model
    def _get_photo_domain(self, moment):
        return Domain('picture_ids', 'any', ~SIGNATURE)

    @api.model
    def _get_signature_domain(self, moment):
        return Domain('picture_ids', 'any', SIGNATURE)

    def _get_erased_photos(self):
        return self.picture_ids.filtered(lambda picture: picture.description != 'signature')

    def _erase_signatures(self, moment):
        """Erase the signatures and who signed."""
        signatures = self.picture_ids.filtered_domain(SIGNATURE)
        signed = self.filtered(lambda work: work.picture_ids & signatures)
        signed.action_ids.filtered('payload').filtered(
            lambda action: action.kind in ('sign', 'take_along'),
        ).write({'payload': False, 'content': False})
        signatures.unlink()
        return len(signed)
