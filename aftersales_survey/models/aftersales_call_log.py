from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.call_log import (
    choose_order,
    judge_contacts,
    read_seconds,
    read_word,
)
from .aftersales_known_words import CALL_RESULTS, DIRECTIONS

EXTENSION_DIGITS = 3  # of the shortest number of a colleague or service
# what says who called
_FORGOTTEN = {'phone', 'number', 'partner_id', 'note'}


class AftersalesCallLog(models.Model):
    """One call as the telephone system noted it, with the caller and the order it was about.

    Rows come by Odoo's import; a row is known by the system's number, or by when, with whom and
    how long it was, so the same file may come again.
    """

    _name = 'aftersales.call.log'
    _description = "Call Log"
    _inherit = [
        'aftersales.import.mixin', 'aftersales.legal.hold.part.mixin',
        'aftersales.protected.mixin']
    _hold_field = 'order_id'
    _order = 'date_start desc, id desc'
    _check_company_auto = True
    _rec_name = 'reference'
    _rec_names_search = ['reference', 'phone']

    reference = fields.Char(
        string="Call Number", index='btree_not_null', copy=False,
        help="The number of the call in the telephone system.")
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    date_start = fields.Datetime(string="Called on", required=True, index=True)
    direction = fields.Selection(
        [('in', "Incoming"), ('out', "Outgoing")], default='in', required=True)
    phone = fields.Char(help="The customer's number.", index='trigram')
    number = fields.Char(
        string="Number in Full", readonly=True, copy=False, index='btree_not_null', protected=True)
    queue = fields.Char(help="The line or group that was called.")
    agent = fields.Char(help="The colleague as the telephone system names them.")
    wait_seconds = fields.Integer(string="Waiting Time (s)", aggregator='avg')
    talk_seconds = fields.Integer(string="Talking Time (s)", aggregator='avg')
    result = fields.Selection(
        [('answered', "Answered"), ('abandoned', "Abandoned by Caller"), ('missed', "Missed"),
         ('voicemail', "Voicemail")], required=True, index=True)
    reason_id = fields.Many2one(
        'aftersales.call.reason', index='btree_not_null', check_company=True)
    note = fields.Char()

    # Who and what it was about
    user_id = fields.Many2one('res.users', string="Colleague", index='btree_not_null')
    partner_id = fields.Many2one('res.partner', string="Customer", index='btree_not_null')
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", index='btree_not_null', check_company=True,
        link_access='read')
    contact_result = fields.Selection(
        [('solved', "Solved at First Contact"), ('repeated', "Called Again"),
         ('open', "Too Early to Say")], string="First Contact", readonly=True, copy=False,
        protected=True, help="Whether the same number called again within the company's days.")
    quality_ids = fields.One2many('aftersales.call.quality', 'call_id', string="Quality Sheets")

    _reference_uniq = models.Constraint(
        'UNIQUE(reference, company_id)', "The call is in the log already.")
    _seconds_positive = models.Constraint(
        'CHECK(wait_seconds >= 0 AND talk_seconds >= 0)', "Times cannot be negative.")
    _number_idx = models.Index("(company_id, number, date_start) WHERE direction = 'in'")

    @api.depends('date_start', 'phone')
    def _compute_display_name(self):
        for call in self:
            call.display_name = " · ".join(filter(None, [
                call.date_start and fields.Datetime.to_string(
                    fields.Datetime.context_timestamp(call, call.date_start)), call.phone]))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        calls = super().create(vals_list)
        calls._link()
        return calls

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {'phone', 'date_start', 'direction', 'result', 'agent'}:
            self._link()
        return result

    # === IMPORT === #

    @api.model
    def load(self, fields, data):
        """Read a telephone system's words and times, and find the calls that came before."""
        places = {name: place for place, name in enumerate(fields)}
        rows, unknown, readers = [list(row) for row in data], [], self._get_readers()
        for name in places.keys() & readers.keys():
            place, labels = places[name], self._get_labels(name)
            for number, row in enumerate(rows):
                value = readers[name](row[place])
                if value is None and not (labels and row[place] in {*labels, *labels.values()}):
                    unknown.append(self._prepare_unknown(number, name, row[place], labels))
                elif value is not None:
                    row[place] = value
        if unknown:
            return {'ids': False, 'messages': unknown, 'nextrow': 0}
        if 'reference' in places and not places.keys() & {'id', '.id'}:
            place = places['reference']
            rows = self._join_rings(rows, place, places.get('result'))
            known = {call.reference: call.id for call in self.search_fetch(
                [('reference', 'in', [row[place] for row in rows if row[place]]),
                 ('company_id', '=', self.env.company.id)], ['reference'])}
            fields = [*fields, '.id']
            rows = [[*row, known.get(row[place], False)] for row in rows]
        return super().load(fields, rows)

    @api.model
    def _join_rings(self, rows, reference, result):
        """Let the rows of one call say the same: each telephone that rang has a row of its own.

        :param reference: column of the call's number
        :param result: column of what became of it, if the file has one: the answered row counts,
            else the first
        """
        chosen = {}
        for row in rows:
            if row[reference] not in chosen or (result is not None and (
                    row[result] == 'answered' != chosen[row[reference]][result])):
                chosen[row[reference]] = row
        return [chosen[row[reference]] if row[reference] else row for row in rows]

    @api.model
    def _get_readers(self):
        """Return by what the words and times of a telephone system are read, the rest by core."""
        known = self.env['aftersales.known.words']
        results, ways = known._get_meanings(CALL_RESULTS), known._get_meanings(DIRECTIONS)
        return {
            'result': lambda text: read_word(text, results),
            # calls come in, where nothing is said
            'direction': lambda text: read_word(text or 'in', ways),
            'wait_seconds': read_seconds, 'talk_seconds': read_seconds}

    def _load_records_create(self, vals_list):
        """Update the calls of an import that came before without a number of the system.

        Such a call is known by its time, the customer's number, the direction and the talking
        time; as many rows of a file as there are such calls are those.
        """
        known = self._find_imported(vals_list)
        places, new, by_reference = {}, [], {}
        for place, vals in enumerate(vals_list):
            reference = vals.get('reference')
            calls = not reference and known.get(self._get_call_key(
                vals.get('date_start'), vals.get('phone'), vals.get('direction'),
                vals.get('talk_seconds')))
            if calls:
                places[place] = calls.pop(0)
                places[place].write(vals)
            elif reference in by_reference:
                places[place] = by_reference[reference]
            else:
                places[place] = len(new)
                by_reference |= {reference: len(new)} if reference else {}
                new.append(vals)
        created = super()._load_records_create(new) if new else self
        return self.browse([
            (created[call] if isinstance(call, int) else call).id for call in places.values()])

    @api.model
    def _find_imported(self, vals_list):
        """Return ``{key: calls}`` of the calls that start when these rows do."""
        starts = {vals.get('date_start') for vals in vals_list if not vals.get('reference')}
        known = {}
        for call in self.search(
                [('company_id', '=', self.env.company.id), ('reference', '=', False),
                 ('date_start', 'in', list(starts - {None, False}))], order='id'):
            known.setdefault(self._get_call_key(
                call.date_start, call.phone, call.direction, call.talk_seconds), []).append(call)
        return known

    @api.model
    def _get_call_key(self, start, phone, direction, seconds):
        """Return by what a call without a number of the system is known."""
        number = phone and self.env['res.partner']._phone_format_number(
            phone, self.env.company.country_id)
        return (fields.Datetime.to_datetime(start), number or phone or False,
                direction or 'in', seconds or 0)

    @api.model
    def _get_labels(self, name):
        field = self._fields[name]
        return dict(field._description_selection(self.env)) if field.type == 'selection' else {}

    @api.model
    def _prepare_unknown(self, number, name, value, labels):
        """Return core's message for a word or time of a file that cannot be read."""
        names = {'value': value or "", 'field': self._fields[name]._description_string(self.env)}
        return {
            'type': 'error', 'record': number, 'rows': {'from': number, 'to': number},
            'field': name,
            'message': self.env._(
                "“%(value)s” is not known as “%(field)s”: replace it in the file by one of "
                "%(labels)s.", labels=", ".join(labels.values()), **names) if labels else
            self.env._(
                "“%(value)s” is no time for “%(field)s”: write seconds or hours:minutes:seconds.",
                **names)}

    @api.model
    def _get_text_numbers(self):
        return super()._get_text_numbers() | {'reference'}

    @api.model
    def _get_import_example(self):
        labels = {name: dict(self._fields[name]._description_selection(self.env))
                  for name in ('direction', 'result')}
        return {
            'reference': "1764464405.27", 'date_start': "2026-06-01 09:00:05",
            'direction': labels['direction']['in'], 'phone': "+86 138 0013 8000",
            'queue': "400", 'agent': "8001", 'wait_seconds': "12", 'talk_seconds': "185",
            'result': labels['result']['answered'],
        }

    # === ACTIONS === #

    def action_link(self):
        """Look for customers and orders again, for calls that have none."""
        self.check_access('write')
        self._link()

    # === RULES === #

    def _link(self):
        """Find callers, colleagues and orders, and judge the first contacts, all at once.

        Who may log a call need not read customers and orders: the log names them, and their own
        rules guard what is in them.
        """
        # create, write or action_link checked the right to the calls
        for company, calls in self.sudo().grouped('company_id').items():
            country = company.country_id
            numbers = {phone: self.env['res.partner']._read_number(phone, country) or (
                           phone if sum(map(str.isdigit, phone)) >= EXTENSION_DIGITS else False)
                       for phone in set(filter(None, calls.mapped('phone')))}
            partners = self.env['res.partner'].sudo().with_company(company)._find_callers(
                list(numbers), country)
            users = self._find_colleagues(calls, company)
            # who withholds the number is a stranger at each call
            for number, same in calls.grouped(
                    lambda call, numbers=numbers: numbers.get(call.phone, False)).items():
                partner = partners.get(same[0].phone)
                same.number = number
                if partner and (not partner.company_id or partner.company_id == company):
                    same.filtered(lambda call: not call.partner_id).partner_id = partner
            for agent, same in calls.filtered(lambda call: not call.user_id).grouped(
                    'agent').items():
                if user := users.get((agent or '').casefold()):
                    same.user_id = user
            calls._link_orders(company)
            calls._judge_contacts(company)

    @api.model
    def _find_colleagues(self, calls, company):
        """Return ``{name or login in small letters: user}`` of the agents that calls name."""
        if not any(calls.mapped('agent')):
            return {}
        users = self.env['res.users'].sudo().search(
            [('share', '=', False), ('company_ids', 'in', company.ids)])
        return {key.casefold(): user for user in users for key in (user.name, user.login)}

    def _link_orders(self, company):
        """Name the order that the customer got right after the call, or had just before."""
        calls = self.filtered(lambda call: call.partner_id and not call.order_id)
        if not calls:
            return
        starts = calls.mapped('date_start')
        orders = {}
        # as superuser: _link says who asked
        for order in self.env['aftersales.order'].sudo().search_fetch(
                [('company_id', '=', company.id), ('partner_id', 'in', calls.partner_id.ids),
                 ('create_date', '>=', min(starts) - timedelta(days=1)),
                 ('create_date', '<=', max(starts) + timedelta(days=1))],
                ['partner_id', 'create_date', 'call_reason_id'], order='id'):
            orders.setdefault(order.partner_id, []).append((order.id, order.create_date))
        chosen = calls.grouped(lambda call: choose_order(
            call.date_start, orders.get(call.partner_id, [])) or False)
        for order_id, same in chosen.items():
            if order_id:
                same.order_id = order_id
                same.filtered(lambda call: not call.reason_id).reason_id = (
                    same.order_id.call_reason_id)

    def _judge_contacts(self, company):
        """Say of the answered calls of these numbers whether the same number called again."""
        numbers = list(set(filter(None, self.mapped('number'))))
        if not numbers:
            return
        days = company.aftersales_repeat_call_days
        span = timedelta(days=days)
        starts = self.mapped('date_start')
        calls = self.search_fetch(
            [('company_id', '=', company.id), ('direction', '=', 'in'),
             ('number', 'in', numbers), ('date_start', '>=', min(starts) - span),
             ('date_start', '<=', max(starts) + span)],
            ['number', 'date_start', 'result', 'contact_result'])
        judged = judge_contacts(
            [(call.id, call.number, call.date_start) for call in calls], days,
            fields.Datetime.now())
        for result, same in calls.filtered(lambda call: call.result == 'answered').grouped(
                lambda call: judged[call.id]).items():
            same.filtered(lambda call, result=result: (
                call.contact_result != result)).contact_result = result
        calls.filtered(lambda call: (
            call.result != 'answered' and call.contact_result)).contact_result = False

    def _forget_callers(self):
        """Forget who called: the call stays as a number in the rates."""
        self.write(dict.fromkeys(_FORGOTTEN, False))

    @api.model
    def _cron_judge_contacts(self, batch_size=500):
        """Judge the calls whose days are over and forget old callers, by committed batches.

        Callers are kept as long as it is known who answered a survey.
        """
        now = fields.Datetime.now()
        # the calls of every company
        for company in self.env['res.company'].sudo().search(
                [('aftersales_repeat_call_days', '>', 0)]):
            days = company.aftersales_repeat_call_days
            open_calls = (
                Domain('contact_result', '=', 'open') & Domain('number', '!=', False)
                & Domain('date_start', '<', now - timedelta(days=days, minutes=1)))
            kept = company.aftersales_answer_days
            known_calls = Domain('date_start', '<', now - timedelta(days=kept)) & (
                Domain('phone', '!=', False) | Domain('partner_id', '!=', False)
                | Domain('note', '!=', False)) if kept else Domain.FALSE
            known_calls &= Domain('order_id', 'not any', [('legal_hold_reason', '!=', False)])
            own = Domain('company_id', '=', company.id)
            for domain, step in ((open_calls, lambda calls, company=company: (
                    calls._judge_contacts(company))), (known_calls, type(self)._forget_callers)):
                while calls := self.search(
                        own & domain, order='date_start, id',
                        limit=batch_size).try_lock_for_update():
                    step(calls)
                    if not self.env['ir.cron']._commit_progress(len(calls)):
                        return
