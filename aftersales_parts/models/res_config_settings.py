from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of part requests, receiving inspection and old parts."""

    _inherit = 'res.config.settings'

    aftersales_part_return_days = fields.Integer(
        related='company_id.aftersales_part_return_days', readonly=False)
    aftersales_loan_days = fields.Integer(
        related='company_id.aftersales_loan_days', readonly=False)
    aftersales_inspection_kind = fields.Selection(
        related='company_id.aftersales_inspection_kind', readonly=False, required=True)
    aftersales_inspection_level = fields.Selection(
        related='company_id.aftersales_inspection_level', readonly=False, required=True)
    aftersales_inspection_aql = fields.Float(
        related='company_id.aftersales_inspection_aql', readonly=False)
    is_aftersales_reduced_inspection = fields.Boolean(
        related='company_id.is_aftersales_reduced_inspection', readonly=False)
    is_aftersales_special_levels = fields.Boolean(
        related='company_id.is_aftersales_special_levels', readonly=False)
    aftersales_old_part_days = fields.Integer(
        related='company_id.aftersales_old_part_days', readonly=False)
    aftersales_old_part_warning_days = fields.Integer(
        related='company_id.aftersales_old_part_warning_days', readonly=False)
    aftersales_old_part_min_value = fields.Monetary(
        related='company_id.aftersales_old_part_min_value', readonly=False)
    aftersales_old_part_local_value = fields.Monetary(
        related='company_id.aftersales_old_part_local_value', readonly=False)
    aftersales_old_part_high_value = fields.Monetary(
        related='company_id.aftersales_old_part_high_value', readonly=False)
    aftersales_old_part_sample_percent = fields.Float(
        related='company_id.aftersales_old_part_sample_percent', readonly=False)
    aftersales_old_parts_location_id = fields.Many2one(
        related='company_id.aftersales_old_parts_location_id', readonly=False)
    aftersales_part_repair_cost_percent = fields.Float(
        related='company_id.aftersales_part_repair_cost_percent', readonly=False)
    aftersales_part_repair_life_percent = fields.Float(
        related='company_id.aftersales_part_repair_life_percent', readonly=False)
    aftersales_part_repair_count = fields.Integer(
        related='company_id.aftersales_part_repair_count', readonly=False)
    is_aftersales_parts_two_persons = fields.Boolean(
        related='company_id.is_aftersales_parts_two_persons', readonly=False)
