from odoo import fields, models


class AftersalesJobAction(models.Model):
    _inherit = 'aftersales.job.action'

    kind = fields.Selection(selection_add=[('accident', "Accident")])
