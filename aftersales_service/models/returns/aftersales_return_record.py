from odoo import models


class AftersalesReturn(models.Model):
    """What a return is authorised by stands in the history of its units as well."""

    _inherit = 'aftersales.return'

    def _record_verdict(self):
        result = super()._record_verdict()
        decisions = self.line_ids._get_decisions()
        self.env['aftersales.verdict']._record_batch([
            (line.warranty_id, decision, line.return_id.order_id,
             line.warranty_id._get_facts(
                 line.return_id.request_date, fault_kind=line.return_id.reason_id.fault_kind))
            for line, decision in decisions.items()])
        return result
