from odoo import fields, models

from ...tools.qualification import Unqualified


class AftersalesSkill(models.Model):
    """What work asks of a person, such as a gas licence: who has it, what needs it.

    A technician without it is warned of or refused, as the company chooses; what the law
    asks for is never overruled. Certificates that expire belong to the training module.
    """

    _name = 'aftersales.skill'
    _description = "Technician Skill"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'name, id'

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    is_statutory = fields.Boolean(
        string="Required by Law",
        help="Orders that ask for it are given to no technician without it, by anybody.")
    company_id = fields.Many2one('res.company', index='btree_not_null')
    user_ids = fields.Many2many(
        'res.users', 'aftersales_skill_user_rel', 'skill_id', 'user_id', string="Technicians",
        domain="['|', ('share', '=', False), ('aftersales_outlet_ids', '!=', False)]")
    category_ids = fields.Many2many(
        'product.category', 'aftersales_skill_category_rel', 'skill_id', 'category_id',
        string="Product Categories",
        help="Orders for products of these categories, and of those below, ask for the skill.")
    type_ids = fields.Many2many(
        'aftersales.order.type', 'aftersales_skill_type_rel', 'skill_id', 'type_id',
        string="Order Types", help="Orders of these types ask for the skill.")

    def _find_flaws(self, technicians, times):
        """Return why technicians may not do work that asks for these skills.

        Hook, extended by modules that know of certificates: called by ``_get_unqualified`` of
        orders, as superuser (who plans the work may know what it asks for), for the skills of many
        orders, before a choice and after a write. Changes and raises nothing.

        :param technicians: users, of an unsaved form as well
        :param times: the set of ``(company, day)`` of the orders
        :return: ``{(skill id, technician id, company id, day): tools.qualification.Unqualified}``
            for each combination in which something is missing
        """
        flaws = {}
        for skill in self:
            reason = Unqualified(
                self.env._("the skill “%(skill)s” is missing", skill=skill.name),
                skill.is_statutory)
            listed = {*skill.user_ids.ids}
            flaws |= {
                (skill.id, technician.id, company.id, day): reason
                for technician in technicians if technician._origin.id not in listed
                for company, day in times}
        return flaws
