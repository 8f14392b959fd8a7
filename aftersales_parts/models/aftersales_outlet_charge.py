from odoo import fields, models

from .aftersales_old_part import CHARGE_KIND


class AftersalesOutletCharge(models.Model):
    """Outlets are charged for old parts that are missing, wrong or broken by the customer."""

    _inherit = 'aftersales.outlet.charge'

    kind = fields.Selection(
        selection_add=[(CHARGE_KIND, "Old Part"), ('other',)],
        ondelete={CHARGE_KIND: 'set default'})
