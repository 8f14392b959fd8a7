from odoo import api, fields, models
from odoo.exceptions import UserError

from .assigning import assigning
from .clock_dater import ClockDater


class AftersalesClockMixin(models.AbstractModel):
    """Promises with a deadline in working time, for any record that follows a flow.

    The record starts and stops its clocks by its own steps. It says what their promised times
    are matched with (``_get_clock_facts``) and whom an alert concerns (``_on_clock_alert``).
    """

    _name = 'aftersales.clock.mixin'
    _description = "Clock Mixin"
    _inherit = 'aftersales.protected.mixin'

    clock_ids = fields.One2many(
        'aftersales.clock', 'res_id', string="Clocks", bypass_search_access=True,
        domain=lambda self: [('res_model', '=', self._name)], copy=False)
    date_deadline = fields.Datetime(
        string="Deadline", copy=False, readonly=True, index=True, protected=True,
        help="The earliest promise that is not met yet.")
    is_paused = fields.Boolean(
        string="On Hold", copy=False, readonly=True, protected=True,
        help="The clocks stand still: see the pauses for the reason.")

    def unlink(self):
        names = {'res_model': self._name, 'res_ids': self.ids}
        result = super().unlink()
        for model in ('aftersales.clock', 'aftersales.clock.pause'):
            # the promises go with the record, which the user was allowed to delete
            self.env[model].sudo().search([
                ('res_model', '=', names['res_model']),
                ('res_id', 'in', names['res_ids'])]).unlink()
        return result

    # === ACTIONS === #

    def action_pause(self):
        """Open the dialog that asks for the reason and the proof."""
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Put on Hold"),
            'res_model': 'aftersales.clock.hold',
            'view_mode': 'form',
            'target': 'new',
            'context': {'active_model': self._name, 'active_ids': self.ids},
        }

    def action_resume(self):
        """Let the clocks run again from now on."""
        self.check_access('write')
        self._resume_clocks()

    def action_view_pauses(self):
        """Show the holds of these records; the form does not load them with each record."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_clock_pause_action')
        action['domain'] = [('res_model', '=', self._name), ('res_id', 'in', self.ids)]
        return action

    # === RULES === #

    def _pause_clocks(self, reason, note=False, proofs=None, start=None, stop=None):
        """Stop the clocks of all records for one reason, with one proof.

        Without ``stop`` the pause is open until the clocks are resumed. Clocks that are
        paused already are refused, naming the records.
        """
        self.check_access('write')
        if not stop and any(self.mapped('is_paused')):
            raise UserError(self.env._(
                "These are on hold already: %(names)s",
                names=self.filtered('is_paused').mapped('display_name')))
        # agents keep no pauses: they pause what they may write
        self.env['aftersales.clock.pause'].sudo().create([{
            'res_model': self._name, 'res_id': record.id, 'company_id': record.company_id.id,
            'reason_id': reason.id, 'note': note,
            'proof_ids': [fields.Command.set((proofs or reason.env['ir.attachment']).ids)],
            'date_start': start or fields.Datetime.now(), 'date_stop': stop or False,
        } for record in self])

    def _resume_clocks(self):
        """End the open pauses (the right to write the records was checked)."""
        self.env['aftersales.clock.pause'].sudo().search([
            ('res_model', '=', self._name), ('res_id', 'in', self.ids),
            ('date_stop', '=', False)]).date_stop = fields.Datetime.now()

    def _start_clocks(self, kinds_by_record):
        """Start and return clocks: targets come from the cache, one insert serves all records.

        :param dict kinds_by_record: ``{record: iterable of (kind, start)}``
        """
        vals_list = []
        dater, targets = ClockDater(self.env), {}
        for record, kinds in kinds_by_record.items():
            if not kinds:
                continue
            facts, factor = record._get_clock_facts()
            of_case = targets.setdefault(tuple(facts.values()), {})
            for kind, start in kinds:
                if kind not in of_case:
                    of_case[kind] = self.env['aftersales.clock.target']._find(kind, facts)
                if found := of_case[kind]:
                    hours, calendar_id = found[0] * factor, found[1]
                    deadline, next_alert = dater.date(calendar_id, start, hours)
                    vals_list.append({
                        'res_model': self._name, 'res_id': record.id,
                        'company_id': facts['company'], 'kind': kind, 'hours': hours,
                        'calendar_id': calendar_id, 'date_start': start,
                        'date_deadline': deadline, 'date_next_alert': next_alert})
        # promises follow from the record, which the user was allowed to write
        clocks = self.env['aftersales.clock'].sudo()._insert(vals_list)
        on_hold = set(self.filtered('is_paused').ids)  # a promise that begins now waits, too
        clocks.filtered(lambda clock: clock.res_id in on_hold)._date()
        # read anew where it is asked for; nothing else of the records changed
        self._fields['clock_ids']._invalidate_cache(self.env, self._ids)
        return clocks

    def _get_running_clocks(self, known=()):
        """Return the clocks of the records that run or are paused, in one query.

        Whoever may see or move the record may know its promises.

        :param known: clocks that are left out
        """
        domain = [('res_model', '=', self._name), ('res_id', 'in', self.ids),
                  ('date_stopped', '=', False)]
        if known:
            domain.append(('id', 'not in', known.ids))
        return self.env['aftersales.clock'].sudo().search_fetch(domain, order='id')

    def _copy_deadline(self, clocks):
        """Copy the earliest deadline of their running clocks, and the hold, onto the records.

        Lists sort and search by them.
        """
        deadlines, paused = {}, set()
        for clock in clocks.filtered(lambda clock: not clock.date_stopped):
            if clock.result == 'paused':
                paused.add(clock.res_id)
            if deadline := clock.date_deadline:
                deadlines[clock.res_id] = min(deadline, deadlines.get(clock.res_id, deadline))
        records = self.sudo()
        with assigning(records, ['date_deadline', 'is_paused']):
            for record in records:
                record.date_deadline = deadlines.get(record.id, False)
                record.is_paused = record.id in paused

    def _get_clock_facts(self):
        """Return ``(facts, factor)``: what the targets are matched with, and how much wider
        or shorter the promises of this record are.
        """
        return {}, 1.0

    @api.model
    def _on_clock_alert(self, clock, alert):
        """Tell somebody that ``clock`` passed the mark of ``alert``."""
