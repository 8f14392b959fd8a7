from odoo import fields, models


class AftersalesSurveyWave(models.Model):
    """Who is asked what, when and how: a campaign, or a trigger that goes on.

    Its answers are ``survey.user_input``; its recipients ``aftersales.survey.invitation``.
    """

    _name = 'aftersales.survey.wave'
    _description = "Survey Wave"
    _inherit = ['mail.thread', 'mail.activity.mixin']
    _order = 'id desc'
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    survey_id = fields.Many2one(
        'survey.survey', string="Questionnaire", required=True, index=True, ondelete='restrict',
        check_company=True, domain=[('survey_type', '=', 'aftersales')])
    kind = fields.Selection(
        [('campaign', "Campaign"), ('trigger', "Continuous")], default='campaign', required=True)
    state = fields.Selection(
        [('draft', "Draft"), ('drawn', "Sample Drawn"), ('running', "Running"),
         ('closed', "Closed")],
        default='draft', required=True, readonly=True, copy=False, index=True)
    user_id = fields.Many2one(
        'res.users', string="Responsible", default=lambda self: self.env.user,
        domain=[('share', '=', False)])
    date_deadline = fields.Datetime(string="Deadline")
    invitation_ids = fields.One2many('aftersales.survey.invitation', 'wave_id')
