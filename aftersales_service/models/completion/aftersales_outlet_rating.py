from odoo import models


class AftersalesOutlet(models.Model):
    _inherit = 'aftersales.outlet'

    def action_view_ratings(self):
        """Show what customers said of the orders of these outlets."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.rating_rating_action_order')
        action.update(
            domain=[('parent_res_model', '=', self._name), ('parent_res_id', 'in', self.ids),
                    ('consumed', '=', True)], context={})
        return action
