from odoo import fields, models

_OFFER_FIELDS = ('offer', 'amount_offered')


class AftersalesComplaint(models.Model):
    """The answer is read again before it goes out, and fits the proposal that was approved."""

    _inherit = 'aftersales.complaint'

    is_answer_outdated = fields.Boolean(
        string="Answer Older than the Proposal", readonly=True, copy=False, protected=True,
        groups='base.group_user',
        help="The proposal changed after the answer was written.")

    def write(self, vals):
        if 'answer' in vals:
            outdated = self.browse()
        else:
            outdated = self.sudo().filtered(lambda case: case.answer and any(
                name in vals and case[name] != vals[name] for name in _OFFER_FIELDS))
        result = super().write(vals)
        # the write above checked the right; the mark is protected
        if outdated:
            outdated.is_answer_outdated = True
        elif 'answer' in vals:
            self.sudo().filtered('is_answer_outdated').is_answer_outdated = False
        return result

    def action_answer(self):
        """Show the answer before it is sent to the customer."""
        return self._ask_for_answer('informed')

    def action_answer_unfounded(self):
        """Show the answer of an unfounded complaint before it is sent to the customer."""
        return self._ask_for_answer('unfounded')

    def _ask_for_answer(self, step):
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Answer the Customer"),
            'res_model': 'aftersales.complaint.answer', 'view_mode': 'form', 'target': 'new',
            'context': {'default_complaint_id': self.id, 'default_step': step}}
