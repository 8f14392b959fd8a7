from odoo import models

from ...tools.warranty import last_covered_day


class AftersalesWarrantyCover(models.Model):
    """What becomes of a cover when its unit is exchanged."""

    _inherit = 'aftersales.warranty.cover'

    def _outlives_exchange(self, card, day):
        """Return whether ``card`` gets this cover: no void one, and none of the old unit's parts.

        Where terms start again, those that ran out do so as well.
        """
        self.ensure_one()
        last = self._get_last_day()
        if self.origin == 'part' or not last or self.void_date:
            return False
        return last >= day or bool(self.start_event and card.exchange_term == 'full')

    def _prepare_exchanged_vals(self, card, day):
        """Return the values of this cover on ``card``, which replaces the unit on ``day``."""
        self.ensure_one()
        starts_again = bool(self.start_event) and card.exchange_term == 'full'
        is_ahead = self.date_given and self.date_start > day
        vals = self.copy_data({
            'warranty_id': card.id, 'name': self.name,
            'origin': 'exchange' if self.origin == 'factory' else self.origin,
            # without event and day given the days stay as they are
            'start_event': self.start_event if starts_again else False,
            'date_given': self.date_given if is_ahead else False,
            'date_end_promised': self.date_end, 'void_date': False, 'date_notified': False,
            'lead_id': False,
        })[0]
        if starts_again:
            end = last_covered_day(day, self.months, self.days)
            vals.update(
                date_start=day, date_end=card._to_legal_end(end), date_end_promised=end)
        return vals
