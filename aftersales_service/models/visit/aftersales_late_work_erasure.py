from odoo import api, fields, models
from odoo.fields import Domain

from .aftersales_late_work import SIGNED_KINDS

SIGNATURE = Domain('description', '=', 'signature')
HELD = Domain('legal_hold_reason', '!=', False)


class AftersalesLateWork(models.Model):
    """Pictures and texts of late work go as those of orders do, once a dispatcher decided.

    A legal hold of an order that it is about keeps late work as well.
    """

    _name = 'aftersales.late.work'
    _inherit = ['aftersales.late.work', 'aftersales.erasure.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        return Domain('date_reviewed', '!=', False) & Domain('date_reviewed', '<=', moment)

    def _check_hold_access(self):
        # no user writes late work
        self.check_access('read')

    def _get_free_domain(self):
        return super()._get_free_domain() & Domain(
            'action_ids', 'not any', Domain('order_id', 'any', HELD),
        ) & Domain('visit_id', 'not any', Domain('order_ids', 'any', HELD))

    @api.model
    def _get_photo_domain(self):
        return Domain('picture_ids', 'any', ~SIGNATURE)

    @api.model
    def _get_personal_data_domain(self, kind, before=None):
        if kind != 'signature':
            return super()._get_personal_data_domain(kind, before)
        return (self._get_finished_domain(before or fields.Datetime.now())
                & self._get_free_domain() & Domain('picture_ids', 'any', SIGNATURE))

    def _get_erased_photos(self):
        return self.picture_ids.filtered(lambda picture: picture.description != 'signature')

    def _erase_signatures(self):
        """Erase the signatures and who signed."""
        signatures = self.picture_ids.filtered_domain(SIGNATURE)
        signed = self.filtered(lambda work: work.picture_ids & signatures)
        signed.action_ids.filtered('payload').filtered(
            lambda action: action.kind in SIGNED_KINDS,
        ).write({'payload': False, 'content': False})
        signatures.unlink()
        return len(signed)

    @api.model
    def _get_personal_text_fields(self):
        return ('discard_reason',)

    @api.model
    def _get_text_domain(self):
        return super()._get_text_domain() | Domain(
            'action_ids', 'any', Domain('content', 'not in', (False, '')))

    def _erase_texts(self):
        """Empty what came with the actions, and why it was discarded; pictures have a period."""
        count = len(self.action_ids.filtered('content'))
        self.action_ids.write({'payload': False, 'content': False, 'message': False})
        return super()._erase_texts() + count
