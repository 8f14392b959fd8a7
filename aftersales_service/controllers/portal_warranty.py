from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal


class WarrantyPortal(CustomerPortal):
    """The page behind the QR code of a warranty card."""

    @route('/my/warranty/<int:warranty_id>', type='http', auth='public', website=True)
    def portal_my_warranty(
            self, warranty_id, access_token=None, report_type=None, download=False, **kwargs):
        try:
            card_sudo = self._document_check_access(
                'aftersales.warranty', warranty_id, access_token)
        except (AccessError, MissingError):
            # the same answer for a card of somebody else and for none: no hint
            raise request.not_found() from None
        is_owner = self._is_reader(card_sudo)
        if report_type in ('html', 'pdf', 'text'):
            if not is_owner:
                raise request.not_found()  # the printed card names its owner
            return self._show_report(
                card_sudo, report_type, 'aftersales_service.action_report_warranty_card',
                download=download)
        values = self._get_page_view_values(
            card_sudo, access_token,
            {'page_name': 'warranty', 'warranty': card_sudo,
             'is_owner': is_owner},
            'my_warranty_history', False, **kwargs)
        return request.render('aftersales_service.portal_my_warranty', values)

    @route('/my/warranty/<int:warranty_id>/activate', type='http', auth='user', website=True,
           methods=['POST'])
    def portal_activate_warranty(self, warranty_id, **kwargs):
        try:
            card_sudo = self._document_check_access('aftersales.warranty', warranty_id)
        except (AccessError, MissingError):
            raise request.not_found() from None
        card_sudo._activate_from_portal()
        return request.redirect(card_sudo.get_portal_url())

    def _is_reader(self, card_sudo):
        """Tell whether the visitor reads the card by his own right, not by its token.

        The token is printed on a card that lies beside the machine: who scans it sees the
        unit, its covers and its record, but neither the owner nor the way into his orders.
        """
        return card_sudo.with_user(request.env.user).has_access('read')
