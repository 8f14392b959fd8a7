from odoo import fields, models


class AftersalesSurveyInvitation(models.Model):
    """One person who is asked: where the question came from, how it was sent, what came back.

    The answers themselves are ``survey.user_input``; its key opens the public page.
    """

    _name = 'aftersales.survey.invitation'
    _description = "Survey Invitation"
    _inherit = ['aftersales.document.link.mixin']
    _order = 'id desc'
    _check_company_auto = True

    wave_id = fields.Many2one(
        'aftersales.survey.wave', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one('res.company', required=True, index=True)
    survey_id = fields.Many2one(related='wave_id.survey_id')
    partner_id = fields.Many2one('res.partner', string="Customer", index='btree_not_null')
    order_id = fields.Many2one('aftersales.order', string="Service Order", index='btree_not_null')
    outlet_id = fields.Many2one('aftersales.outlet', index='btree_not_null')
    technician_id = fields.Many2one('res.users')
    product_id = fields.Many2one('product.product')
    region_id = fields.Many2one('res.country.state', string="Region")
    state = fields.Selection(
        [('draft', "Drawn"), ('sent', "Sent"), ('answered', "Answered"), ('refused', "Refused"),
         ('excluded', "Excluded"), ('expired', "Expired")],
        default='draft', required=True, readonly=True, copy=False, index=True)
    channel = fields.Selection(
        [('message', "Message"), ('phone', "Telephone"), ('qr', "QR Code")],
        default='message', required=True)
    user_input_id = fields.Many2one(
        'survey.user_input', string="Answers", readonly=True, copy=False, index='btree_not_null',
        ondelete='set null')
    access_token = fields.Char(
        related='user_input_id.access_token', related_sudo=True,
        groups='aftersales_survey.group_survey_manager')
    date_deadline = fields.Datetime(string="Deadline")
    date_sent = fields.Datetime(string="Sent on", readonly=True, copy=False)
    date_reminded = fields.Datetime(string="Reminded on", readonly=True, copy=False)
    date_answered = fields.Datetime(string="Answered on", readonly=True, copy=False)
    caller_id = fields.Many2one('res.users', string="Interviewer")
    date_next_call = fields.Datetime(string="Next Call", copy=False)
    attempt_count = fields.Integer(string="Attempts", readonly=True, copy=False)
