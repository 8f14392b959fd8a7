from odoo import api, fields, models


class AftersalesOutlet(models.Model):
    """Whether an outlet has the certified people that its level asks for."""

    _inherit = 'aftersales.outlet'

    certified_shortage = fields.Char(
        string="Certified People Missing", compute='_compute_certified_shortage',
        help="Skills in which fewer members have a certificate today than the level asks for.")

    @api.depends('level', 'member_ids', 'company_id')
    def _compute_certified_shortage(self):
        today = fields.Date.context_today(self)
        shortages = self._get_certified_shortages(today)
        for outlet in self:
            outlet.certified_shortage = ", ".join(
                self.env._("%(skill)s %(heads)s of %(minimum)s", skill=skill.name, heads=heads,
                           minimum=minimum)
                for skill, heads, minimum in shortages[outlet]) or False

    def _get_certified_shortages(self, day):
        """Return ``{outlet: [(skill, people certified on day, minimum)]}``, where some are missing.

        The members of the outlet and of its teams count; people in a list without a certificate
        do not.
        """
        # who reads outlets may know which skills they lack, not whose certificates there are
        minima = self.env['aftersales.certificate.minimum'].sudo().search(
            [('company_id', 'in', self.company_id.ids)])
        certified = self.env['aftersales.certificate'].sudo()._get_certified(
            minima.skill_id, day) if minima else {}
        shortages = {}
        for outlet in self:
            members = (outlet | outlet.child_ids).sudo().member_ids
            shortages[outlet] = [
                (minimum.skill_id, heads, minimum.heads) for minimum in minima
                if minimum.company_id == outlet.company_id
                and minimum.level in (False, outlet.level)
                and (heads := len(members & certified.get(
                    minimum.skill_id, members.browse()))) < minimum.heads]
        return shortages
