"""The workshop: what sets up, runs, tests and checks the suite.

One file per command (``python3 -m scripts.demo`` …) and one per thing that a
command needs. Standard library only, because it runs before anything is
installed.
"""
import sys

if sys.version_info < (3, 10):
    # old syntax on purpose: this line must be readable by the Python that is too old
    sys.exit("Python %d.%d is too old for Odoo 19. Install Python 3.10 to 3.13 and run: "
             "make PYTHON=python3.11 …" % sys.version_info[:2])
