"""What can be missing or wrong in the set-up ends in one line that says how to mend it."""
import os
import socket
import subprocess
import sys
import time
from collections import namedtuple

import pytest

from scripts import demo, lock, odoo_tree, overdue, settings, shell, system
from scripts.problem import Problem


@pytest.fixture
def no_programs(tmp_path, monkeypatch):
    """Take every program away."""
    monkeypatch.setenv('PATH', str(tmp_path))


def _tree(folder, version):
    (folder / 'odoo').mkdir(parents=True)
    (folder / 'odoo' / 'release.py').write_text(f"version_info = ({version}, 0, 0, 'final', 0, '')")
    return folder


def test_a_problem_is_one_line_and_no_trace():
    code = ("from scripts.problem import Problem, run_command\n"
            "def main():\n    raise Problem('no bread.', 'Bake some.')\nrun_command(main)")
    done = subprocess.run([sys.executable, '-c', code], cwd=settings.ROOT, text=True,
                          capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, "problem: no bread. Bake some.\n")


def test_full_disk_is_a_line_wherever_it_is_met():
    code = ("from scripts.problem import run_command\n"
            "def main():\n    raise OSError(28, 'No space left on device', 'x.deb')\n"
            "run_command(main)")
    done = subprocess.run([sys.executable, '-c', code], cwd=settings.ROOT, text=True,
                          capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("problem: the disk is full (x.deb).")


def test_little_space_is_refused_before_the_download(cache, monkeypatch):
    usage = namedtuple('usage', 'free')(3e8)
    monkeypatch.setattr(system.shutil, 'disk_usage', lambda folder: usage)
    with pytest.raises(Problem, match=r"only 0\.3 GB are free .* AFTERSALES_CACHE"):
        system.check_disk(cache, 'first')


def test_python_too_new(monkeypatch):
    monkeypatch.setattr(system.sys, 'version_info', (3, 14, 0))
    with pytest.raises(Problem, match=r"Python 3\.14 is too new .* make PYTHON="):
        system.check_python()


def test_port_taken():
    with socket.socket() as other:
        other.bind(('127.0.0.1', 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=f"port {port} is taken .* PORT={port + 1}"):
            demo.check_port(port)


def test_two_demos_of_one_database(cache):
    busy = Problem("a demo runs.", "Stop it.")
    with lock.refusing('demo-x', busy), pytest.raises(Problem, match="a demo runs"), \
            lock.refusing('demo-x', busy):
        pass


@pytest.mark.parametrize(('version', 'found'), [('18, 0', 'Odoo 18.0'), (None, 'no Odoo')])
def test_wrong_odoo_tree(tmp_path, monkeypatch, version, found):
    tree = _tree(tmp_path, version) if version else tmp_path
    monkeypatch.setenv('ODOO_SRC', str(tree))
    with pytest.raises(Problem, match=rf"ODOO_SRC .* holds {found}, not Odoo 19\.0"):
        odoo_tree.prepare()


def test_own_odoo_tree_is_taken_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv('ODOO_SRC', str(_tree(tmp_path, '19, 0')))
    assert odoo_tree.prepare() == tmp_path


def test_no_apt_to_download_odoo_with(cache, no_programs, monkeypatch):
    monkeypatch.delenv('ODOO_SRC', raising=False)
    with pytest.raises(Problem, match=r"no apt .* Set ODOO_SRC"):
        odoo_tree.prepare()


def test_no_apt_to_install_what_is_indispensable(no_programs, monkeypatch):
    monkeypatch.setitem(system.PACKAGES, 'chromium', lambda: False)
    with pytest.raises(Problem, match=r"chromium: missing here, and this machine has no apt"):
        system.install_packages(['chromium'])


def test_no_apt_for_an_optional_package_only_says_what_is_lost(no_programs, monkeypatch, capsys):
    monkeypatch.setitem(system.PACKAGES, 'wkhtmltopdf', lambda: False)
    system.install_packages(['wkhtmltopdf'])
    assert "going on without wkhtmltopdf" in capsys.readouterr().out


def test_neither_root_nor_sudo(tmp_path, monkeypatch):
    apt = tmp_path / 'apt-get'
    apt.touch(mode=0o755)
    monkeypatch.setenv('PATH', str(tmp_path))
    monkeypatch.setattr(system.os, 'geteuid', lambda: 1000)
    monkeypatch.setitem(system.PACKAGES, 'chromium', lambda: False)
    with pytest.raises(Problem, match=r"neither root nor sudo .* apt-get install chromium"):
        system.install_packages(['chromium'])


@pytest.mark.parametrize(('printed', 'meant'), [
    ("E: Failed to fetch x  Temporary failure resolving 'mirror'", "server cannot be reached"),
    ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full"),
    ("one\nERROR: bad wheel\ntwo", "ERROR: bad wheel"),
])
def test_a_failed_program_is_explained(printed, meant):
    command = [sys.executable, '-c', f"print({printed!r}); raise SystemExit(1)"]
    with pytest.raises(Problem, match=f"it fails: .*{meant}"):
        shell.run(command, "it fails")


def test_missing_program_is_named(no_programs):
    with pytest.raises(Problem, match="the program dpkg is missing"):
        shell.run(['dpkg', '-x'], "unpacking")


def test_a_run_that_stands_still_says_where(tmp_path):
    stuck = subprocess.Popen(
        [sys.executable, '-c', "from scripts.overdue import Note\n"
         "def stand_still():\n    print(flush=True)\n    input()\n"
         "note = Note('gw0')\nnote.begin('test_first')\nnote.begin('test_stuck')\nstand_still()"],
        env={**os.environ, overdue.FOLDER: str(tmp_path)}, cwd=settings.ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with stuck:
        stuck.stdout.readline()
        with pytest.raises(Problem, match=r"(?s)gw0: 1 done, \d+ s at test_stuck.*stand_still"):
            overdue.wait(stuck, time.monotonic(), tmp_path)
        assert stuck.returncode


def test_help_names_every_command():
    shown = subprocess.run(['make', 'help'], cwd=settings.ROOT, capture_output=True, text=True,
                           check=True).stdout
    for command in ('demo', 'test', 'lint', 'bench', 'i18n', 'screenshots', 'clean'):
        assert f'make {command} ' in shown
