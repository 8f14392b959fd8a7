from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.photo import name_photo
from ..base.roles import DISPATCHER
from .aftersales_visit import OPEN_STATES

# what one phone may leave about one visit: a long day in a cellar, not a disk full
ACTION_LIMIT = 300
PICTURE_LIMIT = 60
PAYLOAD_LIMIT = 20_000
PICTURE_NAMES = frozenset({'image', 'photo'})
# whose picture is a signature, that under a price as well
SIGNED_KINDS = frozenset({'sign', 'take_along', 'accept'})


class AftersalesLateWork(models.Model):
    """Work done without a network on a visit that had gone to somebody else, or was over.

    Its phone actions, with all they brought, wait here for a dispatcher, who applies or
    discards them. Nothing of it is on the order before that. A person who never had the
    visit leaves nothing here.
    """

    _name = 'aftersales.late.work'
    _description = "Late Work"
    _inherit = [
        'aftersales.state.mixin', 'aftersales.protected.mixin', 'mail.thread',
        'mail.activity.mixin']
    _order = 'id desc'
    _mail_post_access = 'read'

    _TRANSITIONS = {'applied': {'to_review'}, 'discarded': {'to_review'}}
    _STAMPS = {'applied': 'date_reviewed', 'discarded': 'date_reviewed'}
    _ACTORS = dict.fromkeys(_STAMPS, 'reviewed_by_id')

    name = fields.Char(readonly=True, required=True)
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        'res.users', string="Technician", required=True, readonly=True, index=True,
        ondelete='restrict')
    visit_id = fields.Many2one(
        'aftersales.visit', readonly=True, index='btree_not_null', ondelete='set null')
    visit_ref = fields.Integer(string="Visit Number", readonly=True, index=True)
    partner_id = fields.Many2one(
        'res.partner', string="Customer", readonly=True, index='btree_not_null',
        ondelete='set null')
    reason = fields.Selection(
        [('given', "Visit Given to Another Technician"),
         ('moved', "Visit Planned Differently"), ('over', "Job Already Over"),
         ('gone', "Visit Called Off"), ('unowed', "Payment Not Owed")],
        string="Why Late", required=True, readonly=True)
    state = fields.Selection(
        [('to_review', "To Review"), ('applied', "Applied"), ('discarded', "Discarded")],
        required=True, readonly=True, default='to_review', index=True, copy=False,
        protected=True)
    create_date = fields.Datetime(string="Received on", readonly=True)
    reviewed_by_id = fields.Many2one(
        'res.users', string="Reviewed by", readonly=True, copy=False, protected=True)
    date_reviewed = fields.Datetime(
        string="Reviewed on", readonly=True, copy=False, protected=True)
    discard_reason = fields.Char(
        string="Reason for Discarding", readonly=True, copy=False, protected=True)
    action_ids = fields.One2many(
        'aftersales.job.action', 'late_id', string="Phone Actions", readonly=True)
    action_count = fields.Integer(string="Actions", compute='_compute_action_count')

    @api.depends('action_ids')
    def _compute_action_count(self):
        for work in self:
            work.action_count = len(work.action_ids)

    # === ACTIONS === #

    def action_apply(self):
        """Do what the phone sent, as far as the rules of visit and order allow it.

        What they refuse stays here, with the reason, to be applied later or discarded.
        """
        self._ensure_reviewer()
        self._ensure_reachable('applied')
        # _ensure_reviewer checked role and company
        for work in self.sudo():
            work._apply()
        left = self.filtered(lambda work: work.state == 'to_review')
        return left and {
            'type': 'ir.actions.client',
            'tag': 'display_notification',
            'params': {
                'type': 'warning',
                'message': self.env._(
                    "Not everything could be applied. Each action says why: %(works)s",
                    works=left.mapped('name')),
                'next': {'type': 'ir.actions.client', 'tag': 'soft_reload'},
            }}

    def action_discard(self):
        """Ask for the reason why this work is not used."""
        self._ensure_reviewer()
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Discard Late Work"),
            'res_model': 'aftersales.late.discard',
            'view_mode': 'form',
            'target': 'new',
            'context': {'default_work_ids': self.ids},
        }

    # === RULES === #

    def _ensure_reviewer(self):
        """Refuse all but dispatchers and leads of the company."""
        self.check_access('read')
        if not self.env.user.has_group(DISPATCHER):
            raise AccessError(self.env._(
                "Only dispatchers and team leads review late work: ask one of them."))

    def _discard(self, reason):
        """Keep nothing of this work but the note of it; its pictures go with their period."""
        self._ensure_reviewer()
        self._ensure_reachable('discarded')
        if not (reason or '').strip():
            raise UserError(self.env._("Give the reason why this work is discarded."))
        # _ensure_reviewer checked role and company
        for work in self.sudo():
            waiting = work.action_ids.filtered(lambda action: action.state == 'late')
            waiting.write({'state': 'discarded', 'message': reason})
            work.discard_reason = reason
            work._set_state('discarded')
            for order in work.action_ids.order_id:
                order._message_log(body=work.env._(
                    "Late work of %(technician)s was discarded: %(reason)s",
                    technician=work.user_id.name, reason=reason))

    def _apply(self):
        """Do the waiting actions in the order of their taps; called as superuser."""
        self.ensure_one()
        waiting = self.action_ids.filtered(lambda action: action.state == 'late')
        for action in waiting.sorted('sequence'):
            action._apply_late()
        done = waiting.filtered(lambda action: action.state == 'done')
        for order in done.order_id:
            order._message_log(body=self.env._(
                "Late work of %(technician)s was applied: %(actions)s",
                technician=self.user_id.name,
                actions=[action._get_kind_label() for action in done
                         if action.order_id == order]))
        if all(action.state == 'done' for action in self.action_ids):
            self._set_state('applied')

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        self.activity_feedback(['mail.mail_activity_data_todo'])

    def _get_target_visit(self, order):
        """Return the visit on which an action is applied: an open one of the order first."""
        self.ensure_one()
        visits = self.visit_id | order.visit_ids.sorted('id', reverse=True)
        fitting = visits.filtered(lambda visit: not order or order in visit.order_ids)
        return fitting.filtered(lambda visit: visit.state in OPEN_STATES)[:1] or fitting[:1]

    # === WHAT A PHONE LEAVES === #

    @api.model
    def _find_or_create(self, claim):
        """Return the work under review that the current user left about a visit, or a new one.

        :param claim: what ``_find_late_claim`` of the visit found
        """
        # a portal user may leave late work: the claim proved that the visit was theirs
        works = self.sudo()
        work = works.search([
            ('user_id', '=', self.env.uid), ('visit_ref', '=', claim['visit_ref']),
            ('reason', '=' if claim['reason'] == 'unowed' else '!=', 'unowed'),
            ('state', '=', 'to_review')], limit=1)
        return work or works._create_for(claim)

    @api.model
    def _create_for(self, claim):
        orders = claim['orders']
        work = self.with_context(mail_create_nosubscribe=True).create({
            'name': self.env['aftersales.visit']._format_name(orders) or self.env._("Visit"),
            'user_id': self.env.uid, 'company_id': claim['company'].id,
            'visit_id': claim['visit'].id, 'visit_ref': claim['visit_ref'],
            'partner_id': orders[:1].partner_id.id, 'reason': claim['reason']})
        reviewer = work.company_id.aftersales_dispatcher_id or orders[:1].user_id
        if reviewer:
            work.activity_schedule(
                'mail.mail_activity_data_todo', user_id=reviewer.id,
                summary=work.with_context(lang=reviewer.lang).env._("Review late work"))
        return work

    def _keep_payload(self, kind, payload):
        """Return what an action brought: its values, and its pictures as attachments by name."""
        self.ensure_one()
        self._ensure_room(len(self.action_ids) < ACTION_LIMIT)
        pictures = {name: value for name, value in payload.items()
                    if isinstance(value, str) and value and name in PICTURE_NAMES}
        visits = self.env['aftersales.visit']
        # texts are read as on the visit itself: too long ones are refused, never cut
        values = {name: visits._read_text(payload, name) if isinstance(value, str) else value
                  for name, value in payload.items() if name not in pictures}
        if len(str(values)) > PAYLOAD_LIMIT:
            raise UserError(self.env._("The phone sent something unreadable."))
        return {'values': values, 'pictures': {
            name: self._keep_picture(kind, payload, name) for name in pictures}}

    def _ensure_room(self, is_free):
        if not is_free:
            raise UserError(self.env._(
                "This phone has sent too much about a visit that is no longer yours. "
                "Call the dispatcher."))

    def _keep_picture(self, kind, payload, name):
        pictures = self.env['ir.attachment']
        domain = [('res_model', '=', self._name), ('res_id', '=', self.id)]
        self._ensure_room(
            pictures.search_count(domain, limit=PICTURE_LIMIT) < PICTURE_LIMIT)
        content = self.env['aftersales.visit']._read_photo(payload, name, self.company_id)
        is_signature = kind in SIGNED_KINDS and name == 'image'
        return pictures.create({
            'name': name_photo(f'{kind}-{len(self.action_ids) + 1}', content), 'raw': content,
            'description': 'signature' if is_signature else False,
            'res_model': self._name, 'res_id': self.id, 'company_id': self.company_id.id,
        }).id

    def _get_sentence(self):
        """Return what the phone shows its user about work that is under review."""
        return {
            'given': self.env._(
                "This visit was given to another technician. Your work is kept, and the "
                "dispatcher decides on it."),
            'moved': self.env._(
                "This visit was planned differently at the desk. Your work is kept, and the "
                "dispatcher decides on it."),
            'over': self.env._(
                "This job was ended at the desk. Your work is kept, and the dispatcher "
                "decides on it."),
            'gone': self.env._(
                "This visit was called off. Your work is kept, and the dispatcher decides "
                "on it."),
            'unowed': self.env._(
                "The customer owes nothing for this order. The payment that you took is kept, "
                "and the dispatcher decides whether it is given back."),
        }[self.reason]
