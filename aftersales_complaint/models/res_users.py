from odoo import models

from .roles import DESK, TEAM_LEAD


class ResUsers(models.Model):
    _inherit = 'res.users'

    def _is_of_complaint_desk(self):
        """Return whether this user works at the complaint desk or leads the team.

        Hook to call: by rules that leave a step to them, with any rights, for one user. Raises
        nothing.
        """
        self.ensure_one()
        return self.has_group(DESK) or self.has_group(TEAM_LEAD)

    def _filter_aftersales_colleagues(self, company):
        """Return those of these users who work in a company: active, no portal users.

        Hook to call: by rules that propose or notify people, with rights to read users, for a
        batch. Raises nothing.
        """
        return self.filtered(
            lambda user: user.active and not user.share and company in user.company_ids)
