from contextlib import contextmanager


@contextmanager
def assigning(records, names):
    """Let plain fields be assigned record by record as a stored compute does it.

    Ten thousand deadlines take no ten thousand calls of ``write``: the values go to the
    database with the next flush, and what depends on them is told once, at the end. Only for
    fields whose values follow from other records and which no ``write`` guards.
    """
    with records.env.protecting([records._fields[name] for name in names], records):
        yield
    records.modified(names)
