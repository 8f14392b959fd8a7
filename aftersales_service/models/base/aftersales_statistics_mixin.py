from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.date_utils import end_of, start_of

# of a landscape page, each of two lines
ROWS = 16


class AftersalesStatisticsMixin(models.AbstractModel):
    """Asks for company, period and products of printed statistics; last month by default."""

    _name = 'aftersales.statistics.mixin'
    _description = "Period of Statistics"
    _inherit = ['aftersales.link.access.mixin']  # figures of the user's own companies only

    # the printed page; each kind of statistics names its own
    _statistics_report = None

    company_id = fields.Many2one(
        'res.company', required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date_from = fields.Date(
        string="From", required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(months=-1, day=1))
    date_to = fields.Date(
        string="Last Day", required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(day=1, days=-1),
        help="The last day counts.")
    product_ids = fields.Many2many('product.product', string="Products")
    categ_ids = fields.Many2many(
        'product.category', string="Product Categories",
        help="Leave products and categories empty to count all of them.")

    @api.constrains('date_from', 'date_to')
    def _check_period(self):
        for wizard in self:
            if wizard.date_from > wizard.date_to:
                raise UserError(self.env._("The period must not end before it begins."))

    def action_print(self):
        """Print the statistics of the chosen period."""
        return self.env.ref(self._statistics_report).report_action(self)

    @api.model
    def _split_pages(self, rows, size=ROWS):
        """Return the rows of each printed page; one page without rows if there are none.

        Not every renderer of PDF repeats the headings of a table on the next page, nor keeps rows
        whole: each page is a table of its own.
        """
        return [rows[start:start + size] for start in range(0, len(rows), size)] or [rows]

    def _get_period_before(self):
        """Return first and last day of the period of the same length before this one."""
        self.ensure_one()
        last = self.date_from - relativedelta(days=1)
        if (self.date_from, self.date_to) == (
                start_of(self.date_from, 'month'), end_of(self.date_to, 'month')):
            months = (self.date_to.year - self.date_from.year) * 12 + (
                self.date_to.month - self.date_from.month) + 1
            return self.date_from - relativedelta(months=months), last
        return self.date_from - (self.date_to - last), last

    def _get_products_domain(self, categories='categ_id'):
        """Return the domain of the company and of what was chosen of its products.

        :param categories: where the model that is read names the category of its product
        """
        self.ensure_one()
        domain = Domain('company_id', '=', self.company_id.id)
        if self.product_ids or self.categ_ids:
            domain &= (
                Domain('product_id', 'in', self.product_ids.ids)
                | Domain(categories, 'child_of', self.categ_ids.ids))
        return domain
