from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .roles import STOREKEEPER


class StockQuant(models.Model):
    """Stock-taking of vans and outlets: counted on the phone, applied by a second person."""

    _name = 'stock.quant'
    _inherit = ['stock.quant', 'aftersales.protected.mixin']
    _is_company_checked = False

    # plain columns, filled by the phone
    aftersales_counter_id = fields.Many2one(
        'res.users', string="Counted by", readonly=True, index='btree_not_null', copy=False,
        protected=True)
    aftersales_counted_on = fields.Datetime(
        string="Counted on", readonly=True, copy=False, protected=True)
    aftersales_count_note = fields.Char(
        string="Reason of the Difference", copy=False, help="Why the count differs from the books.")

    @api.model
    def _get_inventory_fields_write(self):
        return [*super()._get_inventory_fields_write(), 'aftersales_count_note']

    def action_approve_counts(self):
        """Book what was counted on phones; core notes the reason with each move."""
        for note, quants in self.filtered('aftersales_counter_id').grouped(
                'aftersales_count_note').items():
            action = quants.with_context(
                inventory_name=self.env._("Count: %(reason)s", reason=note) if note else self.env._(
                    "Count")).action_apply_inventory()
            if isinstance(action, dict):
                return action  # the stock moved since: core asks what to do
        return True

    def action_reject_counts(self):
        """Let it be counted again."""
        self.action_clear_inventory_quantity()

    def _apply_inventory(self, date=None):
        self._ensure_second_person()
        return super()._apply_inventory(date)

    def action_clear_inventory_quantity(self):
        # core clears what it applied, and what is counted again
        self.sudo().filtered('aftersales_counter_id').write({  # core checked the right to count
            'aftersales_counter_id': False, 'aftersales_counted_on': False,
            'aftersales_count_note': False})
        return super().action_clear_inventory_quantity()

    def _ensure_second_person(self):
        """Refuse who counted, where a second storekeeper may approve, and unexplained differences.

        :raise AccessError: the user is no storekeeper
        :raise UserError: naming the part
        """
        counted = self.filtered('aftersales_counter_id')
        if counted and not self.env.su and not self.env.user.has_group(STOREKEEPER):
            raise AccessError(self.env._("A storekeeper approves what was counted on the phone."))
        for quant in counted:
            if (quant.product_uom_id.compare(quant.inventory_diff_quantity, 0.0)
                    and not (quant.aftersales_count_note or '').strip()):
                raise UserError(self.env._(
                    "Explain the difference of %(part)s in %(place)s first.",
                    part=quant.product_id.display_name, place=quant.location_id.display_name))
        own = counted.filtered(lambda quant: quant.aftersales_counter_id == self.env.user)
        for company, quants in own.grouped('company_id').items():
            if company._get_people_in(STOREKEEPER) - self.env.user:
                raise UserError(self.env._(
                    "You counted %(parts)s yourself: a second person approves it.",
                    parts=", ".join(quants.product_id.mapped('display_name'))))
