from odoo import models


class AftersalesSurveyInvitation(models.Model):
    """Who was asked is forgotten with the answers; that somebody was asked stays."""

    _inherit = 'aftersales.survey.invitation'

    def _forget_recipient(self):
        """Take away who was asked.

        Hook: called by the erasure of answers, as superuser, for a batch, before the answers lose
        who gave them. Extend it by what else names the customer. What it raises undoes the
        erasure.
        """
        self.write({'partner_id': False, 'order_id': False, 'user_input_id': False})
