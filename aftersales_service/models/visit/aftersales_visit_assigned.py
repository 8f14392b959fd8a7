from odoo import api, models


class AftersalesVisit(models.Model):
    """Who had which unit is kept when that changes."""

    _inherit = 'aftersales.visit'

    def write(self, vals):
        if not vals.keys() & self._get_assignment_fields():
            return super().write(vals)
        before = self._get_assignments()
        result = super().write(vals)
        self._note_ended(before)
        return result

    def unlink(self):
        before = self.sudo()._get_assignments()
        result = super().unlink()
        self.browse()._note_ended(before)
        return result

    @api.model
    def _get_assignment_fields(self):
        """Return the fields that say who goes on a visit, and for which units.

        Hook: called on the model by ``write``, as the user who writes, before the write: a change
        of these fields is kept as an ended assignment. Raises nothing.
        """
        return {'technician_id', 'order_ids'}

    def _get_assignments(self):
        """Return who has which unit of these visits, as ``{(visit, user, order, company)}``."""
        return {
            (visit.id, user.id, order.id, visit.company_id.id)
            for visit in self for user in visit._get_people() for order in visit.order_ids}

    def _note_ended(self, before):
        """Keep the assignments among ``before`` that these visits no longer have."""
        ended = before - self._get_assignments()
        if ended:
            # it follows from the visit, which the user was allowed to change
            self.env['aftersales.visit.assignment'].sudo().create([
                {'visit_ref': visit, 'user_id': user, 'order_id': order, 'company_id': company}
                for visit, user, order, company in sorted(ended)])
