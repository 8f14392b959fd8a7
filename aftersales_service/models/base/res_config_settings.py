from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    # Feature groups: a small firm that needs none sees orders, cards and policies
    group_aftersales_workshop = fields.Boolean(
        string="Workshop", implied_group='aftersales_service.group_aftersales_workshop')
    group_aftersales_visits = fields.Boolean(
        string="Visits and Phone Page",
        implied_group='aftersales_service.group_aftersales_visits')
    group_aftersales_clocks = fields.Boolean(
        string="Promised Times", implied_group='aftersales_service.group_aftersales_clocks')
    group_aftersales_grades = fields.Boolean(
        string="Customer Grades and Zones",
        implied_group='aftersales_service.group_aftersales_grades')
    group_aftersales_diagnosis = fields.Boolean(
        string="Fault Codes", implied_group='aftersales_service.group_aftersales_diagnosis')
    group_aftersales_liaison = fields.Boolean(
        string="Liaison Slips", implied_group='aftersales_service.group_aftersales_liaison')
    group_aftersales_returns = fields.Boolean(
        string="Returns", implied_group='aftersales_service.group_aftersales_returns')

    aftersales_card_cap = fields.Integer(
        related='company_id.aftersales_card_cap', readonly=False)
    aftersales_reminder_limit = fields.Integer(
        related='company_id.aftersales_reminder_limit', readonly=False)
    aftersales_reply_hours = fields.Float(
        related='company_id.aftersales_reply_hours', readonly=False)
    aftersales_repair_days = fields.Integer(
        related='company_id.aftersales_repair_days', readonly=False)

    def set_values(self):
        """Switch the alerts with the promises: what nobody sees, nobody is told."""
        result = super().set_values()
        alerts = self.env.ref('aftersales_service.ir_cron_clock_alert', False)
        if alerts and alerts.active != self.group_aftersales_clocks:
            alerts.active = self.group_aftersales_clocks
        return result
