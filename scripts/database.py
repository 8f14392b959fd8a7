"""Databases in three layers, so that nothing is installed twice.

core      Odoo's own modules, with or without demo data; shared by all clones.
template  a copy of core with the suite installed; rebuilt when a source changes.
          Copies of the first have the bridges and their applications too, or the modules that
          only prove how the suite is extended.
copy      what a test run or a demo works in; a copy takes seconds.

A database whose building was interrupted carries no note and is built again.
"""
import json
import os
import shutil
from contextlib import contextmanager

from . import fingerprint, lock, settings
from .problem import Problem
from .shell import say

_UPDATING = 'updating '


class Databases:
    """The databases of this clone on one server."""

    def __init__(self, odoo):
        self.odoo = odoo
        self.server = odoo.server
        self.tree = odoo.workshop.tree

    def log_of(self, name):
        """Return the log of the database's installation."""
        return settings.cache() / 'logs' / f'{name}.log'

    def core(self, demo=False):
        """Return the name of the database with Odoo's own modules, installing them once."""
        name = f'aftersales_core_{"demo_" if demo else ""}{fingerprint.core(self.tree, demo)}'
        with lock.waiting(name, f"building {name}"):
            if self.server.note(name) != 'ready' or not self.log_of(name).exists():
                self.drop(name)
                modules = fingerprint.core_modules()
                self.odoo.run(
                    f"odoo: installing {', '.join(modules)} once{' with demo data' * demo}",
                    self.log_of(name), '-d', name, '-i', ','.join(modules),
                    f'--load-language={settings.LOADED_LANGUAGES}', *['--with-demo'] * demo)
                if not demo:
                    self.build_assets(name)
                self.server.write_note(name, 'ready')
        return name

    def template(self, demo=False, bridged=False):
        """Return the name of the database with the suite as its sources are now.

        ``bridged`` adds the bridges, with the applications of Odoo that they stand beside.
        """
        if bridged and not fingerprint.bridges():
            return self.template(demo)
        name = f'aftersales_{settings.clone_key()}_template{"_bridged" * bridged}{"_demo" * demo}'
        wanted = fingerprint.suite(self.tree)
        with lock.waiting(name, f"building {name}"):
            if self.server.note(name) != wanted or not self.log_of(name).exists():
                self.copy(self.template(demo) if bridged else self.core(demo), name)
                modules = fingerprint.bridges() if bridged else fingerprint.main_modules()
                self._install(name, modules, demo)
                self.server.write_note(name, wanted)
        return name

    def proof(self):
        """Return the name of a database with the modules that extend the suite in tests only."""
        name = f'aftersales_{settings.clone_key()}_template_proof'
        wanted = fingerprint.suite(self.tree) + fingerprint.proofs()
        with lock.waiting(name, f"building {name}"):
            if self.server.note(name) != wanted or not self.log_of(name).exists():
                self.copy(self.template(), name)
                # bridges among them install themselves, as they would at a company's
                self._install(name, fingerprint.proof_modules(is_bridge=False), demo=False)
                self.server.write_note(name, wanted)
        return name

    @contextmanager
    def alone(self, app):
        """Yield a database with ``app`` and what it needs, but no other app of the suite."""
        with self.scratch(self.core(), f'_{app}') as name:
            log = self.log_of(name)
            self.odoo.run(f"odoo: installing {app} alone", log, '-d', name, '-i', app)
            log.unlink()
            yield name

    def _install(self, name, modules, demo):
        if not modules:
            self.log_of(name).write_text("")
            return
        self.odoo.run(f"odoo: installing {', '.join(modules)}{' with the demo story' * demo}",
                      self.log_of(name), '-d', name, '-i', ','.join(modules))
        if not demo:  # the one with demo data may never be opened in a browser
            self.build_assets(name)

    def build_assets(self, name):
        """Build what the first page would have to wait for."""
        say(f"odoo: building the pages' scripts and style sheets in {name}")
        self.odoo.build_assets(name)

    def demo(self, name):
        """Make the demo database ``name``, or bring it up to the present sources."""
        wanted = fingerprint.suite(self.tree)
        note = self.server.note(name).removeprefix(_UPDATING)  # interrupted: update again
        if not self.server.exists(name):
            self.copy(self.template(demo=True, bridged=True), name)
            self.build_assets(name)
        elif not note.startswith('{'):
            raise Problem(
                f"the database {name} was not made by make demo.",
                f"Choose another name with DB=…, or remove it with: make clean DB={name}")
        elif note != wanted:
            self._update(name, note, wanted)
        self.server.write_note(name, wanted)

    def _update(self, name, note, wanted):
        """Install new modules and update changed ones; the data of the demo stays."""
        if json.loads(note)['odoo'] != json.loads(wanted)['odoo']:
            raise Problem(f"the database {name} belongs to another Odoo release.",
                          f"Choose another name with DB=…, or remove it with: make clean DB={name}")
        new, changed = fingerprint.changed(note, wanted)
        self.server.write_note(name, _UPDATING + note)
        options = [option for flag, modules in (('-i', new), ('-u', changed)) if modules
                   for option in (flag, ','.join(modules))]
        if not options:
            return
        try:
            self.odoo.run(f"odoo: updating {', '.join([*new, *changed])}", self.log_of(name),
                          '-d', name, *options)
        except Problem as problem:
            # a demo of an unreleased state may be too far from the present one
            raise Problem(str(problem), f"For a fresh demo: make clean DB={name}") from problem

    @contextmanager
    def scratch(self, template, suffix=''):
        """Yield a copy of ``template`` that is gone afterwards."""
        name = f'aftersales_{settings.clone_key()}_run_{os.getpid()}{suffix}'
        self._drop_left_over()
        self.copy(template, name)
        try:
            yield name
        finally:
            self.drop(name)

    def _drop_left_over(self):
        """Remove the copies of runs that were killed."""
        prefix = f'aftersales_{settings.clone_key()}_run_'
        for name in self.server.names(prefix):
            owner = name.removeprefix(prefix).split('_')[0].split('-')[0]
            if not os.path.exists(f'/proc/{owner}'):
                self.drop(name)

    def copy(self, template, name):
        """Make ``name`` a copy of ``template``; files are linked, since Odoo never rewrites one."""
        self.drop(name)
        say(f"database: copying {template} to {name}")
        self.server.copy(template, name)
        source = self.odoo.filestore(template)
        if source.is_dir():
            shutil.copytree(source, self.odoo.filestore(name), copy_function=os.link)

    def drop(self, name):
        """Remove the database ``name`` and its files."""
        self.server.drop(name)
        shutil.rmtree(self.odoo.filestore(name), ignore_errors=True)
