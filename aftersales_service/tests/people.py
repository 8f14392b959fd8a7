"""The people of the tests: made once in the database of a test run, not by each class.

Making a user costs more than most tests, and empties what the registry remembers. ``conftest.py``
of the suite makes them all before the first test; where a test runs without it, they are made as
the test asks for them.
"""
from odoo.tests.common import new_test_user

# login -> role of the module, name: in all tests
COLLEAGUES = {
    'agent': ('agent', "Agent Anna"),
    'other_agent': ('agent', "Agent Otto"),
    'technician': ('technician', "Technician Tom"),
    'dispatcher': ('dispatcher', "Dispatcher Dora"),
    'manager': ('manager', "Manager Mia"),
}
# the same, but no colleague of anybody until a test asks for them
ASKED_FOR = {
    'other_technician': ('technician', "Technician Theo"),
    'inspector': ('dispatcher', "Inspector Ines"),
    'lead': ('team_lead', "Lead Lea"),
    'other_lead': ('team_lead', "Lead Lou"),
    'team_lead': ('team_lead', "Lead Lena"),
}
# login -> name, time zone: visitors of the portal, each in the tests that ask for them
VISITORS = {
    'owner': ("Wang Fang", False),
    'stranger': ("Stranger Stan", False),
    'wang': ("Wang of North", 'UTC'),
    'zhao': ("Zhao of North", 'UTC'),
    'chen': ("Chen of South", 'UTC'),
    'outlet_technician': ("Outlet Olga", 'UTC'),
}


def create_all(env):
    """Make the people that are missing."""
    for login, (role, name) in COLLEAGUES.items():
        get_colleague(env, login, role, name)
    for login, (role, name) in ASKED_FOR.items():
        get_colleague(env, login, role, name).active = False
    for login in VISITORS:
        get_visitor(env, login)
    get_employee(env)


def get_colleague(env, login, role, name):
    """Return the colleague with ``login``, who has a role of the module such as ``agent``."""
    return _get_person(env, login, f'aftersales_service.group_aftersales_{role}', name)


def get_employee(env):
    """Return a colleague who has no role of the module."""
    return _get_person(env, 'employee', 'base.group_user', "Employee Ed")


def get_visitor(env, login):
    """Return the user of the portal with ``login``."""
    name, tz = VISITORS[login]
    return env['res.users'].search([('login', '=', login)]) or new_test_user(
        env, login, 'base.group_portal', name=name, tz=tz)


def _get_person(env, login, groups, name):
    users = env['res.users'].with_context(active_test=False)
    person = users.search([('login', '=', login)]).with_env(env) or new_test_user(
        env, login, groups, name=name, tz='UTC', notification_type='inbox')
    if not person.active:
        person.active = True
    return person
