from odoo import models

_SIGNED_FIELDS = frozenset({'signature', 'signed_by', 'is_wiped', 'has_data', 'accessories'})


class AftersalesTradeIn(models.Model):
    """The take-back slip stays as the customer signed it, once the old unit is ours."""

    _name = 'aftersales.trade.in'
    _inherit = ['aftersales.trade.in', 'aftersales.signed.mixin']

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        return locked | _SIGNED_FIELDS if self.state in ('received', 'disposed') else locked

    def _get_signed_report(self):
        return 'aftersales_service.action_report_trade_in_slip'

    def _get_signed_base_filename(self):
        self.ensure_one()
        return self.env._("Take-back Slip %(name)s", name=(self.name or '').replace('/', '-'))
