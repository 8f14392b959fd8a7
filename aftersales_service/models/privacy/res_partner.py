from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .aftersales_erasure import KINDS


class ResPartner(models.Model):
    _inherit = 'res.partner'

    def _get_service_data_domain(self):
        """Return the orders of these customers, their contacts and their addresses."""
        return Domain('partner_id', 'child_of', self.ids) | Domain(
            'site_id', 'child_of', self.ids)

    def _erase_service_data(self):
        """Erase positions, photos and signatures of these customers' closed orders.

        Only administrators may; the customer's chatter says what was erased. Returns the
        orders that are still open, whose data stay.
        """
        if not self.env.user.has_group('aftersales_service.group_aftersales_manager'):
            raise AccessError(self.env._("Only administrators erase personal data."))
        orders = self.env['aftersales.order'].with_context(active_test=False)
        holds_data = Domain.OR(orders._get_personal_data_domain(kind) for kind in KINDS)
        for partner in self:
            closed = orders.search(partner._get_service_data_domain() & holds_data)
            counts = closed._erase_personal_data(KINDS, 'request', partner=partner)
            partner._message_log(body=self.env._(
                "Personal data erased. Service orders: %(orders)s; positions: %(positions)s; "
                "photos: %(photos)s; signatures: %(signatures)s.", orders=len(closed),
                positions=counts['position'], photos=counts['photo'],
                signatures=counts['signature']))
        return orders.search(self._get_service_data_domain() & Domain('date_closed', '=', False))
