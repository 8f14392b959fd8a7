"""The results as tables that read well on a terminal and as Markdown.

``python -m bench.report bench/results/NAME.json`` prints those of an earlier run.
"""
import json
import sys
from pathlib import Path

from .limits import compare, verdict

_WRITES = (
    ("create, in a batch of {batch}, per record", 'create', 'batch'),
    ("create, one by one", 'create', 'single'),
    ("one tracked step, one by one", 'tracked', 'single'),
    ("one tracked step, {moved} at once, per record", 'tracked', 'batch'),
    ("whole workflow, one by one", 'workflow', 'single'),
    ("whole workflow, {moved} at once, per record", 'workflow', 'batch'),
)
_READS = (
    # label, its key in the costs of a level
    ("list of 80", 'list'),
    ("form", 'form'),
    ("name_search, one hit", 'name_search'),
    ("search without a hit", 'no_hit'),
    ("by stage, default filter", 'grouped'),
    ("by stage, 8 cards a column", 'short'),
    ("pivot month x stage", 'pivot'),
)
_PORTAL_READS = (("list of a customer", 'list'), ("page of a customer", 'page'))
_FEATURES = (
    # label, phase, its key in the phase's costs
    ("decide on remedies, per order", 'decide', None),
    ("give {count:,} orders their promises", 'clocks', 'set'),
    ("reschedule the promises of {count:,} orders", 'clocks', 'recompute'),
    ("take {count:,} cards into a recall", 'recall', 'units'),
    ("make the orders of {count:,} units of a recall", 'recall', 'orders'),
    ("write the states of {count:,} cards of a usual night", 'states', 'usual'),
    ("write the states of {count:,} cards due at once", 'states', 'many'),
    ("classify {count:,} parts by 36 months", 'parts', 'classes'),
    ("suggest minimum and maximum for {count:,} rules", 'parts', 'suggestions'),
    ("apply {count:,} suggestions, per rule", 'parts', 'apply'),
    ("draw {count:,} customers at random", 'waves', 'simple'),
    ("draw {count:,} customers by province", 'waves', 'stratified'),
    ("launch a wave of {count:,} customers", 'waves', 'launch'),
    ("send {count:,} invitations by e-mail, each", 'waves', 'send'),
    ("figures of a wave of {count:,} answers", 'results', 'figures'),
    ("the same by outlet", 'results', 'outlets'),
    ("the satisfaction board of that wave", 'results', 'board'),
    ("measure a month of {count:,} orders by technician", 'scores', 'measure'),
    ("make {count:,} monthly sheets", 'scores', 'sheets'),
    ("find the training needs of {count:,} people", 'needs', 'first'),
    ("the same in the next night", 'needs', 'again'),
    ("find a caller by a known number", 'phone', 'known'),
    ("find no caller by an unknown number", 'phone', 'unknown'),
)
_RESTRICTED_READS = tuple(
    (label, name) for label, name in _READS if name in ('list', 'grouped', 'short', 'no_hit'))


def table(head, rows):
    """Return an aligned Markdown table; the first column is text, the others are figures.

    >>> print(table(["step", "ms"], [["create", "1.2"], ["move", "10.5"]]))
    | step   |   ms |
    | :----- | ---: |
    | create |  1.2 |
    | move   | 10.5 |
    """
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = [":" + "-" * (widths[0] - 1), *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [[row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]
             for row in (head, rule, *rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(cost):
    """Return milliseconds and SQL statements.

    >>> cell({'ms': 2.345, 'queries': 3.05}), cell({'ms': 123.4, 'queries': 1}), cell(None)
    ('2.3 ms / 3.05', '123 ms / 1', '')
    """
    if not cost:
        return ""
    milliseconds = f"{cost['ms']:.1f}" if cost['ms'] < 100 else f"{cost['ms']:,.0f}"
    return f"{milliseconds} ms / {cost['queries']:g}"


def head(machine):
    """Return the lines that say on what the figures were measured."""
    settings = ", ".join(f"{name} {value}" for name, value in
                         machine['postgresql_settings'].items())
    return (f"{machine['date']}, commit {machine['commit']}, Odoo {machine['odoo']}, "
            f"load {machine['load_before']} before and {machine['load_after']} after\n"
            f"{machine['cores']} cores ({machine['processor']}), {machine['memory_gib']} GiB, "
            f"Python {machine['python']}, PostgreSQL {machine['postgresql']} ({settings})")


def full_report(results, with_statements=False):
    """Return everything that is printed, from the raw results."""
    parts = [head(results['machine']), results.get('note')]
    if models := results['models']:
        parts += [model_table(models), step_lines(models)]
        if with_statements:
            parts.append(statement_lines(models))
    parts.append(feature_table(results))
    if flow := results.get('flow'):
        parts.append(flow_table(flow))
    parts.append(limit_table(results))
    return "\n\n".join(filter(None, parts))


def model_table(models):
    """Return the table of all models side by side: ``{model: results}``."""
    rows = [*_write_rows(models), *_life_rows(models), *_read_rows(models)]
    return table(["ms / SQL statements", *models], rows)


def _write_rows(models):
    written = {model: result['write'] for model, result in models.items() if 'write' in result}
    if not written:
        return []
    first = next(iter(written.values()))
    sizes = {'batch': f"{first['create']['batch']['count']:,}",
             'moved': f"{first['workflow']['batch']['count']:,}"}
    rows = [[label.format(**sizes),
             *(cell(model in written and written[model][what][how]) for model in models)]
            for label, what, how in _WRITES]
    facts = {model: (str(len(result['steps'])), f"{result['rows']:,}")
             for model, result in written.items()}
    steps, sizes = zip(*(facts.get(model, ("", "")) for model in models), strict=True)
    return [*rows, ["steps of the workflow", *steps], ["rows in the table before", *sizes]]


def _life_rows(models):
    lives = [result.get('life') for result in models.values()]
    label = "created and taken through the workflow with one part"
    return [[label, *(cell(life) if life else "-" for life in lives)]] if any(lives) else []


def _read_rows(models):
    # a file has texts for the numbers of rows
    read = {model: {int(level): costs for level, costs in result.get('read', {}).items()}
            for model, result in models.items()}
    rows = []
    for level in sorted({level for levels in read.values() for level in levels}):
        costs = {model: levels.get(level) or {} for model, levels in read.items()}
        rows += [[f"{level:,} rows: {label}", *(cell(costs[model].get(name)) for model in models)]
                 for label, name in _READS]
        restricted = {model: cost.get('restricted', {}) for model, cost in costs.items()}
        if any(restricted.values()):
            rows += [[f"{level:,} rows: {label}, a tenth visible",
                      *(cell(restricted[model].get(name)) for model in models)]
                     for label, name in _RESTRICTED_READS]
        portal = {model: cost.get('portal', {}) for model, cost in costs.items()}
        if any(portal.values()):
            rows += [[f"{level:,} rows: {label}", *(cell(portal[model].get(name)) or "-"
                                                    for model in models)]
                     for label, name in _PORTAL_READS]
        sizes = [costs[model].get('rows') for model in models]
        rows.append(["rows in the table", *(f"{size:,}" if size else "" for size in sizes)])
    return rows


def step_lines(models):
    """Return what each workflow is made of, one line per model."""
    return "\n".join(
        f"{model}: " + ", ".join(f"{step} {cell(cost['single'])}"
                                 for step, cost in result['write']['steps'].items())
        for model, result in models.items() if 'write' in result)


def statement_lines(models):
    """Return the statements behind one create and each step, for finding what costs."""
    return "\n".join(
        f"{model}, {what}: " + ", ".join(f"{count}x {name}" for name, count in counts.items())
        for model, result in models.items() if 'write' in result
        for what, counts in result['write']['statements'].items())


def feature_table(results):
    """Return what only the suite has, or nothing."""
    rows = []
    for label, phase, name in _FEATURES:
        costs = results.get(phase) or {}
        if cost := costs.get(name) if name else costs:
            rows.append([label.format(**cost), cell(cost)])
    return table(["ms / SQL statements", "the suite"], rows) if rows else ""


def limit_table(results):
    """Return the limits that the suite set itself, beside this run's figures.

    >>> print(limit_table({'phone': {'rows': 10, 'known': {'ms': 51.2, 'queries': 1}}}))
    | limit                                 | figure | at most |      |
    | :------------------------------------ | -----: | ------: | ---: |
    | ms to find a caller among 10 partners |   51.2 |      50 | OVER |
    """
    rows = [[what, f"{round(figure, 2):,}", f"{round(limit, 1):,g}", verdict(figure, limit)]
            for what, figure, limit in compare(results)]
    return table(["limit", "figure", "at most", ""], rows) if rows else ""


def flow_table(flow):
    """Return core's sale and delivery: ``{column: {step: cost}}``, core alone first.

    What a column adds to the first one stands in brackets, in SQL statements.

    >>> print(flow_table({'core alone': {'confirm': {'ms': 10, 'queries': 5}},
    ...                   'with the suite': {'confirm': {'ms': 11, 'queries': 6}}}))
    | sale of 10 products |  core alone |   with the suite |
    | :------------------ | ----------: | ---------------: |
    | confirm             | 10.0 ms / 5 | 11.0 ms / 6 (+1) |
    """
    first, *others = flow.values()
    rows = [[step, cell(cost), *(
        f"{cell(costs[step])} ({costs[step]['queries'] - cost['queries']:+g})"
        for costs in others)] for step, cost in first.items()]
    return table(["sale of 10 products", *flow], rows)


if __name__ == '__main__':
    print(full_report(json.loads(Path(sys.argv[1]).read_text())))
