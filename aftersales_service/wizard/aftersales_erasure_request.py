from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesErasureRequest(models.TransientModel):
    """Asks before the personal data of a customer's orders are erased for good."""

    _name = 'aftersales.erasure.request'
    _description = "Erase Service Data"

    partner_ids = fields.Many2many(
        'res.partner', string="Customers", required=True,
        default=lambda self: self.env.context.get('active_ids'))
    closed_count = fields.Integer(string="Closed Orders", compute='_compute_order_counts')
    open_count = fields.Integer(string="Orders under Way", compute='_compute_order_counts')

    @api.depends('partner_ids')
    def _compute_order_counts(self):
        orders = self.env['aftersales.order'].with_context(active_test=False)
        for request in self:
            mine = request.partner_ids._get_service_data_domain()
            request.open_count = orders.search_count(mine & Domain('date_closed', '=', False))
            request.closed_count = orders.search_count(mine & Domain('date_closed', '!=', False))

    def action_erase(self):
        """Erase and say so; orders under way keep their data."""
        self.ensure_one()
        still_open = self.partner_ids._erase_service_data()
        message = self.env._("The personal data of the closed orders are erased.")
        if still_open:
            message = self.env._(
                "The personal data of the closed orders are erased. Orders under way that "
                "keep theirs: %(count)s.", count=len(still_open))
        return {
            'type': 'ir.actions.client',
            'tag': 'display_notification',
            'params': {'type': 'success', 'message': message,
                       'next': {'type': 'ir.actions.act_window_close'}},
        }
