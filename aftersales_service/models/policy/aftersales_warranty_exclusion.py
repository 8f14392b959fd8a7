from odoo import api, fields, models


class AftersalesWarrantyExclusion(models.Model):
    """A ground on which a warranty does not apply, such as use against the manual.

    Where it is approved for a unit, repair for money stays possible.
    """

    _name = 'aftersales.warranty.exclusion'
    _description = "Exclusion"
    _inherit = ['aftersales.cached.mixin', 'aftersales.link.access.mixin']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    article = fields.Char(translate=True, help="The clause, printed with the verdict.")
    needs_evidence = fields.Boolean(
        default=True, help="A photo or a paper must prove it before it is approved.")
    evidence = fields.Char(
        string="What Proves It", translate=True,
        help="What the technician must attach, such as a photo of the liquid indicator.")
    policy_ids = fields.Many2many(
        'aftersales.warranty.policy', string="Policies", context={'active_test': False})

    @api.model
    def _get_grounds(self, policy, company):
        """Return the grounds that may be named: those of the policy and its law, else all."""
        grounds = policy._get_exclusions() if policy else self.browse()
        return grounds or self.search([('company_id', 'in', (False, company.id))])
