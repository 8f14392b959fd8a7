from odoo import fields, models


class ResPartner(models.Model):
    """A supplier's score: the share of inspected lots that passed, beside core's punctuality."""

    _inherit = 'res.partner'

    aftersales_part_quality = fields.Float(
        string="Accepted Lots (%)", compute='_compute_aftersales_part_quality',
        groups='aftersales_parts.group_parts_store',
        help="The share of the supplier's lots of spare parts that passed inspection at first.")
    aftersales_inspected_lots = fields.Integer(
        string="Inspected Lots", compute='_compute_aftersales_part_quality',
        groups='aftersales_parts.group_parts_store')

    def _compute_aftersales_part_quality(self):
        counts = {
            partner.id: (lots, accepted) for partner, lots, accepted in self.env[
                'aftersales.inspection.state']._read_group(
                    [('partner_id', 'in', self.commercial_partner_id.ids)], ['partner_id'],
                    ['lot_count:sum', 'accepted_count:sum'])}
        for partner in self:
            lots, accepted = counts.get(partner.commercial_partner_id.id, (0, 0))
            partner.aftersales_inspected_lots = lots
            partner.aftersales_part_quality = 100.0 * accepted / lots if lots else 0.0

    def action_view_part_inspections(self):
        """Show how the parts of this supplier were inspected."""
        return self.env['aftersales.inspection.state'].search(
            [('partner_id', 'in', self.commercial_partner_id.ids)])._get_records_action(
                name=self.env._("Suppliers and Parts"))
