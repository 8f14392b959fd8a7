from odoo import api, fields, models

from .aftersales_complaint_rule import LEVELS


class AftersalesClockTarget(models.Model):
    """Complaints add their level, and whether the customer lives abroad, to promised times."""

    _inherit = 'aftersales.clock.target'

    complaint_level = fields.Selection(LEVELS, string="Level of the Complaint")
    is_complaint_abroad = fields.Boolean(string="Complaint from Abroad")

    @api.model
    def _get_criteria(self):
        return super()._get_criteria() | {
            'complaint_level': 'complaint_level', 'is_complaint_abroad': 'is_complaint_abroad'}
