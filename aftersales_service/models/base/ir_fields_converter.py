from odoo import api, models


class IrFieldsConverter(models.AbstractModel):
    """Opening data name the same product on thousands of rows: it is looked up once."""

    _inherit = 'ir.fields.converter'

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        cache = self.env.context.get('import_cache')  # core's own, for one file
        if (cache is None or subfield or not hasattr(model, '_get_opening_example')
                or self.env.context.get('name_create_enabled_fields')):
            return super().db_id_for(model, field, subfield, value, savepoint)
        key = field.comodel_name, value
        found = cache.get(key)
        if not found:
            found = super().db_id_for(model, field, subfield, value, savepoint)
            if found[0]:
                cache[key] = found
        record_id, warnings = found
        return record_id, list(warnings)
