from odoo import fields, models


class AftersalesPauseReason(models.Model):
    _inherit = 'aftersales.pause.reason'

    is_part_wait = fields.Boolean(
        string="Waiting for Parts",
        help="The days of such holds move the end of the unit's warranty, as its days in "
             "repair do.")
