from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_reminder_limit = fields.Integer(
        string="Reminders before Alert", default=2,
        help="When a customer asked this often about an open order, dispatchers are told.")
    aftersales_repair_days = fields.Integer(
        string="Days a Repair Must Hold", default=30,
        help="A further repair of the same unit within this time counts as a repeat repair. "
             "China's three-guarantee rules ask for 30 days (article 6).")
