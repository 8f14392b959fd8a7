from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesClockPause(models.Model):
    """Time that does not count for a record's clocks, with its reason and proof."""

    _name = 'aftersales.clock.pause'
    _description = "Clock Pause"
    _inherit = ['aftersales.document.link.mixin']
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
        pauses._date_clocks()
        return pauses

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {'date_start', 'date_stop'}:
            self._date_clocks()
        return result

    def _date_clocks(self):
        """Move the deadlines of the clocks that these pauses stop or let run again."""
        for model, pauses in self.grouped('res_model').items():
            self.env['aftersales.clock'].sudo().search([
                ('res_model', '=', model), ('res_id', 'in', pauses.mapped('res_id')),
                ('date_stopped', '=', False)])._date_again()
