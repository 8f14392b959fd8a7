from odoo import fields, models


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
