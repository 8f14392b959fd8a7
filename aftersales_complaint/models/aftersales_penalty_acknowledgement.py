from odoo import api, fields, models
from odoo.exceptions import ValidationError

OFFICER = 'aftersales_conduct.group_conduct_officer'


class AftersalesPenaltyAcknowledgement(models.Model):
    """An employee signed that a version of a penalty rule was received."""

    _name = 'aftersales.penalty.acknowledgement'
    _description = "Acknowledgement of a Penalty Rule"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'date desc, id desc'
    _check_company_auto = True

    scheme_id = fields.Many2one(
        'aftersales.penalty.scheme', required=True, index=True, ondelete='restrict',
        check_company=True)
    rule_version = fields.Char(
        string="Version of the Rule", compute='_compute_rule_version', store=True,
        readonly=False, precompute=True, required=True)
    employee_id = fields.Many2one(
        'hr.employee', required=True, index=True, ondelete='cascade', check_company=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    date = fields.Date(
        string="Acknowledged on", required=True, default=fields.Date.context_today)
    file_ids = fields.Many2many('ir.attachment', string="Signed Paper")

    _version_uniq = models.Constraint(
        'UNIQUE(scheme_id, rule_version, employee_id)',
        "This employee acknowledged this version already.")

    @api.depends('scheme_id')
    def _compute_rule_version(self):
        for row in self:
            row.rule_version = row.scheme_id.rule_version or row.rule_version

    @api.depends('employee_id', 'rule_version')
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.employee_id.name} · {row.rule_version}"

    @api.constrains('date')
    def _check_date(self):
        for row in self:
            if row.date > fields.Date.context_today(row):
                raise ValidationError(self.env._("A rule cannot be acknowledged in the future."))

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        for row in rows:
            row.file_ids.filtered(lambda file: not file.res_id).write(
                {'res_model': self._name, 'res_id': row.id})
        return rows

    @api.model
    def _has_acknowledged(self, employee, scheme):
        """Return whether an employee acknowledged the present version of a scheme."""
        # those who may penalise may know it
        return bool(self.sudo().search_count(
            [('employee_id', '=', employee.id), ('scheme_id', '=', scheme.id),
             ('rule_version', '=', scheme.sudo().rule_version)], limit=1))
