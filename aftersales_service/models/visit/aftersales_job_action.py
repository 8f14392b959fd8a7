import re

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, LockError, UserError

KINDS = [
    ('call', "Customer Called"),
    ('set_off', "Set off"),
    ('arrive', "Arrived"),
    ('miss', "Trip in Vain"),
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
    """One tap of a technician on his phone, as the server received and answered it.

    The phone gives each action a UUID of its own and sends it until it is answered; what
    was done once is answered again and not done again. A refused action changed nothing:
    the same UUID may be tried anew when the desk has removed the reason. What the action
    brought (text, photo, signature) is kept where it belongs, never here.
    """

    _name = 'aftersales.job.action'
    _description = "Phone Action"
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
    company_id = fields.Many2one(related='visit_id.company_id', store=True, index=True)
    kind = fields.Selection(KINDS, string="Action", readonly=True)
    state = fields.Selection(
        [('done', "Carried Out"), ('refused', "Refused")], required=True, readonly=True,
        default='refused')
    message = fields.Char(string="Answer", readonly=True)
    date_tapped = fields.Datetime(
        string="Tapped on", readonly=True, help="By the clock of the phone.")

    _uuid_uniq = models.Constraint(
        'UNIQUE(user_id, uuid)', "An action of the phone is recorded once.")

    @api.model
    def _handle_batch(self, actions):
        """Do the actions of the current user's phone in order and answer each of them.

        One that is refused does not stop the others: each has a savepoint of its own.
        """
        if not isinstance(actions, list):
            raise UserError(self.env._("The phone sent something unreadable."))
        entries = self._claim(actions)
        return [self._handle(action, entries) for action in actions]

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
    def _handle(self, action, entries):
        """Do one action unless it was done before; return its answer."""
        entry = entries[action['uuid']]
        if entry.state == 'done':
            return {'uuid': entry.uuid, 'status': 'already_done', 'message': entry.message or ""}
        kept = {}
        try:
            kept = self._read_action(action)
            with self.env.cr.savepoint():
                refusal = self._apply(action, **kept)
                entry.write(kept | {
                    'state': 'refused' if refusal else 'done', 'message': refusal})
        except UserError as error:
            if isinstance(error.__cause__, LockError):
                # another user moves the visit or its order right now: core repeats the request
                raise ConcurrencyError(str(error)) from error
            entry.write(kept | {'state': 'refused', 'message': str(error.args[0])})
        return {'uuid': entry.uuid, 'status': entry.state, 'message': entry.message or ""}

    @api.model
    def _read_action(self, action):
        """Return what the log keeps of an action, refused or not: whose job it is about."""
        kind, payload = action.get('kind'), action.get('payload') or {}
        if kind not in self._fields['kind'].get_values(self.env) or (
                not isinstance(payload, dict)):
            raise UserError(self.env._("The phone sent something unreadable."))
        visit = self.env['aftersales.visit'].browse(self._read_id(action, 'visit_id'))
        visit._check_is_technician()
        # the visit names the user as its technician, who may be a portal user
        order = visit.sudo()._get_job_order(self._read_id(action, 'order_id'))
        return {'visit_id': visit.id, 'order_id': order.id, 'kind': kind,
                'date_tapped': self._read_moment(action)}

    @api.model
    def _apply(self, action, visit_id, order_id, kind, date_tapped):
        """Do one action whose visit and order were read; return the sentence that refuses it.

        What a step wrote that answers with a sentence stays: a wrong code.
        """
        # the visit names the user as its technician, see _read_action
        visit = self.env['aftersales.visit'].sudo().browse(visit_id)
        visit = visit.with_company(visit.company_id)
        visit._ensure_job_open(kind)
        return getattr(visit, f'_job_{kind}')(
            visit.order_ids.browse(order_id), action.get('payload') or {}, date_tapped)

    @api.model
    def _read_id(self, action, name):
        value = action.get(name)
        return value if isinstance(value, int) and 0 < value < 2 ** 31 else False

    @api.model
    def _read_moment(self, action):
        """Return when the action was tapped; a clock that runs ahead is not believed."""
        now = fields.Datetime.now()
        try:
            moment = fields.Datetime.to_datetime(str(action.get('at') or '')[:19])
        except ValueError:
            return now
        return min(moment or now, now)
