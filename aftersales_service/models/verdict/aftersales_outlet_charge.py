from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesOutletCharge(models.Model):
    """What an outlet bears for a mistake, until its settlement takes it up.

    It states amount and reason. It posts nothing: that is for the settlement.
    """

    _name = 'aftersales.outlet.charge'
    _description = "Charge to an Outlet"
    _inherit = ['aftersales.protected.mixin']
    _order = 'date desc, id desc'
    _check_company_auto = True

    outlet_id = fields.Many2one(
        'aftersales.outlet', required=True, index=True, ondelete='restrict')
    company_id = fields.Many2one(
        related='outlet_id.company_id', store=True, precompute=True, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date = fields.Date(required=True, default=fields.Date.context_today)
    amount = fields.Monetary(required=True)
    reason = fields.Char(required=True)
    appraisal_id = fields.Many2one(
        'aftersales.appraisal', readonly=True, copy=False, index='btree_not_null',
        ondelete='restrict', protected=True)
    user_id = fields.Many2one(
        'res.users', string="Charged by", readonly=True, default=lambda self: self.env.user,
        copy=False, protected=True)
    is_settled = fields.Boolean(string="Settled", readonly=True, copy=False, protected=True)

    _amount_positive = models.Constraint(
        'CHECK(amount >= 0)', "A charge cannot be negative.")

    @api.depends('outlet_id', 'date')
    def _compute_display_name(self):
        for charge in self:
            charge.display_name = (
                f'{charge.outlet_id.name} · {charge.date}' if charge.outlet_id else False)

    # === CRUD === #

    def write(self, vals):
        if not self.env.su:
            self.check_access('write')  # before the rule, whose sentence names charges
            self._unlink_except_settled()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        if settled := self.filtered('is_settled'):
            raise UserError(self.env._(
                "These charges are settled and stay: %(charges)s",
                charges=settled.mapped('display_name')))

    # === RULES === #
