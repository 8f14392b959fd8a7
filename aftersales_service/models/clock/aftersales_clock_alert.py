from odoo import api, fields, models
from odoo.tools import ormcache


class AftersalesClockAlert(models.Model):
    """A mark on a clock, in per cent of the promised time, and who is told when it is passed."""

    _name = 'aftersales.clock.alert'
    _description = "Clock Alert"
    _inherit = ['aftersales.cached.mixin']
    _order = 'percent, id'

    name = fields.Char(required=True, translate=True)
    percent = fields.Integer(required=True, help="80 warns early, 100 is the promise itself.")
    recipient = fields.Selection(
        [('handler', "Who Handles the Record"), ('lead', "Team Leads"),
         ('manager', "Administrators")], default='handler', required=True)
    active = fields.Boolean(default=True)

    _percent_uniq = models.Constraint(
        'UNIQUE(percent)', "There is already an alert at this percentage.")
    _percent_positive = models.Constraint(
        'CHECK(percent > 0)', "An alert lies after the start of the clock.")

    @api.model
    @ormcache()
    def _get_marks(self):
        """Return the percentages at which clocks alert, in ascending order."""
        return tuple(self.sudo().search_fetch([], ['percent']).mapped('percent'))
