from odoo import fields, models

from .aftersales_inspection_plan import LEVEL_CHOICES
from .aftersales_inspection_state import KINDS


class ResCompany(models.Model):
    """How a company inspects receipts of spare parts, and what it asks of old parts."""

    _inherit = 'res.company'

    # Receiving inspection
    aftersales_inspection_kind = fields.Selection(
        KINDS, string="Inspect Receipts of Spare Parts", default='sample', required=True,
        help="How parts of a supplier begin; each can be changed by itself.")
    aftersales_inspection_level = fields.Selection(
        LEVEL_CHOICES, string="Inspection Level", default='II', required=True)
    aftersales_inspection_aql = fields.Float(
        string="AQL (%)", digits=(5, 3), default=1.0,
        help="The share of defective pieces up to which lots are mostly accepted. Vital parts "
             "begin with 0.65.")
    is_aftersales_reduced_inspection = fields.Boolean(
        string="Reduced Inspection",
        help="Planners may reduce the samples of suppliers whose lots were good for long.")
    is_aftersales_special_levels = fields.Boolean(
        string="Special Levels (S-1 to S-4)",
        help="Small samples, for tests that are dear or destroy the piece.")

    # Old parts
    aftersales_old_part_days = fields.Integer(
        string="Days to Return Old Parts", default=30, help="0: without a deadline.")
    aftersales_old_part_warning_days = fields.Integer(
        string="Days before the Reminder", default=7,
        help="So many days before old parts must be back, those who hold them are reminded.")
    aftersales_old_part_min_value = fields.Monetary(
        string="Exempt below", default=10.0,
        help="[default] Old parts below this value need not come back, unless they are "
             "hazardous waste.")
    aftersales_old_part_local_value = fields.Monetary(
        string="Destroyed on Site below", default=50.0,
        help="[default] Old parts below this value may be destroyed by the outlet, with a photo.")
    aftersales_old_part_high_value = fields.Monetary(
        string="Check All from", default=500.0,
        help="[default] Old parts from this value on are all checked at the bench.")
    aftersales_old_part_sample_percent = fields.Float(
        string="Check of the Others (%)", default=10.0)
    aftersales_old_parts_location_id = fields.Many2one(
        'stock.location', string="Old Parts Location", check_company=True,
        domain=[('usage', 'in', ('inventory', 'internal'))],
        help="Where parts that are taken off go. A location for inventory loss keeps them out of "
             "the value of the stock. Empty: where the new parts come from.")
    aftersales_part_repair_cost_percent = fields.Float(
        string="Repair up to (%) of a New Part", default=50.0, help="[default]")
    aftersales_part_repair_life_percent = fields.Float(
        string="Life after Repair from (%)", default=70.0, help="[default]")
    aftersales_part_repair_count = fields.Integer(
        string="Repairs in a Part's Life", default=3, help="[default]")
    is_aftersales_parts_two_persons = fields.Boolean(
        string="Second Person Approves",
        help="Another person than the one who proposed approves repair and scrap of old parts.")

    _aftersales_parts_numbers = models.Constraint(
        'CHECK(aftersales_old_part_days >= 0 AND aftersales_old_part_warning_days >= 0 '
        'AND aftersales_old_part_sample_percent BETWEEN 0 AND 100 '
        'AND aftersales_old_part_min_value >= 0 AND aftersales_part_repair_count >= 0)',
        "Days, values and shares of old parts cannot be negative, nor a share above 100.")
