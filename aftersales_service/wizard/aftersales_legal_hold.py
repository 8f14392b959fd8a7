from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesLegalHold(models.TransientModel):
    """Asks why the personal data of documents must be kept, or may be erased again."""

    _name = 'aftersales.legal.hold'
    _description = "Legal Hold"

    res_model = fields.Char(string="Document Model", required=True)
    res_ids = fields.Json(string="Documents", required=True)
    is_release = fields.Boolean(string="Release")
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Hold or release; the documents check who may."""
        self.ensure_one()
        documents = self.env.get(self.res_model)
        if documents is None or not hasattr(documents, '_hold_data'):
            raise UserError(self.env._(
                "Documents of this kind cannot be put on legal hold: open the legal hold from a "
                "service order, a return or another document that offers it."))
        records = documents.browse(self.res_ids).exists()
        (records._release_data if self.is_release else records._hold_data)(self.reason)
        return {'type': 'ir.actions.act_window_close'}
