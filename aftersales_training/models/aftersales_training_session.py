from odoo import fields, models


class AftersalesTrainingSession(models.Model):
    """One time that a course is held: when, where, by whom, for how many people."""

    _name = 'aftersales.training.session'
    _description = "Training Session"
    _inherit = [
        'mail.thread', 'mail.activity.mixin', 'aftersales.state.mixin',
        'aftersales.protected.mixin']
    _order = 'date_start desc, id desc'
    _check_company_auto = True

    _TRANSITIONS = {
        'confirmed': ('planned',),
        'held': ('confirmed',),
        'cancelled': ('planned', 'confirmed'),
    }

    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    course_id = fields.Many2one(
        'aftersales.training.course', required=True, index=True, ondelete='restrict')
    state = fields.Selection([
        ('planned', "Planned"),
        ('confirmed', "Confirmed"),
        ('held', "Held"),
        ('cancelled', "Cancelled"),
    ], default='planned', required=True, protected=True, copy=False, tracking=True)
    trainer_id = fields.Many2one('res.users', index='btree_not_null')
    date_start = fields.Datetime(required=True)
    date_end = fields.Datetime()
    place = fields.Char()
    seats = fields.Integer(default=20)
    attendance_ids = fields.One2many('aftersales.training.attendance', 'session_id')
