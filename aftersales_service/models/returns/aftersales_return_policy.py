from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.returns import LOSSES, Terms

FREIGHT_PAYERS = [
    ('fault', "Who Answers for the Reason"), ('company', "We"), ('customer', "The Customer")]


class AftersalesReturnPolicy(models.Model):
    """A version of what we take back without a fault: how long, in which state, at what charge.

    The law on warranty stands beside it: what is owed for a faulty unit is judged first.
    """

    _name = 'aftersales.return.policy'
    _description = "Return Policy"
    _inherit = ['aftersales.version.mixin', 'aftersales.link.access.mixin']
    _order = 'sequence, date_from desc, id desc'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', index='btree_not_null',
        help="Leave empty to offer the policy in every company.")
    code = fields.Char(required=True, default='standard')
    date_from = fields.Date(help="First day of delivery that it binds.")
    date_to = fields.Date(help="Last day of delivery that it binds.")
    description = fields.Html(translate=True, help="Shown to customers who ask for a return.")

    # What is taken back
    window_days = fields.Integer(
        string="Window (Days)", required=True, default=7,
        help="So many days after the delivery the goods may be returned; the last one counts.")
    condition = fields.Selection(
        [('any', "Any"), ('unused', "Unused, with Packaging")], required=True, default='any')
    needs_proof = fields.Boolean(
        string="Proof of Purchase", default=True,
        help="A sale, delivery, platform order or invoice must be known.")
    categ_ids = fields.Many2many(
        'product.category', 'aftersales_return_policy_categ_rel', string="Only Categories",
        help="Leave empty to take back goods of every category.")
    excluded_product_ids = fields.Many2many(
        'product.template', 'aftersales_return_policy_excluded_rel',
        string="Non-returnable Products")
    excluded_categ_ids = fields.Many2many(
        'product.category', 'aftersales_return_policy_excluded_categ_rel',
        string="Non-returnable Categories")

    # Money
    freight_payer = fields.Selection(
        FREIGHT_PAYERS, string="Freight Paid by", required=True, default='fault')
    restocking_percent = fields.Float(
        string="Restocking Charge (%)", help="Kept back from the price.")
    is_free_at_fault = fields.Boolean(
        string="No Charge at Fault", default=True,
        help="No restocking charge unless the customer answers for the reason.")
    loss_b_percent = fields.Float(
        string="Loss at Grade B (%)", default=LOSSES['B'],
        help="Kept back from the price of goods with light marks that come back without a "
             "reason. Opening and trying them costs nothing: grade A.")
    loss_c_percent = fields.Float(
        string="Loss at Grade C (%)", default=LOSSES['C'],
        help="Kept back from the price of worn goods that come back without a reason.")
    loss_d_percent = fields.Float(
        string="Loss at Grade D (%)", default=LOSSES['D'],
        help="Kept back from the price of broken goods that come back without a reason.")
    loss_incomplete_percent = fields.Float(
        string="Loss if Incomplete (%)", default=LOSSES['incomplete'],
        help="Kept back as well where something is missing.")
    refund_route = fields.Selection(
        [('same', "The Way It Was Paid"), ('transfer', "Bank Transfer"),
         ('credit', "Credit for the Next Purchase")],
        required=True, default='same')
    refund_days = fields.Integer(
        default=7, required=True,
        help="The customer gets the refund within this number of days after receipt.")

    # Abuse control
    max_returns = fields.Integer(
        string="Returns per Customer",
        help="More returns without a fault in the period are refused. 0 sets no limit.")
    max_days = fields.Integer(
        string="Period (Days)", default=365, help="In which the returns are counted.")

    _figures_sound = models.Constraint(
        'CHECK(window_days >= 0 AND refund_days >= 0 AND max_returns >= 0 AND max_days > 0'
        ' AND restocking_percent BETWEEN 0 AND 100 AND loss_b_percent BETWEEN 0 AND 100'
        ' AND loss_c_percent BETWEEN 0 AND 100 AND loss_d_percent BETWEEN 0 AND 100'
        ' AND loss_incomplete_percent BETWEEN 0 AND 100)',
        "Days cannot be negative, and charge and losses are between 0 and 100 %.")

    @api.constrains('code', 'company_id', 'date_from', 'date_to', 'active')
    def _check_versions(self):
        """Refuse two versions of one policy on the same day, in one search."""
        for policy, clash in self._find_overlaps():
            raise ValidationError(self.env._(
                "The return policies “%(one)s” and “%(other)s” overlap: versions of one "
                "policy follow each other.", one=policy.name, other=clash.name))

    @api.model
    def _get_policies(self, company):
        """Return the policies of a company in their order, its own before the general ones."""
        policies = self.search([('company_id', 'in', (False, company.id))])
        return policies.sorted(lambda policy: (not policy.company_id, policy.sequence))

    def _find(self, product, day):
        """Return the first of these policies that binds a product delivered on ``day``."""
        parents = product.categ_id._get_parent_ids()
        return next((policy for policy in self if (
            policy._binds(day)
            and (not policy.categ_ids or set(policy.categ_ids.ids) & parents))), self.browse())

    def _excludes(self, product):
        """Return whether the policy names a product, or a category above it, as non-returnable."""
        return (
            product.product_tmpl_id in self.excluded_product_ids
            or bool(set(self.excluded_categ_ids.ids) & product.categ_id._get_parent_ids()))

    def _get_losses(self):
        """Return what goods are worth less, as ``tools.returns.value_loss`` reads it."""
        return {
            'B': self.loss_b_percent, 'C': self.loss_c_percent, 'D': self.loss_d_percent,
            'incomplete': self.loss_incomplete_percent} if self else LOSSES

    def _to_terms(self):
        """Return this policy as ``tools.returns`` judges it."""
        self.ensure_one()
        return Terms(
            window_days=self.window_days, needs_proof=self.needs_proof,
            needs_unused=self.condition == 'unused',
            restocking_percent=self.restocking_percent,
            is_free_at_fault=self.is_free_at_fault,
            max_returns=self.max_returns or None)
