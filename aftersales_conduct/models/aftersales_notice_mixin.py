from odoo import fields, models

OFFICER = 'aftersales_conduct.group_conduct_officer'


class AftersalesNoticeMixin(models.AbstractModel):
    """A document that notices of merit and demerit come from: a complaint, a check, an audit.

    The list is for officers only. Its model is added to ``_get_document_models`` of
    ``aftersales.notice``; the user who links a notice must be able to read the document.
    """

    _name = 'aftersales.notice.mixin'
    _description = "Document with Notices"
    _inherit = 'aftersales.protected.mixin'

    notice_ids = fields.One2many(
        'aftersales.notice', 'res_id', string="Notices", copy=False, protected=True,
        domain=lambda self: [('res_model', '=', self._name)], groups=OFFICER)

    def action_view_notices(self):
        """Show the notices of this document; a new one is linked to it.

        Hook to call: by smart buttons, as the user, for one document.

        :raise AccessError: the user is no officer
        """
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_conduct.aftersales_notice_action')
        return action | {
            'domain': [('res_model', '=', self._name), ('res_id', '=', self.id)],
            'context': {'default_res_model': self._name, 'default_res_id': self.id}}
