from odoo import fields, models

from ...tools.warranty import COMPONENT, LABOUR, WHOLE_UNIT

TERM_KINDS = [
    (WHOLE_UNIT, "Whole Unit"), (COMPONENT, "Main Parts"), (LABOUR, "Labour")]


class AftersalesWarrantyTerm(models.Model):
    """One promise of a policy: a kind of help, its length, and the parts it is limited to."""

    _name = 'aftersales.warranty.term'
    _description = "Warranty Term"
    _order = 'policy_id, sequence, id'

    policy_id = fields.Many2one(
        'aftersales.warranty.policy', required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(
        related='policy_id.company_id', store=True, precompute=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(TERM_KINDS, required=True, default=WHOLE_UNIT)
    months = fields.Integer(
        string="Length (Months)", required=True, default=12,
        help="Calendar months, counted from the policy's starting event.")
    component_ids = fields.Many2many(
        'product.product', string="Main Parts",
        help="The spare parts that a term for main parts covers.")

    _months_positive = models.Constraint(
        'CHECK(months > 0)', "A warranty term lasts at least one month.")
