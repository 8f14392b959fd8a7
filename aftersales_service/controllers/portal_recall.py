from odoo.exceptions import UserError
from odoo.http import request, route

from .portal_warranty import WarrantyPortal


class RecallPortal(WarrantyPortal):
    """What the owner of a recalled unit asks for on the page of their card."""

    @route('/my/warranty/<int:warranty_id>/recall/<int:unit_id>', type='http', auth='user',
           website=True, methods=['POST'])
    def portal_request_recall(self, warranty_id, unit_id, **kwargs):
        card_sudo = self._open_document('aftersales.warranty', warranty_id)
        unit = card_sudo._get_open_campaign_units().filtered(lambda unit: unit.id == unit_id)
        if not unit:
            raise request.not_found()
        try:
            order = unit._request_from_portal()
        except UserError:
            return request.redirect(card_sudo.access_url)  # it shows what is open by now
        return request.redirect(order.get_portal_url())
