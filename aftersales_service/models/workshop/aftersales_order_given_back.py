from odoo import models


class AftersalesOrder(models.Model):
    """What was taken along against a signed slip is given back against one."""

    _inherit = 'aftersales.order'

    def _ensure_can_be_done(self):
        result = super()._ensure_can_be_done()
        self._ensure_article_given_back()
        return result

    def _ensure_article_given_back(self):
        # an article comes back out of the repair or with a further visit: the signatures of
        # other orders need not be read
        self.filtered(
            lambda order: order.state == 'in_repair' or order.visit_count > 1,
        )._refuse_where(
            lambda order: order.handover_signature and not order._is_given_back(),
            self.env._("The customer must sign that the article came back"))

    def _is_given_back(self):
        """Whether the customer signed for the article, told his code, or why he did neither."""
        self.ensure_one()
        return bool(
            self.return_signature or self.date_code_accepted
            or (self.refusal_reason and self.refusal_photo))


class AftersalesVisit(models.Model):
    _inherit = 'aftersales.visit'

    def _job_sign(self, order, payload, moment):
        """Take the signature under the work for the article as well that is brought back."""
        result = super()._job_sign(order, payload, moment)
        if payload.get('image') and order.handover_signature:
            order.return_signature = order.with_context(bin_size=False).signature
        return result
