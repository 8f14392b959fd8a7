from odoo import fields, models


class ResPartner(models.Model):
    _inherit = 'res.partner'

    # a caller is found by his number before the conversation starts
    phone_sanitized = fields.Char(index='btree_not_null')
    aftersales_order_count = fields.Integer(
        string="Service Orders", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')
    warranty_count = fields.Integer(
        string="Warranty Cards", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_counts(self):
        """Count with the contacts of a company, as core's buttons do."""
        self.aftersales_order_count = self.warranty_count = 0
        family = self.with_context(active_test=False).search_fetch(
            [('id', 'child_of', self.ids)], ['parent_id'])
        for model, field in (
                ('aftersales.order', 'aftersales_order_count'),
                ('aftersales.warranty', 'warranty_count')):
            groups = self.env[model]._read_group(
                [('partner_id', 'in', family.ids)], ['partner_id'], ['__count'])
            for partner, count in groups:
                while partner:
                    if partner in self:
                        partner[field] += count
                    partner = partner.parent_id

    def action_view_aftersales_orders(self):
        """Show the service orders of these customers and their contacts."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_order_action')
        action['domain'] = [('partner_id', 'child_of', self.ids)]
        action['context'] = {'default_partner_id': self.id if len(self) == 1 else False}
        return action

    def action_view_warranties(self):
        """Show the warranty cards of these customers and their contacts."""
        return self.env['aftersales.warranty']._get_cards_action(
            [('partner_id', 'child_of', self.ids)],
            {'default_partner_id': self.id if len(self) == 1 else False})
