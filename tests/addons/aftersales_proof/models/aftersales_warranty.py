from odoo import fields, models


class AftersalesWarranty(models.Model):
    """A card may name the article of a contract by which its unit is covered."""

    _inherit = 'aftersales.warranty'

    proof_article = fields.Char(string="Article of the Contract")

    def _prepare_cover_vals(self, promise):
        vals = super()._prepare_cover_vals(promise)
        return vals | {'article': self.proof_article} if self.proof_article else vals
