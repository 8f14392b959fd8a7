from odoo import models


class AftersalesSurveyInvitation(models.Model):
    """Who was asked is forgotten with the answers; that somebody was asked stays."""

    _inherit = 'aftersales.survey.invitation'

    def _forget_recipient(self):
        """Take away who was asked; called as superuser by the erasure of answers, for a batch."""
        self.write({'partner_id': False, 'order_id': False, 'user_input_id': False})
