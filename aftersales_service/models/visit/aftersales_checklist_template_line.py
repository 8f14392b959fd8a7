from odoo import api, fields, models
from odoo.exceptions import UserError

PHASES = [
    ('before_leaving', "Before Leaving"),
    ('before_work', "Before Work"),
    ('during', "During Work"),
    ('after', "After Work"),
]


class AftersalesChecklistTemplateLine(models.Model):
    """One check of a template: what to look at, and whether it must be answered."""

    _name = 'aftersales.checklist.template.line'
    _description = "Check of a Template"
    _inherit = ['aftersales.cached.mixin']
    _order = 'template_id, sequence, id'

    template_id = fields.Many2one(
        'aftersales.checklist.template', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(related='template_id.company_id', store=True, index=True)
    name = fields.Char(string="Check", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    phase = fields.Selection(PHASES, required=True, default='during')
    is_mandatory = fields.Boolean(
        string="Mandatory",
        help="The order cannot be done before the check is answered. The checks of an "
             "installation are shipped so; those of a repair are a guide until you insist.")
    needs_photo = fields.Boolean(
        string="Photo", help="The answer of a mandatory check counts only with a photo.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # answers on orders of anybody keep their question
        used = self.env['aftersales.checklist.line'].sudo().search(
            [('template_line_id', 'in', self.ids)], limit=1)
        if used:
            raise UserError(self.env._(
                "Orders have the check “%(check)s”: archive it instead.", check=used.name))

    def _prepare_check_vals(self):
        """Return the values of this check on an order."""
        self.ensure_one()
        return {
            'template_line_id': self.id,
            'sequence': self.sequence,
            'phase': self.phase,
            'is_mandatory': self.is_mandatory,
            'needs_photo': self.needs_photo,
        }
