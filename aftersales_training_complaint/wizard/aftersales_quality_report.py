from odoo import models
from odoo.fields import Domain

from odoo.addons.aftersales_training.wizard.aftersales_quality_report import LEDGER_LIMIT


class AftersalesQualityReport(models.TransientModel):
    """Founded complaints are quality records, too."""

    _inherit = 'aftersales.quality.report'

    def _get_records(self):
        records = super()._get_records()  # it checked the reader
        first, last = self._get_period()
        domain = Domain('company_id', '=', self.company_id.id) & Domain(
            'received_day', '>=', first) & Domain('received_day', '<=', last) & Domain(
                'is_founded', '=', True)
        if self.outlet_id:
            domain &= Domain('outlet_id', '=', self.outlet_id.id)
        # the reader was checked by super()
        complaints = self.env['aftersales.complaint'].sudo().search(domain, limit=LEDGER_LIMIT)
        records += [
            (complaint.received_day, complaint.name, complaint.outlet_id.name,
             self.env._("Founded complaint"), complaint.subject) for complaint in complaints]
        return sorted(records, key=lambda record: (record[0], record[1] or ''))
