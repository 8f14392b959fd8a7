from odoo import api, models
from odoo.exceptions import UserError


class AftersalesOrder(models.Model):
    """What follows from judging and doing an order is typed by nobody, by no door.

    Views grey these fields out; an import or a call would still write who pays.
    """

    _inherit = 'aftersales.order'

    @api.model_create_multi
    def create(self, vals_list):
        self._ensure_typed(set().union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._ensure_typed(vals.keys())
        return super().write(vals)

    @api.model
    def _get_typed_never(self):
        """Return the fields that only the rules and steps write; other subjects add theirs."""
        return {
            'cover_state', 'event_day', 'date_done', 'date_closed', 'date_deadline', 'is_paused',
            'reminder_count', 'use_explained_user_id', 'date_use_explained', 'date_follow_up',
            'has_accident', 'has_damage', 'head_office_state', 'date_head_office_asked',
            'date_head_office_answered'}

    @api.model
    def _ensure_typed(self, names):
        if not self.env.su and (wrong := self._get_typed_never() & names):
            raise UserError(self.env._(
                "These follow from the steps of an order and cannot be typed: %(fields)s",
                fields=", ".join(sorted(
                    self._fields[name]._description_string(self.env) for name in wrong))))
