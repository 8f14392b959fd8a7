from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    group_aftersales_outlets = fields.Boolean(
        string="Service Outlets", implied_group='aftersales_service.group_aftersales_outlets')
    aftersales_accept_minutes = fields.Integer(
        related='company_id.aftersales_accept_minutes', readonly=False)
    aftersales_dispatcher_id = fields.Many2one(
        related='company_id.aftersales_dispatcher_id', readonly=False)
    aftersales_plan_days = fields.Integer(
        related='company_id.aftersales_plan_days', readonly=False)
    aftersales_dispatch_limit = fields.Integer(
        related='company_id.aftersales_dispatch_limit', readonly=False)
    aftersales_objection_days = fields.Integer(
        related='company_id.aftersales_objection_days', readonly=False)
    aftersales_unqualified_technician = fields.Selection(
        related='company_id.aftersales_unqualified_technician', readonly=False)
