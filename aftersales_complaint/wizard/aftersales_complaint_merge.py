from odoo import api, fields, models


class AftersalesComplaintMerge(models.TransientModel):
    """Asks which of several complaints of one customer goes on; the others end in it."""

    _name = 'aftersales.complaint.merge'
    _description = "Merge Complaints"
    _inherit = 'aftersales.link.access.mixin'

    complaint_ids = fields.Many2many(
        'aftersales.complaint', string="Complaints", link_access='write')
    partner_id = fields.Many2one(
        'res.partner', compute='_compute_partner_id', string="Customer")
    target_id = fields.Many2one(
        'aftersales.complaint', string="Goes on", required=True, link_access='write',
        domain="[('partner_id', 'child_of', partner_id), ('date_closed', '=', False)]")

    @api.depends('complaint_ids')
    def _compute_partner_id(self):
        for merge in self:
            merge.partner_id = merge.complaint_ids[:1].commercial_partner_id

    def action_confirm(self):
        """Merge, then open the complaint that goes on."""
        self.ensure_one()
        (self.complaint_ids - self.target_id)._merge_into(self.target_id)
        return self.target_id._get_records_action()
