from datetime import timedelta

from odoo import fields, models

from .aftersales_erasure import KINDS


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_position_days = fields.Integer(
        string="Keep Positions (Days)", help="From the closing of the order. 0 keeps them.")
    aftersales_photo_days = fields.Integer(
        string="Keep Photos (Days)", help="From the closing of the order. 0 keeps them.")
    aftersales_signature_days = fields.Integer(
        string="Keep Signatures (Days)", help="From the closing of the order. 0 keeps them.")

    _aftersales_days_positive = models.Constraint(
        'CHECK(LEAST(aftersales_position_days, aftersales_photo_days,'
        ' aftersales_signature_days) >= 0)',
        "Data cannot be kept for less than no time: 0 keeps it for ever.")

    def _get_erasure_limits(self):
        """Return ``{kind: moment}``: what closed before that moment loses its data."""
        self.ensure_one()
        now = fields.Datetime.now()
        return {
            kind: now - timedelta(days=days)
            for kind in KINDS if (days := self[f'aftersales_{kind}_days'])}
