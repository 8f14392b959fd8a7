from odoo import models
from odoo.exceptions import AccessError

# papers that a dialog prints: they are about many records, for the user who filled the dialog in
DIALOGS = ('aftersales.quality.report', 'aftersales.training.selection')


class IrActionsReport(models.Model):
    """The address of a paper may be typed: its dialog is refused before a page is drawn."""

    _inherit = 'ir.actions.report'

    def _get_rendering_context(self, report, docids, data):
        if report.model in DIALOGS and not self.env.su:
            dialogs = self.env[report.model].browse(docids)
            dialogs.check_access('read')
            # only whose dialogs they are
            if dialogs.sudo().create_uid - self.env.user:
                raise AccessError(self.env._(
                    "Another user filled in this dialog: open it from the menu and print your "
                    "own."))
            if report.model == 'aftersales.quality.report':
                dialogs._ensure_reader()
        return super()._get_rendering_context(report, docids, data)
