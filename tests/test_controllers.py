"""Pages of all modules share one class: Odoo merges what derives from core's portal."""
import ast
from collections import defaultdict

from scripts import settings


def test_no_page_replaces_a_method_of_another():
    """Two methods of one name, of which none asks ``super()``, are one: the last one loaded."""
    homes = defaultdict(list)
    for path in sorted(settings.ROOT.glob('aftersales_*/controllers/*.py')):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                for line in node.body:
                    if isinstance(line, ast.FunctionDef) and 'super()' not in ast.unparse(line):
                        homes[line.name].append(f'{path.parent.parent.name}/{path.name}')
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}
