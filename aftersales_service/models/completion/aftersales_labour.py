from odoo import api, models
from odoo.exceptions import UserError

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
        """Keep lines as the customer accepted them; code that no user called may correct them."""
        accepted = self.browse() if self.env.su else self.filtered(
            # the state of the sale is no secret to who writes the line
            lambda labour: labour.sudo().sale_line_id.order_id.state == 'sale')
        if accepted:
            raise UserError(self.env._(
                "The customer accepted these lines as they are; add another line for further "
                "work, or cancel the sale first: %(lines)s",
                lines=accepted.mapped('name')))

    def _quote_again(self):
        """Withdraw the open quotations that hold these lines: the button quotes them again."""
        # write and unlink checked the right to change the lines, and their quotation follows
        self.sudo().order_id._withdraw_quotations()

    def _can_be_removed(self):
        """Whether this is one line that the customer has not accepted yet."""
        return len(self) == 1 and self.sale_line_id.order_id.state in (False, 'draft', 'sent')

    def _prepare_mobile_labour(self):
        """Return a line of labour as the technician's phone shows it."""
        self.ensure_one()
        return {
            'id': self.id,
            'name': self.name,
            'quantity': self.quantity,
            'cover': self.cover_reason or "",
            'can_be_removed': self._can_be_removed(),
        }
