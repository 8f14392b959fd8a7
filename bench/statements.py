"""Which SQL statements stand behind a count: where to look when a figure grew."""
import threading
from collections import Counter
from contextlib import contextmanager

from odoo.sql_db import categorize_query


@contextmanager
def count_statements():
    """Yield a counter of this thread's statements, by verb and table."""
    counter, thread = Counter(), threading.current_thread()

    def hook(_cursor, query, _parameters, _start, _delay):
        words = (query.decode() if isinstance(query, bytes) else str(query)).split()
        _kind, table = categorize_query(' '.join(words))
        if words[0] == 'UPDATE':
            table = words[1].strip('"')
        counter[f'{words[0]} {table}' if table else ' '.join(words)[:60]] += 1

    thread.query_hooks = [*getattr(thread, 'query_hooks', ()), hook]
    try:
        yield counter
    finally:
        thread.query_hooks.remove(hook)
