from odoo import models


class AftersalesComplaint(models.Model):
    """What the documents of a complaint cost, read into its losses."""

    _inherit = 'aftersales.complaint'

    def action_read_losses(self):
        """Read the losses from orders and returns; what was read before is brought up to date.

        What the customer accepted is proposed as a compensation, less what is noted already.
        """
        self.check_access('write')
        self.env['aftersales.complaint.loss'].check_access('create')
        self._ensure_liability_open()
        # who writes down the losses of a case may know what its own documents cost
        lines = self.env['aftersales.complaint.loss'].sudo()
        before = self.sudo().loss_ids
        for case in self.sudo():
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
        if not before and not self.sudo().loss_ids:
            return self._prepare_nothing_found()
        return None

    def _prepare_nothing_found(self):
        """Return the notification that no document of the complaint brings a cost."""
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification', 'params': {
                'type': 'warning', 'message': self.env._(
                    "No cost was found in orders and returns of this complaint, and no amount "
                    "was accepted. Enter the losses in the lines."),
                'next': {'type': 'ir.actions.act_window_close'}}}

    def _get_loss_documents(self):
        """Return the records that this complaint's losses are read from, by model.

        Hook: called as superuser, for one record, when somebody reads losses who may write them.
        A module with documents of its own adds them; they have ``_get_complaint_costs`` (the
        cost mixin brings it), and their model is added to ``_get_document_models`` of the
        losses. Raises nothing.
        """
        self.ensure_one()
        orders = self.order_id
        returns = self.return_id | self.env['aftersales.return'].search(
            [('order_id', 'in', orders.ids), ('state', 'not in', ('refused', 'cancelled'))])
        return [orders, returns]

    def _get_compensation_left(self, costs):
        """Return what the customer accepted and no document or line of a person holds yet."""
        self.ensure_one()
        typed = self.loss_ids.filtered(
            lambda line: line.component in ('compensation', 'discount') and not line.res_id)
        known = sum(typed.mapped('value')) + sum(
            values.get(component, 0.0) for values in costs.values()
            for component in ('compensation', 'discount'))
        return max(0.0, self.amount_accepted - known) if self.date_settled else 0.0

    def _get_document_costs(self):
        """Return ``{document: {component: amount}}`` of one complaint."""
        self.ensure_one()
        costs = {}
        for documents in self._get_loss_documents():
            for document in documents:
                costs[document] = document._get_complaint_costs()
        costs[self] = {'compensation': self._get_compensation_left(costs)}
        return costs

