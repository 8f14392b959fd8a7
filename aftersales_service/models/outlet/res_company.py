from odoo import fields, models
from odoo.tools import ormcache

from ...tools.timezone import local_day


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
    aftersales_objection_days = fields.Integer(
        string="Working Days to Object to a Charge", default=5,
        help="Within these working days of the company an outlet may object to a charge. "
             "0: it cannot object.")

    aftersales_plan_days = fields.Integer(
        string="Outlets Plan Ahead (Days)", default=180,
        help="How far ahead outlets and technicians may agree on a visit. 0: no limit.")
    aftersales_unqualified_technician = fields.Selection(
        [('warn', "Warn"), ('refuse', "Refuse")], string="Technician without a Skill",
        default='warn', required=True,
        help="What happens when an order is given to a technician who lacks a skill that it "
             "asks for. Skills that the law asks for are always refused.")

    _aftersales_objection_days = models.Constraint(
        'CHECK(aftersales_objection_days >= 0)',
        "The days to object to a charge cannot be negative.")

    def write(self, vals):
        result = super().write(vals)
        if 'resource_calendar_id' in vals:
            self.env.registry.clear_cache()  # the time zone follows from the calendar
        return result

    def _get_aftersales_day(self, moment):
        """Return the day that ``moment`` (UTC) belongs to, where the company works."""
        self.ensure_one()
        return local_day(moment, self._get_aftersales_zone())

    @ormcache('self.id')
    def _get_aftersales_zone(self):
        """Return the name of the time zone in which the company works."""
        # days are the same for everybody
        return self.sudo().resource_calendar_id.tz or 'UTC'
