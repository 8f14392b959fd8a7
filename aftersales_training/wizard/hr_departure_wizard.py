from odoo import api, fields, models


class HrDepartureWizard(models.TransientModel):
    """Who registers a departure sees which tools the person still has."""

    _inherit = 'hr.departure.wizard'

    aftersales_tools = fields.Char(
        string="Tools to Give Back", compute='_compute_aftersales_tools')

    @api.depends('employee_ids')
    def _compute_aftersales_tools(self):
        for wizard in self:
            # who registers the departure of a person may know what the person has
            tools = wizard.env['aftersales.tool'].sudo().search(
                [('user_id', 'in', wizard.employee_ids.user_id.ids)])
            wizard.aftersales_tools = ", ".join(tools.mapped('display_name'))
