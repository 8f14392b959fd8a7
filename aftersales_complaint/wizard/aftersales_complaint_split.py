from odoo import fields, models


class AftersalesComplaintSplit(models.TransientModel):
    """Asks for the second matter of a complaint, which goes on as a case of its own."""

    _name = 'aftersales.complaint.split'
    _description = "Split Complaint"
    _inherit = 'aftersales.link.access.mixin'

    complaint_id = fields.Many2one(
        'aftersales.complaint', required=True, ondelete='cascade', link_access='write')
    company_id = fields.Many2one(related='complaint_id.company_id')
    subject = fields.Char(required=True)
    description = fields.Text(string="In the Customer's Words", required=True)
    category_id = fields.Many2one('aftersales.complaint.category', check_company=True)

    def action_confirm(self):
        """Open the second case; the customer has waited for it since the first."""
        self.ensure_one()
        case = self.complaint_id
        case.check_access('write')
        linked = case._open_linked(
            subject=self.subject, description=self.description,
            date_received=case.date_received, channel=case.channel,
            **({'category_id': self.category_id.id, 'kind': self.category_id.kind}
               if self.category_id else {}))
        return linked._get_records_action()
