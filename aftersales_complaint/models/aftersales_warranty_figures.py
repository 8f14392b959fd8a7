from odoo import models


class AftersalesWarranty(models.Model):
    _inherit = 'aftersales.warranty'

    def action_view_failure_price(self):
        """Show what the failures of this unit cost."""
        self.ensure_one()
        return self.env['aftersales.failure.price']._open_for(
            scope='unit', warranty_id=self.id, company_id=self.company_id.id)
