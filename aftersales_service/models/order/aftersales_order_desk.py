from odoo import models

# what the desk notes for itself, beside what it does with the customer
DESK_FIELDS = frozenset({
    'decline_reason', 'duplicate_ids', 'follow_up_note', 'goodwill_reason',
    'head_office_answer', 'head_office_question', 'lead_id', 'open_orders', 'pasted_address',
    'pasted_contact'})


class AftersalesOrder(models.Model):
    """What the desk notes for itself: neither the customer nor an outlet's people read it."""

    _inherit = 'aftersales.order'

    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            field.name not in DESK_FIELDS or self.env.su or self.env.user._is_internal())
