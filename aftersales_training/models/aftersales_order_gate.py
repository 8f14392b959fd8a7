from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.qualification import Unqualified

STAGED_LIMIT = 1000
ACTIVITY_TYPE = 'aftersales_training.mail_activity_type_other_technician'


class AftersalesOrder(models.Model):
    """The gate of the dispatch: who may do an order is judged on the day of its visit."""

    _inherit = 'aftersales.order'

    escort_id = fields.Many2one(
        'res.users', index='btree_not_null', check_company=True, copy=False, tracking=True,
        domain="['|', ('share', '=', False), ('aftersales_outlet_ids', '!=', False)]",
        help="Goes along with a technician whose grade asks for it, such as a trainee.")

    @api.onchange('technician_id', 'escort_id', 'product_id', 'type_id', 'date_planned',
                  'slot_id', 'slot_date')
    def _onchange_skills(self):
        return super()._onchange_skills()

    @api.model
    def _get_gated_fields(self):
        return super()._get_gated_fields() | {
            'date_planned', 'slot_id', 'slot_date', 'escort_id'}

    def _get_unqualified(self, technicians, date_planned=None):
        """Add those who work with an escort only, where none goes along; see ``super()``."""
        unqualified = super()._get_unqualified(technicians, date_planned)
        # who plans the work may know who does not work alone
        steps = self.env['aftersales.grade.person'].sudo()._read_escorts(
            technicians | self.escort_id, self.company_id)
        if not any(escorted for found in steps.values() for *__, escorted in found):
            return unqualified
        for order in self:
            where = (order.company_id, {*order.product_id.categ_id._get_ancestor_ids()},
                     order._get_capacity_day(date_planned))
            needs_escort = self.env['aftersales.grade.person']._needs_escort
            escort = order.escort_id._origin
            # who needs an escort is none, for the own work either; nor is who has no grade
            is_escorted = needs_escort(steps, escort, *where) is False
            for technician in technicians:
                if not is_escorted and needs_escort(steps, technician._origin, *where):
                    unqualified[order][technician].append(Unqualified(self.env._(
                        "%(technician)s works with an escort of a higher grade only: name one",
                        technician=technician.sudo().name)))
        return unqualified

    def action_agree_time(self, date_planned, reason=None):
        """Agree on a time on which the technician may do the work; see ``super()``."""
        result = super().action_agree_time(date_planned, reason)
        # super checked whose the orders are; a person chose the day, though superuser wrote
        self.sudo()._ensure_qualified(is_person=True)
        return result

    @api.model
    def _warn_of_unqualified(self, people):
        """Ask those who planned open orders of ``people`` to choose others where it is due.

        Called as superuser after a certificate was revoked.
        """
        now = fields.Datetime.now()
        orders = self.search(
            Domain('technician_id', 'in', people.ids) & Domain('date_closed', '=', False)
            & Domain('date_done', '=', False) & (
                Domain('date_planned', '=', False)
                | Domain('date_planned', '>=', fields.Datetime.subtract(now, days=1))),
            limit=STAGED_LIMIT)
        unqualified = orders._get_unqualified(orders.technician_id) if orders else {}
        for order in orders:
            if unqualified[order][order.technician_id]:
                order._ask_for_another_technician(order.technician_id)

    def _ask_for_another_technician(self, technician):
        """Ask who handles this order to choose another than ``technician``, once while it is open.

        Called as superuser, for one order, by a revocation and by each refused step of a phone.
        """
        self.ensure_one()
        user = self._get_follow_up_user()
        if not self.activity_search([ACTIVITY_TYPE], user_id=user.id):
            order = self.with_context(lang=user.lang)
            order.activity_schedule(
                ACTIVITY_TYPE, user_id=user.id, note=order._format_unqualified(technician))
