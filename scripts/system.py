"""What the machine itself must offer: Python, disk space, Debian packages."""
import importlib.util
import os
import shutil
import subprocess
import sys
from glob import glob
from pathlib import Path

from . import settings
from .problem import Problem
from .shell import explain, run, say


def has_postgres():
    """Return whether a PostgreSQL server can be started here."""
    return bool(shutil.which('postgres') or glob('/usr/lib/postgresql/*/bin/postgres'))


def _has_font(name):
    return any(Path(folder).rglob(name) for folder in ('/usr/share/fonts', '/usr/local/share/fonts')
               if Path(folder).is_dir())


def _has_library(name):
    return bool(glob(f'/usr/lib/{name}*') + glob(f'/usr/lib/*/{name}*'))


# Debian package -> is what it brings already here, from wherever?
PACKAGES = {
    'python3-venv': lambda: bool(importlib.util.find_spec('ensurepip')),
    'postgresql': has_postgres,
    'postgresql-client': lambda: bool(shutil.which('psql')),
    'libmagic1': lambda: _has_library('libmagic.so.1'),
    'wkhtmltopdf': lambda: bool(shutil.which('wkhtmltopdf')),
    'fonts-noto-cjk': lambda: _has_font('NotoSansCJK*'),
    'chromium': lambda: bool(shutil.which('chromium')),
    'docker-compose': lambda: bool(shutil.which('docker-compose')),
}
# the work goes on without these; what is lost is said in one line
OPTIONAL = {
    'postgresql': "a PostgreSQL without contrib is taken from the Python package index instead",
    'libmagic1': "the type of an uploaded file is guessed by Odoo alone",
    'wkhtmltopdf': "Debian 12's is unpacked in the cache where apt can fetch it",
    'fonts-noto-cjk': "Chinese text in pictures and PDF shows boxes",
}


def check_python():
    """Refuse a Python that Odoo 19 does not know."""
    if sys.version_info >= settings.PYTHON_END:
        raise Problem(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} is too new for Odoo 19.",
            "Install Python 3.10 to 3.13 and run: make PYTHON=python3.13 …")


def check_disk(folder, need='later'):
    """Refuse to begin what cannot end: ``need`` is 'first' or 'later'."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free / 1e9
    if free < settings.DISK_NEEDED_GB[need]:
        raise Problem(
            f"only {free:.1f} GB are free in {folder}, {settings.DISK_NEEDED_GB[need]} GB are "
            "needed.", "Free some space, or set AFTERSALES_CACHE to a folder on a larger disk.")


def _as_root(command):
    """Return ``command`` for root, or None where no user can become root."""
    if os.geteuid() == 0:
        return command
    if shutil.which('sudo'):
        return ['sudo', 'env', 'DEBIAN_FRONTEND=noninteractive', *command]
    return None


def _keep_system_postgres_quiet():
    """Return the shell words that stop Debian from starting a cluster of its own.

    Only where postgresql-common is not yet installed: we must not change how an
    existing installation behaves.
    """
    folder = '/etc/postgresql-common/createcluster.d'
    if Path('/etc/postgresql-common').exists():
        return None
    return ['sh', '-c', f"mkdir -p {folder} && echo 'create_main_cluster = false' "
                        f"> {folder}/aftersales-suite.conf"]


def _known_to_apt(package):
    done = subprocess.run(['apt-cache', 'show', '--no-all-versions', package],
                          capture_output=True, text=True, check=False)
    return done.returncode == 0 and 'Package:' in done.stdout


def _give_up(packages, reason):
    """Say what is lost, or raise a problem when one of ``packages`` is indispensable."""
    needed = [package for package in packages if package not in OPTIONAL]
    if needed:
        raise Problem(f"{' '.join(needed)}: missing here, and {reason}.",
                      f"Ask an administrator to run: apt-get install {' '.join(needed)}")
    for package in packages:
        say(f"system: going on without {package} ({reason}): {OPTIONAL[package]}")


def install_packages(names):
    """Install the Debian packages among ``names`` whose content is missing."""
    missing = [name for name in names if not PACKAGES[name]()]
    if not missing:
        return
    if not shutil.which('apt-get'):
        _give_up(missing, "this machine has no apt")
        return
    if _as_root([]) is None:
        _give_up(missing, "neither root nor sudo is available")
        return
    if not all(map(_known_to_apt, missing)):
        say("system: refreshing apt's package lists (apt-get update)")
        _apt(['update'], "apt cannot refresh its package lists")
    unknown = [name for name in missing if not _known_to_apt(name)]
    if unknown:
        _give_up(unknown, "apt does not know it")
    wanted = [name for name in missing if name not in unknown]
    if wanted:
        _install(wanted)


def _install(wanted):
    say(f"system: installing Debian packages: {' '.join(wanted)}")
    if 'postgresql' in wanted and (quiet := _keep_system_postgres_quiet()):
        say("system: /etc/postgresql-common/createcluster.d/aftersales-suite.conf keeps Debian "
            "from starting a PostgreSQL of its own")
        run(_as_root(quiet), "the PostgreSQL configuration cannot be written")
    arguments = ['install', '-y', '--no-install-recommends', *wanted]
    what = f"apt cannot install {' '.join(wanted)}"
    try:
        _apt(arguments, what)
    except Problem as problem:
        # old package lists name files that the mirror has replaced since
        say(f"system: {problem} Trying once more with fresh package lists")
        _apt(['update'], "apt cannot refresh its package lists")
        _apt(arguments, what)


def _apt(arguments, what):
    """Run apt-get; its progress stays visible, since it can take minutes."""
    command = _as_root(['apt-get', '-q', '-o', 'Dpkg::Use-Pty=0', *arguments])
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace',
        env={**os.environ, 'DEBIAN_FRONTEND': 'noninteractive', 'LC_ALL': 'C.UTF-8'})
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(('Get:', 'Unpacking', 'Setting up', 'E:', 'Err:', 'Need to get')):
            print(f"         {line.rstrip()[:110]}", flush=True)
    if process.wait():
        raise explain(what, ''.join(lines), "Run it by hand to see more: "
                      f"apt-get {' '.join(arguments)}")
