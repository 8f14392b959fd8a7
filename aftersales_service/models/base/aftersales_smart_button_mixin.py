from odoo import api, models


class AftersalesSmartButtonMixin(models.AbstractModel):
    """A core record that shows how many service orders and warranty cards name it.

    ``_aftersales_link`` is the field by which orders and cards name it. The rooms of cards and
    orders add their numbers and buttons.
    """

    _name = 'aftersales.smart.button.mixin'
    _description = "Smart Buttons of Service Orders and Warranty Cards"
    _aftersales_link = None

    @api.model
    def _get_aftersales_counted(self):
        """Return ``{model: field that counts its records}``."""
        return {}

    def _compute_aftersales_counts(self):
        link, domain = self._aftersales_link, self._get_aftersales_domain()
        for model, field in self._get_aftersales_counted().items():
            counts = dict(self.env[model]._read_group(domain, [link], ['__count']))
            for record in self:
                record[field] = counts.get(record._origin, 0)

    def _get_aftersales_domain(self):
        """Return the domain of the orders, and of the cards, that name these records."""
        return [(self._aftersales_link, 'in', self.ids)]

    def _get_aftersales_context(self):
        """Return what a new order or card takes over from the only record."""
        return {f'default_{self._aftersales_link}': self.id if len(self) == 1 else False}
