from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# of one unit in an hour, by visitors who did not prove their number
STRANGER_LIMIT = 3


class AftersalesWarranty(models.Model):
    """What visitors may do who scanned the code on a unit: they prove a phone number.

    Called by the pages of guests, which checked the printed key of the card, as superuser. A
    number that is not proved registers a request, as a call to the desk does, and shows nothing.
    """

    _inherit = 'aftersales.warranty'

    @api.model
    def _can_prove_phone(self):
        """Whether a code can be sent to a phone: a provider of short messages is set up."""
        return self.env['aftersales.notifier']._is_notified('guest_code')

    def _read_guest_phone(self, text):
        """Return the number in full that a visitor typed, or refuse it.

        A national number is of the country in which the unit's owner lives, else of the company's:
        the visitor stands before the unit.
        """
        self.ensure_one()
        partners = self.env['res.partner']
        phone = (text or '').strip()
        numbers = phone and (
            partners._phone_format_number(phone, country)
            for country in self.partner_id.country_id | self.company_id.country_id)
        number = next(filter(None, numbers), None)
        if not number:
            raise UserError(self.env._(
                "This is no phone number: enter it with its area or country code."))
        return number

    def _send_guest_code(self, text):
        """Send a code to the number that a visitor typed; return the number in full."""
        self.ensure_one()
        phone = self._read_guest_phone(text)
        self.env['aftersales.guest.code']._issue(self, phone)
        return phone

    def _check_guest_code(self, phone, code):
        """Return ``None`` if the code proves the number, else the sentence that refuses it."""
        self.ensure_one()
        codes = self.env['aftersales.guest.code']
        return codes._get_open(self, phone)._judge((code or '').strip())

    def _is_guest_owner(self, phone):
        """Whether a number is the owner's, or that of one of the owner's people."""
        return bool(self._find_owner(phone))

    def _find_owner(self, phone):
        self.ensure_one()
        owner = self.partner_id.commercial_partner_id
        people = self.env['res.partner'].search(
            [('id', 'child_of', owner.id), ('phone_sanitized', '=', phone)]) if owner else owner
        return self.partner_id & people or people[:1]

    def _can_guest_activate(self, phone):
        """Whether a visitor may take the unit into use: its owner, or the first one.

        :param phone: in full, proved by a code; empty if none was
        """
        self.ensure_one()
        return bool(phone) and self._awaits_activation() and not self.void_date and (
            not self.partner_id or self._is_guest_owner(phone))

    def _activate_as_guest(self, phone, name):
        """Note that the unit is in use since today; a unit without an owner is the visitor's.

        :param phone: in full, proved by a code
        """
        self.ensure_one()
        if not self._can_guest_activate(phone):
            raise UserError(self.env._(
                "This unit cannot be activated with your number: it is active already, or has "
                "another owner. Call us."))
        if not self.partner_id:
            self.partner_id = self._find_guest(phone, name)
            self._message_log(body=self.env._(
                "The first owner proved a phone number on the page of the unit."))
        self._activate_from_portal()

    def _find_guest(self, phone, name):
        """Return the customer with a number, the owner first; a new one if there is none.

        It is never the owner with another number: messages about the request, which carry the key
        of its page, go to the number that was entered.
        """
        partners = self.env['res.partner']
        return self._find_owner(phone) or partners._find_by_numbers({phone}).get(phone) or (
            partners.create({
                'name': (name or '').strip() or phone, 'phone': phone, 'lang': self.env.lang}))

    def _ask_as_guest(self, values, files=(), phone=None):
        """Register what a visitor of the unit's page asks for; return the order.

        :param values: the form's answers
        :param files: pairs of file name and content; images only
        :param phone: the number in full, if a code proved it
        """
        self.ensure_one()
        orders = self.env['aftersales.order'].with_company(self.company_id)
        description = (values.get('description') or '').strip()
        if not description:
            raise UserError(self.env._("Tell us in a few words what is wrong."))
        name = (values.get('name') or '').strip()
        number = phone or self._read_guest_phone(values.get('phone'))
        orders._ensure_photos(files)
        self._ensure_guest_limit(is_proved=bool(phone))
        wish = orders._read_portal_wish(self.env['res.partner'], values)
        customer = self._find_guest(number, name)
        order = orders.create({
            'warranty_id': self.id, 'channel': 'qr', 'user_id': False, 'phone': number,
            'caller_name': name or number, 'user_name': name, 'user_phone': number,
            'description': description, 'company_id': self.company_id.id,
            'partner_id': customer.id, 'date_wanted': wish})
        if files:
            order.message_post(
                attachments=list(files), message_type='comment', subtype_xmlid='mail.mt_comment',
                author_id=customer.id)
        return order

    def _ensure_guest_limit(self, is_proved):
        """Refuse more requests for one unit in an hour than the company takes.

        It takes ``STRANGER_LIMIT`` of visitors who did not prove their number; with it proved, the
        owner still gets through after they used up theirs.
        """
        limit, hour = self.company_id.aftersales_portal_limit, (
            fields.Datetime.now() - timedelta(hours=1))
        if not is_proved:
            limit = min(limit, STRANGER_LIMIT)
        if limit and self.env['aftersales.order'].search_count([
                ('warranty_id', '=', self.id), ('channel', '=', 'qr'),
                ('create_date', '>', hour)], limit=limit) >= limit:
            raise UserError(self.env._(
                "Service was asked for often with this unit within an hour: call us."))
