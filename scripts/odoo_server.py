"""Running Odoo from the tree: its configuration, its log and its progress."""
import os
import re
import subprocess
import time

from . import odoo_tree, settings, wkhtmltopdf
from .problem import Problem
from .shell import environment, on_terminal, run, say

_LAUNCHER = "import odoo.cli\n\nif __name__ == '__main__':\n    odoo.cli.main()\n"
_BUILD_ASSETS = "env['ir.qweb']._pregenerate_assets_bundles()\nenv.cr.commit()\n"
_LOADING = re.compile(r'odoo\.modules\.loading: Loading module (\S+) \((\d+)/(\d+)\)')


class Odoo:
    """Odoo with the suite on its path, connected to one PostgreSQL server."""

    def __init__(self, workshop, server, extra_addons=(), config='odoo.conf'):
        self.workshop = workshop
        self.server = server
        self.extra_addons = extra_addons
        self.data = settings.cache() / 'data'
        self.data.mkdir(parents=True, exist_ok=True)
        folder = settings.clone_folder()
        # `python -m odoo --workers=2` restarts its gevent child for ever; a file does not
        self.launcher = folder / 'odoo-bin'
        self.launcher.write_text(_LAUNCHER)
        self.config = folder / config
        self.config.write_text(self._configuration())

    def _configuration(self):
        paths = odoo_tree.addons_paths(self.workshop.tree)
        if settings.suite_modules():
            paths.append(settings.ROOT)
        paths.extend(self.extra_addons)
        options = {
            'addons_path': ','.join(map(str, paths)),
            'data_dir': self.data,
            'http_interface': '127.0.0.1',
            'list_db': False,
        }
        lines = [f'{name} = {value}' for name, value in options.items()]
        return '\n'.join(['[options]', *lines, ''])

    @property
    def env(self):
        """Return the environment in which Odoo finds its server and nothing of the user's."""
        # compiled files in the cache: starts are quick, the clone stays clean
        extra = {**self.server.env, 'PYTHONNOUSERSITE': '1', 'LC_ALL': 'C.UTF-8',
                 'PYTHONPYCACHEPREFIX': settings.cache() / 'pycache'}
        env = environment(extra)
        env['PATH'] = f"{env['PATH']}{os.pathsep}{wkhtmltopdf.folder()}"
        # PGDATABASE would be opened beside the database that we name
        for name in ('PGDATABASE', 'ODOO_RC', 'PYTHONDONTWRITEBYTECODE'):
            env.pop(name, None)
        return env

    def command(self, *arguments):
        """Return the command line of Odoo with our configuration."""
        return [str(part) for part in (
            self.workshop.python, self.launcher, *arguments, '-c', self.config)]

    def filestore(self, database):
        """Return the folder of the database's files."""
        return self.data / 'filestore' / database

    def run(self, what, log, *arguments):
        """Run Odoo until it stops; its log goes to the file ``log``, its progress to the reader.

        An unfinished installation raises a problem that quotes the first error.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        say(f"{what} (log: {log})")
        process = subprocess.Popen(
            self.command(*arguments, '--stop-after-init', '--no-http'), env=self.env, text=True,
            cwd=settings.clone_folder(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            errors='replace')
        try:
            with log.open('w') as target:
                self._follow(process.stdout, target)
            failed = process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        if failed:
            raise Problem(f"{what}: Odoo stopped with: {first_error(log)}",
                          f"The whole log is in {log}")

    def build_assets(self, database):
        """Build the style sheets and scripts of all pages, so that the first visit is quick.

        Without it the first page of a demo takes half a minute, and a browser test may
        give up waiting.
        """
        run(self.command('shell', '-d', database, '--no-http'), "the assets cannot be built",
            env=self.env, cwd=settings.clone_folder(), input=_BUILD_ASSETS)

    @staticmethod
    def _follow(output, target):
        """Copy the log and show how far the loading of modules is."""
        shown = 0.0
        for line in output:
            target.write(line)
            found = _LOADING.search(line)
            if found and time.monotonic() - shown > (0.2 if on_terminal() else 10):
                shown = time.monotonic()
                text = f"module {found[2]} of {found[3]}: {found[1]}"
                print(f"\r         {text:70}" if on_terminal() else f"         {text}",
                      end='' if on_terminal() else '\n', flush=True)
        if on_terminal() and shown:
            print('\r' + ' ' * 80, end='\r', flush=True)


def first_error(log):
    """Return the message that explains a failed run best: the end of its last trace."""
    lines = log.read_text(errors='replace').splitlines()
    ends = [line for line in lines if re.match(r'^[\w.]*(Error|Exception|Problem|Warning)\b', line)]
    errors = [line for line in lines if re.search(r' (ERROR|CRITICAL) ', line)]
    return ((ends or errors or lines or ["an empty log"])[-1]).strip()[:300]
