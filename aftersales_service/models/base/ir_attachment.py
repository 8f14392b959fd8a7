from odoo import api, models

from ...tools.photo import decode_picture

PREFIX = 'aftersales.'
# a file of the composer or of a form is uploaded before its document names it
_UNPLACED = frozenset({False, None, '', 'mail.compose.message'})

# what makes a photo the proof that it is
_PROOF = frozenset({'raw', 'datas', 'name', 'mimetype', 'res_model', 'res_id'})


class IrAttachment(models.Model):
    """A photo that proves something stays as it was once the matter is decided."""

    _inherit = 'ir.attachment'

    def write(self, vals):
        if not self.env.su and vals.keys() & _PROOF:
            self.check_access('write')
            self._ensure_proofs_may_change()
        return super().write(vals)

    def _postprocess_contents(self, values):
        """Refuse a picture of ours that would take all memory, before core opens it."""
        models = {values['res_model']} if 'res_model' in values else {
            *self.mapped('res_model')} or {False}
        content = values.get('raw') or decode_picture(values.get('datas'))
        if isinstance(content, bytes) and any(
                model in _UNPLACED or model.startswith(PREFIX) for model in models):
            self.env.company._ensure_pixels(content, values.get('name'))
        return super()._postprocess_contents(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proofs(self):
        if not self.env.su:
            self._ensure_proofs_may_change()

    def _ensure_proofs_may_change(self):
        """Ask the records that the photos belong to, as if their photos were written there."""
        for model, files in self.filtered('res_id').grouped('res_model').items():
            records = self.env.get(model)
            if records is not None and hasattr(records, '_ensure_may_change_photos'):
                records.browse(files.mapped('res_id'))._ensure_may_change_photos()
