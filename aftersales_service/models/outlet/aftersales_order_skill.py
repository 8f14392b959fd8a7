from odoo import api, models


class AftersalesOrder(models.Model):
    """The skills that an order asks for: who lacks one comes last and is warned of."""

    _inherit = 'aftersales.order'

    @api.onchange('technician_id', 'product_id', 'type_id')
    def _onchange_skills(self):
        notes = self.technician_id and self._format_missing_skills(self.technician_id)
        if not notes:
            return None
        return {'warning': {
            'title': self.env._("Please Check the Technician"), 'message': notes}}

    # === RULES === #

    def _format_missing_skills(self, technician):
        """Say which skills of these orders ``technician`` has not; nothing if he has all."""
        missing = self.env['aftersales.skill'].union(
            *(skills[technician] for skills in self._get_missing_skills(technician).values()))
        return bool(missing) and self.env._(
            "%(technician)s lacks a skill that this work asks for: %(skills)s",
            technician=technician.name, skills=missing.mapped('name'))

    def _get_required_skills(self):
        """Return the skills that the product's categories and the type ask for, by order."""
        categories = {order: order.product_id.categ_id._get_ancestor_ids() for order in self}
        # who plans the work may know what it asks for
        skills = self.env['aftersales.skill'].sudo().search([
            '|', ('category_ids', 'in', list(set().union(*categories.values()))),
            ('type_ids', 'in', self.type_id._origin.ids)])
        return {
            order: skills.filtered(
                lambda skill, order=order: skill.company_id.id in (False, order.company_id.id)
                and (order.type_id._origin in skill.type_ids
                     or not set(categories[order]).isdisjoint(skill.category_ids.ids)))
            for order in self}

    def _get_missing_skills(self, technicians):
        """Return ``{order: {technician: skills that he lacks}}``, read once for all.

        The training module takes this over: there a certificate tells who may.
        """
        return {
            order: {
                technician: skills.filtered(
                    lambda skill, technician=technician: technician._origin.id
                    not in skill.user_ids.ids)
                for technician in technicians}
            for order, skills in self._get_required_skills().items()}
