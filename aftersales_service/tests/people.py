"""The people of the tests: made once in the database of a test run, not by each class.

Making a user costs more than most tests. ``conftest.py`` of the suite makes them all before
the first test; where a test runs without it, they are made as the test asks for them.
"""
from odoo.tests.common import new_test_user

# login -> role of the module, name
COLLEAGUES = {
    'agent': ('agent', "Agent Anna"),
    'other_agent': ('agent', "Agent Otto"),
    'technician': ('technician', "Technician Tom"),
    'dispatcher': ('dispatcher', "Dispatcher Dora"),
    'manager': ('manager', "Manager Mia"),
}


def create_all(env):
    """Make the people that are missing."""
    for login, (role, name) in COLLEAGUES.items():
        get_colleague(env, login, role, name)
    get_employee(env)


def get_colleague(env, login, role, name):
    """Return the colleague with ``login``, who has a role of the module such as ``agent``."""
    return _get_person(env, login, f'aftersales_service.group_aftersales_{role}', name)


def get_employee(env):
    """Return a colleague who has no role of the module."""
    return _get_person(env, 'employee', 'base.group_user', "Employee Ed")


def _get_person(env, login, groups, name):
    return env['res.users'].search([('login', '=', login)]) or new_test_user(
        env, login, groups, name=name, tz='UTC', notification_type='inbox')
