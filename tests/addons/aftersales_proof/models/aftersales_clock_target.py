from odoo import api, fields, models

from .aftersales_proof_case import LEVELS


class AftersalesClockTarget(models.Model):
    """Cases add their level to what promised times are matched with."""

    _inherit = 'aftersales.clock.target'

    proof_level = fields.Selection(LEVELS, string="Level of the Case")

    @api.model
    def _get_criteria(self):
        return super()._get_criteria() | {'proof_level': 'level'}
