from odoo import fields, models


class ResPartner(models.Model):
    _inherit = 'res.partner'

    aftersales_return_count = fields.Integer(
        string="Returns", compute='_compute_aftersales_return_count',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_return_count(self):
        self._count_with_contacts({'aftersales.return': 'aftersales_return_count'})

    def action_view_aftersales_returns(self):
        """Show the returns of these customers and their contacts."""
        return self.env['aftersales.return']._get_returns_action(
            [('partner_id', 'child_of', self.ids)])
