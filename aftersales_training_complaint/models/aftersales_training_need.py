from odoo import fields, models

ORIGINS = [('complaint', "Complaint"), ('capa', "Corrective Action")]


class AftersalesTrainingNeed(models.Model):
    """Complaints and corrective actions show training needs as well."""

    _inherit = 'aftersales.training.need'

    origin = fields.Selection(
        selection_add=ORIGINS, ondelete={'complaint': 'set default', 'capa': 'set default'})
