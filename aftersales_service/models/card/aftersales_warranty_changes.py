from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context

from ..base.roles import TEAM_LEAD

# what may have ended a promise; a change of owner does where the policy says so
_ENDING_KINDS = frozenset({'void', 'close', 'exchange', 'transfer'})


class AftersalesWarranty(models.Model):
    """What people may do with a promise; each change is an event of the card's history."""

    _inherit = 'aftersales.warranty'

    event_ids = fields.One2many(
        'aftersales.warranty.event', 'warranty_id', string="History", protected=True)
    void_date = fields.Date(string="Ended on", readonly=True, copy=False, protected=True)
    void_reason = fields.Char(string="Why It Ended", compute='_compute_void_reason', protected=True)

    @api.depends('void_date', 'event_ids.state')
    @api.depends_context('lang')
    def _compute_void_reason(self):
        """Say in the reader's words by which event of its history the promise ended."""
        for card in self:
            # the ORM checked read access to the card: its readers may know why it ended
            ends = card.sudo().event_ids.filtered(lambda event: (
                event.state == 'done' and event.kind in _ENDING_KINDS
                and event.date == event.warranty_id.void_date)) if card.void_date else ()
            # a unit that was voided may have gone to another owner on the same day
            last = max(ends, key=lambda event: (event.kind != 'transfer', event.id), default=None)
            card.void_reason = last and last._say_end()

    # === ACTIONS === #

    def action_change(self):
        """Open the dialog for the change that the button names in its context."""
        self.ensure_one()
        labels = dict(self.env['aftersales.warranty.change']._fields['kind']
                      ._description_selection(self.env))
        kind = self.env.context.get('default_kind')
        if kind not in labels:
            raise UserError(self.env._("Choose what happens to the warranty."))
        return {
            'type': 'ir.actions.act_window',
            'name': labels[kind],
            'res_model': 'aftersales.warranty.change',
            'view_mode': 'form',
            'target': 'new',
            'context': {'default_warranty_id': self.id, 'default_kind': kind},
        }

    # === RULES === #

    def _change(self, kind, **vals):
        """Register a change of these cards and return the events.

        A user who may decide it does so at once; else it waits for a team lead.
        """
        self.check_access('write')
        self._ensure_own_files(self.env['ir.attachment'].browse(vals.get('proof_ids') or []))
        events = self._log_events(kind, state='proposed', **vals)
        ready = events.filtered(lambda event: not event._needs_approval())
        ready._decide('done')
        ready._apply()
        for event in events - ready:
            event.warranty_id.sudo()._message_log(body=self.env._(
                "To be approved by a team lead: %(change)s", change=event._get_sentence()))
        return events

    @api.model
    def _ensure_own_files(self, files):
        """Take as evidence only files that the user has just uploaded.

        Readers of the card can read its evidence: a file of another record stays there.
        """
        if self.env.su:
            return
        files.check_access('write')
        if taken := files.filtered('res_id'):
            raise ValidationError(self.env._(
                "The file “%(file)s” belongs to another record. Upload a copy of it here.",
                file=taken[0].name))

    def _log_events(self, kind, state='done', **vals):
        """Write the history (the caller checked the right to); return the events."""
        events = self.env['aftersales.warranty.event'].sudo().with_context(
            clean_context(self.env.context),
        ).create([
            {'state': state, 'user_id': self.env.uid, **vals, 'kind': kind,
             'warranty_id': card.id} for card in self])
        return events.with_env(self.env)

    def _void(self, day, exclusion, note=False, evidence=None):
        """Void the promise from ``day`` on a ground, with evidence where it asks for one."""
        self._ensure_not_ended()
        return self._change('void', date=day, exclusion_id=exclusion.id, note=note,
                            proof_ids=evidence.ids if evidence else [])

    def _suspend(self, day, exclusion, note=False, evidence=None, until=False):
        """Suspend the promise from ``day`` to ``until``, or until it is resumed."""
        return self._change('suspend', date=day, date_end=until, exclusion_id=exclusion.id,
                            note=note, proof_ids=evidence.ids if evidence else [])

    def _resume(self, day, note=False):
        """Let a suspended promise hold again from ``day`` on."""
        return self._change('resume', date=day, note=note)

    def _reinstate(self, day, note):
        """Take the voiding of a promise back."""
        return self._change('reinstate', date=day, note=note)

    def _give_goodwill(self, day, reason, months, percent=100.0, kind='whole_unit', parts=None):
        """Promise more than is owed: a team lead's decision."""
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Goodwill is decided by a team lead: ask one to give it."))
        if not (reason or '').strip():
            raise UserError(self.env._("Say why the customer gets this for nothing."))
        if not kind:
            raise UserError(self.env._("Say what the goodwill covers."))
        if months <= 0 or not 0 < percent <= 100:
            raise UserError(self.env._(
                "A cover must last at least a month and cover more than 0 and at most 100 %."))
        return self._change(
            'goodwill', date=day, note=reason, months=months, percent=percent, cover_kind=kind,
            main_part_ids=parts.ids if parts else [])

    def _transfer(self, partner, day, note=False):
        """Hand the units over to ``partner``, as the policy of each allows."""
        for card in self:
            if card.partner_id == partner:
                raise UserError(self.env._(
                    "%(card)s belongs to %(owner)s already: choose another owner.", card=card.name,
                    owner=partner.display_name))
        events = self.env['aftersales.warranty.event']
        for card in self:
            events |= card._change('transfer', date=day, partner_id=partner.id, note=note,
                                   old_partner_id=card.partner_id.id)
        return events

    def _set_pauses(self, spans):
        self.pauses = [
            [fields.Date.to_string(first), fields.Date.to_string(last)]
            for first, last in sorted(spans)] or False
