"""What a model costs: SQL statements (exact) and milliseconds, ours beside its peers.

``python -m bench`` measures in a database that is thrown away afterwards; see README.md.
"""
