from odoo import api, models

from ..order.aftersales_labour import LINE_FIELDS


class AftersalesLabour(models.Model):
    """Labour of finished work stays; leads correct it, and the order says what it was before."""

    _inherit = 'aftersales.labour'

    @api.model_create_multi
    def create(self, vals_list):
        labours = super().create(vals_list)
        labours._note_corrections({})
        return labours

    def write(self, vals):
        if LINE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self._format_finished_lines()
        result = super().write(vals)
        self._note_corrections(before)
        return result

    def unlink(self):
        before = self._format_finished_lines()
        result = super().unlink()
        self.browse()._note_corrections(before)
        return result

    # === RULES === #

    def _format_finished_lines(self):
        """Return ``{(line, order): words}`` of the labour of finished orders."""
        if self.env.su:
            return {}
        return {
            (labour, labour.order_id): self.env._(
                "%(work)s, %(quantity)s %(unit)s, %(percent)s%% covered, %(person)s",
                work=labour.name or labour.product_id.display_name,
                quantity=f'{labour.quantity:g}', unit=labour.uom_id.name or "",
                percent=f'{labour.cover_percent:g}', person=labour.technician_id.name or "–")
            for labour in self if labour.order_id._is_work_done()}

    def _note_corrections(self, before):
        """Say in the chatter of finished orders what their labour was and what it is now."""
        after = self._format_finished_lines()
        for key in dict.fromkeys([*before, *after]):
            old, new = before.get(key, "–"), after.get(key, "–")
            if old != new:
                key[1]._message_log(body=self.env._(
                    "Labour of the finished order was changed: %(old)s → %(new)s",
                    old=old, new=new))
