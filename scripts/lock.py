"""Locks between commands; the kernel frees them, however a command ends."""
import fcntl
from contextlib import contextmanager

from . import settings
from .shell import say


def _open(name):
    folder = settings.cache() / 'locks'
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / f'{name}.lock').open('a')


@contextmanager
def waiting(name, what):
    """Hold the lock ``name``; wait for it, saying that another command does ``what``."""
    with _open(name) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another command, which is {what}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def refusing(name, problem):
    """Hold the lock ``name``, or raise ``problem`` when another command holds it."""
    with _open(name) as handle:
        if not try_lock(handle):
            raise problem
        yield


def share(name):
    """Return an open file that holds the lock ``name`` together with other users of it."""
    handle = _open(name)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def try_lock(handle):
    """Return whether ``handle`` is the only holder of its lock (and then holds it alone)."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
