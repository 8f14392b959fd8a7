"""Filling a table: copies of real records by INSERT … SELECT, thousands a second.

The copies that fill the smallest table are open and spread over the stages, so that a board
shows full columns; of all further ones one in ten is open, the others are closed. Creation
dates are spread evenly over three years, whatever the number of copies. Copies have the seeds'
many2many rows (such as assignees and tags), but neither chatter nor one2many rows.
"""
from odoo.tools import SQL, sql

# two primes shuffle the copies over the 1,576,800 minutes of three years
_DATE = SQL("(now() AT TIME ZONE 'UTC' - interval '1 minute'"
            " * (1440 + (seed.bench_rank * 7919 + copy * 104729) %% 1576800))")


def populate(database, case, seed_ids, rows, one_in=10):
    """Copy the case's seeds until its table holds ``rows`` rows; return their number.

    :param one_in: of so many copies one is open
    """
    return copy_rows(database, case.model, seed_ids, rows,
                     lambda env, new_id: _changed_columns(env, case, new_id, one_in))


def copy_rows(database, model, seed_ids, rows, change):
    """Copy the seeds until the table holds at least ``rows`` rows; return their number.

    ``change(env, new id)`` returns ``{column: SQL}`` of what a copy has of its own.
    """
    with database.superuser.transaction() as env:
        table = SQL.identifier(env[model]._table)
        [[existing, last_id]] = env.execute_query(SQL("SELECT count(*), max(id) FROM %s", table))
        copies = -(-(rows - existing) // len(seed_ids))
        if copies > 0:
            _disable_foreign_keys(env)
            _copy(env, env[model], seed_ids, last_id, copies, change)
    if copies > 0:
        vacuum(database, table)
    return max(existing, existing + copies * len(seed_ids))


def _copy(env, model, seed_ids, last_id, copies, change):
    table = SQL.identifier(model._table)
    env.cr.execute(SQL(
        "CREATE TEMP TABLE bench_seed ON COMMIT DROP AS"
        " SELECT *, row_number() OVER (ORDER BY id) AS bench_rank FROM %s WHERE id IN %s",
        table, tuple(seed_ids)))
    # seed.bench_rank counts from 1, copy from 0: ids follow each other without a gap
    new_id = SQL("%s + copy * %s + seed.bench_rank", last_id, len(seed_ids))
    copied = SQL("bench_seed seed CROSS JOIN generate_series(0, %s) copy", copies - 1)
    values = _columns(env, model, {'id': new_id, **change(env, new_id)})
    env.cr.execute(SQL(
        "INSERT INTO %s (%s) SELECT %s FROM %s", table,
        SQL(", ").join(map(SQL.identifier, values)), SQL(", ").join(values.values()), copied))
    env.cr.execute(SQL("SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM %s",
                       model._table, table))
    relations = {field.relation: field.column1 for field in model._fields.values()
                 if field.type == 'many2many' and field.store}
    for relation, column in relations.items():
        _copy_relation(env, relation, column, new_id, copied)


def _copy_relation(env, relation, column, new_id, copied):
    """Copy the many2many rows of the seeds, with all their columns: some have more than two."""
    names = [name for name in sql.table_columns(env.cr, relation) if name not in ('id', column)]
    env.cr.execute(SQL(
        "INSERT INTO %(relation)s (%(own)s, %(columns)s) SELECT %(new_id)s, %(values)s"
        " FROM %(copied)s JOIN %(relation)s link ON link.%(own)s = seed.id"
        " ON CONFLICT DO NOTHING",
        relation=SQL.identifier(relation), own=SQL.identifier(column),
        columns=SQL(", ").join(map(SQL.identifier, names)),
        values=SQL(", ").join(SQL("link.%s", SQL.identifier(name)) for name in names),
        new_id=new_id, copied=copied))


def _columns(env, model, changed):
    """Return ``{column: SQL of a copy's value}``; a changed column may be missing."""
    columns = {column: SQL("seed.%s", SQL.identifier(column))
               for column in sql.table_columns(env.cr, model._table)}
    return {**columns, **{column: changed[column] for column in changed if column in columns}}


def _changed_columns(env, case, new_id, one_in):
    """Return ``{column: SQL}`` of a copy's own number, dates and stage."""
    is_open = SQL("((seed.bench_rank + copy) %% %s = 0)", one_in)
    stage = _stage(*case.stages(env), is_open, one_in)
    return {
        'create_date': _DATE, 'write_date': _DATE, 'access_token': SQL("NULL"),
        case.name_field: SQL("seed.%s || '-' || (%s)", SQL.identifier(case.name_field), new_id),
        case.stage_field: stage, **case.copied_columns(stage, is_open, _DATE)}


def _stage(open_stages, closed_stages, is_open, one_in):
    return SQL("CASE WHEN %s THEN (%s)[1 + (seed.bench_rank + copy) / %s %% %s]"
               " ELSE (%s)[1 + (seed.bench_rank + copy) %% %s] END",
               is_open, _array(open_stages), one_in, len(open_stages),
               _array(closed_stages), len(closed_stages))


def _array(values):
    kind = SQL("varchar[]") if isinstance(values[0], str) else SQL("int[]")
    return SQL("%s::%s", values, kind)


def _disable_foreign_keys(env):
    """All values come from valid rows: checking them again would double the time."""
    [[is_superuser]] = env.execute_query(SQL(
        "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
    if is_superuser:
        env.cr.execute("SET LOCAL session_replication_role = replica")


def vacuum(database, table):
    """Do what autovacuum would do in the middle of a measurement."""
    with database.registry.cursor() as cr:
        # rows of a commit that has not reached the disk are not yet known to be visible to all
        cr.execute("SET LOCAL synchronous_commit = on")
        cr.execute("SELECT pg_logical_emit_message(true, 'bench', 'flush what was committed')")
        cr.commit()
        cr.connection.autocommit = True
        try:
            cr.execute(SQL("VACUUM ANALYZE %s", table))
        finally:
            cr.connection.autocommit = False
