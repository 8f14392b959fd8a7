from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.deadline import pauses_until


class AftersalesClockPause(models.Model):
    """Time that does not count for a record's clocks, with its reason and proof."""

    _name = 'aftersales.clock.pause'
    _description = "Clock Pause"
    _inherit = [
        'aftersales.document.link.mixin', 'aftersales.document.access.mixin',
        'aftersales.link.access.mixin']
    _order = 'date_start desc, id desc'

    company_id = fields.Many2one('res.company', required=True, index=True)
    reason_id = fields.Many2one('aftersales.pause.reason', required=True, ondelete='restrict')
    note = fields.Char()
    proof_ids = fields.Many2many('ir.attachment', bypass_search_access=True)
    date_start = fields.Datetime(
        string="Paused from", required=True, default=fields.Datetime.now)
    date_stop = fields.Datetime(string="Paused until", help="Empty: still paused.")

    _dates_ordered = models.Constraint(
        'CHECK(date_stop >= date_start)', "A pause cannot end before it starts.")
    _record_idx = models.Index('(res_model, res_id)')
    _one_open = models.UniqueIndex(
        '(res_model, res_id) WHERE date_stop IS NULL', "The clocks are paused already.")

    @api.depends('reason_id')
    def _compute_display_name(self):
        for pause in self:
            pause.display_name = pause.reason_id.name

    @api.model_create_multi
    def create(self, vals_list):
        pauses = super().create(vals_list)
        without_proof = pauses.filtered(
            lambda pause: pause.reason_id.needs_proof and not pause.proof_ids)
        if without_proof:
            raise UserError(self.env._(
                "A pause for “%(reason)s” needs a proof: attach a file.",
                reason=without_proof[0].reason_id.name))
        pauses._get_clocks().filtered(lambda clock: not clock.date_stopped)._reschedule()
        return pauses

    def write(self, vals):
        if not vals.keys() & {'res_model', 'res_id', 'date_start', 'date_stop'}:
            return super().write(vals)
        before = self._get_spans()
        clocks = self._get_clocks()
        result = super().write(vals)
        self._on_corrected(clocks | self._get_clocks(), before)
        return result

    def unlink(self):
        before, clocks = self._get_spans(), self._get_clocks()
        result = super().unlink()
        self.browse()._on_corrected(clocks.exists(), before)
        return result

    @api.model
    def _get_document_models(self):
        return self.env['aftersales.clock.mixin']._get_clock_models()

    # === RULES === #

    def _get_clocks(self):
        """Return the clocks that these pauses concern: neither fixed ones nor void ones."""
        clocks = self.env['aftersales.clock'].sudo()
        for model, pauses in self.grouped('res_model').items():
            # deadlines follow from the pause, which the user was allowed to keep
            clocks |= clocks.search([
                ('res_model', '=', model), ('res_id', 'in', pauses.mapped('res_id')),
                ('result', '!=', 'void'), ('is_fixed', '=', False)])
        return clocks

    def _get_spans(self):
        """Return ``{(model, id): [(start, stop or False)]}`` of these pauses."""
        spans = {}
        for pause in self:
            spans.setdefault((pause.res_model, pause.res_id), []).append(
                (pause.date_start, pause.date_stop))
        return spans

    def _on_corrected(self, clocks, before):
        """Reschedule running clocks; judge again those that a correction concerns.

        A pause that is entered after a clock was stopped changes no judgement, and neither
        does its end after that moment. What a pause was found to be afterwards does.
        """
        after = self._get_spans()
        running = clocks.filtered(lambda clock: not clock.date_stopped)
        running._reschedule()

        def used(spans, clock):
            return sorted(pauses_until(
                spans.get((clock.res_model, clock.res_id), ()), clock.date_stopped))

        corrected = (clocks - running).filtered(
            lambda clock: used(before, clock) != used(after, clock))
        corrected._judge({clock: clock.date_stopped for clock in corrected})
