from odoo import api, models


class AftersalesOrder(models.Model):
    """The cover panel of an order: its unit, judged on the day it was reported."""

    _inherit = 'aftersales.order'

    @api.readonly
    def get_cover_panel(self, supposed=None):
        """Return the panel of this order's unit; ``False`` without a card."""
        self.ensure_one()
        self.check_access('read')
        card = self.warranty_id
        if not card:
            return False
        known = card._read_supposed(supposed)
        facts, decision = self._judge_supposed(known) if known else self._judge_remedies()[self]
        panel = card._prepare_panel(facts, decision)
        return panel | {'can_decide': self.has_access('write') and not self.date_closed}

    def _judge_supposed(self, known):
        """Return the facts as if this order were reported with ``known``, and the decision."""
        known = dict(known)
        day = known.pop('day', None) or self.event_day
        return self._judge_remedy(self._read_record(), day, **known)

    def _get_portal_panel(self):
        """Return what the customer reads on the portal, judged on the day of the report."""
        self.ensure_one()
        panel = self.get_cover_panel()
        return panel and {
            key: panel[key] for key in (
                'color', 'covers', 'is_covered', 'remedies', 'failed', 'exclusions',
                'day_text')}
