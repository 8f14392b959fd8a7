"""The command line: ``python -m bench --config odoo.conf --database bench``."""
import argparse
import json
import sys
from pathlib import Path

import odoo.init  # noqa: F401 - completes the package `odoo` before anything is taken from it

from .database import Refusal, configure
from .report import full_report
from .run import PHASES, measure_all


def main():
    """Measure, print the tables, write the raw results; return the exit code."""
    options = _options()
    try:
        configure(options.config)
        results, failures = measure_all(options, lambda results: _save(results, options.output))
    except Refusal as refusal:
        print(f"problem: {refusal}", file=sys.stderr)
        return 1
    print(full_report(results, options.statements))
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _save(results, output):
    if output:
        output.write_text(json.dumps(results, indent=1) + "\n")


def _options():
    parser = argparse.ArgumentParser(prog='python -m bench', description=__doc__)
    parser.add_argument('--config', type=Path, required=True, help="Odoo's configuration file")
    parser.add_argument('--database', required=True, help="throw-away database, named *bench*")
    parser.add_argument('--core-database', help="the same core modules without ours, for `flow`")
    parser.add_argument('--phases', type=lambda text: text.split(','), default=PHASES,
                        help=f"some of {','.join(PHASES)}")
    parser.add_argument('--rows', type=lambda text: [int(rows) for rows in text.split(',')],
                        default=[1000, 100_000],
                        help="table sizes of `read`; `phone` takes the largest")
    parser.add_argument('--records', type=int, default=1000,
                        help="batch size of `write`; ten times as many for `clocks`")
    parser.add_argument('--models', type=lambda text: text.split(','), help="only these models")
    parser.add_argument('--statements', action='store_true',
                        help="print the SQL statements behind one create and each step")
    parser.add_argument('--oca', action='store_true', help="OCA's models too, where installed")
    parser.add_argument('--output', type=Path, help="file for the raw results (JSON)")
    parser.add_argument('--note', default='', help="a remark that is kept with the results")
    options = parser.parse_args()
    if unknown := set(options.phases) - set(PHASES):
        parser.error(f"unknown phase: {', '.join(sorted(unknown))}")
    return options


if __name__ == '__main__':
    sys.exit(main())
