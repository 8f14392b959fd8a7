from odoo import fields, models


class AftersalesTrainingAttendance(models.Model):
    """One person in one session: invited, there, examined."""

    _name = 'aftersales.training.attendance'
    _description = "Training Attendance"
    _inherit = ['aftersales.state.mixin', 'aftersales.protected.mixin']
    _order = 'session_id desc, id'
    _check_company_auto = True

    _TRANSITIONS = {
        'accepted': ('invited', 'declined'),
        'declined': ('invited', 'accepted'),
        'attended': ('invited', 'accepted'),
        'passed': ('attended', 'failed'),
        'failed': ('attended',),
        'absent': ('invited', 'accepted'),
    }

    session_id = fields.Many2one(
        'aftersales.training.session', required=True, index=True, ondelete='cascade',
        protected='after')
    company_id = fields.Many2one(related='session_id.company_id', store=True, index=True)
    course_id = fields.Many2one(related='session_id.course_id', store=True, index=True)
    user_id = fields.Many2one(
        'res.users', string="Learner", required=True, index=True, ondelete='restrict',
        protected='after')
    state = fields.Selection([
        ('invited', "Invited"),
        ('accepted', "Accepted"),
        ('declined', "Declined"),
        ('attended', "Attended"),
        ('passed', "Passed"),
        ('failed', "Failed"),
        ('absent', "Absent"),
    ], default='invited', required=True, protected=True, copy=False)

    _session_user_uniq = models.Constraint(
        'UNIQUE(session_id, user_id)', "A person takes part in a session once.")
