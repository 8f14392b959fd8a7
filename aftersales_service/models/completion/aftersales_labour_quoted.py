from odoo import api, models
from odoo.exceptions import UserError

from ..base.roles import TEAM_LEAD

# what a quotation says of a line
QUOTED_FIELDS = frozenset({'order_id', 'product_id', 'name', 'quantity'})


class AftersalesLabour(models.Model):
    """A line that was quoted: its quotation changes with it, until the customer accepts."""

    _inherit = 'aftersales.labour'

    # === CRUD === #

    def write(self, vals):
        quoted = self.browse()
        if not QUOTED_FIELDS.isdisjoint(vals):
            quoted = self.filtered('sale_line_id')
            quoted._ensure_not_accepted()
        result = super().write(vals)
        quoted._quote_again()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_accepted(self):
        quoted = self.filtered('sale_line_id')
        quoted._ensure_not_accepted()
        quoted._quote_again()

    # === RULES === #

    def _ensure_not_accepted(self):
        """Keep lines as the customer accepted them; leads correct them once the work is done."""
        is_lead = self.env.user.has_group(TEAM_LEAD)
        accepted = self.browse() if self.env.su else self.filtered(
            # the state of the sale is no secret to the user who writes the line
            lambda labour: labour.sudo().sale_line_id.order_id.state == 'sale'
            and not (is_lead and labour.order_id._is_work_done()))
        if accepted:
            raise UserError(self.env._(
                "The customer accepted these lines as they are; add another line for further "
                "work, or cancel the sale first: %(lines)s",
                lines=accepted.mapped('name')))

    def _quote_again(self):
        """Withdraw the open quotations that hold these lines: the button quotes them again."""
        # write and unlink checked the right to change the lines, and their quotation follows
        self.sudo().order_id._withdraw_quotations()
