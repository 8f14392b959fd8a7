from odoo import fields, models
from odoo.tools import ormcache


class AftersalesOrderType(models.Model):
    _inherit = 'aftersales.order.type'

    needs_checks = fields.Boolean(
        string="Two Inspections",
        help="An article leaves the workshop only after the repairer and then a second person "
             "have inspected it. Off at first: a technician who works alone could finish nothing. "
             "Work at the customer's has its checklists instead.")

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {'needs_checks', 'has_repair', 'is_on_site'}:
            self.env['aftersales.order']._refresh_bench([('type_id', 'in', self.ids)])
        return result

    @ormcache('self.id')
    def _get_workshop_facts(self):
        """Return ``(is_carried_in, needs_checks)`` for orders of this type."""
        # the type says the same to everybody
        kind = self.sudo()
        return kind.has_repair and not kind.is_on_site, kind.needs_checks
