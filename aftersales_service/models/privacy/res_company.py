from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_position_days = fields.Integer(
        string="Keep Positions (Days)", help="From the closing of the order. 0 keeps them.")
    aftersales_photo_days = fields.Integer(
        string="Keep Photos (Days)", help="From the closing of the order. 0 keeps them.")
    aftersales_signature_days = fields.Integer(
        string="Keep Signatures (Days)", help="From the closing of the order. 0 keeps them.")

    aftersales_text_days = fields.Integer(
        string="Keep Texts (Days)", help="From the closing of the order. 0 keeps them.")

    _aftersales_days_positive = models.Constraint(
        'CHECK(LEAST(aftersales_position_days, aftersales_photo_days,'
        ' aftersales_signature_days, aftersales_text_days) >= 0)',
        "Data cannot be kept for less than no time: 0 keeps it for ever.")

    def _get_erasure_days(self):
        """Return the general period of each kind of data in days, where the company has one."""
        self.ensure_one()
        return {
            kind: self[f'aftersales_{kind}_days']
            for kind in self.env['aftersales.erasure']._get_kinds()
            if f'aftersales_{kind}_days' in self._fields}
