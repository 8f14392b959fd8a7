from odoo import fields, models


class AftersalesErasurePeriod(models.Model):
    """Two kinds of data that only cases hold."""

    _inherit = 'aftersales.erasure.period'

    kind = fields.Selection(
        selection_add=[('recording', "Recordings"), ('pager', "Pager Numbers")],
        ondelete={'recording': 'cascade', 'pager': 'cascade'})
