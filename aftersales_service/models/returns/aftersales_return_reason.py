from odoo import fields, models

FAULT_KINDS = [
    ('performance', "Performance Fault"), ('safety', "Serious Safety Fault"),
    ('no_reason', "No Fault")]
RESPONSIBLE = [
    ('maker', "Maker"), ('seller', "Seller"), ('carrier', "Carrier"), ('customer', "Customer")]


class AftersalesReturnReason(models.Model):
    """Why goods come back, what the law calls it, and who answers for it."""

    _name = 'aftersales.return.reason'
    _description = "Return Reason"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, name, id'

    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    fault_kind = fields.Selection(
        FAULT_KINDS, string="Kind of Fault", default='performance', required=True,
        help="As the law on remedies distinguishes it.")
    responsible = fields.Selection(
        RESPONSIBLE, string="Responsibility", default='maker', required=True,
        help="The customer pays freight and restocking only if the customer is responsible.")
    is_portal = fields.Boolean(
        string="Offered to Customers", default=True,
        help="Customers may choose it when they ask for a return on the portal.")

    _code_company_uniq = models.UniqueIndex(
        '(code, COALESCE(company_id, 0)) WHERE code IS NOT NULL',
        "There is a return reason with this code already.")
