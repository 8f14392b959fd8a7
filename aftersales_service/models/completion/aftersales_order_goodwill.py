from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..base.roles import TEAM_LEAD


class AftersalesOrder(models.Model):
    """Who pays for the work, and who says so.

    Warranty, contract and payment follow from the unit and the customer; a gift to the
    customer is the decision of a team lead, who says why.
    """

    _inherit = 'aftersales.order'

    collection_mode = fields.Selection(related='outlet_id.collection_mode')
    currency_id = fields.Many2one(related='company_id.currency_id')
    goodwill_reason = fields.Char(
        copy=False, help="Why the customer gets without charge what they would have to pay.",
        groups='base.group_user')
    goodwill_user_id = fields.Many2one(
        'res.users', string="Goodwill Approved by", readonly=True, copy=False, protected=True)
    reported_amount = fields.Monetary(
        string="Amount Reported", readonly=True, copy=False,
        help="What the outlet says that it took from the customer.", protected=True)
    reported_user_id = fields.Many2one(
        'res.users', string="Reported by", readonly=True, copy=False, protected=True)
    date_reported = fields.Datetime(
        string="Amount Reported on", readonly=True, copy=False, protected=True)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.charge_kind == 'goodwill')._note_goodwill()
        return orders

    def write(self, vals):
        is_goodwill = vals.get('charge_kind') == 'goodwill'
        if is_goodwill:
            self._ensure_may_give_goodwill()
        result = super().write(vals)
        if is_goodwill:
            self._note_goodwill()
        elif 'goodwill_reason' in vals:
            self._ensure_goodwill_reasoned()
        return result

    # === RULES === #

    def _note_goodwill(self):
        """Note who gives goodwill; refuse those who may not give it, and that without reason."""
        if not self:
            return
        self._ensure_may_give_goodwill()
        self._ensure_goodwill_reasoned()
        # _ensure_may_give_goodwill checked the role
        self.sudo().goodwill_user_id = self.env.user

    def _ensure_may_give_goodwill(self):
        if not self.env.su and not self.env.user.has_group(TEAM_LEAD):
            raise AccessError(self.env._(
                "Goodwill is decided by a team lead: ask one to give it."))

    def _ensure_goodwill_reasoned(self):
        self._refuse_where(
            lambda order: order.charge_kind == 'goodwill' and not order.goodwill_reason,
            self.env._("Say why the customer gets this for nothing"))

    def _on_state_changed(self, target):
        super()._on_state_changed(target)
        if target == 'done':
            self._deliver_labour()

    def _deliver_labour(self):
        """Note on the quotation that the labour was done, so that it can be invoiced."""
        # the order is done; its quotation follows, even for users who may not write it
        for labour in self.sudo().labour_ids:
            line = labour.sale_line_id
            if line.qty_delivered_method == 'manual' and not line.qty_delivered:
                line.qty_delivered = labour.quantity

    def _prepare_quotation_vals(self):
        """Quote by the outlet's price list; what the outlet invoices, we never do."""
        vals = super()._prepare_quotation_vals()
        # the customer's page asks for a signature; where one pays later, for no payment
        vals['require_signature'] = True
        if self.company_id.aftersales_pay_later:
            vals['require_payment'] = False
        outlet = self.outlet_id
        if outlet.pricelist_id:
            vals['pricelist_id'] = outlet.pricelist_id.id
        if outlet.collection_mode == 'outlet':
            vals['aftersales_collecting_outlet_id'] = outlet.id
        return vals
