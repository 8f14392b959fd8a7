from odoo import models


class ResPartner(models.Model):
    """A customer with complaints, those of the contacts included."""

    _name = 'res.partner'
    _inherit = ['res.partner', 'aftersales.complaint.button.mixin']

    _complaint_link = 'partner_id'

    def _compute_complaint_count(self):
        self._count_with_contacts({'aftersales.complaint': 'complaint_count'})
