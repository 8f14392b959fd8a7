from odoo import api, fields, models
from odoo.exceptions import UserError

CANDIDATE_LIMIT = 8


class AftersalesTrainingSelection(models.TransientModel):
    """Candidates for a post beside each other: what of its sheet each of them fulfils today."""

    _name = 'aftersales.training.selection'
    _description = "Selection for a Post"
    _inherit = 'aftersales.link.access.mixin'

    requirement_id = fields.Many2one(
        'aftersales.training.requirement', string="Post", required=True, link_access='read',
        default=lambda self: self.env.context.get('active_id'))
    company_id = fields.Many2one(related='requirement_id.company_id')
    user_ids = fields.Many2many(
        'res.users', string="Candidates",
        domain="['|', ('share', '=', False), ('aftersales_outlet_ids', '!=', False)]")
    summary = fields.Text(compute='_compute_summary')

    @api.depends('requirement_id', 'user_ids')
    def _compute_summary(self):
        for selection in self:
            findings = selection._get_findings()
            mandatory = selection.requirement_id.line_ids.filtered('is_mandatory')
            selection.summary = "\n".join(
                selection.env._(
                    "%(name)s lacks: %(what)s", name=user.name,
                    what=", ".join(
                        line.name for line in mandatory if findings[line, user] is False) or "—")
                for user in selection.user_ids._origin)

    def _get_findings(self):
        """Return ``{(requirement, candidate): fulfilled}``; ``None`` is for the examiner to say."""
        self.ensure_one()
        lines, people = self.requirement_id.line_ids._origin, self.user_ids._origin
        # training officers, who alone open the dialog, read the certificates of all
        certified = {
            (user.id, skill.id) for user, skill in self.env['aftersales.certificate']._read_group(
                [('user_id', 'in', people.ids), ('company_id', '=', self.company_id.id),
                 ('skill_id', 'in', lines.skill_id.ids), ('kind', '!=', 'temporary'),
                 ('state', 'in', ('valid', 'expiring'))], ['user_id', 'skill_id'])}
        fulfilled = lines.course_id._get_fulfilled(people, self.company_id)
        return {
            (line, user): None if line.kind == 'criterion'
            else (user.id, line.skill_id.id) in certified if line.kind == 'licence'
            else (user.id, line.course_id.id, self.company_id.id) in fulfilled
            for line in lines for user in people}

    def action_print(self):
        """Print the sheet, with room for what only an examiner can say."""
        self.ensure_one()
        if not 0 < len(self.user_ids) <= CANDIDATE_LIMIT:
            raise UserError(self.env._(
                "Choose one to %(limit)s candidates: more do not fit on a sheet.",
                limit=CANDIDATE_LIMIT))
        return self.env.ref(
            'aftersales_training.action_report_training_selection').report_action(self)
