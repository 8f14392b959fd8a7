from odoo import api, models

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
