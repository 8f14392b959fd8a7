from odoo import fields, models

from ...tools.line_cover import LineCover


class AftersalesOrder(models.Model):
    """A repair that did not hold is done again for free, also out of warranty."""

    _inherit = 'aftersales.order'

    # a plain column, set with a verdict: registering and listing orders judge no repairs
    is_repeat = fields.Boolean(
        string="Repeated Repair", readonly=True, copy=False,
        help="The last repair did not hold, so this one is free. Decided with the verdict.",
        protected=True)

    def _compute_charge_kind(self):
        result = super()._compute_charge_kind()
        for order in self:
            if order.is_repeat and not order.is_excluded and not (
                    order.date_done or order.date_closed):
                order.charge_kind = 'free'
        return result

    def _record_decisions(self, claims):
        """Let a repeated repair be free, and its lines follow."""
        verdicts = super()._record_decisions(claims)
        for order, (__, decision) in claims.items():
            is_repeat = order._is_repeat_by(decision)
            if is_repeat != order.is_repeat and not (order.date_done or order.date_closed):
                is_free = is_repeat or order.cover_state == 'covered'
                # the rules decided it; the right to decide was checked
                order.sudo().write({
                    'is_repeat': is_repeat, 'charge_kind': 'free' if is_free else 'paid'})
        return verdicts

    def _is_repeat_by(self, decision):
        """Return whether nothing but the failed repair before makes this one free."""
        self.ensure_one()
        repair = decision.get('repair')
        return bool(
            repair and repair.rule.since_repair_days is not None and not self.is_excluded
            and self.cover_state != 'covered' and (self.is_repeat or self.charge_kind == 'paid'))

    def _get_cover_check(self, kind, component=None):
        if self.is_repeat and not self.is_excluded and self.charge_kind == 'free':
            return LineCover.covered_by('again')
        return super()._get_cover_check(kind, component)

    # === THE TECHNICIAN'S PHONE === #

    def _get_mobile_context(self):
        """Find the paid repairs that a verdict would make free: the desk has not decided yet."""
        shared = super()._get_mobile_context()
        paid = self.filtered(
            lambda order: order.charge_kind == 'paid' and order.warranty_id
            and not order.date_done and not order.is_closed)
        claims = paid._judge_remedies() if paid else {}
        shared['repeats'] = {
            order for order, (__, decision) in claims.items() if order._is_repeat_by(decision)}
        return shared

    def _prepare_mobile_order(self, shared):
        return super()._prepare_mobile_order(shared) | {
            'is_repeat_expected': self in shared['repeats']}
