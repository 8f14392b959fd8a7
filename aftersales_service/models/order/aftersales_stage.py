from odoo import api, fields, models

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
    """A column of the service desk; it carries the state that the rules of orders read."""

    _name = 'aftersales.stage'
    _description = "Service Order Stage"
    _inherit = ['aftersales.stage.mixin']
    _stage_model = 'aftersales.order'

    state = fields.Selection(STATES, required=True, index=True)
    is_waiting = fields.Boolean(
        string="Waiting", help="The order waits for a part, the customer or somebody else.")
    is_closed = fields.Boolean(
        string="Ends the Order", compute='_compute_is_closed', store=True)

    @api.depends('state')
    def _compute_is_closed(self):
        for stage in self:
            stage.is_closed = stage.state in FINAL_STATES
