"""``make i18n``: write each module's .pot and merge it into its translations.

The files change only when a term changes: no dates, entries in a fixed order.
"""
import argparse
import subprocess
from pathlib import Path

from . import postgres, settings
from .database import Databases
from .odoo_server import Odoo
from .prepare import prepare
from .problem import run_command
from .shell import explain, say


def export(odoo, database, modules, folder=None):
    """Export the terms of ``modules``; return the .pot file of each, by module.

    Without ``folder`` the files land in the modules themselves.
    """
    targets = {module: (folder or settings.ROOT / module / 'i18n') / f'{module}.pot'
               for module in modules}
    for module, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        command = odoo.command('i18n', 'export', module, '-d', database, '-l', 'pot',
                               '-o', target)
        done = subprocess.run(command, env=odoo.env, cwd=settings.clone_folder(), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode or not target.exists():
            raise explain(f"the terms of {module} cannot be exported", done.stdout,
                          "Does the module install? Try make test.")
    return targets


def _merge(workshop, templates):
    """Let polib, which lives in the environment, tidy and merge."""
    subprocess.run([workshop.python, '-m', 'scripts.translations', *templates.values()],
                   cwd=settings.ROOT, check=True)


def main():
    """Export from the installed template, then merge."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    workshop = prepare('i18n')
    modules = settings.suite_modules()
    with postgres.server(workshop.python) as server:
        odoo = Odoo(workshop, server)
        database = Databases(odoo).template(bridged=True)
        say(f"i18n: exporting {', '.join(modules) or 'nothing, there is no module yet'}")
        templates = export(odoo, database, modules)
    if templates:
        _merge(workshop, templates)
    for target in templates.values():
        say(f"i18n: {Path(target).relative_to(settings.ROOT)}")
    return 0


if __name__ == '__main__':
    run_command(main)
