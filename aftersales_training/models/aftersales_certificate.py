from odoo import fields, models


class AftersalesCertificate(models.Model):
    """What a person may do, until when, and who says so.

    A company certificate follows from a course, a statutory licence from an authority. The
    person is a user: outlets' technicians have no employee record.
    """

    _name = 'aftersales.certificate'
    _description = "Certificate"
    _inherit = ['aftersales.state.mixin', 'aftersales.number.mixin']
    _order = 'valid_until, id'
    _check_company_auto = True

    _TRANSITIONS = {
        'expiring': ('valid',),
        'expired': ('valid', 'expiring'),
        'revoked': ('valid', 'expiring', 'expired'),
    }

    name = fields.Char(string="Number", copy=False, protected=True, index='trigram')
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        'res.users', string="Person", required=True, index=True, ondelete='restrict',
        protected='after')
    kind = fields.Selection([
        ('company', "Company Certificate"),
        ('statutory', "Statutory Licence"),
    ], required=True, default='company')
    skill_id = fields.Many2one(
        'aftersales.skill', required=True, index=True, ondelete='restrict', protected='after')
    course_id = fields.Many2one('aftersales.training.course', index='btree_not_null')
    attendance_id = fields.Many2one('aftersales.training.attendance', index='btree_not_null')
    issuer = fields.Char()
    valid_from = fields.Date(required=True, default=fields.Date.context_today)
    valid_until = fields.Date(index=True)
    state = fields.Selection([
        ('valid', "Valid"),
        ('expiring', "Expires Soon"),
        ('expired', "Expired"),
        ('revoked', "Revoked"),
    ], default='valid', required=True, protected=True, copy=False)
