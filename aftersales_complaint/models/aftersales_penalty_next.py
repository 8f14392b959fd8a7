from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class AftersalesPenalty(models.Model):
    """What comes next for a penalty, and who is waited for."""

    _inherit = 'aftersales.penalty'

    next_step = fields.Char(compute='_compute_next_step')

    @api.depends('state', 'date_stated', 'statement_date', 'approver_id', 'appeal_date',
                 'notice_id')
    def _compute_next_step(self):
        for penalty in self:
            penalty.next_step = penalty._describe_next_step()

    def _describe_next_step(self):
        """Return in words what comes next; nothing at the end."""
        self.ensure_one()
        if self.state == 'statement' and not self._has_answered():
            return self.env._("The person may answer until %(day)s",
                              day=format_date(self.env, self.statement_date))
        if self.state == 'approved' and self._can_appeal():
            return self.env._("The person may appeal until %(day)s",
                              day=format_date(self.env, self.appeal_date))
        decider = self.sudo().approver_id.name  # readers of the penalty know who decides
        return {
            'draft': self.env._("Ask for the statement"),
            'statement': self.env._("%(name)s decides", name=decider) if decider else (
                self.env._("Another officer decides")),
            'approved': self.env._("The run of the month deducts it"),
            'running': self.env._("The run of the month deducts it"),
            'suspended': self.env._("Decide on the appeal"),
        }.get(self.state, "")

    @api.model
    def _notify_of_silence(self):
        """Notify who decides of penalties whose time to answer is over without a statement."""
        self.search(
            Domain('state', '=', 'statement') & Domain('date_stated', '=', False)
            & Domain('statement_date', '<', fields.Date.context_today(self))
            & Domain('date_decider_notified', '=', False))._notify_deciders()
