from odoo import fields, models


class HrDepartment(models.Model):
    """The people of a unit that investigates complaints."""

    _inherit = 'hr.department'

    aftersales_member_ids = fields.One2many(
        'hr.employee', 'aftersales_department_id', string="Present Members", readonly=True,
        groups='hr.group_hr_user')

    def _get_aftersales_heads(self, company):
        """Return the users who lead these departments in a company, as superuser.

        A department of all companies may be led from another one: its head is no person of
        this company then. Hook to call: by whatever asks, notifies or refuses heads. Raises
        nothing.
        """
        # who leads a department is public
        return self.sudo().manager_id.user_id._filter_aftersales_colleagues(company)

    def _get_aftersales_people(self, company):
        """Return who goes on for these departments in a company: the heads, else the members."""
        members = self.sudo().aftersales_member_ids  # who works in a department is public
        return self._get_aftersales_heads(company) or (
            members.user_id._filter_aftersales_colleagues(company))
