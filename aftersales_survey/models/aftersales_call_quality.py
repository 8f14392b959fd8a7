from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ..tools.evaluation import Indicator, scale


class AftersalesCallQuality(models.Model):
    """The sheet on which somebody who listened to a call scores it, item by item."""

    _name = 'aftersales.call.quality'
    _description = "Call Quality Sheet"
    _inherit = ['aftersales.protected.mixin']
    _order = 'date desc, id desc'
    _check_company_auto = True
    _rec_name = 'user_id'

    call_id = fields.Many2one(
        'aftersales.call.log', index='btree_not_null', check_company=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        'res.users', string="Colleague", required=True, index=True,
        compute='_compute_user_id', store=True, readonly=False, precompute=True,
        domain=[('share', '=', False)])
    assessor_id = fields.Many2one(
        'res.users', string="Listened to by", required=True, default=lambda self: self.env.user)
    date = fields.Date(
        string="Scored on", required=True, default=fields.Date.context_today)
    line_ids = fields.One2many(
        'aftersales.call.quality.line', 'quality_id', string="Items", copy=False,
        default=lambda self: self._default_line_ids())
    score = fields.Float(
        compute='_compute_score', store=True, digits=(16, 1), aggregator='avg', protected=True)
    remark = fields.Text(help="What was good, and what to practise.")

    @api.model
    def _default_line_ids(self):
        criteria = self.env['aftersales.call.criterion'].search(
            [('company_id', 'in', [False, self.env.company.id])])
        return [Command.create({'criterion_id': criterion.id}) for criterion in criteria]

    @api.depends('call_id')
    def _compute_user_id(self):
        for sheet in self:
            sheet.user_id = sheet.call_id.user_id or sheet.user_id

    @api.depends('line_ids.given', 'line_ids.is_applicable', 'line_ids.points')
    def _compute_score(self):
        for sheet in self:
            lines = sheet.line_ids.filtered('is_applicable')
            is_failed = any(line.is_critical and not line.given for line in lines)
            sheet.score = 0.0 if is_failed else scale(
                Indicator(line.points, line.given) for line in lines) or 0.0

    @api.constrains('assessor_id', 'user_id')
    def _check_assessor(self):
        for sheet in self:
            if sheet.assessor_id == sheet.user_id:
                raise ValidationError(self.env._(
                    "%(person)s cannot score an own call: another person listens to it.",
                    person=sheet.user_id.name))
