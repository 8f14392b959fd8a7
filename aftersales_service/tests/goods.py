"""The goods of the tests and a customer: made once in the database of a test run.

As with the people (``people.py``), ``conftest.py`` of the suite makes them before the first test;
where a test runs without it, they are made as the test asks for them. Each test changes them as
it likes: it is rolled back.
"""
from odoo.fields import Command

_NAMES = ('capacitor', 'main_part', 'compressor', 'hour', 'policy', 'conditioner', 'customer')
_XMLID = 'aftersales_tests.{}'.format  # of no module: nothing updates or removes it


def get_goods(env):
    """Return ``{name: record}`` of the goods, of their policy and of the customer."""
    if not env.ref(_XMLID(_NAMES[-1]), raise_if_not_found=False):
        create_all(env)
    return {name: env.ref(_XMLID(name)) for name in _NAMES}


def create_all(env):
    """Make what is missing."""
    if env.ref(_XMLID(_NAMES[-1]), raise_if_not_found=False):
        return
    env['ir.model.data']._update_xmlids([
        {'xml_id': _XMLID(name), 'record': record, 'noupdate': True}
        for name, record in zip(_NAMES, _create_goods(env), strict=True)])


def _create_goods(env):
    product = env['product.product']
    capacitor = product.create({
        'name': "Capacitor", 'is_storable': True, 'list_price': 50.0, 'standard_price': 20.0})
    main_part = env['aftersales.main.part'].create({'name': "Compressors"})
    compressor = product.create({
        'name': "Compressor", 'is_storable': True, 'list_price': 900.0,
        'aftersales_main_part_id': main_part.id})
    hour = product.create({'name': "Repair Hour", 'type': 'service', 'list_price': 80.0})
    policy = env['aftersales.warranty.policy'].create({
        'name': "Air conditioners",
        'term_ids': [
            Command.create({'name': "Whole unit", 'kind': 'whole_unit', 'months': 12}),
            Command.create({'name': "Labour", 'kind': 'labour', 'months': 12}),
            Command.create({
                'name': "Compressor", 'kind': 'component', 'months': 36,
                'main_part_ids': [Command.set(main_part.ids)]}),
        ]})
    conditioner = product.create({
        'name': "Air Conditioner", 'is_storable': True, 'tracking': 'serial',
        'list_price': 3000.0, 'warranty_policy_id': policy.id})
    for part in capacitor, compressor:
        env['stock.quant']._update_available_quantity(part, get_stock_location(env), 20)
    customer = env['res.partner'].create({
        'name': "Li Na", 'phone': '+1 650 555 0100', 'email': 'li.na@example.com'})
    return capacitor, main_part, compressor, hour, policy, conditioner, customer


def set_up_company(env):
    """Put the company into a country, and let it send text messages without asking."""
    company, country = env.company, env.ref('base.us')
    if company.country_id != country or company.stock_text_confirmation:
        company.write({'stock_text_confirmation': False, 'country_id': country.id})


def get_stock_location(env):
    """Return where the goods are in stock."""
    return env['stock.warehouse'].search(
        [('company_id', '=', env.company.id)], limit=1).lot_stock_id
