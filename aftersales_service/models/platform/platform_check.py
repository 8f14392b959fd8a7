from datetime import datetime, time, timedelta

from odoo.tools import get_lang

from ...tools.contact import read_recipient
from ...tools.moment import read_moment
from ...tools.serial_range import read_serial, spellings
from ...tools.sheet import is_shortened, read_digits
from ...tools.timezone import local_day, to_naive, to_utc
from ...tools.unit_warning import UnitFacts
from .aftersales_order import FEWEST_DIGITS
from .platform_rows import fill_down, number_lines

# the columns whose numbers are texts: each digit counts
TEXT_NUMBERS = ('number', 'line', 'phone', 'serial', 'product')


class PlatformRow:
    """One line of a platform's file: what it says, and what becomes of it."""

    def __init__(self, cells, places):
        self.cells = cells
        filled = {content: [cells[place] for place in columns if cells[place]]
                  for content, columns in places.items()}
        # of several columns for one thing the first one that this row fills
        self.values = {content: cells[0] for content, cells in filled.items() if cells}
        self.phones = [str(cell) for cell in filled.get('phone', ())]
        self.second_phone = ''
        self.reason = ''  # why it is refused
        self.is_known = False
        self.vals = {}  # of the order
        self.customer = {}  # as imported
        self.partner = None  # if known already

    @property
    def key(self):
        return self.get('number'), self.get('line') or '1'

    def get(self, content):
        return str(self.values.get(content) or '')


class PlatformCheck:
    """Judges the rows of one file; what they refer to is looked up once for all of them.

    Make one for a file and throw it away afterwards.
    """

    def __init__(self, platform, company):
        self.env = platform.env
        self.platform = platform
        self.company = company
        self._orders = self.env['aftersales.order']
        self._seen = set()

    def judge(self, rows):
        """Mark the rows that are known or refused; give the others the values of an order."""
        for row in rows:
            row.reason = self._read_numbers(row)
            self._read_recipient(row)
        fill_down(rows)
        known = self._orders._get_platform_orders(
            self.platform, self.company, {row.get('number') for row in rows})
        number_lines(rows, known)
        for row in rows:
            if not row.reason and row.key in known:
                row.reason = self._compare(row, known[row.key])
                row.is_known = not row.reason
        rows = [row for row in rows if not row.is_known and not row.reason]
        self._look_up(rows)
        for row in rows:
            row.vals = self._prepare_common_vals(row)
            reasons = (read(row) for read in (
                self._read_key, self._read_customer, self._read_type, self._read_product,
                self._read_planned, self._read_unit))
            row.reason = next(filter(None, reasons), '')

    # === WHAT IS KNOWN === #

    def _look_up(self, rows):
        """Load what the rows refer to: one search for each kind of record."""
        env, company = self.env, self.company
        self._types = self.platform._get_type_words(company)
        self._provinces = None  # of China, asked for by the first Chinese address
        self._states = env['res.country.state'].search_fetch(
            [('country_id', '=', company.country_id.id)], ['name', 'code'])
        names = {row.get('product') for row in rows} - {''}
        self._products = env['product.product'].search_fetch(
            ['&', ('company_id', 'in', [False, company.id]),
             '|', '|', ('default_code', 'in', names), ('barcode', 'in', names),
             ('name', 'in', names)], ['default_code', 'barcode', 'name']) if names else (
                 env['product.product'])
        serials = {number for row in rows for number in spellings(row.get('serial'))}
        of_company = ('company_id', 'in', [False, company.id])
        self._cards = env['aftersales.warranty'].search_fetch(
            [('serial', 'in', list(serials)), of_company], order='id desc').grouped('serial')
        # agents read no stock in general; the numbers were given to them
        self._lots = env['stock.lot'].sudo().search_fetch(
            [('name', 'in', list(serials)), of_company], ['name', 'product_id']).grouped('name')
        self._partners = env['res.partner']._find_by_numbers(
            {key for row in rows if isinstance(
                key := env['res.partner']._get_import_key({'phone': row.get('phone')}), str)})

    def _prepare_common_vals(self, row):
        number, line = row.key
        return {
            'company_id': self.company.id,
            'channel': 'platform',
            'user_id': False,  # no handler yet
            'platform_id': self.platform.id,
            'platform_number': number,
            'platform_line': line,
            'phone': row.get('phone'),
            'caller_phone': row.second_phone or False,
            'caller_name': row.get('customer'),
            'description': row.get('description'),
        }

    # === WHAT A ROW SAYS: each returns why it is refused, else nothing === #

    def _read_numbers(self, row):
        """Read numbers that became amounts; refuse those of which a spreadsheet lost digits.

        Other rows have the same rest.
        """
        row.values |= {name: read_digits(row.get(name)) for name in TEXT_NUMBERS
                       if row.get(name)}
        row.phones = [read_digits(phone) for phone in row.phones]
        wrong = next((row.get(name) for name in TEXT_NUMBERS if is_shortened(row.get(name))), '')
        return self._orders._format_shortened(wrong) if wrong else ''

    def _read_recipient(self, row):
        """Read two numbers in one field, extensions and the code behind the name."""
        if row.reason:
            return
        recipient = read_recipient(
            row.get('customer'), row.phones, self.company.country_id.code or '')
        row.values |= {'customer': recipient.name, 'phone': recipient.phone}
        row.second_phone = recipient.second_phone

    def _compare(self, row, order):
        """Refuse a row that has the number of an order, but not its customer or product."""
        if not order._is_platform_customer(row.get('customer'), row.get('phone')):
            return self.env._(
                "This number and line are registered for another customer, as %(order)s: "
                "correct the number, or the customer of that order.", order=order.name)
        if not order._is_platform_product(row.get('product')):
            return self.env._(
                "This number and line are registered for another product, as %(order)s: "
                "correct the number or the line, or the product of that order.",
                order=order.name)
        return ''

    def _read_key(self, row):
        if not row.get('number'):
            return self.env._("The order number is missing.")
        if row.key in self._seen:
            return self.env._("The file has this order number and line more than once.")
        self._seen.add(row.key)
        return ''

    def _read_customer(self, row):
        phone, name = row.get('phone'), row.get('customer')
        if not phone and not name:
            return self.env._("The customer's name and phone are missing.")
        if phone and sum(character.isdigit() for character in phone) < FEWEST_DIGITS:
            return self.env._("“%(phone)s” is no phone number.", phone=phone)
        row.customer = {'name': name, 'phone': phone, **self._prepare_place(row)}
        row.partner = self._partners.get(
            self.env['res.partner']._get_import_key({'phone': phone}))
        return ''

    def _prepare_place(self, row):
        """Return the address; a province that is not on our list stands before the city."""
        province = row.get('province')
        words = filter(None, map(row.get, ('province', 'city', 'district', 'street')))
        region = self._find_region(" ".join(words))
        if region:
            return region
        state = self._states.filtered(lambda state: province and (
            state.name.startswith(province) or state.code == province))[:1]
        return {
            'street': row.get('street'),
            'street2': row.get('district'),
            'city': " ".join(filter(None, [not state and province, row.get('city')])),
            'zip': row.get('zip'),
            'state_id': state.id,
            'country_id': self.company.country_id.id,
        }

    def _find_region(self, address):
        """Return the values of a Chinese address, which may say its province twice."""
        if address.isascii():
            return {}
        partners = self.env['res.partner']
        if self._provinces is None:
            self._provinces = partners._get_provinces()
        region = partners._find_region(address, self._provinces)
        again = partners._find_region(region.get('street'), self._provinces)
        if again and again['state_id'] == region['state_id']:
            region = {**region, **again, 'city': again['city'] or region['city']}
        return region

    def _read_type(self, row):
        word = row.get('type')
        kind = self._types.get(word.casefold()) if word else self.platform.type_id
        if kind:
            row.vals['type_id'] = kind.id
            return ''
        if word:
            return self.env._(
                "“%(word)s” is no service of ours; add the word to the platform, or write one "
                "of: %(names)s.", word=word, names=dict.fromkeys(
                    kind.name for kind in self._types.values()))
        return self.env._("The service is missing.")

    def _read_product(self, row):
        name = row.get('product')
        if not name:
            return ''
        for field in ('default_code', 'barcode', 'name'):
            found = self._products.filtered(lambda product, field=field: product[field] == name)
            if len(found) > 1:
                return self.env._(
                    "Several products are called “%(name)s”; write the reference.", name=name)
            if found:
                row.vals['product_id'] = found.id
                return ''
        return self.env._(
            "No product has the reference, barcode or name “%(name)s”.", name=name)

    def _read_planned(self, row):
        value = row.values.get('planned')
        if not value:
            return ''
        moment = read_moment(value, get_lang(self.env).date_format)
        if not moment:
            return self.env._("“%(date)s” is no date.", date=value)
        day, clock = moment
        zone = str(self.env.tz)
        if clock is not None and clock.tzinfo:
            row.vals['date_planned'] = to_naive(datetime.combine(day, clock))
            day = local_day(row.vals['date_planned'], zone)
        else:
            # midnight is how a spreadsheet shows a day without a time
            start = datetime.combine(day, time()) + timedelta(hours=self.platform.start_hour)
            is_timed = clock is not None and clock != time()
            row.vals['date_planned'] = to_utc(
                datetime.combine(day, clock) if is_timed else start, zone)
        row.vals['day_planned'] = day
        return ''

    def _read_unit(self, row):
        """Find the card of the serial number; what does not fit together is refused."""
        planned, product = row.vals.pop('day_planned', None), row.vals.get('product_id', 0)
        written = spellings(row.get('serial'))
        serial = next((number for number in written
                       if number in self._cards or number in self._lots),
                      read_serial(row.get('serial')))
        row.vals['serial'] = serial
        cards = self._cards.get(serial, self.env['aftersales.warranty'])
        card = next((card for card in cards if card.product_id.id == product), cards[:1])
        lots = self._lots.get(serial, self.env['stock.lot'])
        products = cards.product_id | lots.product_id.sudo(False)
        owner = card.partner_id
        if not row.partner and row.get('customer') and row.get('customer') == owner.name:
            row.partner = owner  # platforms hide the phone, the card knows it
        facts = UnitFacts(
            customer=row.partner.commercial_partner_id.id if row.partner else -1,
            owner=owner.commercial_partner_id.id, product=product,
            known_products=tuple(products.ids), sold=card._get_sale_date(), planned=planned)
        row.vals['warranty_id'] = card.id
        return "\n".join(self._orders._format_unit_warnings(facts, serial, products, card))
