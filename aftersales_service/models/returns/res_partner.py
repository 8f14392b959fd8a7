from odoo import fields, models


class ResPartner(models.Model):
    _inherit = 'res.partner'

    aftersales_return_count = fields.Integer(
        string="Returns", compute='_compute_aftersales_return_count',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_return_count(self):
        """Count with the contacts of a company, as core's buttons do."""
        self.aftersales_return_count = 0
        family = self.with_context(active_test=False).search_fetch(
            [('id', 'child_of', self.ids)], ['parent_id'])
        for partner, count in self.env['aftersales.return']._read_group(
                [('partner_id', 'in', family.ids)], ['partner_id'], ['__count']):
            while partner:
                if partner in self:
                    partner.aftersales_return_count += count
                partner = partner.parent_id

    def action_view_aftersales_returns(self):
        """Show the returns of these customers and their contacts."""
        return self.env['aftersales.return']._get_returns_action(
            [('partner_id', 'child_of', self.ids)])
