from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.delivery import needs_two_people
from ..visit.aftersales_visit import OPEN_STATES


class AftersalesOrder(models.Model):
    """The two-person rule: heavy goods are not sent with one technician alone."""

    _inherit = 'aftersales.order'

    helper_id = fields.Many2one(
        'res.users', string="Second Person", index='btree_not_null', copy=False,
        check_company=True,
        domain=lambda self: self._get_people_domain().replace(
            '[', "[('id', '!=', technician_id), ", 1),
        help="Joins the technician and sees the job on the phone; more helpers are named on the "
             "visit.")

    # the same board, for people who go as helpers
    _board_idx = models.Index(
        '(stage_id, severity DESC, date_deadline, id DESC)'
        ' INCLUDE (company_id, user_id, technician_id, helper_id, create_uid)'
        ' WHERE date_closed IS NULL AND active IS TRUE')

    @api.constrains('helper_id', 'technician_id', 'outlet_id', 'company_id')
    def _check_helper(self):
        """Refuse one person for two, and people from outside but those of the outlet."""
        for order in self.filtered('helper_id'):
            if order.helper_id == order.technician_id:
                raise ValidationError(self.env._(
                    "%(person)s cannot be the second person as well; choose somebody else: "
                    "%(order)s",
                    person=order.helper_id.name, order=order.name))
        self.filtered('helper_id')._check_people('helper_id')

    @api.constrains('helper_id')
    def _check_helper_stays(self):
        """Goods that need two people keep the second one while they are on the way."""
        self.filtered(
            lambda order: order.state in ('dispatched', 'on_site'))._ensure_two_people()

    def write(self, vals):
        if 'helper_id' not in vals:
            return super().write(vals)
        # visits follow from the orders, which the user was allowed to write
        visits = self.sudo().visit_ids.filtered(lambda visit: visit.state in OPEN_STATES)
        before = visits._get_assignments()
        result = super().write(vals)
        visits = visits.exists()
        visits._invite_people()
        visits._note_ended(before)
        return result

    def _ensure_dispatched(self):
        result = super()._ensure_dispatched()
        self._ensure_two_people()
        return result

    def _ensure_two_people(self):
        self._refuse_where(
            lambda order: order._lacks_helper(),
            self.env._("The goods need two people: name the second person first"))

    def _lacks_helper(self):
        """Whether the order's goods may not be sent with its technician alone."""
        self.ensure_one()
        if self.helper_id or not self.product_id or (
                not self.type_id._get_setting('has_delivery')):
            return False
        return needs_two_people(
            self.product_id.weight, self.company_id.aftersales_two_people_weight,
            self.product_id.aftersales_needs_two)
