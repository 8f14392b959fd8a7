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
        # messages name the address they were sent to
        self.env['aftersales.message']._unlink_lines_of(self._name, self.ids)
        for invitation in self:
            # the row stays with its answers, so that they are counted as asked once
            invitation.write({
                'partner_id': False, 'order_id': False, 'res_model': 'survey.user_input',
                'res_id': invitation.user_input_id.id or invitation.res_id})
