from odoo import api, models
from odoo.exceptions import UserError

# what the work asks for follows from these
_WORK = frozenset({'type_id', 'product_id'})


class AftersalesOrder(models.Model):
    """Who may do an order: reasons against a technician warn, or refuse; the law binds all."""

    _inherit = 'aftersales.order'

    @api.onchange('technician_id', 'product_id', 'type_id')
    def _onchange_skills(self):
        notes = self.technician_id and self._format_unqualified(self.technician_id)
        if not notes:
            return None
        return {'warning': {
            'title': self.env._("Please Check the Technician"), 'message': notes}}

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._note_unqualified(orders._ensure_qualified())
        return orders

    def write(self, vals):
        names = self._get_gated_fields()
        before = self._read_gated(names)
        result = super().write(vals)
        # the product arrives by the card or the serial number as well
        after = self._read_gated(names)
        changed = (vals.keys() & names) | {
            name for order, values in before.items() for name, value in values.items()
            if after.get(order, values)[name] != value}
        if changed:
            # other work came to a technician who stays; all else is a choice of the writer
            self._note_unqualified(self._ensure_qualified(is_new=bool(changed - _WORK)))
        if changed & _WORK and not changed - _WORK:
            self._ensure_visitors_qualified()
        return result

    def _read_gated(self, names):
        """Return ``{order id: {field name: value}}`` of what decides who may do the orders."""
        orders = self.sudo()  # only compared; core's write checks the right to the orders
        # the card first: the product follows from it, and both are checked as they are computed
        orders.mapped('warranty_id')
        return {order.id: {name: order[name] for name in names} for order in orders}

    # === RULES === #

    @api.model
    def _get_gated_fields(self):
        """Return the names of the fields that decide who may do an order.

        Hook: called by ``write``, as the user who writes, on the model; after one was written the
        technicians of open orders are judged. Extend it by ``super() | {…}``. Raises nothing.
        """
        return _WORK | {'technician_id'}

    def _get_unqualified(self, technicians, date_planned=None):
        """Return the reasons why technicians may not do these orders.

        Hook, extended by modules that know of certificates and authorisations: called for many
        orders and technicians at once, by the form's warning, suggestions, bulk dispatch and outlet
        pages before a technician is written, and after a field of ``_get_gated_fields`` of open
        orders was written; as user, superuser or for unsaved orders of a form. Changes nothing
        and raises nothing: what follows from a reason is decided by ``_get_binding``.

        :param date_planned: that the orders are about to get, an instant in UTC
        :return: ``{order: {technician: [tools.qualification.Unqualified]}}`` with a list, which may
            be empty, for each pair
        """
        required = self._get_required_skills()
        times = {order: (order.company_id, order._get_capacity_day(date_planned)) for order in self}
        # as _get_required_skills: who plans the work may know what it asks for
        skills = self.env['aftersales.skill'].sudo().union(*required.values())
        flaws = skills._find_flaws(technicians, set(times.values()))
        unqualified = {}
        # many orders ask for the same on the same day
        for (asked, company, day), orders in self.grouped(
                lambda order: (required[order], *times[order])).items():
            found = {
                technician: [
                    flaws[key] for skill in asked
                    if (key := (skill.id, technician.id, company.id, day)) in flaws]
                for technician in technicians}
            for order in orders:
                # each order its own lists: modules add to them
                unqualified[order] = {
                    technician: [*reasons] for technician, reasons in found.items()}
        return unqualified

    def _get_binding(self, reasons, is_person=True):
        """Return those of ``reasons`` that forbid the work, for one order.

        :param is_person: whether a person decides; code that checked before is bound by
            the law alone
        """
        self.ensure_one()
        # who dispatches may know how strict the company is
        is_strict = is_person and (
            self.company_id.sudo().aftersales_unqualified_technician == 'refuse')
        return [
            reason for reason in reasons if reason.is_statutory or (
                is_strict if reason.is_strict is None else is_person and reason.is_strict)]

    def _ensure_qualified(self, is_new=True, is_person=None):
        """Refuse technicians who may not do these orders; return what to warn of, by order id.

        :param is_new: whether the technician was just chosen, and not only the work changed
        :param is_person: see ``_get_binding``; by default, whether the user is no superuser
        :raise UserError: the law or the company forbids the work to a technician
        """
        is_person = not self.env.su if is_person is None else is_person
        orders = self.filtered(
            lambda order: order.technician_id and not order.date_done and not order.is_closed)
        unqualified = orders._get_unqualified(orders.technician_id) if orders else {}
        notes = {}
        for order, reasons_by_technician in unqualified.items():
            reasons = reasons_by_technician[order.technician_id]
            order._refuse_unqualified(order.technician_id, reasons, is_person and is_new)
            if reasons and is_new:
                notes[order.id] = order._format_unqualified(order.technician_id)
        return notes

    def _refuse_unqualified(self, technician, reasons, is_person):
        """Refuse a technician for one order where one of ``reasons`` forbids the work."""
        if binding := self._get_binding(reasons, is_person):
            raise UserError(self.env._(
                "%(technician)s may not do %(order)s: %(reasons)s. Choose another technician.",
                technician=technician.name, order=self.name,
                reasons=[reason.words for reason in binding]))

    def _ensure_visitors_qualified(self):
        """Refuse other work for technicians of open visits; extended where visits are known."""

    def _note_unqualified(self, notes):
        """Keep in the chatter what the person who chose a technician was only warned of."""
        if notes:
            self.browse(notes)._message_log_batch(bodies=notes)

    def _format_unqualified(self, technician, date_planned=None):
        """Say what speaks against ``technician`` for these orders; ``False`` if nothing does."""
        reasons = dict.fromkeys(
            reason.words
            for found in self._get_unqualified(technician, date_planned).values()
            for reason in found[technician])
        return bool(reasons) and self.env._(
            "%(technician)s lacks what this work asks for: %(reasons)s",
            technician=technician.name, reasons=list(reasons))

    def _get_required_skills(self):
        """Return the skills that the product's categories and the type ask for, by order."""
        categories = {order: order.product_id.categ_id._get_ancestor_ids() for order in self}
        # who plans the work may know what it asks for
        skills = self.env['aftersales.skill'].sudo().search([
            '|', ('category_ids', 'in', list(set().union(*categories.values()))),
            ('type_ids', 'in', self.type_id._origin.ids)])
        return {
            order: skills.filtered(
                lambda skill, order=order: skill.company_id.id in (False, order.company_id.id)
                and (order.type_id._origin in skill.type_ids
                     or not set(categories[order]).isdisjoint(skill.category_ids.ids)))
            for order in self}
