from collections import Counter

from odoo import models

# kind of cost -> component of the loss
COST_COMPONENTS = {
    'activity': 'handling', 'material': 'rework', 'labour': 'rework', 'freight': 'rework',
    'visit': 'visit', 'compensation': 'compensation', 'discount': 'discount'}


class AftersalesCostMixin(models.AbstractModel):
    _inherit = 'aftersales.cost.mixin'

    def _get_complaint_costs(self):
        """Return ``{component: amount}``: what this document cost, for the loss of a complaint.

        Hook: called for one record that the user may read, when the losses of a complaint are
        read, with the user's rights; documents add what they know to ``super()``. Components are
        those of ``aftersales.complaint.loss``, amounts in the company's currency. Raises nothing.
        """
        self.ensure_one()
        # only leads see single cost lines; who writes down losses may know their sum
        lines = self.env['aftersales.cost.line'].sudo().search(
            [('res_model', '=', self._name), ('res_id', '=', self.id)])
        costs = Counter()
        for line in lines:
            if line.kind in COST_COMPONENTS:
                costs[COST_COMPONENTS[line.kind]] += line.amount
        return costs
