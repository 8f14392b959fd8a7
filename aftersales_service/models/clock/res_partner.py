from odoo import fields, models


class ResPartner(models.Model):
    _inherit = 'res.partner'

    aftersales_grade_id = fields.Many2one(
        'aftersales.customer.grade', string="Customer Grade", index='btree_not_null',
        copy=False, groups='aftersales_service.group_aftersales_agent',
        help="Companies only; it shortens or lengthens the promised times.")
