from odoo.addons.aftersales_service.uninstall import clean_up

from . import models, wizard


def uninstall_hook(env):
    """Leave Odoo as it was before this module."""
    clean_up(env, 'aftersales_training_complaint')
