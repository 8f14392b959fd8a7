from odoo import models
from odoo.tools import format_date

from .aftersales_visit_mobile_actions import CODES, REMARKS

# how many used parts are looked at to suggest some for a product
PARTS_HISTORY = 200

PART_SUGGESTIONS = 20

# how many earlier orders of a unit the phone shows
HISTORY = 3


class AftersalesOrder(models.Model):
    """An order as the technician's phone shows it: one unit of a job."""

    _inherit = 'aftersales.order'

    def _get_mobile_context(self):
        """Return what is read once for all units of all jobs, by name.

        Hook: called by ``/my/jobs/data`` as superuser, once for all orders of the user's visits of
        today: what ``_prepare_mobile_order`` would otherwise read one by one. Raises nothing.
        """
        return {
            'photo_counts': self._get_photo_counts(),
            'parts': self._get_part_suggestions(),
            'history': self._get_unit_history(),
        }

    def _prepare_mobile_order(self, shared):
        """Return one unit with everything the technician reads and fills in.

        Hook: called by ``/my/jobs/data`` as superuser, for one order of a visit of the user, at
        each reading. Modules add keys to ``super()``. Raises nothing.

        :param shared: what ``_get_mobile_context`` read
        """
        self.ensure_one()
        history = shared['history'].get(self.warranty_id, self.browse())
        states = dict(self._fields['state']._description_selection(self.env))
        charges = dict(self._fields['charge_kind']._description_selection(self.env))
        return {
            'id': self.id,
            'name': self.name,
            'type': self.type_id.name,
            'state': self.state,
            'state_label': states[self.state],
            'severity': self.severity,
            'product': self.product_id.display_name or "",
            'serial': self.serial or "",
            'description': self.description or "",
            'cover': self.cover_note or "",
            'is_covered': self.cover_state == 'covered',
            'diagnosis': self.diagnosis or "",
            'solution': self.solution or "",
            'has_repair': self.has_repair,
            'has_workshop': 'taken_to_shop' in self.type_id._get_steps(),
            'needs_acceptance': self.type_id.needs_acceptance,
            'is_signed': self._is_accepted(),
            'photo_count': shared['photo_counts'].get(self.id, 0),
            'test_result': self.test_result or "",
            'test_note': self.test_note or "",
            **{name: self[name] or "" for name in REMARKS},
            **{name: self[name].id for name in CODES},
            'categ_ids': self._get_categ_ids(),
            'charge': charges.get(self.charge_kind, ""),
            'history': [past._prepare_mobile_history() for past in history - self][:HISTORY],
            'parts': [
                move._prepare_mobile_part() for move in self.part_ids if move.state != 'cancel'],
            'part_choices': shared['parts'][self],
            'checks': [line._prepare_mobile_check() for line in self.checklist_ids],
        }

    def _prepare_mobile_history(self):
        """Return what was done on the unit before, without names of people."""
        self.ensure_one()
        return {
            'day': format_date(self.env, self.date_done),
            'diagnosis': self.diagnosis or "",
            'solution': self.solution or "",
        }

    def _get_unit_history(self):
        """Return the finished orders of the units' cards, newest first, by card."""
        finished = self.search(
            [('warranty_id', 'in', self.warranty_id.ids), ('date_done', '!=', False)],
            order='date_done desc')
        return finished.grouped('warranty_id')

    def _get_photo_counts(self):
        """Return the number of the technicians' photos by order id; customers send some, too."""
        people = self.technician_id | self.visit_ids._get_people()
        return dict(self.env['ir.attachment']._read_group(
            [('res_model', '=', self._name), ('res_id', 'in', self.ids),
             ('create_uid', 'in', people.ids), ('mimetype', '=like', 'image/%')],
            ['res_id'], ['__count']))

    def _get_part_suggestions(self):
        """Return parts worth offering for each order: used ones, then main parts of its product.

        Hook: called by ``_get_mobile_context``, as superuser, for all orders of the phone's jobs,
        when the phone reads its data in a read-only transaction. Raises nothing.

        :return: ``{order: [{'id', 'name'}]}``, the best first; all orders are in it
        """
        moves = self.env['stock.move'].search(
            [('aftersales_order_id.product_id', 'in', self.product_id.ids),
             ('repair_line_type', '=', 'add'), ('state', '!=', 'cancel')],
            order='id desc', limit=PARTS_HISTORY)
        used = moves.grouped(lambda move: move.aftersales_order_id.product_id)
        suggestions = {}
        for product, orders in self.grouped('product_id').items():
            parts = used.get(product, moves.browse()).product_id
            parts |= (orders.warranty_id.policy_id._get_main_parts().product_tmpl_ids
                      .product_variant_ids)
            choices = [
                {'id': part.id, 'name': part.display_name} for part in parts[:PART_SUGGESTIONS]]
            suggestions |= dict.fromkeys(orders, choices if product else [])
        return suggestions
