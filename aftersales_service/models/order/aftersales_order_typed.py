from odoo import api, models

from ..workshop.aftersales_order_bench import BENCH_FACTS


class AftersalesOrder(models.Model):
    """What follows from judging and doing an order is typed by nobody, by no door.

    This class is loaded after all others that extend the order: its guard sees what the
    caller gives, not what the others note.
    """

    _inherit = 'aftersales.order'

    @api.model_create_multi
    def create(self, vals_list):
        self._ensure_creatable(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._ensure_typable(vals)
        return super().write(vals)

    @api.model
    def _get_typed_never(self):
        """Return what follows from numbering, judging, promising, offering, doing and paying."""
        return super()._get_typed_never() | BENCH_FACTS | {
            'name', 'cover_state', 'is_excluded', 'is_repeat', 'campaign_id',
            'event_day', 'date_done', 'date_closed', 'date_deadline', 'is_paused',
            'offer_id', 'offer_ids', 'offer_state', 'date_offered', 'date_offer_deadline',
            'decline_reason', 'capacity_day',
            'visit_count', 'second_visit_count', 'wasted_trip_count', 'date_planned_stop',
            'bench_state', 'unclaimed_date', 'disposal_date', 'date_follow_up',
            'has_accident', 'has_damage', 'has_return', 'has_trip_to_charge',
            'reminder_count', 'head_office_state', 'date_head_office_asked',
            'date_head_office_answered', 'use_explained_user_id', 'date_use_explained',
            'date_code_accepted',
            'goodwill_user_id', 'reported_amount', 'reported_user_id', 'date_reported'}
