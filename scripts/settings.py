"""Paths, names and versions: everything that two scripts must agree on."""
import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / 'tests' / 'addons'  # modules that prove how the suite is extended
ODOO_SERIES = '19.0'
PYTHON_MIN, PYTHON_END = (3, 10), (3, 14)  # Odoo 19 runs on 3.10 up to 3.13
POSTGRES_MIN = 13
LANGUAGE = 'zh_CN'
LOADED_LANGUAGES = f'en_US,{LANGUAGE}'  # the first one becomes the default of new contacts
DEMO_PORT = 8069
DISK_NEEDED_GB = {'first': 5, 'later': 1}


def cache():
    """Return the folder of everything that is downloaded or built.

    Root gets a folder outside of its home: PostgreSQL refuses to run as root,
    and the user it runs as may not enter /root.
    """
    if chosen := os.environ.get('AFTERSALES_CACHE'):
        return Path(chosen).expanduser().resolve()
    if os.geteuid() == 0:
        return Path('/var/cache/aftersales-suite')
    base = os.environ.get('XDG_CACHE_HOME') or Path.home() / '.cache'
    return Path(base) / 'aftersales-suite'


def clone_key():
    """Return a short name of this clone; databases of two clones must not mix."""
    return hashlib.sha1(str(ROOT).encode()).hexdigest()[:6]


def clone_folder():
    """Return the folder of this clone's logs and generated files."""
    folder = cache() / 'clones' / clone_key()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def suite_modules():
    """Return the names of the suite's modules that exist in this clone."""
    return sorted(path.parent.name for path in ROOT.glob('aftersales_*/__manifest__.py'))
