import re
import unicodedata

from odoo import api, fields, models

from ...tools.phone import split_phones
from ...tools.region import find_region

FEWEST_DIGITS = 7  # of a phone number
EXTENSION = re.compile(r'[,;#x]\s*(\d{1,6})$')  # as phones and Odoo write it
ADDRESS = ('street', 'street2', 'city', 'zip', 'state_id', 'country_id')


class ResPartner(models.Model):
    """A customer with units and orders; in files, found before one is made and never changed."""

    _name = 'res.partner'
    _inherit = ['aftersales.import.mixin', 'res.partner', 'aftersales.smart.button.mixin']

    _aftersales_link = 'partner_id'
    is_aftersales_retailer = fields.Boolean(
        string="Retailer", copy=False, groups='aftersales_service.group_aftersales_agent',
        help="Sells our goods: what its people ask for on the portal is noted as coming from a "
             "retailer.")

    # a caller is found by the number before the conversation starts
    _aftersales_phone_idx = models.Index('(phone_sanitized) WHERE phone_sanitized IS NOT NULL')

    def _compute_aftersales_counts(self):
        self._count_with_contacts(self._get_aftersales_counted())

    def _count_with_contacts(self, counted):
        """Count with the contacts of a company, as core's buttons do.

        :param dict counted: model -> field that counts its records
        """
        family = self.with_context(active_test=False).search_fetch(
            [('id', 'child_of', self.ids)], ['parent_id'])
        for model, field in counted.items():
            self[field] = 0
            groups = self.env[model]._read_group(
                [('partner_id', 'in', family.ids)], ['partner_id'], ['__count'])
            for partner, count in groups:
                while partner:
                    if partner in self:
                        partner[field] += count
                    partner = partner.parent_id

    def _get_aftersales_domain(self):
        return [('partner_id', 'child_of', self.ids)]

    @api.model
    def get_import_templates(self):
        templates = super().get_import_templates()
        if self.env.user.has_group('aftersales_service.group_aftersales_agent'):
            return templates
        own = self._prepare_import_link()
        return [template for template in templates if template != own]

    @api.model
    def _get_import_example(self):
        return {
            'id': "customer_0001", 'name': "Li Na", 'phone': "+86 138 0013 8000",
            'email': "li.na@example.com", 'street': "1 Keji Road", 'street2': "Nanshan",
            'city': "Shenzhen", 'zip': "518000",
            'country_id': self.env.ref('base.cn').name, 'comment': "Ring twice",
        }

    @api.model
    def _get_or_create_imported(self, vals_list):
        """Return the customer of each of ``vals_list``, dicts of values with name and phone.

        A customer is known by the number in full; the newest one counts. Where the number
        cannot be read, the same name, phone and street are one new customer. One search
        and one creation serve all.
        """
        keys = [self._get_import_key(values) for values in vals_list]
        partners = self._find_by_numbers({key for key in keys if isinstance(key, str)})
        new = {}
        for key, values in zip(keys, vals_list, strict=True):
            if key not in partners:
                new.setdefault(key, values)
        made = self.create([
            {**values, 'name': values.get('name') or values.get('phone')}
            for values in new.values()])
        partners.update(zip(new, made, strict=True))
        return [partners[key] for key in keys]

    @api.model
    def _get_import_key(self, values):
        """Return what distinguishes customers: the number in full, else the words."""
        number = self._read_number(values.get('phone'), self.env.company.country_id)
        return number or (values.get('name'), values.get('phone'), values.get('street'))

    @api.model
    def _find_by_numbers(self, numbers):
        """Return ``{number in full: newest customer with it}``.

        Behind a hidden number or a switchboard stand many people: the extension decides.
        """
        found = self.search_fetch(
            [('phone_sanitized', 'in', [number.partition(',')[0] for number in numbers])],
            ['phone_sanitized', 'phone'], order='id') if numbers else self.browse()
        return {f'{partner.phone_sanitized}{_get_extension(partner.phone)}': partner
                for partner in found}

    @api.model
    def _find_region(self, address, provinces=None):
        """Return the values of a Chinese address in one line: province, city, ZIP and street.

        Hook to call: by documents with pasted addresses, as any user, for one address. Empty
        for an address that does not begin with a province. Raises nothing.

        :param provinces: of China, if the caller asks for many addresses
        """
        if not address or address.isascii():
            return {}
        provinces = provinces or self._get_provinces()
        by_name = {province.name: province for province in provinces}
        region = find_region(address, by_name)
        if not region:
            return {}
        province = by_name[region.province]
        return {'street': region.rest, 'city': region.city, 'state_id': province.id,
                'country_id': province.country_id.id,
                **({'zip': region.zip_code} if region.zip_code else {})}

    @api.model
    def _get_provinces(self):
        return self.env['res.country.state'].search_fetch(
            [('country_id.code', '=', 'CN')], ['name', 'country_id'])

    @api.model
    def _read_number(self, phone, country):
        """Return in full the number that people wrote into a field, ``False`` for no number.

        Of two numbers the first counts; an extension stands behind a comma. Hook to call: by
        documents that keep the number of their caller, on the model, with any rights, for one
        number. Raises nothing.
        """
        phone = (phone or '').strip()
        number = self._phone_format_number(phone, country)
        if not number and phone:
            phone = split_phones(phone, country.code or '')[0]
            number = self._phone_format_number(phone, country)
        return number and f'{number}{_get_extension(phone)}'

    @api.model
    def _get_dial_link(self, phone, country):
        """Return the address that dials the number that people wrote into a field.

        Hook to call: by pages with a button to call, on the model, with any rights, for one
        number. ``False`` where there is no digit. Raises nothing.
        """
        number = self._read_number(phone, country) or re.sub(
            r'[^0-9+*#]', '', unicodedata.normalize('NFKC', phone or ''))
        return bool(number) and f'tel:{number}'

    @api.model
    def _find_callers(self, phones, country):
        """Return ``{phone as it was typed: the newest customer with it}``.

        A national number is first one of ``country``, the company's; else the one customer
        abroad counts whose own country makes it the number in full. Where it could be the number
        of two, it finds none: the agent chooses. Hook to call: by documents that know their
        customers by the number, as superuser, for a batch. Raises nothing.
        """
        numbers = {phone: self._read_number(phone, country) for phone in phones}
        known = self._find_by_numbers(set(filter(None, numbers.values())))
        found = {phone: known[number] for phone, number in numbers.items() if number in known}
        return found | self._find_callers_abroad(
            [phone for phone in phones if phone not in found])

    @api.model
    def _find_callers_abroad(self, phones):
        """Return ``{phone: customer}`` of national numbers of any country, by one search."""
        wanted = {}
        for phone in phones:
            digits = ''.join(filter(str.isdecimal, phone))
            if len(digits) >= FEWEST_DIGITS and not phone.startswith(('+', '00')):
                wanted[phone] = {digits, digits.removeprefix('0')}
        if not wanted:
            return {}
        # each country's code is public
        codes = set(self.env['res.country'].sudo().search(
            [('phone_code', '>', 0)]).mapped('phone_code'))
        phones_by_number = {
            f'+{code}{digits}': phone for phone, written in wanted.items()
            for digits in written for code in codes}
        found = {}
        for partner in self.search_fetch(
                [('phone_sanitized', 'in', list(phones_by_number))],
                ['phone_sanitized', 'country_id'], order='id'):
            phone = phones_by_number[partner.phone_sanitized]
            if not partner.country_id or self._phone_format_number(
                    phone, partner.country_id) == partner.phone_sanitized:
                found.setdefault(phone, {})[partner.phone_sanitized] = partner
        return {phone: next(iter(partners.values())) for phone, partners in found.items()
                if len(partners) == 1}

    @api.model
    def _get_or_create_sites(self, customers, places):
        """Return where each customer is served: at their address, a known site or a new one.

        What is known of a customer is never overwritten: another address is another
        contact of that customer. One search and one creation serve all.

        :param customers: list of partners
        :param places: address values, in the same order
        """
        families = self.browse({customer.id for customer in customers})
        known = {}
        for site in (self.search_fetch([('parent_id', 'in', families.ids)], order='id desc')
                     if families else families) | families:
            customer = site if site in families else site.parent_id
            known[customer, site._get_place_key()] = site
        new = {}
        for customer, place in zip(customers, places, strict=True):
            key = customer, self._get_place_key(place)
            if place.get('street') and key not in known:
                new[key] = {
                    **{name: place.get(name) for name in ADDRESS}, 'type': 'other',
                    'parent_id': customer.id, 'name': customer.name, 'phone': customer.phone}
        known.update(zip(new, self.create(list(new.values())), strict=True))
        return [
            known[customer, self._get_place_key(place)] if place.get('street') else customer
            for customer, place in zip(customers, places, strict=True)]

    def _get_place_key(self, place=None):
        """Return what makes two addresses the same, of ``place`` or of this partner."""
        values = self if place is None else place
        get = values.get if isinstance(values, dict) else lambda name: values[name]
        return tuple(''.join((get(name) or '').split()).casefold()
                     for name in ('street', 'street2', 'city'))


def _get_extension(phone):
    """Return the extension of a number with the comma before it, or nothing."""
    found = EXTENSION.search(phone or '')
    return f',{found[1]}' if found else ''
