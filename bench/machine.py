"""On what, and of what, a run was made."""
import os
import platform
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from odoo import release

ROOT = Path(__file__).parent.parent


def describe(database):
    """Return the facts without which the figures mean nothing."""
    with database.registry.cursor() as cr:
        return {
            'date': datetime.now(timezone.utc).strftime('%Y-%m-%d %H:%M UTC'),
            'commit': _commit(),
            'cores': len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity')
            else os.cpu_count(),
            'processor': _processor(),
            'load_before': load(),
            'memory_gib': round(os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30),
            'python': platform.python_version(),
            'odoo': release.version,
            'postgresql': _setting(cr, 'server_version'),
            'postgresql_settings': {
                name: _setting(cr, name)
                for name in ('fsync', 'synchronous_commit', 'shared_buffers', 'work_mem')},
        }


def load():
    """Return how many processes wanted a core in the last minute: above the cores is too many."""
    return round(os.getloadavg()[0], 1)


def _setting(cr, name):
    cr.execute("SELECT current_setting(%s)", [name])
    return cr.fetchone()[0]


def _processor():
    """Return the processor's name as the kernel gives it."""
    cpuinfo = Path('/proc/cpuinfo')
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith('model name'):
                return line.partition(':')[2].strip()
    return platform.processor() or platform.machine()


def _commit():
    """Return the short commit, with a ``+`` when files differ from it."""
    def git(*arguments):
        return subprocess.run(['git', '-C', ROOT, *arguments], capture_output=True, text=True,
                              check=True).stdout.strip()
    try:
        changed = git('status', '--porcelain', '--untracked-files=no')
        return git('rev-parse', '--short', 'HEAD') + ('+' if changed else '')
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
