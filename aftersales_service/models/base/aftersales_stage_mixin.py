from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache


class AftersalesStageMixin(models.AbstractModel):
    """A stage of documents; it carries the state that the rules read.

    People rename, split and reorder stages. Code reads only the state, so a state keeps at least
    one stage, and a stage in use keeps its state. A model declares its required selection
    ``state`` and names its documents (``_stage_model``).
    """

    _name = 'aftersales.stage.mixin'
    _description = "Stage with a State"
    _inherit = ['aftersales.cached.name.mixin']
    _order = 'sequence, id'

    # of the documents, whose ``_stage_field`` names the stage
    _stage_model = None

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    fold = fields.Boolean(string="Folded in Kanban")
    description = fields.Text(
        translate=True, help="What has to be true before a document enters this stage.")

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
        """Refuse to change the state of documents by their stage."""
        # documents of other companies and people count as well
        documents = self.env[self._stage_model].sudo().with_context(active_test=False)
        used = documents.search([(documents._stage_field, 'in', self.ids)], limit=1)
        if used:
            raise UserError(self.env._(
                "Stage %(stage)s is in use, so its state cannot change. Move what it holds first.",
                stage=used[used._stage_field].name))

    def _ensure_state_keeps_stage(self):
        """Refuse to take the last stage away from a state."""
        kept = set(self.search_fetch([('id', 'not in', self.ids)], ['state']).mapped('state'))
        for stage in self:
            if stage.state not in kept:
                raise UserError(self.env._(
                    "%(stage)s is the last stage of the state “%(state)s”, which the flow needs. "
                    "Add another one first.", stage=stage.name,
                    state=dict(self._fields['state']._description_selection(self.env))[
                        stage.state]))
