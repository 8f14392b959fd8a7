from odoo import models


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
                for component, value in costs.items():
                    line = known.get((document._name, document.id, component))
                    if line and line.value != value:
                        line.value = value
                    elif not line and value > 0:
                        lines.create({
                            'complaint_id': case.id, 'component': component, 'value': value,
                            'name': document.display_name, 'res_model': document._name,
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
        """Return ``{document: {component: amount}}`` of one complaint."""
        self.ensure_one()
        costs = {}
        for documents in self._get_loss_documents():
            for document in documents._filtered_access('read'):
                costs[document] = document._get_complaint_costs()
        return costs

