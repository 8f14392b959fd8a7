from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class AftersalesOrder(models.Model):
    """The key to the customer's page: who has it acts as the customer.

    An outlet's people are portal users, too, and read the orders that it accepted. They
    get no key: with it they would accept quotations, sign and rate in the customer's name.
    """

    _inherit = 'aftersales.order'

    access_token = fields.Char(groups='base.group_user')

    def _portal_ensure_token(self):
        """Make the key, and return it to the desk and to the customer only."""
        self._ensure_key_holder()
        # checked above
        return super(AftersalesOrder, self.sudo())._portal_ensure_token()

    def _get_share_url(self, *args, **kwargs):
        self._ensure_key_holder()
        # checked above
        return super(AftersalesOrder, self.sudo())._get_share_url(*args, **kwargs)

    def _ensure_key_holder(self):
        """Refuse who is neither the customer nor of the desk."""
        if self.env.su:
            return
        self.check_access('read')
        user = self.env.user
        if user.share and not all(order._is_customers(user) for order in self):
            raise AccessError(self.env._("This is not your order."))

    def _is_customers(self, user):
        """Whether a portal user sees this order as its customer."""
        return bool(self.sudo().filtered_domain(
            [('partner_id', 'child_of', user.commercial_partner_id.id)]))

    def _sign_token(self, pid):
        # the hash does not give the key away; core signs the mails of all authors, customers too
        return super(AftersalesOrder, self.sudo())._sign_token(pid)

    @api.model
    def _get_thread_with_access(self, thread_id, *, token=None, **kwargs):
        """Open the order to the holder of its key, as core does for visitors.

        Where a login may read the order as well, core would compare the key without sudo.
        """
        thread = super()._get_thread_with_access(thread_id, token=token, **kwargs)
        # a key that opens was compared by the override of mail.thread
        return thread.sudo() if token else thread

    def _get_allowed_message_params(self):
        return super()._get_allowed_message_params() - {'rating_value'}

    def message_post(self, **kwargs):
        """Take no stars with a message: the customer rates finished work on its page.

        Core lets all who may write a message rate with it, and the outlet's people may.
        """
        if kwargs.get('rating_value') and not self.env.su:
            raise UserError(self.env._("Customers rate the finished work on their own page."))
        return super().message_post(**kwargs)
