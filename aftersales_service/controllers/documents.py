from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..tools.words import is_token

# what core's pages take of an address: notices, and the recipient of a mail
PAGE_ARGS = frozenset({'error', 'warning', 'success', 'pid', 'hash'})


class DocumentPortal(CustomerPortal):
    """What the customer's lists and pages of orders, returns and warranty cards share."""

    def _get_own_domain(self):
        """Leave out what the user sees as one of an outlet's people: that is not theirs."""
        return [('partner_id', 'child_of', request.env.user.commercial_partner_id.id)]

    def _count_documents(self, model, domain):
        """Return how many the visitor reads; none of a model that is not for them."""
        records = request.env[model]
        return records.search_count(domain) if records.has_access('read') else 0

    def _prepare_list_values(self, model, domain, url, page, order=None, **url_args):
        """Return the records of one page of a list, and the values of the frame around them."""
        records = request.env[model]
        page_info = pager(
            url=url, url_args=url_args, page=page, step=self._items_per_page,
            total=records.search_count(domain))
        found = records.search(
            domain, order=order, limit=self._items_per_page, offset=page_info['offset'])
        # found by the customer's own rule
        return found.sudo(), self._prepare_portal_layout_values() | {
            'default_url': url, 'pager': page_info}

    def _open_document(self, model, record_id, access_token=None):
        """Return a record that the visitor may see, as superuser, or 404."""
        try:
            return self._document_check_access(model, record_id, access_token)
        except (AccessError, MissingError):
            # the same answer for a record of somebody else and for none: no hint
            raise request.not_found() from None

    def _read_page_args(self, kwargs):
        """Return what core's page values take of an address; other words are not for them."""
        return {name: kwargs[name] for name in PAGE_ARGS & kwargs.keys()}

    def _get_opening_key(self, document_sudo, access_token):
        """Return the key for the page's chatter; none of an old link that a login goes with."""
        return access_token if is_token(access_token, document_sudo.access_token) else None
