import logging
import re
from datetime import timedelta

from psycopg2 import DataError, IntegrityError
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, LockError, MissingError, UserError

from ...tools.words import read_id

_logger = logging.getLogger(__name__)

# what a value of a wrong type makes of a handler that does not check it
MALFORMED = (
    TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError, DataError,
    IntegrityError)
# a phone waits with more; its next request brings them
BATCH_LIMIT = 1000
# a difference between the clocks that the way through the network explains
SKEW_ALLOWED = timedelta(minutes=1)

KINDS = [
    ('call', "Customer Called Ahead"),
    ('set_off', "Set off"),
    ('undo_set_off', "Not on the Way"),
    ('arrive', "Arrived"),
    ('miss', "Failed Visit"),
    ('serial', "Serial Number"),
    ('photo', "Photo"),
    ('check', "Check Answered"),
    ('part', "Part Used"),
    ('part_off', "Part Removed"),
    ('report', "Work Report"),
    ('send_code', "Code Sent"),
    ('sign', "Signature"),
    ('quote', "Quotation"),
    ('collect', "Payment"),
    ('take_along', "Taken to Shop"),
    ('again', "Further Visit"),
    ('complete', "Completed"),
]


class AftersalesJobAction(models.Model):
    """One tap of a technician on the phone, as the server received and answered it.

    The phone gives each action a UUID of its own and sends it until it is answered; what
    was done once is answered again and not done again. A refused action changed nothing:
    the same UUID may be tried again when the desk has removed the reason. What the action
    brought (text, photo, signature) is kept where it belongs, never here. The document that
    it is about decides who may act and does the work: see ``aftersales.mobile.mixin``.
    """

    _name = 'aftersales.job.action'
    _description = "Phone Action"
    _inherit = ['aftersales.legal.hold.part.mixin']
    _hold_field = 'order_id'
    _order = 'id desc'
    _rec_name = 'uuid'

    uuid = fields.Char(string="UUID", required=True, readonly=True)
    user_id = fields.Many2one(
        'res.users', string="Technician", required=True, readonly=True, index=True,
        ondelete='cascade')
    visit_id = fields.Many2one(
        'aftersales.visit', readonly=True, index='btree_not_null', ondelete='set null')
    order_id = fields.Many2one(
        'aftersales.order', string="Service Order", readonly=True, index='btree_not_null',
        ondelete='set null')
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field='res_model', readonly=True)
    company_id = fields.Many2one('res.company', readonly=True, index=True)
    kind = fields.Selection(KINDS, string="Action", readonly=True)
    is_private = fields.Boolean(
        readonly=True, help="Only the technician reads it: it is about a document of their own.")
    state = fields.Selection(
        [('done', "Carried Out"), ('refused', "Refused")], required=True, readonly=True,
        default='refused')
    message = fields.Char(string="Answer", readonly=True)
    date_tapped = fields.Datetime(
        string="Tapped on", readonly=True,
        help="By the clock of the phone, corrected where it differs from the server's.")
    clock_skew = fields.Integer(
        string="Phone Clock Slow by (Minutes)", readonly=True,
        help="Negative where the clock of the phone is fast.")

    _uuid_uniq = models.Constraint(
        'UNIQUE(user_id, uuid)', "An action of the phone is recorded once.")

    @api.model
    def _handle_batch(self, actions, phone_now=None):
        """Do the actions of the current user's phone in order and answer each of them.

        One that is refused does not stop the others: each has a savepoint of its own.

        :param phone_now: what the phone's clock says now, in UTC, as text
        """
        if not isinstance(actions, list) or len(actions) > BATCH_LIMIT:
            raise UserError(self.env._("The phone sent something unreadable."))
        entries = self._claim(actions)
        skew = self._read_skew(phone_now)
        return [self._handle(action, entries, skew) for action in actions]

    @api.model
    def _claim(self, actions):
        """Return the log entry of each UUID; the same action sent twice at once waits."""
        uuids = {self._get_uuid(action) for action in actions}
        # technicians may be portal users: the log is theirs by its user
        logs = self.sudo()
        entries = {entry.uuid: entry for entry in logs.search(
            [('user_id', '=', self.env.uid), ('uuid', 'in', list(uuids))])}
        try:
            with self.env.cr.savepoint():
                created = logs.create([
                    {'uuid': uuid, 'user_id': self.env.uid} for uuid in sorted(uuids)
                    if uuid not in entries])
        except UniqueViolation as error:
            # the other request is done by now: the next try finds its answers
            raise ConcurrencyError("the same phone action was sent twice at once") from error
        return entries | {entry.uuid: entry for entry in created}

    @api.model
    def _get_uuid(self, action):
        uuid = action.get('uuid') if isinstance(action, dict) else None
        if not isinstance(uuid, str) or not re.fullmatch(r'[0-9A-Za-z-]{8,64}', uuid):
            raise UserError(self.env._("The phone sent an action without a number."))
        return uuid

    @api.model
    def _handle(self, action, entries, skew):
        """Do one action unless it was answered before; return its answer."""
        entry = entries[action['uuid']]
        if entry.state != 'refused':
            status = 'already_done' if entry.state == 'done' else entry.state
            return {'uuid': entry.uuid, 'status': status, 'message': entry.message or ""}
        kept = {}
        try:
            tap = self._read_tap(action, skew)
            claim = self._find_late_claim(tap)
            if claim:
                kept = self._prepare_entry_vals(tap, claim['visit'], claim['orders'].filtered(
                    lambda order: order.id == tap['order_id']), claim['company'])
                with self.env.cr.savepoint():
                    entry.write(kept)
                    entry._keep_late(tap['payload'], claim)
            else:
                document = self._get_document(tap)
                order = document._get_mobile_order(tap['order_id'])
                kept = self._prepare_entry_vals(tap, document, order, document.company_id)
                with self.env.cr.savepoint():
                    refusal = self._apply(tap, document, order)
                    entry.write(kept | {
                        'state': 'refused' if refusal else 'done', 'message': refusal})
        except UserError as error:
            if isinstance(error.__cause__, LockError):
                # another user moves the visit or its order right now: core repeats the request
                raise ConcurrencyError(str(error)) from error
            # a sentence may quote what was scanned, which PostgreSQL may not be able to keep
            message = str(error.args[0]).replace('\x00', '')
            entry.write(kept | {'state': 'refused', 'message': message})
        except MALFORMED:
            # one that no handler expected must not undo the others, nor the tries they count
            _logger.warning("phone action %s: cannot be read", entry.uuid, exc_info=True)
            entry.write(kept | {'state': 'refused', 'message': self.env._(
                "The phone sent something unreadable.")})
        return {'uuid': entry.uuid, 'status': entry.state, 'message': entry.message or ""}

    @api.model
    def _read_tap(self, action, skew):
        """Return what an action says, each value of the type that it must have."""
        kind, payload = action.get('kind'), action.get('payload') or {}
        model = action.get('res_model') or 'aftersales.visit'
        if (not isinstance(kind, str) or not isinstance(payload, dict)
                or not isinstance(model, str) or model not in self._get_mobile_models()
                or kind not in self._fields['kind'].get_values(self.env)
                or not hasattr(self.env[model], f'_on_mobile_{kind}')):
            raise UserError(self.env._("The phone sent something unreadable."))
        return {
            'kind': kind, 'payload': payload, 'res_model': model,
            'res_id': self._read_id(action, 'res_id' if action.get('res_id') else 'visit_id'),
            'order_id': self._read_id(action, 'order_id'),
            'moment': self._read_moment(action, skew),
            'clock_skew': round(skew.total_seconds() / 60)}

    @api.model
    def _find_late_claim(self, tap):
        """Return what the current user may leave for review about a visit, or None."""
        if tap['res_model'] != 'aftersales.visit':
            return None
        return self.env['aftersales.visit']._find_late_claim(
            tap['kind'], tap['res_id'], tap['order_id'])

    @api.model
    def _prepare_entry_vals(self, tap, document, order, company):
        """Return what the log keeps of an action, refused or not: what it is about, and when."""
        is_visit = tap['res_model'] == 'aftersales.visit'
        return {
            'res_model': tap['res_model'], 'res_id': tap['res_id'], 'kind': tap['kind'],
            'visit_id': document.id if is_visit else False, 'order_id': order.id,
            'company_id': company.id, 'date_tapped': tap['moment'],
            'clock_skew': tap['clock_skew'],
            'is_private': document._is_mobile_action_private}

    @api.model
    def _get_document(self, tap):
        """Return the document that an action names with all rights, once it let the user in.

        The user may be a portal user, who can read none of them.
        """
        document = self.env[tap['res_model']].browse(tap['res_id']).exists()
        if not document:
            # a foreign document gets the same sentence: which ones exist is not said
            raise MissingError(self.env._("This job does not exist or is no longer yours."))
        document._check_mobile_access(tap['kind'])
        # _check_mobile_access let the user act on this document
        document = document.sudo()
        return document.with_company(document.company_id)

    @api.model
    def _get_mobile_models(self):
        """Return the names of the models on which phones may act."""
        return [
            name for name, model in self.env.items()
            if not model._abstract and isinstance(model, self.pool['aftersales.mobile.mixin'])]

    @api.model
    def _apply(self, tap, document, order):
        """Do one action that was read; return the sentence that refuses it.

        What a step wrote that answers with a sentence stays: a wrong code.
        """
        document._ensure_mobile_open(tap['kind'])
        answer = document._do_mobile_action(
            tap['kind'], order, tap['payload'],
            self._limit_moment(tap['moment'], document))
        # a handler may end with a write, which returns True
        return answer if isinstance(answer, str) else False

    @api.model
    def _limit_moment(self, moment, document):
        """Return the tap's time, no earlier than what was noted on the document before."""
        earliest = document._get_earliest_moment() or moment
        # creation dates know fractions of a second, phones do not
        return min(max(moment, earliest.replace(microsecond=0)), fields.Datetime.now())

    def _register_hook(self):
        """Report at installation which kinds have no handler, and which handlers no kind."""
        result = super()._register_hook()
        handled = {
            name.removeprefix('_on_mobile_') for model in self._get_mobile_models()
            for name in dir(type(self.env[model])) if name.startswith('_on_mobile_')}
        kinds = set(self._fields['kind'].get_values(self.env))
        for kind in sorted(kinds - handled):
            _logger.error("phone action %r: no document has a method _on_mobile_%s", kind, kind)
        for kind in sorted(handled - kinds):
            _logger.error(
                "phone action %r: a document has _on_mobile_%s, but the selection field kind of "
                "aftersales.job.action lacks it (selection_add)", kind, kind)
        return result

    @api.model
    def _read_id(self, action, name):
        return read_id(action.get(name)) or False

    @api.model
    def _read_skew(self, phone_now):
        """Return by how much the phone's clock is slow; nothing if it does not say."""
        now = fields.Datetime.now()
        skew = now - (self._read_datetime(phone_now) or now)
        return skew if abs(skew) > SKEW_ALLOWED else timedelta()

    @api.model
    def _read_moment(self, action, skew):
        """Return when the action was tapped, by the server's clock; never in the future."""
        now = fields.Datetime.now()
        try:
            return min((self._read_datetime(action.get('at')) or now - skew) + skew, now)
        except OverflowError:
            return now

    @api.model
    def _read_datetime(self, value):
        """Return the time in UTC that a phone sent as text, or None."""
        try:
            return fields.Datetime.to_datetime(str(value or '')[:19]) or None
        except ValueError:
            return None
