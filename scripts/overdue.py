"""A test run that must be over after some minutes tells what it was doing before it ends.

Whoever stops a run from outside sees half of a trace. With ``AFTERSALES_TEST_MINUTES`` the run
stops itself a little earlier, and its last words are: how many tests were done, what each
worker was at and for how long, where in the code it stood, and how busy the machine was.
"""
import faulthandler
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from .problem import Problem

SIGNAL = signal.SIGRTMIN + 1  # one that Odoo's server keeps no handler for
FOLDER = 'AFTERSALES_WATCH'  # names the folder of the workers' notes
_FRAMES = 12  # of each worker, the innermost
_GRACE = 60  # seconds for the summary of pytest


def deadline():
    """Return when this command must be over, in ``time.monotonic`` seconds, or ``None``."""
    minutes = os.environ.get('AFTERSALES_TEST_MINUTES')
    return time.monotonic() + 60 * float(minutes) if minutes else None


class Note:
    """What a worker is at, kept in a file for the command that waits for it."""

    def __init__(self, worker):
        folder = os.environ.get(FOLDER)
        self._file = Path(folder) / worker if folder else None
        self._done = 0
        if self._file:
            stack = self._file.with_suffix('.stack').open('w')
            faulthandler.register(SIGNAL, file=stack, all_threads=False)

    def begin(self, test):
        """Keep the name of the test that begins now."""
        if self._file:
            self._file.write_text(f'{os.getpid()}\n{self._done}\n{time.time()}\n{test}')
            self._done += 1


def wait(process, until, folder):
    """Return the exit code of ``process``; after ``until`` stop it and raise what it was at."""
    try:
        return process.wait(None if until is None else max(1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        report = _report(Path(folder))
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
        raise Problem("the tests are not over in time.", report) from None


def _report(folder):
    """Return the lines on all workers, those that stand longest first."""
    notes = [_read(path) for path in folder.iterdir() if not path.suffix]
    for __, pid, *___ in notes:
        with suppress(ProcessLookupError):  # a worker that is gone
            os.kill(pid, SIGNAL)
    time.sleep(2)  # the signal's handler writes the stack
    lines = [f"{sum(note[2] for note in notes)} tests done; load {os.getloadavg()[0]:.1f}, "
             f"{_free_memory()} MB of memory free."]
    for path, pid, done, since, test in sorted(notes, key=lambda note: note[3]):
        gone = '' if Path('/proc', str(pid)).exists() else " and is gone"
        lines += [f"{path.name}{gone}: {done} done, {time.time() - since:.0f} s at {test}",
                  *_stack(path.with_suffix('.stack'))]
    return '\n'.join(lines)


def _read(path):
    pid, done, since, test = path.read_text().split('\n', 3)
    return path, int(pid), int(done), float(since), test


def _stack(path):
    """Return the innermost frames, each with the end of its file's name."""
    lines = [line.strip() for line in path.read_text().splitlines() if 'File "' in line]
    return ['    ' + '/'.join(line.removeprefix('File ').strip('"').split('/')[-2:])
            for line in lines[:_FRAMES]]


def _free_memory():
    for line in Path('/proc/meminfo').read_text().splitlines():
        if line.startswith('MemAvailable'):
            return int(line.split()[1]) // 1024
    return '?'
