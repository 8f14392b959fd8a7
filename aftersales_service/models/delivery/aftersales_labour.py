from odoo import fields, models


class AftersalesLabour(models.Model):
    _inherit = 'aftersales.labour'

    floor_fee_id = fields.Many2one(
        'aftersales.floor.fee', readonly=True, ondelete='restrict', index='btree_not_null')
    missed_visit_id = fields.Many2one(
        'aftersales.visit', string="Trip in Vain", readonly=True, copy=False,
        ondelete='restrict', index='btree_not_null')

    def _compute_cover(self):
        """Leave stairs and vain trips out of the warranty: contract or goodwill covers them."""
        result = super()._compute_cover()
        for labour in self.filtered(lambda line: line.floor_fee_id or line.missed_visit_id):
            order = labour.order_id
            if not order.date_done:
                labour.is_covered = order.charge_kind in ('contract', 'goodwill')
                labour.cover_reason = labour._get_extra_reason()
        return result

    def _get_extra_reason(self):
        self.ensure_one()
        if self.floor_fee_id:
            return self.env._(
                "Carried to floor %(floor)s without a lift", floor=self.order_id.floor)
        # whoever sees the line may know why the trip was in vain
        reason = self.missed_visit_id.sudo().missed_reason_id
        return self.env._("Trip in vain: %(reason)s", reason=reason.name)
