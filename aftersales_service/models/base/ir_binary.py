from odoo import models
from odoo.exceptions import UserError


class IrBinary(models.AbstractModel):
    """A stored picture too large to be opened is sent as it is, never resized.

    A mail may have brought it, or a caller's context may have kept it from being checked.
    """

    _inherit = 'ir.binary'

    def _get_image_stream_from(
            self, record, field_name='raw', filename=None, filename_field='name', mimetype=None,
            default_mimetype='image/png', placeholder=None, width=0, height=0, crop=False,
            quality=0):
        if (width or height or crop or quality) and self._is_too_large(record, field_name):
            width = height = quality = 0
            crop = False
        return super()._get_image_stream_from(
            record, field_name=field_name, filename=filename, filename_field=filename_field,
            mimetype=mimetype, default_mimetype=default_mimetype, placeholder=placeholder,
            width=width, height=height, crop=crop, quality=quality)

    def _is_too_large(self, record, field_name):
        """Return whether a file, or the file in a field, has more pixels than the company takes."""
        if record._name != 'ir.attachment' or field_name not in ('raw', 'datas'):
            return False
        try:
            # core has checked the access of the record that it serves
            self.env.company._ensure_pixels(record.sudo().raw or b'')
        except UserError:
            return True
        return False
