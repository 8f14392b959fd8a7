from odoo import fields, models

BASE_POINT_GROUPS = 'aftersales_conduct.group_conduct_officer,hr.group_hr_user'


class HrJob(models.Model):
    _inherit = 'hr.job'

    aftersales_base_points = fields.Float(
        string="Base Points", groups=BASE_POINT_GROUPS, copy=False,
        help="The weight of the position when a unit's loss is split among its persons: the "
             "handbook's proposal is general manager 10, manager 6, section head 4, team leader "
             "3, engineer or salesperson 2, worker or technician 1.")

    _aftersales_base_points_positive = models.Constraint(
        'CHECK(aftersales_base_points >= 0)', "Base points cannot be negative.")
