from odoo import models
from odoo.exceptions import ValidationError


class AftersalesEvidenceMixin(models.AbstractModel):
    """A record that is proved by files: pictures, and papers and recordings besides.

    They belong to the record, and its readers read them.
    """

    _name = 'aftersales.evidence.mixin'
    _description = "Record with Evidence"
    _inherit = 'aftersales.photo.mixin'

    def _ensure_photos(self):
        """Take papers and recordings besides pictures; refuse files of other records."""
        self.ensure_one()
        # a user who may not read a file must not keep it here: this method checks it
        for file in self.photo_ids.sudo():
            if file.res_model != self._name or file.res_id != self.id:
                raise ValidationError(self.env._(
                    "The file “%(file)s” belongs to another record. Upload a copy of it here.",
                    file=file.name))
            if (file.mimetype or '').startswith('image/'):
                self.company_id._ensure_photo(file.raw or b'', file.name)
