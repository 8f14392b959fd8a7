from odoo import fields, models


class AftersalesWarrantyPolicy(models.Model):
    """The cards that were made under a policy."""

    _inherit = 'aftersales.warranty.policy'

    card_count = fields.Integer(string="Cards", compute='_compute_card_count')

    def _compute_card_count(self):
        counts = dict(self.env['aftersales.warranty']._read_group(
            [('policy_id', 'in', self.ids)], ['policy_id'], ['__count']))
        for policy in self:
            policy.card_count = counts.get(policy._origin, 0)

    def action_view_cards(self):
        """Show the warranty cards made under these policies."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_warranty_action')
        action['domain'] = [('policy_id', 'in', self.ids)]
        action['context'] = {}
        return action
