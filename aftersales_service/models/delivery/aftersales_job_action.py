from odoo import fields, models


class AftersalesJobAction(models.Model):
    _inherit = 'aftersales.job.action'

    kind = fields.Selection(selection_add=[
        ('call_result', "Result of the Call"), ('delivery', "Delivery Facts"),
        ('damage', "Damage on Delivery")])
