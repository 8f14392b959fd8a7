from odoo import models


class AftersalesReturn(models.Model):
    """Returns lead to the complaints that name them; a refused one may be complained of."""

    _name = 'aftersales.return'
    _inherit = ['aftersales.return', 'aftersales.complaint.button.mixin']

    _complaint_link = 'return_id'

    def action_view_complaints(self):
        action = super().action_view_complaints()
        if all(record.state == 'refused' for record in self):
            action['context'] = {**action['context'], 'default_channel': 'return'}
        return action
