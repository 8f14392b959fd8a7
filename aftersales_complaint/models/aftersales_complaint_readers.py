from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from .roles import AGENT

_UNIT_FIELDS = frozenset({'department_id', 'unit_user_id'})


class AftersalesComplaint(models.Model):
    """Who works on a case and reads it: the unit that investigates, followers, outlets.

    Of the unit: the person named, its head, its members. The first unit of a complaint lets
    people in, and takes it from none. Who investigates no more, and former customers, read the
    case no more. People of an outlet are portal users and read no complaints: each method for
    their page, where they settle grievances (客户抱怨) or pass them on, asks whose outlet it is.
    """

    _inherit = 'aftersales.complaint'

    is_of_my_unit = fields.Boolean(
        string="Of My Unit", compute='_compute_is_of_my_unit', search='_search_is_of_my_unit',
        groups='base.group_user', help="You, or a department that you belong to, investigate it.")

    # === THE UNIT === #

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

    def _get_unit_users(self):
        """Return who investigates for the unit, as superuser: the person, the head, the members.

        None where the unit has no people yet: the desk goes on then.
        """
        self.ensure_one()
        case = self.sudo()  # the caller may know whose turn it is
        return case.unit_user_id or case.department_id._get_aftersales_people(case.company_id)

    # === WHO READS IT === #

    @api.model
    def _get_reader_fields(self):
        """Leave the unit out where none was named yet: then no follower has to be asked."""
        names = super()._get_reader_fields()
        if self and not any(case.department_id or case.unit_user_id for case in self.sudo()):
            return names
        return names | _UNIT_FIELDS

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let units without a role of the service subscribe colleagues only.

        :raise AccessError: one of the partners is from outside
        """
        if partner_ids and not self.env.su and not self.env.user.has_group(AGENT):
            # whether somebody is a colleague is no secret to one
            outside = self.env['res.partner'].sudo().browse(partner_ids).filtered(
                lambda partner: not any(
                    user._is_internal() for user in partner.with_context(
                        active_test=False).user_ids))
            if outside:
                raise AccessError(self.env._(
                    "The desk speaks with the customer: people from outside follow a complaint "
                    "only when the desk adds them."))
        if self.env.context.get('is_next_step_planned'):
            return True  # whose turn it is reads the case by their role and need not follow it
        return super().message_subscribe(partner_ids, subtype_ids)

    def _get_reader_partners(self):
        return super()._get_reader_partners() | self.unit_user_id.partner_id

    def _renew_key(self, partners):
        """Colleagues have no key: the customer's link goes on when they investigate no more."""
        is_outside = any(
            all(user.share for user in partner.user_ids) for partner in partners)
        return super()._renew_key(partners) if is_outside else None

    def _revoke_access(self, partners):
        """The shares of liability are read with the case."""
        result = super()._revoke_access(partners)
        self.liability_ids.message_unsubscribe(partners.ids)
        return result

    # === THE PAGE OF AN OUTLET === #

    @api.model
    def _get_outlet_grievances_domain(self):
        """Return the domain of the open grievances of the outlets that the user serves."""
        return Domain([
            ('outlet_id', 'in', self.env.user._get_served_outlet_ids()),
            ('is_grievance', '=', True), ('state', '=', 'new')])

    @api.model
    def _search_for_outlet(self):
        """Return the open grievances of the user's outlets as superuser, the most urgent first."""
        # the domain names the outlets that the user serves
        return self.sudo().search(self._get_outlet_grievances_domain())

    def _settle_for_outlet(self, answer):
        """Settle a grievance of the user's outlet with the answer that the customer got."""
        case = self._ensure_own_grievance()
        answer = (answer or '').strip()
        if not answer:
            raise UserError(self.env._("Write down what you did for the customer."))
        case.answer = answer
        case._set_state('settled')

    def _pass_on_for_outlet(self, reason):
        """Pass a grievance on to the company, with the reason: it becomes a complaint."""
        case = self._ensure_own_grievance()
        reason = (reason or '').strip()
        if not reason:
            raise UserError(self.env._("Write down why the outlet cannot settle it."))
        case._message_log(body=reason)
        case._become_complaints()

    def _ensure_own_grievance(self):
        """Return the open grievance as superuser, or refuse what is not the outlet's."""
        self.ensure_one()
        # whose outlet it is decides
        case = self.sudo().exists().filtered_domain(self._get_outlet_grievances_domain())
        if not case:
            raise AccessError(self.env._("This is no open grievance of your outlet."))
        return case
