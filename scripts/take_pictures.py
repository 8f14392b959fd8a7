"""The part of ``make screenshots`` that needs playwright; reads its orders from stdin."""
import json
import sys
from pathlib import Path

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

from . import browser, settings
from .problem import run_command


def _orders(wanted):
    """Return the pictures to take: given one by one, or those of the list."""
    if isinstance(wanted, list):
        return wanted
    shots = tomllib.loads(Path(wanted['list']).read_text())['shot']
    return [
        {**shot, 'target': settings.ROOT / shot['module'] / 'static' / 'description'
         / f"{shot['name']}.png"}
        for shot in shots if wanted['only'] in shot['name']]


def main():
    """Take each picture; console errors are printed and make the command fail."""
    address, failed = sys.argv[1], False
    for shot in _orders(json.load(sys.stdin)):
        errors = browser.take(address, shot, Path(shot['target']))
        print(f"         {shot['target']}", *[f"console: {error}" for error in errors],
              sep='\n         ', flush=True)
        failed = failed or bool(errors)
    return 1 if failed else 0


if __name__ == '__main__':
    run_command(main)
