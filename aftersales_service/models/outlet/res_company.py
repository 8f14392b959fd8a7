from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    aftersales_accept_minutes = fields.Integer(
        string="Minutes to Answer an Offer", default=30,
        help="New outlets start with this time to accept or decline an offered order.")
    aftersales_dispatcher_id = fields.Many2one(
        'res.users', string="Dispatcher",
        help="Is told when no outlet takes an order. Empty: whoever handles the order.")
    aftersales_dispatch_limit = fields.Integer(
        string="Orders per Bulk Dispatch", default=500,
        help="The most orders that one bulk dispatch changes.")

    def _get_aftersales_day(self, moment):
        """Return the day that ``moment`` (UTC) belongs to, where the company works."""
        self.ensure_one()
        timezone = self.resource_calendar_id.tz or 'UTC'
        return fields.Datetime.context_timestamp(self.with_context(tz=timezone), moment).date()
