from odoo import fields, models


class AftersalesOutlet(models.Model):
    _inherit = 'aftersales.outlet'

    can_appraise = fields.Boolean(
        string="Issues Appraisals",
        help="Within the first days, when a return or exchange may be asked for at once, its "
             "people issue fault appraisal sheets without further approval.")
