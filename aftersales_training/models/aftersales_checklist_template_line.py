from odoo import fields, models


class AftersalesChecklistTemplateLine(models.Model):
    """A check of conduct names the act that it is when it is not kept."""

    _inherit = 'aftersales.checklist.template.line'
    _uncached_fields = frozenset({'offence_id'})

    offence_id = fields.Many2one(
        'aftersales.offence', string="Act if Not Kept", index='btree_not_null',
        domain=[('kind', '=', 'demerit')], ondelete='restrict',
        help="Checks that are “Not OK” are listed as violations, for notices.")
