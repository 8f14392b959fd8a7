from odoo import api, models


class AftersalesClockPause(models.Model):
    """A wait for parts moves the covers of its unit, also when it is corrected afterwards."""

    _inherit = 'aftersales.clock.pause'

    @api.model_create_multi
    def create(self, vals_list):
        pauses = super().create(vals_list)
        pauses.filtered('reason_id.is_part_wait')._get_finished_cards()._date_covers()
        return pauses

    def write(self, vals):
        left = self._get_finished_cards() if 'res_id' in vals else None
        result = super().write(vals)
        if vals.keys() & {'res_id', 'reason_id', 'date_start', 'date_stop'}:
            cards = self._get_finished_cards()
            (cards | left if left else cards)._date_covers()
        return result

    def unlink(self):
        cards = self._get_finished_cards()
        result = super().unlink()
        cards._date_covers()
        return result

    def _get_finished_cards(self):
        """Return the units of these holds' orders, where the work is done.

        Work under way moves the covers when it is done.
        """
        of_orders = self.filtered(lambda pause: pause.res_model == 'aftersales.order')
        # what was promised follows from the hold, which the user was allowed to keep
        orders = self.env['aftersales.order'].sudo().browse(of_orders.mapped('res_id')).exists()
        return orders.filtered('date_done').warranty_id
