from odoo import fields, models

# model -> field that counts its records
COUNTED = {'aftersales.order': 'aftersales_order_count', 'aftersales.warranty': 'warranty_count'}


class AftersalesSmartButtonMixin(models.AbstractModel):
    """A core record that shows how many service orders and warranty cards name it.

    ``_aftersales_link`` is the field by which orders and cards name it.
    """

    _name = 'aftersales.smart.button.mixin'
    _description = "Smart Buttons of Service Orders and Warranty Cards"
    _aftersales_link = None

    aftersales_order_count = fields.Integer(
        string="Service Orders", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')
    warranty_count = fields.Integer(
        string="Warranty Cards", compute='_compute_aftersales_counts',
        groups='aftersales_service.group_aftersales_agent')

    def _compute_aftersales_counts(self):
        link, domain = self._aftersales_link, self._get_aftersales_domain()
        for model, field in COUNTED.items():
            counts = dict(self.env[model]._read_group(domain, [link], ['__count']))
            for record in self:
                record[field] = counts.get(record._origin, 0)

    def action_view_aftersales_orders(self):
        """Show the service orders of these records."""
        return self.env['aftersales.order']._get_orders_action(
            self._get_aftersales_domain(), self._get_aftersales_context())

    def action_view_warranties(self):
        """Show the warranty cards of these records, or the only one."""
        return self.env['aftersales.warranty']._get_cards_action(
            self._get_aftersales_domain(), self._get_aftersales_context())

    def _get_aftersales_domain(self):
        """Return the domain of the orders, and of the cards, that name these records."""
        return [(self._aftersales_link, 'in', self.ids)]

    def _get_aftersales_context(self):
        """Return what a new order or card takes over from the only record."""
        return {f'default_{self._aftersales_link}': self.id if len(self) == 1 else False}
