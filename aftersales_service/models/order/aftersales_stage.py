from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ...tools.order_flow import FINAL_STATES

STATES = [
    ('registered', "Registered"),
    ('assessed', "Assessed"),
    ('scheduled', "Scheduled"),
    ('dispatched', "Dispatched"),
    ('on_site', "On Site"),
    ('taken_to_shop', "Taken to Shop"),
    ('in_repair', "In Repair"),
    ('done', "Done"),
    ('signed', "Sheet Filed"),
    ('followed_up', "Followed Up"),
    ('closed', "Closed"),
    ('rejected', "Rejected"),
    ('cancelled', "Cancelled"),
]


class AftersalesStage(models.Model):
    """A column of the service desk; it carries the state that the rules read.

    People rename, split and reorder stages. Code reads only the state, so a state keeps
    at least one stage and a stage in use keeps its state.
    """

    _name = 'aftersales.stage'
    _description = "Service Order Stage"
    _inherit = ['aftersales.cached.name.mixin']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection(STATES, required=True, index=True)
    fold = fields.Boolean(string="Folded in Kanban")
    is_waiting = fields.Boolean(
        string="Waiting", help="The order waits for a part, the customer or somebody else.")
    is_closed = fields.Boolean(
        string="Ends the Order", compute='_compute_is_closed', store=True)
    description = fields.Text(
        translate=True, help="What has to be true before an order enters this stage.")

    @api.depends('state')
    def _compute_is_closed(self):
        for stage in self:
            stage.is_closed = stage.state in FINAL_STATES

    def write(self, vals):
        if 'state' in vals:
            changed = self.filtered(lambda stage: stage.state != vals['state'])
            changed._ensure_unused()
            changed._ensure_state_keeps_stage()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last_of_state(self):
        self._ensure_state_keeps_stage()

    @api.model
    @ormcache()
    def _get_states(self):
        """Return ``{stage id: state}`` of all stages, in their order."""
        # the flow is the same for everybody
        return {stage.id: stage.state for stage in self.sudo().search_fetch([], ['state'])}

    def _ensure_unused(self):
        """Refuse to change what the orders of a stage are in."""
        # orders of other companies and people count as well
        used = self.env['aftersales.order'].sudo().with_context(active_test=False).search(
            [('stage_id', 'in', self.ids)], limit=1)
        if used:
            raise UserError(self.env._(
                "Stage %(stage)s holds orders, so its state cannot change. Move them first.",
                stage=used.stage_id.name))

    def _ensure_state_keeps_stage(self):
        """Refuse to take the last stage away from a state."""
        others = self.search_fetch([('id', 'not in', self.ids)], ['state'])
        remaining = set(others.mapped('state'))
        for stage in self:
            if stage.state not in remaining:
                raise UserError(self.env._(
                    "%(stage)s is the last stage of the state “%(state)s”, which the "
                    "service flow needs.", stage=stage.name,
                    state=dict(self._fields['state']._description_selection(self.env))[
                        stage.state]))
