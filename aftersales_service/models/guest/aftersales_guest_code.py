from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError


class AftersalesGuestCode(models.Model):
    """A code by which a visitor of a unit's page proves a phone number, without a login.

    A person at the machine scans its printed key; the code says that the number is theirs.
    """

    _name = 'aftersales.guest.code'
    _description = "Code for a Visitor's Phone"
    _inherit = ['aftersales.code.mixin', 'aftersales.notify.mixin']
    _order = 'id desc'
    _rec_name = 'phone'

    _guess_kind = 'guest_guess'

    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", required=True, readonly=True, index=True,
        ondelete='cascade')
    company_id = fields.Many2one(
        related='warranty_id.company_id', store=True, precompute=True, index=True)
    phone = fields.Char(
        string="Number in Full", required=True, readonly=True, index=True)
    lang = fields.Char(string="Language", readonly=True)

    # === NOTIFICATIONS === #

    @api.model
    def _get_notification_events(self):
        return super()._get_notification_events() | {'guest_code'}

    @api.model
    def _get_secret_events(self):
        return super()._get_secret_events() | {'guest_code'}

    def _get_notification_recipient(self):
        self.ensure_one()
        return {'name': "", 'partner': self.env['res.partner'], 'lang': self.lang,
                'email': False, 'phone': self.phone}

    def _is_message_needed(self, event):
        return self.state == 'open' and super()._is_message_needed(event)

    # === RULES === #

    @api.model
    def _issue(self, card, phone):
        """Send a code to the number of a visitor of the card's page.

        Called by ``AftersalesWarranty._send_guest_code`` as superuser, which checked the printed
        key; the only place that knows the code.

        :raise UserError: too many codes of this unit in a day, or the code did not leave
        """
        sent = self.env['aftersales.completion.try']
        if sent._count('guest_send', card.id) >= card.company_id.aftersales_code_limit:
            raise UserError(self.env._(
                "Too many codes were asked for with this unit today: call us, or try again "
                "tomorrow."))
        self._get_open(card, phone).state = 'replaced'
        code = self._draw_code()
        issued = self.create({
            'warranty_id': card.id, 'phone': phone, 'lang': self.env.lang,
            **self._prepare_code_vals(card, card.company_id, f'{phone}:{code}')})
        # as the system: the author of a message may read it later
        messages = issued.with_user(SUPERUSER_ID)._notify_customer('guest_code', str(issued.id))
        messages._process(secrets={'guest_code': code})
        if not messages.filtered(lambda message: message.state in ('sent', 'delivered')):
            raise UserError(self.env._(
                "The code could not be sent to this number: check it, or call us."))
        # it left: an error that undoes this request does not give it back
        sent._note('guest_send', card.id)
        return issued

    @api.model
    def _get_open(self, card, phone):
        return self.search([
            ('warranty_id', '=', card.id), ('phone', '=', phone), ('state', '=', 'open')], limit=1)

    def _get_code_owner(self):
        return self.warranty_id

    def _judge(self, code):
        """Use the code if ``code`` is it; return ``None``, or the sentence that refuses it."""
        outcome, left = self._guess(f'{self.phone}:{code}', fields.Datetime.now())
        return {
            'gone': self.env._("This code does not hold any more: ask for a new one."),
            'wrong': self.env._("This is not the code. %(left)s tries are left.", left=left),
            'locked': self.env._(
                "This is not the code, and it is locked now: ask for a new one."),
        }.get(outcome)

    @api.autovacuum
    def _gc_codes(self):
        """Forget numbers of visitors after two days: they are personal data."""
        self.search([('create_date', '<', fields.Datetime.subtract(
            fields.Datetime.now(), days=2))]).unlink()
