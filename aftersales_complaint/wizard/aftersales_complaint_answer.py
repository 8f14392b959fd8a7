from odoo import api, fields, models


class AftersalesComplaintAnswer(models.TransientModel):
    """Shows what the customer is about to read beside what was approved, then sends it."""

    _name = 'aftersales.complaint.answer'
    _description = "Answer to a Complaint"
    _inherit = 'aftersales.link.access.mixin'

    complaint_id = fields.Many2one(
        'aftersales.complaint', required=True, ondelete='cascade', link_access='write')
    currency_id = fields.Many2one(related='complaint_id.currency_id')
    step = fields.Selection(
        [('informed', "Answer"), ('unfounded', "Unfounded")], default='informed', required=True)
    offer = fields.Text(related='complaint_id.offer')
    amount_offered = fields.Monetary(related='complaint_id.amount_offered')
    is_answer_outdated = fields.Boolean(related='complaint_id.is_answer_outdated')
    answer = fields.Text(
        string="Answer to the Customer", compute='_compute_answer', store=True, readonly=False)

    @api.depends('complaint_id')
    def _compute_answer(self):
        for wizard in self:
            wizard.answer = wizard.complaint_id.answer

    def action_confirm(self):
        """Keep the words, and answer the customer with them."""
        self.ensure_one()
        case = self.complaint_id
        case.check_access('write')
        if case.answer != self.answer or self.is_answer_outdated:
            case.answer = self.answer
        if self.step == 'unfounded':
            case.action_unfounded()
        else:
            case.action_inform()
        return {'type': 'ir.actions.act_window_close'}
