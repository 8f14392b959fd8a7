from odoo import api, models


class ReturnLabelReport(models.AbstractModel):
    """The label of a parcel: there is none before the return is authorised."""

    _name = 'report.aftersales_service.report_return_label'
    _description = "Return Label"

    @api.model
    def _get_report_values(self, docids, data=None):
        returns = self.env['aftersales.return'].browse(docids)
        returns._ensure_label_valid()
        return {'doc_ids': docids, 'doc_model': returns._name, 'docs': returns}
