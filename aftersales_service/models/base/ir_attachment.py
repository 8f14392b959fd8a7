from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ...tools.photo import decode_picture

PREFIX = 'aftersales.'
# a file of the composer or of a form is uploaded before its document names it
_UNPLACED = frozenset({False, None, '', 'mail.compose.message'})

# what makes a photo the proof that it is
_PROOF = frozenset({'raw', 'datas', 'db_datas', 'name', 'mimetype', 'type', 'url', 'res_model',
                    'res_id', 'res_field'})


class IrAttachment(models.Model):
    """A photo that proves something stays as it was once the matter is decided.

    The file in a field (a signature, a certificate) is written on its record, which asks its
    rules; core keeps such files as superuser.
    """

    _inherit = 'ir.attachment'

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._ensure_no_field_files()
        return files

    def write(self, vals):
        if self.env.su or not vals.keys() & _PROOF:
            return super().write(vals)
        self.check_access('write')
        self._ensure_no_field_files()
        self._ensure_proofs_may_change()
        self._ensure_not_held()
        result = super().write(vals)
        self._ensure_no_field_files()
        return result

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
            self._ensure_no_field_files()
            self._ensure_proofs_may_change()
            self._ensure_history_stays()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        self._ensure_not_held()

    def _ensure_not_held(self):
        """Keep the files of documents under legal hold; those of fields change on the record."""
        # the hold of a document binds those who own its files, too
        files = self.sudo().filtered(lambda file: file.res_id and not file.res_field)
        for model, its in files.grouped('res_model').items():
            records = self.env.get(model)
            if hasattr(records, '_get_hold_documents'):
                records.browse(set(its.mapped('res_id'))).exists(
                    )._get_hold_documents()._ensure_not_held()

    def _ensure_history_stays(self):
        """Keep the files of messages that the user may not change either."""
        if not self.env.is_admin():
            # whose message it is decides, not whether the user may read it
            self.env['mail.message'].sudo().search(
                [('attachment_ids', 'in', self.ids)]).sudo(False)._ensure_history_stays()

    def _ensure_no_field_files(self):
        """Refuse the files that are fields of our records, unless core itself writes them."""
        for file in () if self.env.su else self:
            model = self.env.get(file.res_model) if file.res_field else None
            if hasattr(model, '_is_field_protected'):
                raise AccessError(self.env._(
                    "The file “%(field)s” (%(model)s) cannot be changed as an attachment: it "
                    "belongs to its record. Change it on the record instead.",
                    field=model._fields[file.res_field]._description_string(self.env)
                    if file.res_field in model._fields else file.res_field,
                    model=self.env['ir.model']._get(file.res_model).name))

    def _ensure_proofs_may_change(self):
        """Ask the records that the photos belong to, as if they took the photos off."""
        for model, files in self.filtered('res_id').grouped('res_model').items():
            records = self.env.get(model)
            if records is not None and 'photo_ids' in records and (
                    hasattr(records, '_ensure_may_change')):
                records.browse(files.mapped('res_id'))._ensure_may_change(
                    {'photo_ids': [Command.delete(file.id) for file in files]})
