from odoo import api, fields, models
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
    """A column of the complaint desk; it carries the state that the rules of complaints read."""

    _name = 'aftersales.complaint.stage'
    _description = "Complaint Stage"
    _inherit = ['aftersales.stage.mixin']
    _stage_model = 'aftersales.complaint'

    state = fields.Selection(STATES, required=True, index=True)
    step = fields.Integer(
        help="1 record, 2 judge, 3 assign, 4 investigate, 5 propose, 6 approve and inform, "
             "7 liability and penalties, 8 improvement.")

    @api.model
    @ormcache()
    def _get_steps(self):
        """Return ``{stage id: step}`` of all stages."""
        # the flow is the same for everybody
        return {stage.id: stage.step for stage in self.sudo().search_fetch([], ['step'])}
