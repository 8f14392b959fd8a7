from odoo import api, models
from odoo.exceptions import UserError


class AftersalesCertificate(models.Model):
    """Certificates meet training needs, and their end makes new ones."""

    _inherit = 'aftersales.certificate'

    @api.model_create_multi
    def create(self, vals_list):
        certificates = super().create(vals_list)
        # the right to issue them was checked; who has one needs the course no more
        certificates.sudo()._meet_needs()
        return certificates

    def _meet_needs(self):
        """Close the needs for courses that lead to these certificates; as superuser."""
        certificates = self.filtered(lambda certificate: certificate.kind != 'temporary')
        holders = {(certificate.user_id, certificate.skill_id, certificate.company_id)
                   for certificate in certificates}
        self.env['aftersales.training.need'].search([
            ('user_id', 'in', certificates.user_id.ids), ('date_closed', '=', False),
            ('course_id.skill_id', 'in', certificates.skill_id.ids)]).filtered(
                lambda need: (need.user_id, need.course_id.skill_id, need.company_id) in holders
        )._meet()

    def action_plan_renewal(self):
        """Make one session that renews these certificates, invite their people, and open it."""
        needs = self.env['aftersales.training.need']
        needs.check_access('create')
        self.check_access('read')
        # the rights to read certificates and to make needs were checked
        found = needs._propose(needs.sudo()._prepare_renewals(self.sudo()))
        proposed = needs.browse({need.id for need in found})
        if not proposed:
            raise UserError(self.env._(
                "No course leads to these certificates, or they were renewed already: say in a "
                "course which skill it grants."))
        return proposed.action_plan_session()
