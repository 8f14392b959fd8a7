"""The Odoo 19 Community tree: an existing one, or Debian's package unpacked in the cache.

Debian's dependencies of ``odoo-19`` do not fit a stable Debian, so the package
is not installed but unpacked beside what it links to. It comes from the mirror
that this machine already uses, and apt checks its signature as ever.
"""
import os
import re
import shutil
import subprocess
from pathlib import Path

from . import settings
from .problem import Problem
from .shell import run, say

_ODOO_PACKAGE = 'odoo-19'
# what the tree links to; without jquery every page answers 500
_LINKED_PACKAGES = ('libjs-jquery', 'libjs-jquery-form', 'libjs-underscore', 'fonts-montserrat',
                    'fonts-roboto-unhinted', 'fonts-inconsolata', 'fonts-ocr-b')
_STABLE_PACKAGE = 'fonts-font-awesome'  # sid's release has other file names
_PYTHON_PATH = 'usr/lib/python3/dist-packages'
_LEFT_OUT_BY_DEBIAN = 'odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js'


def series(tree):
    """Return the series of the Odoo tree in folder ``tree``, as '19.0', or None."""
    release = Path(tree) / 'odoo' / 'release.py'
    if not release.is_file():
        return None
    match = re.search(r'version_info = \((\d+), (\d+)', release.read_text())
    return match and '.'.join(match.groups())


def is_here():
    """Return whether nothing has to be downloaded."""
    return bool(os.environ.get('ODOO_SRC')) or (settings.cache() / 'odoo' / 'current').is_dir()


def prepare():
    """Return the folder that holds the ``odoo`` package, downloading it once."""
    if chosen := os.environ.get('ODOO_SRC'):
        return _check(Path(chosen).expanduser().resolve(), "ODOO_SRC")
    home = settings.cache() / 'odoo'
    tree = home / 'current' / _PYTHON_PATH
    if (tree / 'odoo').is_dir():
        return _check(tree, "the cached tree")
    shutil.rmtree(home, ignore_errors=True)
    new = home / 'new'
    new.mkdir(parents=True)
    _unpack(_download(home / 'downloads'), new)
    new.rename(home / 'current')  # only a complete tree gets the name
    shutil.rmtree(home / 'downloads')
    say(f"odoo: ready in {tree}")
    return _check(tree, "the downloaded tree")


def _check(tree, origin):
    found = series(tree)
    if found != settings.ODOO_SERIES:
        raise Problem(f"{origin} ({tree}) holds {'Odoo ' + found if found else 'no Odoo'}, "
                      f"not Odoo {settings.ODOO_SERIES}.",
                      "Point ODOO_SRC to the folder of an Odoo 19.0 checkout, or unset it.")
    return tree


def addons_paths(tree):
    """Return the folders of Odoo's own modules: a checkout has two, Debian's tree one."""
    return [folder for folder in (tree / 'addons', tree / 'odoo' / 'addons')
            if (folder / 'web').is_dir() or (folder / 'base').is_dir()]


def mirror():
    """Return the URI of this machine's Debian mirror, as apt is configured."""
    if not shutil.which('apt-get'):
        raise Problem("this machine has no apt to download Odoo with.",
                      "Set ODOO_SRC to the folder of an Odoo 19.0 checkout.")
    plan = run(['apt-get', 'update', '--print-uris', '-q', '-o', 'Dir::State::lists=/var/empty'],
               "apt's configuration cannot be read")
    found = re.findall(r"^'(\S+?)/dists/([\w-]+)/InRelease'", plan, re.MULTILINE)
    # the plain suite of a Debian mirror, not updates, security or another vendor's
    names = set(_debian_suites())
    for uri, suite in found:
        if suite in names:
            return uri, suite
    raise Problem("apt has no Debian mirror configured.",
                  "Add one for your release to /etc/apt/sources.list, or set ODOO_SRC.")


def _debian_suites():
    text = Path('/etc/os-release').read_text() if Path('/etc/os-release').exists() else ''
    return [*re.findall(r'^VERSION_CODENAME=(\w+)', text, re.MULTILINE),
            'stable', 'oldstable', 'testing', 'sid', 'unstable', 'bookworm', 'trixie', 'forky']


class PrivateApt:
    """apt with lists of its own, so that the machine's are left untouched."""

    def __init__(self, folder, uri, suite):
        self.folder = folder
        (folder / 'lists' / 'partial').mkdir(parents=True, exist_ok=True)
        (folder / 'archives' / 'partial').mkdir(parents=True, exist_ok=True)
        keyring = Path('/usr/share/keyrings/debian-archive-keyring.gpg')
        signed = f"[signed-by={keyring}] " if keyring.exists() else ""
        (folder / 'sources.list').write_text(f"deb {signed}{uri} {suite} main\n")

    def __call__(self, *arguments):
        options = {
            'Dir::Etc::sourcelist': self.folder / 'sources.list',
            'Dir::Etc::sourceparts': '/dev/null',
            'Dir::State::lists': self.folder / 'lists',
            'Dir::Cache': self.folder,
            'Dir::Cache::archives': self.folder / 'archives',
            'APT::Sandbox::User': 'root',
            'Acquire::Languages': 'none',
            'Acquire::Retries': '3',
        }
        flags = [flag for name, value in options.items() for flag in ('-o', f'{name}={value}')]
        return run(['apt-get', *flags, '-q', *arguments], "apt cannot download",
                   "Check the mirror in apt's configuration.", cwd=self.folder)


def _download(folder):
    uri, stable = mirror()
    say(f"odoo: downloading the package lists of sid from {uri} (11 MB)")
    sid = PrivateApt(folder / 'sid', uri, 'sid')
    sid('update', '--error-on=any')
    say("odoo: downloading Odoo 19 and what it links to (130 MB)")
    sid('download', _ODOO_PACKAGE, *_LINKED_PACKAGES)
    say(f"odoo: downloading {_STABLE_PACKAGE} of {stable} (10 MB)")
    own = PrivateApt(folder / 'stable', uri, stable)
    own('update', '--error-on=any')
    own('download', _STABLE_PACKAGE)
    return sorted(folder.glob('*/*.deb'))


def _unpack(packages, prefix):
    for package in packages:
        say(f"odoo: unpacking {package.name}")
        run(['dpkg', '-x', package, prefix], f"{package.name} cannot be unpacked")
    python_path = prefix / _PYTHON_PATH
    shutil.rmtree(python_path / 'addons')  # a second copy of odoo/addons
    # Debian leaves a minified library out (camera background in calls), which the web
    # client then asks for on each page; an empty file keeps the browser console clean
    stub = python_path / _LEFT_OUT_BY_DEBIAN
    stub.parent.mkdir(parents=True, exist_ok=True)
    stub.write_text("/* left out by Debian; the camera background effect is not available */\n")
    version = subprocess.run(['dpkg-deb', '-f', next(
        package for package in packages if package.name.startswith(_ODOO_PACKAGE)), 'Version'],
        capture_output=True, text=True, check=True).stdout.strip()
    (prefix / 'VERSION').write_text(version + '\n')
