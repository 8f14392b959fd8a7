from odoo import fields, models


class AftersalesOutlet(models.Model):
    """What the customers of an outlet were asked."""

    _inherit = 'aftersales.outlet'

    survey_invitation_count = fields.Integer(
        compute='_compute_survey_invitation_count',
        groups='aftersales_survey.group_survey_interviewer')

    def _compute_survey_invitation_count(self):
        counts = dict(self.env['aftersales.survey.invitation']._read_group(
            [('outlet_id', 'in', self.ids)], ['outlet_id'], ['__count']))
        for outlet in self:
            outlet.survey_invitation_count = counts.get(outlet._origin, 0)

    def action_view_survey_invitations(self):
        """Show what the customers of these outlets were asked."""
        return self.env['aftersales.survey.invitation']._get_invitations_action(
            [('outlet_id', 'in', self.ids)])
