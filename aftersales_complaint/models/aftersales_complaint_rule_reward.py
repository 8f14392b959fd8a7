from odoo import api, fields, models
from odoo.fields import Domain


class AftersalesComplaintRule(models.Model):
    """What a suggestion earns by its score, as data like the other rules."""

    _inherit = 'aftersales.complaint.rule'

    subject = fields.Selection(
        selection_add=[('reward', "Reward of Suggestions")], ondelete={'reward': 'cascade'})
    score_from = fields.Integer(
        string="Score from", help="Of a suggestion; the reward is the amount of “Up to”.")

    _score_in_range = models.Constraint(
        'CHECK(score_from >= 0 AND score_from <= 100)', "A score lies between 0 and 100.")

    @api.model
    def _get_reward_bands(self, company, day):
        """Return ``[(score from, amount)]`` of the rewards that hold on a day."""
        # rewards are published
        rules = self.sudo().search(
            Domain('subject', '=', 'reward') & Domain('company_id', 'in', [False, company.id])
            & (Domain('date_from', '=', False) | Domain('date_from', '<=', day))
            & (Domain('date_to', '=', False) | Domain('date_to', '>=', day)))
        return [(rule.score_from, rule.amount_limit) for rule in rules]
