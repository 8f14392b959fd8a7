from odoo import models


class AftersalesOrder(models.Model):
    """What was taken along against a signed slip is given back against one."""

    _inherit = 'aftersales.order'

    def _ensure_done(self):
        result = super()._ensure_done()
        self._ensure_article_given_back()
        return result

    def _ensure_article_given_back(self):
        self._refuse_where(
            lambda order: order._awaits_article(),
            self.env._("The customer must sign that the article came back"))

    def _awaits_article(self):
        """Whether the customer did not sign yet for the article that was taken along."""
        self.ensure_one()
        # it comes back out of the repair or with a further visit: the signatures of other
        # orders need not be read
        return bool(
            (self.state == 'in_repair' or self.visit_count > 1)
            and self.handover_signature and not self._is_given_back())

    def _is_given_back(self):
        """Whether the customer signed for the article, gave the code, or why neither was done."""
        self.ensure_one()
        return bool(
            self.return_signature or self.date_code_accepted
            or (self.refusal_reason and self.refusal_photo))

    def _prepare_mobile_order(self, shared):
        """Let the phone ask for a signature when the article is brought back."""
        job = super()._prepare_mobile_order(shared)
        return job | {'is_signed': False} if self._awaits_article() else job
