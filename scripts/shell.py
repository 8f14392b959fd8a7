"""Running other programs: visible progress, and problems instead of traces."""
import os
import shlex
import subprocess
import sys
import time

from .problem import Problem

_START = time.monotonic()
_SYMPTOMS = (
    # what a program prints -> what it means and how to mend it
    (("No space left on device", "not enough free space", "don't have enough free space"),
     ("the disk is full.", "Free some space and run the command again.")),
    (("Temporary failure resolving", "Could not resolve", "Network is unreachable",
      "NewConnectionError", "Failed to establish a new connection", "Could not connect to",
      "Unable to connect to", "Name or service not known", "No matching distribution found",
      "Connection timed out", "Failed to fetch"),
     ("the package server cannot be reached.", "Check the network, and the mirror or proxy in "
      "the configuration of apt and pip, then run the command again.")),
)


def say(text):
    """Print one step with the seconds since the command began."""
    print(f"[{time.monotonic() - _START:4.0f} s] {text}", flush=True)


def run(command, what, mend="", **options):
    """Run ``command``; return its output, or raise a problem that starts with ``what``.

    The output is kept back: a reader wants it only when the program failed.
    """
    command = [str(part) for part in command]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors='replace', check=False, **options)
    except FileNotFoundError as error:
        raise Problem(f"{what}: the program {command[0]} is missing.",
                      mend or "Install it and run the command again.") from error
    if done.returncode:
        raise explain(what, done.stdout, mend or f"The command was: {shlex.join(command)}")
    return done.stdout


def explain(what, output, mend):
    """Return the problem behind a failed program's output."""
    for symptoms, (reason, remedy) in _SYMPTOMS:
        if any(symptom in output for symptom in symptoms):
            return Problem(f"{what}: {reason}", remedy)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if 'error' in line.lower() or line.startswith('E:')]
    last = (errors or lines or ["it printed nothing"])[-1]
    return Problem(f"{what}: {last[:300]}", mend)


def environment(extra):
    """Return the environment of a child: ours, plus ``extra``."""
    return {**os.environ, **{name: str(value) for name, value in extra.items()}}


def on_terminal():
    """Return whether a person watches, so that a line may be rewritten in place."""
    return sys.stdout.isatty()
