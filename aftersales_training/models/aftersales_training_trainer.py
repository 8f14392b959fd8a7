from odoo import api, fields, models

from .roles import OFFICER

LEAST_RATINGS = 3  # a rating of fewer people would say who gave it


class AftersalesTrainingTrainer(models.Model):
    """Who may teach what, for which fee, and how learners rated it: colleagues and others."""

    _name = 'aftersales.training.trainer'
    _description = "Trainer"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'name, id'

    name = fields.Char(
        compute='_compute_name', store=True, readonly=False, required=True, precompute=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', default=lambda self: self.env.company)
    currency_id = fields.Many2one('res.currency', compute='_compute_currency_id')
    kind = fields.Selection(
        [('internal', "Internal Trainer"), ('external', "External Trainer")], required=True,
        default='internal')
    user_id = fields.Many2one(
        'res.users', string="Employee", index='btree_not_null',
        domain="[('share', '=', False)]")
    partner_id = fields.Many2one('res.partner', string="Firm or Person", index='btree_not_null')
    course_ids = fields.Many2many('aftersales.training.course', string="Teaches")
    fee = fields.Monetary(string="Fee per Hour", groups=OFFICER)
    qualification = fields.Text(help="Certificates and experience as a trainer.")
    session_ids = fields.One2many('aftersales.training.session', 'lecturer_id')
    session_count = fields.Integer(string="Sessions Held", compute='_compute_rating')
    rating = fields.Float(
        string="Rating (1–5)", compute='_compute_rating', digits=(3, 1), groups=OFFICER,
        help="Mean of what learners gave the trainer; empty with fewer than three.")
    rating_count = fields.Integer(
        string="Ratings", compute='_compute_rating', groups=OFFICER)

    _user_uniq = models.UniqueIndex(
        '(user_id, company_id) WHERE user_id IS NOT NULL',
        "This colleague is in the register already.")
    _fee_positive = models.Constraint('CHECK(fee >= 0)', "A fee cannot be negative.")

    @api.depends('user_id', 'partner_id')
    def _compute_name(self):
        for trainer in self:
            trainer.name = trainer.name or trainer.user_id.name or trainer.partner_id.name

    @api.depends('company_id')
    def _compute_currency_id(self):
        for trainer in self:
            trainer.currency_id = (trainer.company_id or self.env.company).currency_id

    @api.depends('session_ids.state')
    def _compute_rating(self):
        # means and numbers only: none of the answers is shown
        rated = self.env['aftersales.training.attendance'].sudo()._read_group(
            [('session_id.lecturer_id', 'in', self.ids), ('reaction_trainer', '>', 0)],
            ['session_id'], ['reaction_trainer:sum', '__count'])
        held = dict(self.env['aftersales.training.session'].sudo()._read_group(
            [('lecturer_id', 'in', self.ids), ('state', '=', 'held')], ['lecturer_id'],
            ['__count']))
        for trainer in self:
            sums = [(stars, count) for session, stars, count in rated
                    if session.lecturer_id == trainer._origin]
            trainer.rating_count = sum(count for __, count in sums)
            trainer.rating = (
                sum(stars for stars, __ in sums) / trainer.rating_count
                if trainer.rating_count >= LEAST_RATINGS else 0.0)
            trainer.session_count = held.get(trainer._origin, 0)
