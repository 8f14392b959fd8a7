"""Installing the suite, with and without demo data, leaves a clean log."""
import os
from pathlib import Path

import pytest

from scripts import log_check

LOGS = [Path(name) for name in os.environ.get('AFTERSALES_INSTALL_LOGS', '').split(os.pathsep)
        if name]


@pytest.mark.parametrize('log', LOGS, ids=lambda path: path.stem)
def test_installation_logs_nothing_unexpected(log, allowed_log_lines):
    lines = log_check.unexpected(log.read_text(), allowed_log_lines)
    assert not lines, f"{log}:\n" + '\n'.join(lines)
