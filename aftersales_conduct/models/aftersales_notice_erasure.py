from odoo import api, models
from odoo.fields import Domain

# what stands for words that a notice cannot be without
GONE = "—"


class AftersalesNotice(models.Model):
    """What a spent or revoked notice says goes after its period; that there was one stays."""

    _name = 'aftersales.notice'
    _inherit = [
        'aftersales.notice', 'aftersales.staff.data.mixin', 'aftersales.protected.mixin']

    @api.model
    def _get_finished_domain(self, moment):
        return (Domain('state', '=', 'final') & Domain('valid_until', '<', moment.date())) | (
            Domain('state', '=', 'revoked') & Domain('date_revoked', '<=', moment))

    @api.model
    def _get_signature_fields(self):
        return (*super()._get_signature_fields(), 'signature')

    @api.model
    def _get_photo_domain(self, moment):
        # papers and recordings are evidence as pictures are
        return super()._get_photo_domain(moment) | Domain('photo_ids', '!=', False)

    def _get_erased_photos(self):
        return super()._get_erased_photos() | self.photo_ids

    def _get_personal_text_fields(self):
        return (*super()._get_personal_text_fields(), 'evidence', 'statement', 'appeal',
                'decision_note', 'appeal_note', 'revoke_reason')

    def _get_text_domain(self, moment):
        return super()._get_text_domain(moment) | Domain('facts', '!=', GONE)

    def _erase_texts(self, moment):
        kept = self.filtered(lambda notice: notice.facts != GONE)
        kept.facts = GONE
        return len(kept) + super()._erase_texts(moment)
