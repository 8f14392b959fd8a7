from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

STATES = [
    ('new', "To Judge"),
    ('unfounded', "Unfounded"),
    ('assigned', "Assigned"),
    ('investigating', "Investigating"),
    ('proposed', "To Approve"),
    ('approved', "To Answer"),
    ('informed', "Answered"),
    ('rejected', "Rejected by Customer"),
    ('settled', "Closed with Customer"),
    ('improving', "Improvement"),
    ('closed', "Closed"),
    ('merged', "Merged"),
]


class AftersalesComplaintStage(models.Model):
    """A column of the complaint desk; it carries the state that the rules read.

    People rename, split and reorder stages. Code reads only the state, so a state keeps at
    least one stage, and a stage in use keeps its state.
    """

    _name = 'aftersales.complaint.stage'
    _description = "Complaint Stage"
    _inherit = ['aftersales.cached.name.mixin']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection(STATES, required=True, index=True)
    step = fields.Integer(
        help="1 record, 2 judge, 3 assign, 4 investigate, 5 propose, 6 approve and inform, "
             "7 liability and penalties, 8 improvement.")
    fold = fields.Boolean(string="Folded in Kanban")
    description = fields.Text(
        translate=True, help="What has to be true before a complaint enters this stage.")

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

    @api.model
    @ormcache()
    def _get_steps(self):
        """Return ``{stage id: step}`` of all stages."""
        # as above
        return {stage.id: stage.step for stage in self.sudo().search_fetch([], ['step'])}

    def _ensure_unused(self):
        """Refuse to change the state of complaints by their stage."""
        # complaints of other companies and people count as well
        used = self.env['aftersales.complaint'].sudo().search(
            [('stage_id', 'in', self.ids)], limit=1)
        if used:
            raise UserError(self.env._(
                "Stage %(stage)s holds complaints, so its state cannot change. Move them first.",
                stage=used.stage_id.name))

    def _ensure_state_keeps_stage(self):
        """Refuse to take the last stage away from a state."""
        kept = set(self.search_fetch([('id', 'not in', self.ids)], ['state']).mapped('state'))
        for stage in self:
            if stage.state not in kept:
                raise UserError(self.env._(
                    "%(stage)s is the last stage of the state “%(state)s”, which complaints "
                    "go through. Add another one first.", stage=stage.name,
                    state=dict(self._fields['state']._description_selection(self.env))[
                        stage.state]))
