from odoo import fields, models


class AftersalesPauseReason(models.Model):
    """Why a promise may wait: the customer is away, a part is missing, the roads are flooded."""

    _name = 'aftersales.pause.reason'
    _description = "Pause Reason"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    needs_proof = fields.Boolean(
        help="A pause for this reason needs a file, such as a chat or a weather warning.")
    is_part_wait = fields.Boolean(
        string="Waiting for Parts",
        help="The days of such holds move the end of the unit's warranty, as its days in "
             "repair do.")
    is_uncounted = fields.Boolean(
        string="No Repair Time",
        help="Laws leave the time of such holds out of the days in repair: the transport of a "
             "special part or of a traction battery, the trip of a rescue.")
