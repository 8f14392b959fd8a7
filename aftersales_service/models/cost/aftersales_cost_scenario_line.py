from odoo import api, fields, models

from .aftersales_cost_scenario import WAYS


class AftersalesCostScenarioLine(models.Model):
    """One point of the graph: the cost of one way for so many returns."""

    _name = 'aftersales.cost.scenario.line'
    _description = "Cost of a Way by Number of Returns"
    _order = 'scenario_id, way, quantity'

    scenario_id = fields.Many2one(
        'aftersales.cost.scenario', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(related='scenario_id.company_id', store=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    way = fields.Selection(WAYS, required=True)
    quantity = fields.Integer(string="Returns", aggregator=None)
    total = fields.Monetary(aggregator='avg')
    per_return = fields.Monetary(aggregator='avg')

    @api.depends('way', 'quantity')
    def _compute_display_name(self):
        ways = dict(self._fields['way']._description_selection(self.env))
        for line in self:
            line.display_name = f'{ways[line.way]} · {line.quantity}' if line.way else False
