from odoo.http import request, route

from .documents import DocumentPortal
from .form import is_id


class WarrantyPortal(DocumentPortal):
    """The customer's units: the list of their cards, and the page behind a card's QR code."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if 'warranty_count' in counters:
            values['warranty_count'] = self._count_documents(
                'aftersales.warranty', self._get_own_domain())
        return values

    @route(['/my/warranty', '/my/warranty/page/<int:page>'], type='http', auth='user',
           website=True)
    def portal_my_warranties(self, page=1, **kwargs):
        cards_sudo, values = self._prepare_list_values(
            'aftersales.warranty', self._get_own_domain(), '/my/warranty', page)
        return request.render('aftersales_service.portal_my_warranties', {
            **values, 'page_name': 'warranty', 'warranties': cards_sudo})

    @route('/my/warranty/<int:warranty_id>', type='http', auth='public', website=True)
    def portal_my_warranty(
            self, warranty_id, access_token=None, key=None, report_type=None, download=False,
            **kwargs):
        card_sudo = self._open_card(warranty_id, access_token, key)
        is_owner = self._is_reader(card_sudo)
        if report_type in ('html', 'pdf', 'text'):
            if not is_owner:
                raise request.not_found()  # the printed card names its owner
            return self._show_report(
                card_sudo, report_type, 'aftersales_service.action_report_warranty_card',
                download=download)
        values = self._get_page_view_values(
            card_sudo, access_token,
            {'page_name': 'warranty', 'warranty': card_sudo, 'is_owner': is_owner,
             'key': key if card_sudo._is_public_key(key) else None},
            'my_warranty_history', False, **self._read_page_args(kwargs))
        return request.render('aftersales_service.portal_my_warranty', values)

    @route('/my/warranty/<int:warranty_id>/activate', type='http', auth='user', website=True,
           methods=['POST'])
    def portal_activate_warranty(self, warranty_id, **kwargs):
        card_sudo = self._open_document('aftersales.warranty', warranty_id)
        card_sudo._activate_from_portal()
        return request.redirect(card_sudo.get_portal_url())

    def _open_card(self, warranty_id, access_token, key):
        """Return the card as superuser for a visitor with its printed key, or who may read it."""
        card_sudo = request.env['aftersales.warranty'].sudo().browse(
            warranty_id if is_id(warranty_id) else ()).exists()
        if card_sudo and card_sudo._is_public_key(key):
            return card_sudo
        return self._open_document('aftersales.warranty', warranty_id, access_token)

    def _is_reader(self, card_sudo):
        """Return whether visitors read the card by their own right, not by its printed key.

        The key is printed on a card that lies beside the machine: who scans it sees the
        unit, its covers and its record, but neither the owner nor the way into the orders.
        """
        return card_sudo.with_user(request.env.user).has_access('read')
