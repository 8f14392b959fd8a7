"""Everything before the first database: system packages, Odoo tree, Python environment."""
from dataclasses import dataclass
from pathlib import Path

from . import cluster, lock, odoo_tree, postgres, python_env, settings, system, wkhtmltopdf
from .problem import run_command
from .shell import say

BASE_PACKAGES = ('python3-venv', 'postgresql', 'libmagic1')
PACKAGES = {
    'demo': (*BASE_PACKAGES, 'wkhtmltopdf', 'fonts-noto-cjk'),
    'test': (*BASE_PACKAGES, 'wkhtmltopdf', 'fonts-noto-cjk', 'chromium'),
    'lint': ('python3-venv', 'libmagic1', 'docker-compose'),
    'bench': BASE_PACKAGES,
    'i18n': BASE_PACKAGES,
    'screenshots': (*BASE_PACKAGES, 'fonts-noto-cjk', 'chromium'),
}


@dataclass(frozen=True)
class Workshop:
    """What every command works with."""

    tree: Path
    python: Path


def _packages(purpose):
    """Return the packages of ``purpose``; a server of the caller's needs no other one."""
    if not postgres.is_external():
        return PACKAGES[purpose]
    return ['postgresql-client' if name == 'postgresql' else name for name in PACKAGES[purpose]]


def prepare(purpose):
    """Return a ready workshop for ``purpose``; what exists is left alone."""
    system.check_python()
    system.check_disk(settings.cache(), 'later' if odoo_tree.is_here() else 'first')
    if not postgres.is_external():
        cluster.check_folder()
    with lock.waiting('prepare', "downloading or installing"):
        system.install_packages(_packages(purpose))
        tree = odoo_tree.prepare()
        if 'wkhtmltopdf' in PACKAGES[purpose]:
            wkhtmltopdf.prepare()
        python = python_env.prepare(tree, 'run' if purpose == 'demo' else 'dev')
    return Workshop(tree, python)


def main():
    """Prepare everything and say where it is."""
    say(f"cache: {settings.cache()}")
    workshop = prepare('test')
    say(f"odoo tree: {workshop.tree}")
    say(f"python: {workshop.python}")


if __name__ == '__main__':
    run_command(main)
