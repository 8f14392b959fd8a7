"""PDF reports on Debian 13, which has no wkhtmltopdf any more: Debian 12's, in the cache.

The program comes with every library it needs, down to the C library, because those of
Debian 13 are too new for it; nothing of it is installed in the system.
"""
import os
import shutil
from glob import glob

from . import odoo_tree, settings
from .problem import Problem
from .shell import run, say

_SUITE = 'bookworm'
_LAUNCHER = """#!/bin/sh
# Debian 12's wkhtmltopdf with its own libraries
here={home}
export QT_PLUGIN_PATH=$here/usr/{triplet}/qt5/plugins
exec $here/{triplet}/{loader} --library-path $here/usr/{triplet}:$here/{triplet} \
    $here/usr/bin/wkhtmltopdf "$@"
"""


def folder():
    """Return the folder to put on the PATH."""
    return settings.cache() / 'bin'


def prepare():
    """Make ``wkhtmltopdf`` available where apt does not offer it; without it, say so."""
    launcher = folder() / 'wkhtmltopdf'
    if shutil.which('wkhtmltopdf') or launcher.exists() or not shutil.which('apt-get'):
        return
    home = settings.cache() / 'wkhtmltopdf'
    try:
        _unpack(_download(home / 'downloads'), home)
    except Problem as problem:
        say(f"wkhtmltopdf: reports open as web pages, not as PDF ({problem})")
        return
    shutil.rmtree(home / 'downloads')
    _write(launcher, home)


def _download(downloads):
    uri, _suite = odoo_tree.mirror()
    say(f"wkhtmltopdf: downloading Debian 12's with its libraries (80 MB) from {uri}")
    apt = odoo_tree.PrivateApt(downloads, uri, _SUITE)
    nothing_installed = downloads / 'status'
    nothing_installed.touch()
    apt('update', '--error-on=any')
    apt('install', '-y', '--download-only', '--no-install-recommends',
        '-o', f'Dir::State::status={nothing_installed}', '-o', 'Debug::NoLocking=1',
        'wkhtmltopdf')
    return sorted((downloads / 'archives').glob('*.deb'))


def _unpack(packages, home):
    say(f"wkhtmltopdf: unpacking {len(packages)} packages")
    for package in packages:
        run(['dpkg', '-x', package, home], f"{package.name} cannot be unpacked")


def _write(launcher, home):
    """Write the launcher last: it marks a complete copy."""
    triplet, loader = os.path.split(glob('lib/*/ld-linux-*.so.*', root_dir=home)[0])
    launcher.parent.mkdir(parents=True, exist_ok=True)
    launcher.write_text(_LAUNCHER.format(home=home, triplet=triplet, loader=loader))
    launcher.chmod(0o755)
