from odoo import fields, models


class AftersalesOutletCharge(models.Model):
    _inherit = 'aftersales.outlet.charge'

    kind = fields.Selection(
        selection_add=[('appraisal', "Wrong Appraisal"), ('other',)],
        ondelete={'appraisal': 'set default'})
