from . import controllers, models, report, tools, wizard
from .uninstall import clean_up


def uninstall_hook(env):
    """Leave Odoo as it was before this module."""
    clean_up(env, 'aftersales_service')
