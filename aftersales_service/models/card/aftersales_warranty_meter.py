from odoo import fields, models


class AftersalesWarranty(models.Model):
    """The meter of the unit."""

    _inherit = 'aftersales.warranty'

    usage = fields.Float(
        string="Meter Reading", readonly=True, copy=False,
        help="The last known reading of kilometres, hours or cycles.", protected=True)
    usage_ids = fields.One2many(
        'aftersales.warranty.usage', 'warranty_id', string="Meter Readings")
    usage_unit = fields.Selection(related='policy_id.usage_unit')

    def _copy_last_usage(self):
        """Keep the last reading on the card, which the readings alone may change."""
        last = {}
        for reading in self.env['aftersales.warranty.usage'].sudo().search(
                [('warranty_id', 'in', self.ids)], order='date, id'):
            last[reading.warranty_id.id] = reading.value
        for card in self.sudo():
            if card.usage != last.get(card.id, 0.0):
                card.usage = last.get(card.id, 0.0)
