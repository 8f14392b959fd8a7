from odoo import api, fields, models

FEATURES = (
    'workshop', 'visits', 'clocks', 'grades', 'diagnosis', 'liaison', 'returns', 'outlets')


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
    is_aftersales_small = fields.Boolean(compute='_compute_is_aftersales_small')
    is_aftersales_all_shown = fields.Boolean(
        string="Show All Settings", store=False,
        help="Also those that a firm without these features hardly changes.")
    aftersales_card_cap = fields.Integer(
        related='company_id.aftersales_card_cap', readonly=False)
    aftersales_reminder_limit = fields.Integer(
        related='company_id.aftersales_reminder_limit', readonly=False)
    aftersales_reminder_wait = fields.Integer(
        related='company_id.aftersales_reminder_wait', readonly=False)
    aftersales_portal_limit = fields.Integer(
        related='company_id.aftersales_portal_limit', readonly=False)
    aftersales_reply_hours = fields.Float(
        related='company_id.aftersales_reply_hours', readonly=False)
    aftersales_repair_days = fields.Integer(
        related='company_id.aftersales_repair_days', readonly=False)

    # Warranty cards
    aftersales_expiry_days = fields.Integer(
        related='company_id.aftersales_expiry_days', readonly=False)
    is_aftersales_expiry_lead = fields.Boolean(
        related='company_id.is_aftersales_expiry_lead', readonly=False)

    # Outlets and dispatch
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

    # Phone page
    aftersales_track_position = fields.Boolean(
        related='company_id.aftersales_track_position', readonly=False)
    aftersales_photo_limit = fields.Integer(
        related='company_id.aftersales_photo_limit', readonly=False)
    aftersales_photo_pixels = fields.Integer(
        related='company_id.aftersales_photo_pixels', readonly=False)
    aftersales_photo_side = fields.Integer(
        related='company_id.aftersales_photo_side', readonly=False)
    aftersales_map_link = fields.Char(
        related='company_id.aftersales_map_link', readonly=False)

    # Notifications
    aftersales_quiet_start = fields.Float(
        related='company_id.aftersales_quiet_start', readonly=False)
    aftersales_quiet_end = fields.Float(
        related='company_id.aftersales_quiet_end', readonly=False)
    aftersales_message_attempts = fields.Integer(
        related='company_id.aftersales_message_attempts', readonly=False)
    aftersales_message_wait = fields.Integer(
        related='company_id.aftersales_message_wait', readonly=False)

    # Completion codes
    aftersales_code_minutes = fields.Integer(
        related='company_id.aftersales_code_minutes', readonly=False)
    aftersales_code_tries = fields.Integer(
        related='company_id.aftersales_code_tries', readonly=False)
    aftersales_code_limit = fields.Integer(
        related='company_id.aftersales_code_limit', readonly=False)

    # Follow-up
    aftersales_follow_up_days = fields.Integer(
        related='company_id.aftersales_follow_up_days', readonly=False)

    # Payments on site
    aftersales_needs_price = fields.Boolean(
        related='company_id.aftersales_needs_price', readonly=False)
    aftersales_pay_later = fields.Boolean(
        related='company_id.aftersales_pay_later', readonly=False)
    aftersales_payment_journal_ids = fields.Many2many(
        related='company_id.aftersales_payment_journal_ids', readonly=False,
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('company_id', '=', company_id)]")

    # Covers and appraisals
    aftersales_cover_soon_days = fields.Integer(
        related='company_id.aftersales_cover_soon_days', readonly=False)
    aftersales_audit_share = fields.Float(
        related='company_id.aftersales_audit_share', readonly=False)
    aftersales_wrong_appraisal_fee = fields.Float(
        related='company_id.aftersales_wrong_appraisal_fee', readonly=False)

    # Deliveries
    aftersales_two_people_weight = fields.Float(
        related='company_id.aftersales_two_people_weight', readonly=False)
    aftersales_claim_days = fields.Integer(
        related='company_id.aftersales_claim_days', readonly=False)
    aftersales_trip_service_id = fields.Many2one(
        related='company_id.aftersales_trip_service_id', readonly=False)

    # Workshop
    aftersales_unclaimed_days = fields.Integer(
        related='company_id.aftersales_unclaimed_days', readonly=False)
    aftersales_disposal_days = fields.Integer(
        related='company_id.aftersales_disposal_days', readonly=False)

    # Accidents
    aftersales_accident_minutes = fields.Integer(
        related='company_id.aftersales_accident_minutes', readonly=False)
    aftersales_accident_hours = fields.Integer(
        related='company_id.aftersales_accident_hours', readonly=False)

    # Retention
    aftersales_position_days = fields.Integer(
        related='company_id.aftersales_position_days', readonly=False)
    aftersales_photo_days = fields.Integer(
        related='company_id.aftersales_photo_days', readonly=False)
    aftersales_signature_days = fields.Integer(
        related='company_id.aftersales_signature_days', readonly=False)
    aftersales_text_days = fields.Integer(
        related='company_id.aftersales_text_days', readonly=False)

    @api.depends(*[f'group_aftersales_{name}' for name in FEATURES])
    def _compute_is_aftersales_small(self):
        for settings in self:
            settings.is_aftersales_small = not any(
                settings[f'group_aftersales_{name}'] for name in FEATURES)

    def set_values(self):
        """Switch the alerts on and off together with the promises."""
        result = super().set_values()
        alerts = self.env.ref('aftersales_service.ir_cron_clock_alert', False)
        if alerts and alerts.active != self.group_aftersales_clocks:
            alerts.active = self.group_aftersales_clocks
        return result

    def action_view_notifiers(self):
        """Open the rules by which customers are notified."""
        return self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_notifier_action')

    def action_view_erasure_periods(self):
        """Open the periods after which personal data is erased."""
        return self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_erasure_period_action')
