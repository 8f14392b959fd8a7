from odoo import api, fields, models
from odoo.tools import ormcache

from ...tools.order_flow import next_state


class AftersalesOrderType(models.Model):
    """A kind of service: which stages its orders pass and what they must bring home."""

    _name = 'aftersales.order.type'
    _description = "Service Order Type"
    _inherit = ['aftersales.cached.name.mixin', 'aftersales.link.access.mixin']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    company_id = fields.Many2one('res.company', index='btree_not_null')
    stage_ids = fields.Many2many(
        'aftersales.stage', string="Stages",
        help="The stages that orders of this type pass; the others are left out.")
    is_on_site = fields.Boolean(
        string="At the Customer's", help="The work needs a visit, hence a planned time.")
    has_repair = fields.Boolean(
        string="Uses Parts and Labour",
        help="Orders of this type show parts and labour and may lead to a quotation.")
    is_repair = fields.Boolean(
        string="Counts as Repair",
        help="Orders of this type stand in the unit's repair record and in the figures on "
             "faults, first-time fixes and repeat repairs.")
    needs_acceptance = fields.Boolean(
        string="Customer Signs", default=True,
        help="The order cannot be done before the customer signed, or refused for a stated "
             "reason.")

    is_installation = fields.Boolean(
        string="Installs the Unit",
        help="When the work is done, the warranty card gets its installation date.")
    is_consultation = fields.Boolean(
        string="Consultation",
        help="A question is answered at once, or carries a promised time to reply.")

    @ormcache('self.id')
    def _needs_visit(self):
        """Return whether orders of this type are worked on at the customer's."""
        # the flow is the same for everybody
        return self.sudo().is_on_site

    @ormcache('self.id', 'name')
    def _get_setting(self, name):
        """Return a field of this type that steps of orders ask for, without a query."""
        # the flow is the same for everybody
        return self.sudo()[name]

    def _get_steps(self):
        """Return the states that orders of this type use."""
        self.ensure_one()
        return self._get_first_stages().keys()

    def _get_first_stage_id(self):
        """Return where orders of this type start; ``False`` if it has no stage."""
        self.ensure_one()
        return next(iter(self._get_first_stages().values()), False)

    @ormcache('self.id')
    def _get_first_stages(self):
        """Return ``{state: id of its first stage}`` of this type, in the order of stages."""
        stages = {}
        # the flow is the same for everybody
        for stage in self.sudo().stage_ids.sorted():
            stages.setdefault(stage.state, stage.id)
        return stages

    @ormcache('self.id')
    def _get_bar_stages(self):
        """Return state and id of the stages on the usual way of this type, one for each state.

        What is off the way, such as the workshop for work at the customer's, is left out.
        """
        stages = self._get_first_stages()
        found, state = [], next(iter(stages), None)
        while state:
            found.append((state, stages[state]))
            state = next_state(state, stages.keys())
        return tuple(found)

    @api.model
    @ormcache()
    def _get_consultation_ids(self):
        # the flow is the same for everybody
        return frozenset(self.sudo().with_context(active_test=False).search(
            [('is_consultation', '=', True)]).ids)
