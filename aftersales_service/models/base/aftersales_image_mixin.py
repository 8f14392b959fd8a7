from odoo import api, fields, models

from ...tools.photo import decode_picture


class AftersalesImageMixin(models.AbstractModel):
    """A record with pictures in its fields: their pixels are counted before they are opened.

    Core opens what an image field gets as soon as it is given a value: in a form already,
    and from the defaults of a caller, too.
    """

    _name = 'aftersales.image.mixin'
    _description = "Record with Pictures"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._ensure_pictures(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._ensure_pictures(vals)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self._ensure_pictures(values)
        return values

    def onchange(self, values, field_names, fields_spec):
        self._ensure_pictures(values)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _ensure_pictures(self, vals):
        """Refuse a picture of too many pixels among values, those of new lines included."""
        for name, value in vals.items():
            field = self._fields.get(name)
            if not value or field is None:
                continue
            if isinstance(field, fields.Image):
                self.env.company._ensure_pixels(decode_picture(value))
            elif field.type in ('one2many', 'many2many') and isinstance(value, list | tuple):
                lines = self.env[field.comodel_name]
                if hasattr(lines, '_ensure_pictures'):
                    for command in value:
                        if isinstance(command, list | tuple) and isinstance(command[-1], dict):
                            lines._ensure_pictures(command[-1])
