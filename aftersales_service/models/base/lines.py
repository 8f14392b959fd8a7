from odoo.fields import Domain


def read_lines(records, name):
    """Return the lines of ``records`` in the one2many ``name``, read by one query.

    Core takes two, one for the list and one for its records, and nothing public fills the
    list from records that were read.
    """
    field = records._fields[name]
    unread = records.browse(filter(None, field._cache_missing_ids(records)))  # none being typed
    if unread:
        lines = records.env[field.comodel_name].with_context(active_test=False).search_fetch(
            field.get_comodel_domain(records) & Domain(field.inverse_name, 'in', unread.ids))
        of_record = lines.grouped(field.inverse_name)
        field._insert_cache(
            unread, [of_record.get(record, lines.browse())._ids for record in unread])
    return records[name]
