from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesPhotoMixin(models.AbstractModel):
    """A record that is proved by photos: they belong to it and are pictures indeed."""

    _name = 'aftersales.photo.mixin'
    _description = "Record with Photos"
    _inherit = 'aftersales.guard.mixin'

    photo_ids = fields.Many2many('ir.attachment', string="Photos", copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._own_photos()
        return records

    def write(self, vals):
        result = super().write(vals)
        if 'photo_ids' in vals:
            self._own_photos()
        return result

    def _own_photos(self):
        """Link new uploads to the record, so that users who may read it see them."""
        for record in self:
            record.photo_ids.filtered(lambda photo: not photo.res_id).write(
                {'res_model': self._name, 'res_id': record.id})
            record._ensure_photos()

    def _ensure_photos(self):
        """Refuse files of other records, and what is no picture or too large."""
        self.ensure_one()
        # a user who may not read a file must not keep it here: this method checks it
        for photo in self.photo_ids.sudo():
            if photo.res_model != self._name or photo.res_id != self.id:
                raise ValidationError(self.env._(
                    "The file “%(file)s” belongs to another record. Upload a copy of it here.",
                    file=photo.name))
            self.company_id._ensure_photo(photo.raw or b'', photo.name)

    def _add_photo(self, name, content):
        """Attach the bytes of a picture; one that is too large is refused before."""
        self.ensure_one()
        self.company_id._ensure_photo(content, name)
        self.photo_ids = [fields.Command.create({
            'name': name, 'raw': content, 'res_model': self._name, 'res_id': self.id})]
