from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class AftersalesComplaint(models.Model):
    """Grievances (客户抱怨) that an outlet's people settle on their page, or pass on.

    They are portal users and read no complaints: each method asks whose outlet it is first.
    """

    _inherit = 'aftersales.complaint'

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
