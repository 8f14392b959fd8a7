from odoo import fields, models


class AftersalesCallReason(models.Model):
    """Why people call, what to say, and how the call may be solved without an order."""

    _name = 'aftersales.call.reason'
    _description = "Call Reason"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    hint = fields.Text(
        string="Solve It on the Phone", translate=True,
        help="What helps many callers without an order: try it first.")
    script_intake = fields.Text(string="Intake Script", translate=True)
    script_booking = fields.Text(string="Booking Script", translate=True)
    call_count = fields.Integer(string="Calls", compute='_compute_call_count')

    def _compute_call_count(self):
        counts = dict(self.env['aftersales.call.log']._read_group(
            [('reason_id', 'in', self.ids)], ['reason_id'], ['__count']))
        for reason in self:
            reason.call_count = counts.get(reason._origin, 0)
