from collections import defaultdict

from odoo import models

# kind of cost -> component of the loss
COST_COMPONENTS = {
    'activity': 'handling', 'material': 'rework', 'labour': 'rework', 'freight': 'rework',
    'visit': 'visit', 'compensation': 'compensation', 'discount': 'discount'}


class AftersalesComplaint(models.Model):
    """What the documents of a complaint cost, read into its losses."""

    _inherit = 'aftersales.complaint'

    def action_read_losses(self):
        """Read the losses from orders and returns; what was read before is brought up to date."""
        self.check_access('write')
        lines = self.env['aftersales.complaint.loss']
        lines.check_access('create')
        self._ensure_liability_open()
        for case in self:
            known = {(line.res_model, line.res_id, line.component): line
                     for line in case.loss_ids if line.res_id}
            for document, costs in case._get_document_costs().items():
                for component, (value, name) in costs.items():
                    line = known.get((document._name, document.id, component))
                    if line and line.value != value:
                        line.value = value
                    elif not line and value > 0:
                        lines.create({
                            'complaint_id': case.id, 'component': component, 'value': value,
                            'name': name, 'res_model': document._name,
                            'res_id': document.id})

    def _get_loss_documents(self):
        """Return the records that this complaint's losses are read from, by model.

        Hook: called as the user, for one record, when losses are read. A module with documents
        of its own adds them, and their model to ``_get_document_models`` of the losses. Raises
        nothing; documents that the user may not read are left out.
        """
        self.ensure_one()
        orders = self.order_id
        returns = self.return_id | self.env['aftersales.return'].search(
            [('order_id', 'in', orders.ids), ('state', 'not in', ('refused', 'cancelled'))])
        return [orders, returns]

    def _get_document_costs(self):
        """Return ``{document: {component: (amount, name)}}`` of one complaint."""
        self.ensure_one()
        costs = {}
        for documents in self._get_loss_documents():
            for document in documents._filtered_access('read'):
                costs[document] = document._get_complaint_costs()
        return costs


class AftersalesOrder(models.Model):
    _inherit = 'aftersales.order'

    def _get_complaint_costs(self):
        """Return ``{component: (amount, name)}``: what this order cost, at cost prices.

        Hook: called for one record that the user may read, when the losses of a complaint are
        read. Raises nothing.
        """
        self.ensure_one()
        costs = _sum_costs(self)
        # who writes down losses may know what the parts cost
        parts = self.sudo().with_company(self.company_id).part_ids.filtered(
            lambda move: move.repair_line_type == 'add' and move.state == 'done')
        costs['rework'] += sum(move.quantity * move.product_id.standard_price for move in parts)
        return _name_costs(costs, self.name)


class AftersalesReturn(models.Model):
    _inherit = 'aftersales.return'

    def _get_complaint_costs(self):
        """Return ``{component: (amount, name)}``: goods at what was paid, and the handling."""
        self.ensure_one()
        costs = _sum_costs(self)
        costs['return'] += sum(
            line.price_unit * (line.quantity_received or line.quantity) for line in self.line_ids)
        return _name_costs(costs, self.name)


def _sum_costs(document):
    """Return ``{component: amount}`` of the cost lines of one document."""
    # only leads see single cost lines; who writes down losses may know their sum
    lines = document.env['aftersales.cost.line'].sudo().search(
        [('res_model', '=', document._name), ('res_id', '=', document.id)])
    costs = defaultdict(float)
    for line in lines:
        if line.kind in COST_COMPONENTS:
            costs[COST_COMPONENTS[line.kind]] += line.amount
    return costs


def _name_costs(costs, name):
    return {component: (amount, name) for component, amount in costs.items()}
