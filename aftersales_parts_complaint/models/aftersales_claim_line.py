from odoo import fields, models

from .aftersales_supplier_claim_mixin import DROPPED

SOURCES = ('inspection_id', 'old_part_id')


class AftersalesClaimLine(models.Model):
    """The goods that a line claims for; they are claimed once."""

    _inherit = 'aftersales.claim.line'

    inspection_id = fields.Many2one(
        'aftersales.inspection', index='btree_not_null', ondelete='restrict', copy=False,
        check_company=True, protected=True)
    old_part_id = fields.Many2one(
        'aftersales.old.part', index='btree_not_null', ondelete='restrict', copy=False,
        check_company=True, protected=True)

    def _ensure_claimed_once(self):
        """Refuse also goods that another claim, once submitted, asks for."""
        result = super()._ensure_claimed_once()
        for name in SOURCES:
            # claims that the user may not read count too
            goods = self.sudo()[name]
            taken = goods.claim_line_ids.filtered(
                lambda line: line.claim_id.state not in ('draft', *DROPPED)) - self.sudo()
            self._refuse_where(
                lambda line, taken=taken, name=name: line.sudo()[name] in taken[name],
                self.env._("Another claim asks for these goods already"))
        return result
