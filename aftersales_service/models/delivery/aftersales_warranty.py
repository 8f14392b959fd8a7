from odoo import models


class AftersalesWarranty(models.Model):
    _inherit = 'aftersales.warranty'

    def _get_cover_sentences(self, facts):
        return super()._get_cover_sentences(facts) | {
            'floor': lambda: self.env._(
                "Carried to floor %(floor)s without a lift", floor=facts['floor']),
            # the ORM checked read access to the line: its readers may see why the visit failed
            'trip': lambda: self.env._(
                "Failed visit: %(reason)s", reason=self.env['aftersales.missed.reason'].sudo()
                .browse(facts['reason']).name),
        }
