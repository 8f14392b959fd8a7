from odoo import api, fields, models


class AftersalesClockHold(models.TransientModel):
    """Asks why the clocks of one or many records stand still, and for the proof.

    A storm that closes an area is one hold of all its orders with one proof.
    """

    _name = 'aftersales.clock.hold'
    _description = "Put on Hold"

    reason_id = fields.Many2one('aftersales.pause.reason', required=True)
    needs_proof = fields.Boolean(related='reason_id.needs_proof')
    note = fields.Char()
    proof_ids = fields.Many2many('ir.attachment')
    date_start = fields.Datetime(
        string="Paused from", required=True, default=fields.Datetime.now)
    date_stop = fields.Datetime(
        string="Paused until", help="Empty: until the orders are resumed.")
    record_count = fields.Integer(
        string="Orders", default=lambda self: len(self._get_record_ids()), readonly=True)

    @api.model
    def _get_record_ids(self):
        return self.env.context.get('active_ids') or []

    def action_hold(self):
        """Pause the clocks of the records from which the dialog was opened."""
        self.ensure_one()
        records = self.env[self.env.context['active_model']].browse(self._get_record_ids())
        records._pause_clocks(
            self.reason_id, self.note, self.proof_ids, self.date_start, self.date_stop)
        return {'type': 'ir.actions.act_window_close'}
