from odoo import models


class HrEmployee(models.Model):
    """Who leaves gives back what they were given."""

    _inherit = 'hr.employee'

    def write(self, vals):
        result = super().write(vals)
        if vals.get('departure_date') or vals.get('active') is False:
            self.user_id._ask_tools_back()
        return result
