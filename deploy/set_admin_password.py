"""For ``odoo shell``: replace the password of a new database's ``admin``, once."""
# ruff: noqa: F821 - odoo shell provides env
import os

parameters = env['ir.config_parameter'].sudo()
if not parameters.get_param('aftersales.admin_password_set'):
    env.ref('base.user_admin').password = os.environ['ADMIN_PASSWORD']
    parameters.set_param('aftersales.admin_password_set', True)
    env.cr.commit()  # pylint: disable=invalid-commit
    print("The login admin has the password of .env now.")
