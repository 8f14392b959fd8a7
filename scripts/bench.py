"""``make bench``: the suite beside its peers, measured in the same run on one database."""
import argparse
import subprocess

from . import fingerprint, postgres, settings
from .database import Databases
from .odoo_server import Odoo
from .prepare import prepare
from .problem import Problem, run_command
from .shell import say

HOME = settings.ROOT / 'bench'


def _modules(name):
    """Return the modules that a file of bench/ names, one per line."""
    lines = (line.split('#')[0].strip() for line in (HOME / name).read_text().splitlines())
    return [line for line in lines if line]


def check_trigrams(server):
    """Refuse a server without pg_trgm: searches would be measured without their index."""
    if not server.has_extension('pg_trgm'):
        raise Problem("this PostgreSQL has no pg_trgm, so the search indexes cannot be measured.",
                      "Install Debian's postgresql, which has it, or name a server by PGHOST.")


class _BenchDatabases(Databases):
    """The databases of a benchmark, built like the others: once per state of the sources."""

    def installed(self, name, modules):
        """Return the database ``name`` with ``modules`` installed; each run measures a copy."""
        wanted = fingerprint.suite(self.tree) + ','.join(modules)
        if self.server.note(name) != wanted:
            self.copy(self.core(), name)
            self.odoo.run(f"odoo: installing {', '.join(modules)}", self.log_of(name),
                          '-d', name, '-i', ','.join(modules))
            self.server.write_note(name, wanted)
        return name


def _measure(odoo, databases, arguments):
    prefix = f'aftersales_{settings.clone_key()}_bench'
    suite = databases.installed(prefix, _modules('modules.txt'))
    core = databases.installed(f'{prefix}_core', _modules('core_modules.txt'))
    with (databases.scratch(suite, '_bench') as measured,
          databases.scratch(core, '_bench_core') as beside):
        command = [odoo.workshop.python, '-m', 'bench', '--config', odoo.config,
                   '--database', measured, '--core-database', beside, *arguments]
        return subprocess.run(list(map(str, command)), cwd=settings.ROOT, env=odoo.env,
                              check=False).returncode


def main():
    """Make the databases, then hand over to bench/."""
    arguments = argparse.ArgumentParser(description=__doc__).parse_known_args()[1]
    if not (HOME / '__main__.py').exists():
        raise Problem("there is no bench/ in this clone.", "Update the clone.")
    workshop = prepare('bench')
    with postgres.server(workshop.python) as server:
        check_trigrams(server)
        odoo = Odoo(workshop, server, extra_addons=[HOME / 'addons'], config='bench.conf')
        say("bench: no other work should run on this machine meanwhile")
        return _measure(odoo, _BenchDatabases(odoo), arguments)


if __name__ == '__main__':
    run_command(main)
