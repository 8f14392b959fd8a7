from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.returns import Path, objection, propose, worth

GRADE_LABELS = [
    ('A', "A: Like New"), ('B', "B: Light Marks"), ('C', "C: Worn or Faulty"),
    ('D', "D: Broken")]
KINDS = [
    ('restock', "Restock"),
    ('refurbish', "Refurbish"),
    ('open_box', "Open-box Sale"),
    ('vendor', "Return to Vendor"),
    ('harvest', "Harvest Parts"),
    ('recycle', "Recycle"),
    ('scrap', "Scrap"),
    ('customer', "Back to the Customer"),
]


class AftersalesDisposition(models.Model):
    """A way that returned goods may go: what it brings, what it costs, what forbids it."""

    _name = 'aftersales.disposition'
    _description = "Disposition of Returned Goods"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default='restock')
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    location_id = fields.Many2one(
        'stock.location', company_dependent=True, domain="[('usage', '=', 'internal')]",
        help="Where the goods go. Empty: the stock for restocking, else a location of this "
             "name under “Returns”, which is made when it is needed.")
    description = fields.Text(translate=True)

    # What it brings
    expected_percent = fields.Float(
        string="Expected Value (%)", help="Per cent of the price that is recovered.")
    probability = fields.Float(string="Probability (%)", default=100.0)
    handling_cost = fields.Float(help="In the currency of the company, for each unit.")
    holding_cost = fields.Float(string="Holding Cost per Day")
    days = fields.Float(string="Days until Done")

    # What forbids it
    worst_grade = fields.Selection(
        GRADE_LABELS, string="Down to Grade", default='D', required=True)
    forbids_battery = fields.Boolean(
        string="Not with a Battery", help="Goods with a battery may not go this way.")
    needs_wiped = fields.Boolean(
        string="Data Wiped First",
        help="Goods that keep personal data go this way only after they were wiped.")
    needs_complete = fields.Boolean(string="Complete Only")
    needs_maker_fault = fields.Boolean(
        string="Maker's Fault Only", help="Only goods for whose fault the maker answers.")

    _figures_sound = models.Constraint(
        'CHECK(expected_percent BETWEEN 0 AND 100 AND probability BETWEEN 0 AND 100'
        ' AND handling_cost >= 0 AND holding_cost >= 0 AND days >= 0)',
        "Percentages are between 0 and 100; costs and days cannot be negative.")

    @api.constrains('kind', 'active')
    def _check_customer(self):
        """Keep a way back to the customer: goods that are not accepted still belong to them."""
        if not self.search_count([('kind', '=', 'customer')], limit=1):
            raise ValidationError(self.env._(
                "One disposition must lead back to the customer: goods that are not "
                "accepted belong to the customer."))

    def _to_path(self):
        """Return this disposition as ``tools.returns`` weighs it."""
        self.ensure_one()
        return Path(
            key=self.id, kind=self.kind, percent=self.expected_percent,
            probability=self.probability / 100, cost=self.handling_cost,
            holding_cost=self.holding_cost, days=self.days, worst_grade=self.worst_grade,
            forbids_battery=self.forbids_battery, needs_wiped=self.needs_wiped,
            needs_complete=self.needs_complete, needs_maker_fault=self.needs_maker_fault,
            owner='customer' if self.kind == 'customer' else 'seller')

    def _propose(self, goods):
        """Return the disposition, of these, that brings most for ``tools.returns.Goods``."""
        path = propose([disposition._to_path() for disposition in self], goods)
        return self.browse(path.key if path else False)

    def _get_worth(self, goods):
        return worth(self._to_path(), goods.value) if self else 0.0

    def _get_objection(self, goods):
        """Say in the user's words why goods may not go this way; empty when they may."""
        reasons = {
            'battery': self.env._("goods with a battery may not go this way"),
            'not_wiped': self.env._("personal data must be wiped first"),
            'owner': self.env._(
                "only goods that were accepted are ours, and the others go back"),
            'grade': self.env._("the grade is too low"),
            'incomplete': self.env._("something is missing"),
            'maker_fault': self.env._("the maker does not answer for the fault"),
        }
        return reasons.get(objection(self._to_path(), goods), '')

    def _get_location(self, company):
        """Return where goods of a company go on this way, making the location if needed."""
        self.ensure_one()
        own = self.with_company(company)
        if own.location_id:
            return own.location_id
        if self.kind == 'restock':
            return company._get_aftersales_warehouse().lot_stock_id
        own.location_id = self.env['stock.location'].create({
            'name': self.name, 'usage': 'internal', 'company_id': company.id,
            'location_id': company._get_aftersales_return_location().id})
        return own.location_id
