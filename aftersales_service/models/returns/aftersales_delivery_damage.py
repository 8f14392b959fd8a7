from odoo import api, fields, models


class AftersalesDeliveryDamage(models.Model):
    """The exchange of damaged goods, by a return."""

    _inherit = 'aftersales.delivery.damage'

    return_id = fields.Many2one(
        'aftersales.return', string="Exchange", compute='_compute_return_id', compute_sudo=True,
        help="The return by which the damaged goods are exchanged.")

    @api.depends('proposal', 'order_id')
    def _compute_return_id(self):
        exchanged = self.filtered(lambda damage: damage.proposal == 'exchange').order_id
        returns = {record.order_id: record for record in self.env['aftersales.return'].search([
            ('order_id', 'in', exchanged.ids), ('kind', '=', 'exchange'),
            ('state', 'not in', ('refused', 'cancelled'))], order='id')}
        for damage in self:
            damage.return_id = damage.proposal == 'exchange' and returns.get(damage.order_id)

    def action_exchange(self):
        """Take the damaged goods back for sound ones, by a return of the service order."""
        self.ensure_one()
        self._ensure_decided_on('exchange')
        self._ensure_not_exchanged()
        action = self.env['aftersales.return']._get_start_action(self.order_id)
        return action | {'context': action['context'] | {
            'default_kind': 'exchange', 'default_description': self.description}}

    def _ensure_reported(self):
        """Refuse to reopen a decision that was carried out."""
        result = super()._ensure_reported()
        self.filtered(lambda damage: damage.state == 'decided')._ensure_not_exchanged()
        return result

    def _ensure_not_exchanged(self):
        self._refuse_where('return_id', self.env._(
            "The goods are being exchanged already; open the sale order of the exchange"))
