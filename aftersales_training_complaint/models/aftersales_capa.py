from odoo import models

from odoo.addons.aftersales_complaint.models.roles import DESK, TEAM_LEAD


class AftersalesCapa(models.Model):
    """Corrective actions that are trainings become needs when the work on them begins."""

    _inherit = 'aftersales.capa'

    def _on_running(self):
        result = super()._on_running()
        self.action_ids._propose_training()
        return result

    def action_request_training(self):
        """Ask who has to learn what because of this corrective action."""
        self.ensure_one()
        return self.env['aftersales.training.request']._open_for(self)

    def _may_request_training(self):
        """Return whether the user may say that somebody has to learn because of these."""
        return self.has_access('write') and (
            self.env.user.has_groups(f'{DESK},{TEAM_LEAD}')
            or all(capa.user_id == self.env.user for capa in self))
