"""How a command ends when something is missing: one line, never a trace."""
import signal
import sys


class Problem(Exception):
    """Something that the reader can mend: ``what`` happened and how to ``mend`` it."""

    def __init__(self, what, mend):
        super().__init__(f"{what} {mend}")


def _stop(signal_number, _frame):
    """Leave by an exception, so that every ``with`` block stops what it started."""
    raise SystemExit(128 + signal_number)


def run_command(main):
    """Run ``main`` and exit with its code; a problem becomes one line on stderr."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)
    try:
        sys.exit(main())
    except Problem as problem:
        print(f"problem: {problem}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nstopped.", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        if error.errno == 28:  # ENOSPC
            print(f"problem: the disk is full ({error.filename or 'while writing'}). "
                  "Free some space and run the command again.", file=sys.stderr)
            sys.exit(1)
        if isinstance(error, PermissionError) and error.filename:
            print(f"problem: no permission to use {error.filename}. Give it to your user, or set "
                  "AFTERSALES_CACHE to a folder of your own.", file=sys.stderr)
            sys.exit(1)
        raise
