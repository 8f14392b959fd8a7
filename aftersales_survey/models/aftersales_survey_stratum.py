from odoo import fields, models


class AftersalesSurveyStratum(models.Model):
    """A group of a wave's population: how many it has, and how many of them are drawn."""

    _name = 'aftersales.survey.stratum'
    _description = "Survey Stratum"
    _inherit = ['aftersales.guard.mixin', 'aftersales.protected.mixin']
    _order = 'wave_id, id'

    wave_id = fields.Many2one(
        'aftersales.survey.wave', required=True, index=True, ondelete='cascade',
        protected='after')
    company_id = fields.Many2one(related='wave_id.company_id', store=True, index=True)
    feature = fields.Char(required=True, protected='after')
    key = fields.Char(required=True, protected='after')
    name = fields.Char(string="Group", required=True, protected='after')
    population_count = fields.Integer(
        string="Can Be Asked", readonly=True, copy=False, protected=True)
    deviation = fields.Float(
        default=0.5, digits=(6, 3),
        help="How much answers differ within the group, for the Neyman allocation, as a part of "
             "their scale: 0.5 at most; filled in from earlier answers to the questionnaire where "
             "there are enough.")
    deviation_basis = fields.Selection(
        [('own', "Answers of the Group"), ('all', "Answers of All Groups"), ('none', "Unknown"),
         ('typed', "Typed In")],
        string="Deviation from", default='none', readonly=True, copy=False, protected=True,
        help="Of a group with fewer than 30 answers, the deviation within all groups stands.")
    quota = fields.Integer(help="How many the interviewers ask of this cell.")
    drawn_count = fields.Integer(string="Drawn", readonly=True, copy=False, protected=True)

    _key_uniq = models.Constraint('UNIQUE(wave_id, feature, key)', "A wave has each group once.")
    _numbers_positive = models.Constraint(
        'CHECK(deviation >= 0 AND quota >= 0)', "Deviation and quota cannot be negative.")

    def write(self, vals):
        """Note that a deviation was set by hand."""
        result = super().write(vals)
        if 'deviation' in vals:
            # the right to the deviation was just checked
            self.sudo().deviation_basis = 'typed'
        return result

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return locked if self.wave_id.state == 'draft' else (
            locked | {'deviation', 'quota'})

    def _get_locked_message(self):
        return self.env._("The sample is drawn: take the wave back to draft first")
