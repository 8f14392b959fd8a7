from odoo import models
from odoo.tools import SQL


class AftersalesCostReport(models.Model):
    """Cases are one source more of the analysis of costs."""

    _inherit = 'aftersales.cost.report'

    def _get_sources(self) -> list[SQL]:
        return [*super()._get_sources(), SQL(
            """
            SELECT 'aftersales.proof.case' AS res_model, c.id AS res_id, NULL AS product_id,
                   c.partner_id, c.outlet_id, c.title AS reason, NULL AS responsible
              FROM aftersales_proof_case c
            """)]
