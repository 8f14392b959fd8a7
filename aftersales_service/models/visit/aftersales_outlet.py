from odoo import fields, models


class AftersalesOutlet(models.Model):
    """What the contract of an outlet says about its technicians' phones."""

    _inherit = 'aftersales.outlet'

    is_position_agreed = fields.Boolean(
        string="Positions Agreed",
        help="The contract lets the phones of the outlet's own people note where they arrive. "
             "Without it nothing is noted, whatever the company's settings say.")
