from odoo import fields, models

from ...tools.line_cover import LineCover


class AftersalesLabour(models.Model):
    _inherit = 'aftersales.labour'

    floor_fee_id = fields.Many2one(
        'aftersales.floor.fee', readonly=True, copy=False, ondelete='restrict',
        index='btree_not_null', protected=True)
    missed_visit_id = fields.Many2one(
        'aftersales.visit', string="Failed Visit", readonly=True, copy=False,
        ondelete='restrict', index='btree_not_null', protected=True)

    def _get_cover_check(self):
        """Leave stairs and failed visits out of the warranty: contract or goodwill covers them."""
        verdict = super()._get_cover_check()
        facts = self._get_extra_facts()
        if not verdict or not facts:
            return verdict
        is_covered = self.order_id.charge_kind in ('contract', 'goodwill')
        return LineCover(100.0 if is_covered else 0.0, facts)

    def _prepare_mobile_work(self, units):
        return {} if self._get_extra_facts() else super()._prepare_mobile_work(units)

    def _get_extra_facts(self):
        """Return why this line is no part of the work itself; nothing for other labour."""
        self.ensure_one()
        if self.floor_fee_id:
            return {'code': 'floor', 'floor': self.order_id.floor}
        if self.missed_visit_id:
            # those who may read the line may read why the visit failed
            return {'code': 'trip', 'reason': self.missed_visit_id.sudo().missed_reason_id.id}
        return None
