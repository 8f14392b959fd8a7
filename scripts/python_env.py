"""The Python environment: a venv per Python version and lock, shared by all clones."""
import hashlib
import os
import shutil
import sys

from . import settings
from .shell import run, say

LOCKS = {'run': 'requirements.txt', 'dev': 'requirements-dev.txt'}


def folder(tree):
    """Return the venv's folder; another lock, Python or Odoo tree means another folder."""
    key_of = b''.join((settings.ROOT / name).read_bytes() for name in sorted(LOCKS.values()))
    key = hashlib.sha1(key_of + str(tree).encode()).hexdigest()[:8]
    return settings.cache() / 'venv' / f'python{sys.version_info[0]}.{sys.version_info[1]}-{key}'


def prepare(tree, level='run'):
    """Return the venv's Python, with the lock ``level`` ('run' or 'dev') installed."""
    home = folder(tree)
    python = home / 'bin' / 'python'
    if not python.exists():
        say(f"python: creating the virtual environment {home}")
        shutil.rmtree(home, ignore_errors=True)
        run([sys.executable, '-m', 'venv', home], "the virtual environment cannot be made",
            "Install the package python3-venv, then run the command again.")
    _put_on_path(home, tree)
    for name in ('run', 'dev') if level == 'dev' else ('run',):
        _install(home, name)
    return python


def _install(home, level):
    """Install one lock once; the mark is written last, so that a broken run is repeated."""
    mark = home / f'installed-{level}'
    if mark.exists():
        return
    lock = settings.ROOT / LOCKS[level]
    say(f"python: installing the packages of {lock.name} (a minute)")
    run([home / 'bin' / 'python', '-m', 'pip', 'install', '--no-input', '-q',
         '--disable-pip-version-check', '-r', lock], f"{lock.name} cannot be installed",
        env={**os.environ, 'PYTHONNOUSERSITE': '1'})
    mark.touch()


def _put_on_path(home, tree):
    """Let the venv import ``odoo``: there is no wheel, only the tree."""
    version = f'python{sys.version_info[0]}.{sys.version_info[1]}'
    link = home / 'lib' / version / 'site-packages' / 'odoo-tree.pth'
    line = f'{tree}\n'
    if not link.exists() or link.read_text() != line:
        link.write_text(line)
