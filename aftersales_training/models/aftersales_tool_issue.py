from odoo import fields, models


class AftersalesToolIssue(models.Model):
    """One time that a tool was given to a person, from the hand-over to the return.

    Only the steps of the tool write it; the holder confirms on the phone.
    """

    _name = 'aftersales.tool.issue'
    _description = "Issue of a Tool"
    _inherit = 'aftersales.mobile.mixin'
    _order = 'date_issued desc, id desc'
    _rec_name = 'tool_id'

    tool_id = fields.Many2one(
        'aftersales.tool', required=True, readonly=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(related='tool_id.company_id', store=True, index=True)
    user_id = fields.Many2one(
        'res.users', string="Holder", required=True, readonly=True, index=True,
        ondelete='restrict')
    date_issued = fields.Datetime(string="Issued on", required=True, readonly=True)
    issuer_id = fields.Many2one('res.users', string="Issued by", required=True, readonly=True)
    date_confirmed = fields.Datetime(string="Receipt Confirmed on", readonly=True)
    date_returned = fields.Datetime(string="Returned on", readonly=True)

    _one_holder = models.UniqueIndex(
        '(tool_id) WHERE date_returned IS NULL', "The tool is with somebody already.")

    # === THE PHONE === #

    def _check_mobile_access(self, kind):
        # the user may be a portal user: only whether it is theirs is asked
        if kind != 'tool_receipt' or self.sudo().user_id != self.env.user:
            return super()._check_mobile_access(kind)
        return None

    def _on_mobile_tool_receipt(self, payload, moment):
        if not self.date_confirmed:
            self.date_confirmed = moment
