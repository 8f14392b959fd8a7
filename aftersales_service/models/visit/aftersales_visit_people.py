from odoo import api, models
from odoo.exceptions import AccessError


class AftersalesVisit(models.Model):
    """Who goes on a visit sees its orders: only who may plan them chooses the people."""

    _inherit = 'aftersales.visit'

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        if not self.env.su:
            visits._ensure_technicians()
        return visits

    def write(self, vals):
        if self.env.su or not vals.keys() & self._get_people_fields():
            return super().write(vals)
        self.check_access('write')
        # which orders they are; the right to them is asked below
        self._ensure_link_access('order_ids', self.sudo().order_ids.sudo(False))
        result = super().write(vals)
        self._ensure_technicians()
        return result

    def _note_ended(self, before):
        result = super()._note_ended(before)
        # the meeting follows from the visit, which the user was allowed to change
        for visit in self.sudo():
            former = self.env['res.users'].sudo().browse(
                {user_id for visit_id, user_id, *__ in before if visit_id == visit.id})
            lost = (former - visit._get_people()).partner_id
            if lost:
                visit.event_id.message_unsubscribe(lost.ids)
        return result

    @api.model
    def _get_people_fields(self):
        """Return the fields that say who goes on a visit."""
        return {'technician_id', 'helper_ids'}

    def _ensure_technicians(self):
        """Refuse people who are neither technicians of the company nor of an order's outlet."""
        role = self.env.ref('aftersales_service.group_aftersales_technician').sudo()
        # who plans a visit may know who works for the company and the outlet
        for visit in self.sudo():
            own = role.all_user_ids.filtered(
                lambda user, visit=visit: user.active and visit.company_id in user.company_ids)
            strangers = visit._get_people() - own - visit.order_ids.outlet_id._get_people()
            if strangers:
                raise AccessError(self.env._(
                    "%(people)s may not go on this visit: choose technicians of the company or "
                    "people of the order's outlet.", people=strangers.mapped('name')))
