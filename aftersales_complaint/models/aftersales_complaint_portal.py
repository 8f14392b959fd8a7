from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime, get_lang

from ..tools.money import read_amount
from .aftersales_complaint import QUIET_KINDS

# state -> how far the customer's own steps are
_PAGE_RANKS = {
    'new': 0, 'assigned': 1, 'investigating': 1, 'proposed': 1, 'approved': 1, 'rejected': 1,
    'informed': 2, 'unfounded': 2, 'settled': 3, 'improving': 3, 'closed': 3, 'merged': 3}
_ANSWERED_STATES = frozenset({
    'informed', 'unfounded', 'rejected', 'settled', 'improving', 'closed'})
# what was accepted is agreed once a step closed the complaint with the customer
AGREED_STATES = frozenset({'settled', 'improving', 'closed'})
# the promises that are the customer's own to know
_PAGE_KINDS = ('complaint_response', 'complaint_feedback', 'complaint_solution',
               'complaint_law')
# who works on it, and by which way; core's own names take no groups
_INSIDE = frozenset({'user_id', 'create_uid', 'write_uid', 'flow'})
# kinds that a customer chooses from
PORTAL_KINDS = ('quality', 'service', 'delivery', 'price', 'document', 'safety', 'online',
                'praise')
DEMANDS = ('wants_return', 'wants_exchange', 'wants_repair', 'wants_compensation',
           'wants_apology')


class AftersalesComplaint(models.Model):
    """What customers see of their complaints, and what they may do there.

    Called by the portal after it checked that it is the customer's complaint (login or key).
    """

    _inherit = 'aftersales.complaint'

    def _has_field_access(self, field, operation):
        """Hide who of us works on the case: customers could group their own cases by it."""
        if operation == 'read' and field.name in _INSIDE and not (
                self.env.su or self.env.user._is_internal()):
            return False
        return super()._has_field_access(field, operation)

    # === WHAT THE PAGE SHOWS === #

    def _get_page_steps(self):
        """Return the way of the complaint in the customer's words, one dict a step."""
        self.ensure_one()
        rank = _PAGE_RANKS[self.state]
        steps = [
            (self.env._("Received"), self.date_received),
            (self.env._("We look into it"), self.date_judged),
            (self.env._("Our answer"), self.date_answered),
            (self.env._("Settled"), self.date_settled)]
        if self.state == 'unfounded':
            steps = steps[:3]
        if self.kind in QUIET_KINDS:
            steps = [steps[0]]
        return [{'name': name, 'date': date if own <= rank else False, 'is_past': own <= rank and (
            own < rank or own == len(steps) - 1), 'is_current': own == min(rank, len(steps) - 1)}
            for own, (name, date) in enumerate(steps)]

    def _get_page_status(self):
        """Return where the complaint stands in the customer's words."""
        self.ensure_one()
        if self.kind in QUIET_KINDS and self.state != 'merged':
            return self.env._("Received: thank you")
        return {
            'new': self.env._("Received"), 'unfounded': self.env._("Answered by us"),
            'informed': self.env._("Answered: please tell us whether you accept"),
            'rejected': self.env._("We look into it again"),
            'settled': self.env._("Settled"), 'improving': self.env._("Settled"),
            'closed': self.env._("Settled"), 'merged': self.env._("Goes on in another complaint"),
        }.get(self.state, self.env._("We look into it"))

    def _get_page_promise(self):
        """Return until when the customer was promised the next word, as the customer reads it.

        Nothing while the customer has the word, nor once the day is over: see ``_is_page_late``.
        """
        self.ensure_one()
        deadline = self._get_page_deadline()
        return self._format_for_customer(deadline) if deadline and not self._is_page_late() else ""

    def _is_page_late(self):
        """Return whether the customer waits longer than was promised."""
        self.ensure_one()
        deadline = self._get_page_deadline()
        return bool(deadline) and deadline < fields.Datetime.now()

    def _get_page_deadline(self):
        """Return the earliest promise of a word of ours; none while the customer decides."""
        self.ensure_one()
        if self._is_answer_awaited():
            return False
        return min(self._get_running_clocks().filtered(
            lambda clock: clock.kind in _PAGE_KINDS and clock.date_deadline).mapped(
                'date_deadline'), default=False)

    def _get_page_rejection(self):
        """Return why the customer did not accept the answer, while we look into it again."""
        self.ensure_one()
        is_open = self.state in ('rejected', 'investigating', 'proposed', 'approved')
        return (is_open and self.rejection_reason) or ""

    def _get_page_answer(self):
        """Return the answer that was given; a draft, the next one too, stays inside."""
        self.ensure_one()
        return (self.state in _ANSWERED_STATES and self.answer) or ""

    def _get_page_agreed(self):
        """Return the amount that was agreed when the complaint was settled; else nothing."""
        self.ensure_one()
        return self.state in AGREED_STATES and self.amount_accepted

    def _get_page_demands(self):
        """Return what the customer asked for, in words."""
        self.ensure_one()
        return [self._fields[name]._description_string(self.env)
                for name in DEMANDS if self[name]]

    def _get_page_photos(self):
        """Return the photos of the complaint that the customer may see."""
        self.ensure_one()
        return self.photo_ids.sorted('id')

    def _format_for_customer(self, moment):
        """Return a time or day as the customer reads it: time zone of the customer."""
        self.ensure_one()
        if not moment:
            return ""
        if not hasattr(moment, 'hour'):
            return format_date(self.env, moment)
        zone = self.partner_id.tz or self.company_id.resource_calendar_id.tz or 'UTC'
        return format_datetime(self.env, moment, tz=zone, dt_format='short')

    def _get_customer_link(self):
        """Return the address of the page with its key, in the customer's language."""
        self.ensure_one()
        code = self.partner_id.lang and self.env['res.lang']._get_data(
            code=self.partner_id.lang).url_code
        prefix = f'/{code}' if code else ''
        return f'{self.get_base_url()}{prefix}{self.get_portal_url()}'

    def _is_answer_awaited(self):
        """Return whether the customer may accept or reject the answer now."""
        self.ensure_one()
        return self.state == 'informed'

    def _can_appeal(self):
        """Return whether the customer may appeal: the answer is not too old."""
        self.ensure_one()
        return self.state == 'unfounded' and fields.Datetime.add(
            self.date_answered, days=self.company_id.complaint_linked_days,
        ) >= fields.Datetime.now()

    # === WHAT THE CUSTOMER DOES === #

    @api.model
    def _create_from_portal(self, partner, values, files=()):
        """Register the complaint of a portal user; only the fields of the form are taken.

        An order, return or card is linked only if it is the customer's own.

        :param values: the form's answers, by field name
        :param files: pairs of file name and content; images only
        """
        description = (values.get('description') or '').strip()
        if not description:
            raise UserError(self.env._("Write in a few words what you complain of."))
        # how much the company takes is a setting, no secret
        self.env.company.sudo()._ensure_portal_limit(
            self, [('channel', 'in', ('portal', 'retailer'))], partner)
        kind = values.get('kind')
        subject = (values.get('subject') or '').strip()
        # a customer writes down the own complaint; the fields are chosen here
        case = self.sudo().create({
            'partner_id': partner.id, 'user_id': False,
            'channel': self.env['aftersales.order']._get_portal_channel(partner),
            'kind': kind if kind in PORTAL_KINDS else 'service',
            'subject': subject or self._shorten(description),
            'description': description,
            'phone': (values.get('phone') or '').strip() or partner.phone,
            'amount_asked': self._read_amount(values.get('amount_asked')),
            **{name: True for name in DEMANDS if values.get(name)},
            **self._find_portal_document(partner, values)})
        for name, content in files:
            case._add_photo(name, content)
        return case

    @api.model
    def _read_amount(self, text):
        """Return an amount that a customer typed; nothing for none, a refusal for no number."""
        if not (text or '').strip():
            return 0.0
        amount = read_amount(text, get_lang(self.env).thousands_sep)
        if amount is None or not 0 <= amount < 1e12:
            raise UserError(self.env._(
                "Write the amount you ask for as a number that is not below zero."))
        return amount

    @api.model
    def _find_portal_document(self, partner, values):
        """Return the values of the order, return or card that a form names, if they are own."""
        own = [('partner_id', 'child_of', partner.commercial_partner_id.id)]
        found = {}
        for name, model in (('order_id', 'aftersales.order'), ('return_id', 'aftersales.return'),
                            ('warranty_id', 'aftersales.warranty')):
            key = str(values.get(name) or '')
            if key.isdecimal() and len(key) < 10:
                # the customer's own company's documents, and only those
                found[name] = self.env[model].sudo().search(
                    [('id', '=', int(key)), *own], limit=1).id
        card = self.env['aftersales.order']._find_portal_card(partner, {
            'serial': values.get('serial')})
        if card:
            found['warranty_id'] = card.id
        elif serial := (values.get('serial') or '').strip():
            found['serial'] = serial
        return found

    def _accept_from_portal(self):
        """Close the complaint with the customer, who accepts the answer.

        No right is waived by it: the page says so, and the law holds besides.
        """
        self.ensure_one()
        if not self._is_answer_awaited():
            raise UserError(self.env._("There is no answer to accept now."))
        self.amount_accepted = 0.0  # what was offered is accepted, no other amount
        self._set_state('settled')
        self._message_log(body=self.env._("Accepted on the customer's page."))

    def _reject_from_portal(self, reason):
        """Note that the customer does not accept the answer, and why."""
        self.ensure_one()
        if not self._is_answer_awaited():
            raise UserError(self.env._("There is no answer to reject now."))
        self.rejection_reason = self._read_reason(reason)
        self._set_state('rejected')
        self._message_log(body=self.env._("Rejected on the customer's page."))

    def _appeal_from_portal(self, reason):
        """Take up again what was answered as unfounded."""
        self.ensure_one()
        if not self._can_appeal():
            raise UserError(self.env._(
                "The time to appeal here is over. Write us a new complaint; your rights by law "
                "stay as they are."))
        words = self._read_reason(reason)
        self._set_state('new')
        self.description = f"{self.description}\n\n{words}"

    def _add_from_portal(self, files):
        """Add photos of the customer to an open complaint."""
        self.ensure_one()
        if self.date_closed:
            raise UserError(self.env._(
                "This complaint is closed. Write us a new one if something is not right."))
        if not files:
            raise UserError(self.env._("Choose the photos first."))
        for name, content in files:
            self._add_photo(name, content)
        self._message_log(body=self.env._("The customer added photos"))
        for user in self.user_id:
            self.activity_schedule(
                'mail.mail_activity_data_todo', user_id=user.id,
                summary=self.with_context(lang=user.lang).env._("The customer added photos"))

    def _read_reason(self, reason):
        reason = (reason or '').strip()
        if not reason:
            raise UserError(self.env._("Please write the reason in a few words."))
        return reason
