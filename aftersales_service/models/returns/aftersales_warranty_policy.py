from odoo import fields, models
from odoo.tools import ormcache


class AftersalesWarrantyPolicy(models.Model):
    """How long the seller has to answer a claim, where the law says so."""

    _inherit = 'aftersales.warranty.policy'

    answer_days = fields.Integer(
        string="Days to Answer a Claim",
        help="A return is authorised or refused so many days after it was requested; zero: "
             "no limit.")
    is_answer_in_workdays = fields.Boolean(
        string="Count Working Days", help="By the company's working hours and holidays.")

    _answer_positive = models.Constraint(
        'CHECK(answer_days >= 0)', "The days to answer a claim cannot be negative.")

    @ormcache('self.id')
    def _get_answer_rule(self):
        """Return ``(days, whether working days)`` of this policy, else of its law."""
        # what binds us does not depend on the user's right to read policies
        policy = self.sudo()._get_law_policies().filtered('answer_days')[:1]
        return policy.answer_days, policy.is_answer_in_workdays
