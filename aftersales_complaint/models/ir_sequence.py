from dateutil.relativedelta import relativedelta

from odoo import models


class IrSequence(models.Model):
    """A sequence that begins again each month."""

    _inherit = 'ir.sequence'

    def _ensure_month_ranges(self, day):
        """Make the ranges of the month of ``day`` and of the next one where they are missing.

        Called as superuser by what draws numbers of a month, for one sequence with date ranges.
        Ranges that somebody made, such as quarters, stay and count.
        """
        self.ensure_one()
        first = day.replace(day=1)
        ranges = self.env['ir.sequence.date_range'].search_fetch(
            [('sequence_id', '=', self.id), ('date_to', '>=', first)])
        missing = []
        for start in (first, first + relativedelta(months=1)):
            stop = start + relativedelta(months=1, days=-1)
            if not any(part.date_from <= stop and part.date_to >= start for part in ranges):
                missing.append({'sequence_id': self.id, 'date_from': start, 'date_to': stop})
        if missing:
            self.env['ir.sequence.date_range'].create(missing)
