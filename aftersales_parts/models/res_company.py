from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

from .aftersales_inspection_plan import LEVEL_CHOICES
from .aftersales_inspection_state import KINDS


class ResCompany(models.Model):
    """How parts are counted, requested, inspected and returned in a company."""

    _name = 'res.company'
    _inherit = ['res.company', 'aftersales.protected.mixin']

    aftersales_demand_month = fields.Date(
        string="Demand Counted until",
        help="The last month that is over and counted; empty: nothing is counted yet.")
    aftersales_part_return_days = fields.Integer(
        string="Unused Parts Come Back within", default=7,
        help="Days after the work; the technician is reminded.")
    aftersales_loan_days = fields.Integer(
        string="Loan Units Come Back within", default=30,
        help="Days after the customer got them; the technician is reminded.")
    aftersales_loan_location_id = fields.Many2one(
        'stock.location', string="Location of Loan Units", readonly=True, copy=False,
        protected=True)
    # Receiving inspection
    aftersales_inspection_kind = fields.Selection(
        KINDS, string="Inspect Receipts of Spare Parts", default='sample', required=True,
        help="How parts of a supplier begin; each can be changed by itself.")
    aftersales_inspection_level = fields.Selection(
        LEVEL_CHOICES, string="Inspection Level", default='II', required=True)
    aftersales_inspection_aql = fields.Float(
        string="AQL (%)", digits=(5, 3), default=1.0,
        help="The share of defective pieces up to which lots are mostly accepted. Vital parts "
             "begin with 0.65.")
    is_aftersales_reduced_inspection = fields.Boolean(
        string="Reduced Inspection",
        help="Planners may reduce the samples of suppliers whose lots were good for long.")
    is_aftersales_special_levels = fields.Boolean(
        string="Special Levels (S-1 to S-4)",
        help="Small samples, for tests that are dear or destroy the piece.")
    # Old parts
    aftersales_old_part_days = fields.Integer(
        string="Days to Return Old Parts", default=30, help="0: without a deadline.")
    aftersales_old_part_warning_days = fields.Integer(
        string="Days before the Reminder", default=7,
        help="So many days before old parts must be back, those who hold them are reminded.")
    aftersales_old_part_min_value = fields.Monetary(
        string="Exempt below", default=10.0,
        help="[default] Old parts below this value need not come back, unless they are "
             "hazardous waste.")
    aftersales_old_part_local_value = fields.Monetary(
        string="Destroyed on Site below", default=50.0,
        help="[default] Old parts below this value may be destroyed by the outlet, with a photo.")
    aftersales_old_part_high_value = fields.Monetary(
        string="Check All from", default=500.0,
        help="[default] Old parts from this value on are all checked at the bench.")
    aftersales_old_part_sample_percent = fields.Float(
        string="Check of the Others (%)", default=10.0)
    aftersales_old_parts_location_id = fields.Many2one(
        'stock.location', string="Old Parts Location", check_company=True,
        domain=[('usage', 'in', ('inventory', 'internal'))],
        help="Where parts that are taken off go. A location for inventory loss keeps them out of "
             "the value of the stock. Empty: where the new parts come from.")
    aftersales_part_repair_cost_percent = fields.Float(
        string="Repair up to (%) of a New Part", default=50.0, help="[default]")
    aftersales_part_repair_life_percent = fields.Float(
        string="Life after Repair from (%)", default=70.0, help="[default]")
    aftersales_part_repair_count = fields.Integer(
        string="Repairs in a Part's Life", default=3, help="[default]")
    is_aftersales_parts_two_persons = fields.Boolean(
        string="Second Person Approves",
        help="Another person than the one who proposed approves repair and scrap of old parts.")

    _aftersales_part_days_positive = models.Constraint(
        'CHECK(aftersales_part_return_days >= 0 AND aftersales_loan_days >= 0)',
        "The days of part requests cannot be negative.")
    _aftersales_parts_numbers = models.Constraint(
        'CHECK(aftersales_old_part_days >= 0 AND aftersales_old_part_warning_days >= 0 '
        'AND aftersales_old_part_sample_percent BETWEEN 0 AND 100 '
        'AND aftersales_old_part_min_value >= 0 AND aftersales_part_repair_count >= 0)',
        "Days, values and shares of old parts cannot be negative, nor a share above 100.")

    def _get_parts_warehouse(self):
        """Return the warehouse that keeps the company's spare parts, as superuser; maybe empty.

        Called where parts are asked for, received, restocked and counted: where parts lie is the
        business of all who ask for them. It is the company's first warehouse.
        """
        self.ensure_one()
        # where parts lie is no secret to those who ask for them
        return self.env['stock.warehouse'].sudo().search([('company_id', '=', self.id)], limit=1)

    def _get_uncounted_months(self):
        """Return the months that the next run counts, the running one included."""
        self.ensure_one()
        running = self._get_aftersales_day(fields.Datetime.now()).replace(day=1)
        month = self.aftersales_demand_month or self._get_month_before_use(running)
        months = []
        while month < running:
            month += relativedelta(months=1)
            months.append(month)
        return months

    def _get_month_before_use(self, running):
        """Return the month before the first part was used, or before the last month."""
        first = self.env['stock.move'].search_fetch(
            [('company_id', '=', self.id), ('repair_line_type', '=', 'add'),
             ('state', '=', 'done')], ['date'], order='date', limit=1).date
        day = self._get_aftersales_day(first) if first else running - relativedelta(months=1)
        return day.replace(day=1) - relativedelta(months=1)

    def _follow_supersessions(self):
        """Have the demand counted for the parts that stand in place of old numbers today.

        Called by the count as superuser. Imports follow at once; where repairs used an old number,
        all months of the company are counted again, one after the other.
        """
        demand = self.env['aftersales.part.demand']
        old = self.env['aftersales.part.supersession'].search(
            [('date', '<=', fields.Date.context_today(self))]).old_product_id
        superseded = old.browse().union(*demand._find_targets(old))
        stale = Domain('product_id', 'in', superseded.ids) & Domain('company_id', 'in', self.ids)
        demand.search(stale & Domain('source', '=', 'import'))._compute_product_id()
        for company, in demand._read_group(
                stale & Domain('source', '=', 'repair'), ['company_id']):
            company.aftersales_demand_month = False

    def _get_loan_location(self):
        """Return where this company's loan units are while customers have them, as superuser."""
        self.ensure_one()
        company = self.sudo()  # the step of the request checked, who takes it owns no stock rights
        if not company.aftersales_loan_location_id:
            company.aftersales_loan_location_id = self.env['stock.location'].sudo().create({
                'name': self.env._("Lent to Customers"), 'usage': 'internal',
                'company_id': company.id})
        return company.aftersales_loan_location_id
