from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

_UNIT_FIELDS = frozenset({'department_id', 'unit_user_id'})


class AftersalesComplaint(models.Model):
    """The people of the unit that investigates: the person named, its head, its members.

    The first unit of a complaint lets people in, and takes it from none.
    """

    _inherit = 'aftersales.complaint'

    is_of_my_unit = fields.Boolean(
        string="Of My Unit", compute='_compute_is_of_my_unit', search='_search_is_of_my_unit',
        groups='base.group_user', help="You, or a department that you belong to, investigate it.")

    # === COMPUTES === #

    @api.depends('unit_user_id', 'department_id')
    @api.depends_context('uid')
    def _compute_is_of_my_unit(self):
        departments = self._get_own_departments()
        for case in self:
            case.is_of_my_unit = (
                case.unit_user_id == self.env.user or case.department_id in departments)

    def _search_is_of_my_unit(self, operator, value):
        if operator != 'in':
            return NotImplemented
        return Domain('unit_user_id', '=', self.env.uid) | Domain(
            'department_id', 'in', self._get_own_departments().ids)

    @api.model
    def _get_own_departments(self):
        """Return the departments that the user leads or works in, as superuser."""
        # only the user's own are asked for
        return self.env['hr.department'].sudo().search([
            '|', ('manager_id.user_id', '=', self.env.uid),
            ('aftersales_member_ids.user_id', '=', self.env.uid)])

    @api.constrains('user_id', 'unit_user_id')
    def _check_colleagues(self):
        """Refuse customers as handlers: a list of the page shows colleagues, a call takes all."""
        for case in self:
            case = case.sudo()
            outside = (case.user_id | case.unit_user_id).filtered('share')
            if outside:
                raise ValidationError(self.env._(
                    "%(names)s cannot work on a complaint: choose a colleague instead of a user "
                    "of the portal.", names=outside.mapped('name')))

    # === WHO === #

    def _get_unit_users(self):
        """Return who investigates for the unit, as superuser: the person, the head, the members.

        None where the unit has no people yet: the desk goes on then.
        """
        self.ensure_one()
        case = self.sudo()  # the caller may know whose turn it is
        return case.unit_user_id or case.department_id._get_aftersales_people(case.company_id)

    def _get_reader_fields(self):
        """Leave the unit out where none was named yet: then no follower has to be asked."""
        names = super()._get_reader_fields()
        if self and not any(case.department_id or case.unit_user_id for case in self.sudo()):
            names = names - _UNIT_FIELDS
        return names
