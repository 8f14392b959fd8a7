import re

from bench import report


def _cost(ms, queries, count=200):
    return {'ms': ms, 'queries': queries, 'count': count}


def _written(ms):
    pair = {'batch': _cost(ms, 1.05), 'single': _cost(ms, 13)}
    return {'rows': 5, 'create': {**pair, 'batch': _cost(ms, 1.05, 1000)}, 'tracked': pair,
            'workflow': pair, 'steps': {'doing': pair}, 'statements': {'create': {'SELECT a': 2}}}


_READ = {'rows': 1200, 'list': _cost(5, 7), 'form': _cost(6, 8)}
_MACHINE = {
    'date': '2026-01-01 00:00 UTC', 'commit': 'abc1234', 'odoo': '19.0', 'cores': 2,
    'load_before': 0.1, 'load_after': 1.2,
    'processor': "Model T", 'memory_gib': 8, 'python': '3.12.0', 'postgresql': '17.0',
    'postgresql_settings': {'fsync': 'off'}}


def test_every_line_of_a_table_has_the_same_width():
    lines = report.table(["step", "ms"], [["a long label", "1"], ["b", "1,000"]]).splitlines()
    assert len({len(line) for line in lines}) == 1


def test_models_stand_side_by_side():
    text = report.model_table({'ours': {'write': _written(2)}, 'peer': {'write': _written(4)}})
    [line] = [line for line in text.splitlines() if "create, in a batch of 1,000" in line]
    assert line.endswith("| 2.0 ms / 1.05 | 4.0 ms / 1.05 |")


def test_a_model_that_failed_leaves_its_cells_empty():
    text = report.model_table({'ours': {}, 'peer': {'write': _written(4), 'read': {1000: _READ}}})
    [line] = [line for line in text.splitlines() if "create, one by one" in line]
    assert [cell.strip() for cell in line.split('|')[2:4]] == ["", "4.0 ms / 13"]


def test_levels_are_read_back_from_json_in_order_of_size():
    text = report.model_table({'ours': {'read': {'100000': _READ, '1000': _READ}}})
    assert text.index("1,000 rows: list") < text.index("100,000 rows: list")
    assert text.count("5.0 ms / 7") == 2


def test_restricted_rows_appear_only_where_measured():
    plain = {'ours': {'read': {1000: _READ}}}
    assert "a tenth visible" not in report.model_table(plain)
    restricted = {'ours': {'read': {1000: {**_READ, 'restricted': _READ}}}}
    assert "list of 80, a tenth visible" in report.model_table(restricted)


def test_peers_without_a_portal_or_parts_are_marked():
    ours = {'read': {1000: {**_READ, 'portal': {'list': _cost(3, 4)}}}, 'life': _cost(9, 200)}
    lines = report.model_table({'ours': ours, 'peer': {'read': {1000: _READ}}}).splitlines()
    cells = {line.split('|')[1].strip(): [cell.strip() for cell in line.split('|')[2:4]]
             for line in lines}
    assert cells["1,000 rows: list of a customer"] == ["3.0 ms / 4", "-"]
    assert cells["created and taken through the workflow with one part"] == ["9.0 ms / 200", "-"]


def test_features_and_limits_are_printed_where_measured():
    results = {'machine': _MACHINE, 'models': {},
               'clocks': {'set': _cost(900, 40, 500), 'recompute': _cost(900, 40, 500)}}
    text = report.full_report(results)
    assert re.search(r'\| give 500 orders their promises +\| 900 ms / 40 \|', text)
    assert "find a caller" not in text
    assert text.count("OVER") == 2


def test_the_report_names_machine_and_commit():
    text = report.full_report({'machine': _MACHINE, 'models': {}})
    for fact in ("abc1234", "load 0.1", "2 cores", "Model T", "8 GiB", "Python 3.12.0",
                 "PostgreSQL 17.0"):
        assert fact in text


def test_statements_are_printed_on_request():
    results = {'machine': _MACHINE, 'models': {'ours': {'write': _written(1)}}}
    assert "2x SELECT a" not in report.full_report(results)
    assert "ours, create: 2x SELECT a" in report.full_report(results, with_statements=True)


def test_flow_without_a_second_database_has_no_difference():
    text = report.flow_table({'with the suite': {'confirm': _cost(11, 6)}})
    assert "11.0 ms / 6 |" in text
