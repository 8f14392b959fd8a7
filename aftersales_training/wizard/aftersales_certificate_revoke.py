from odoo import fields, models


class AftersalesCertificateRevoke(models.TransientModel):
    """Asks why certificates are revoked: the person and the dispatch live with it from now on."""

    _name = 'aftersales.certificate.revoke'
    _description = "Revoke Certificates"
    _inherit = 'aftersales.link.access.mixin'

    certificate_ids = fields.Many2many(
        'aftersales.certificate', required=True, link_access='write')
    reason = fields.Char(required=True)

    def action_revoke(self):
        """Revoke them; orders planned with these people are looked at again."""
        self.certificate_ids._revoke(self.reason)
        return {'type': 'ir.actions.act_window_close'}
