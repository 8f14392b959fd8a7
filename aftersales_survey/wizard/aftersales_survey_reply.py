from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesSurveyReply(models.TransientModel):
    """What became of an opinion card: which department handled it, and what was replied."""

    _name = 'aftersales.survey.reply'
    _description = "Reply to an Opinion Card"

    user_input_id = fields.Many2one(
        'survey.user_input', string="Opinion Card", required=True,
        default=lambda self: self.env.context.get('active_id'))
    department = fields.Char(
        string="Handled by Department", required=True,
        default=lambda self: self._get_card().opinion_department)
    reply = fields.Text(required=True, default=lambda self: self._get_card().opinion_reply)

    @api.model
    def _get_card(self):
        return self.env['survey.user_input'].browse(self.env.context.get('active_id'))

    def action_reply(self):
        """Note the reply on the card."""
        card = self.user_input_id
        card._ensure_aftersales_manager()
        if card.aftersales_purpose != 'opinion':
            raise UserError(self.env._("Only opinion cards are replied to here."))
        # _ensure_aftersales_manager checked the right
        card.sudo().write({
            'opinion_department': self.department, 'opinion_reply': self.reply,
            'date_opinion_reply': fields.Datetime.now()})
        card.sudo()._message_log(body=self.env._("The opinion was replied to."))
        return {'type': 'ir.actions.act_window_close'}
