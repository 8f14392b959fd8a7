from odoo import models


class AftersalesCampaign(models.Model):
    """What a campaign says of itself: on its orders and on the printed sheet."""

    _inherit = 'aftersales.campaign'

    def _prepare_order_vals(self):
        """Return what all service orders of this campaign have in common."""
        self.ensure_one()
        return {
            'campaign_id': self.id,
            'company_id': self.company_id.id,
            'type_id': self.type_id.id,
            'severity': self.severity,
            'description': self._get_order_text(),
            'user_id': self.user_id.id,
        }

    def _get_order_text(self):
        """Return what stands on each order: technicians read it on their phone."""
        self.ensure_one()
        kind = dict(self._fields['kind']._description_selection(self.env))[self.kind]
        return "\n".join(filter(None, [
            f'{kind} {self.name}: {self.title}', self.reason, self.instruction]))

    def _get_progress_rows(self):
        """Return ``(label, number, per cent)`` of each state, for the printed sheet."""
        self.ensure_one()
        units = self.env['aftersales.campaign.unit']
        counts = dict(units._read_group(
            [('campaign_id', '=', self.id)], ['state'], ['__count']))
        total = sum(counts.values())
        labels = units._fields['state']._description_selection(self.env)
        return [
            *((label, counts.get(state, 0), 100.0 * counts.get(state, 0) / (total or 1))
              for state, label in labels),
            (self.env._("All Units"), total, 100.0 if total else 0.0)]
