from odoo import fields, models


class ResCompany(models.Model):
    """How long parts stay with technicians and customers."""

    _name = 'res.company'
    _inherit = ['res.company', 'aftersales.protected.mixin']

    aftersales_part_return_days = fields.Integer(
        string="Unused Parts Come Back within", default=7,
        help="Days after the work; the technician is reminded.")
    aftersales_loan_days = fields.Integer(
        string="Loan Units Come Back within", default=30,
        help="Days after the customer got them; the technician is reminded.")
    aftersales_loan_location_id = fields.Many2one(
        'stock.location', string="Location of Loan Units", readonly=True, copy=False,
        protected=True)

    _aftersales_part_days_positive = models.Constraint(
        'CHECK(aftersales_part_return_days >= 0 AND aftersales_loan_days >= 0)',
        "The days of part requests cannot be negative.")

    def _get_loan_location(self):
        """Return where this company's loan units are while customers have them, as superuser."""
        self.ensure_one()
        company = self.sudo()  # the step of the request checked, who takes it owns no stock rights
        if not company.aftersales_loan_location_id:
            company.aftersales_loan_location_id = self.env['stock.location'].sudo().create({
                'name': self.env._("Lent to Customers"), 'usage': 'internal',
                'company_id': company.id})
        return company.aftersales_loan_location_id
