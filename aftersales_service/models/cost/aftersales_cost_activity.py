from odoo import fields, models

# what is counted to charge an activity to a return
DRIVERS = [
    ('returns', "Returns"),
    ('km', "Kilometres"),
    ('parcels', "Parcels"),
    ('lines', "Lines"),
    ('inspections', "Inspections"),
    ('test_minutes', "Test Minutes"),
    ('repair_hours', "Repair Hours"),
    ('packages', "Packages"),
    ('credit_notes', "Credit Notes"),
    ('contacts', "Contacts with the Customer"),
    ('kg', "Kilograms"),
]


class AftersalesCostActivity(models.Model):
    """A step of handling a return, and the driver by which it is charged.

    Its rates say what it costs, one per period and company.
    """

    _name = 'aftersales.cost.activity'
    _description = "Activity of a Return"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    driver = fields.Selection(
        DRIVERS, required=True, default='returns',
        help="What is counted: the rate is the cost of one of these.")
    description = fields.Text(translate=True, help="What belongs to it and what does not.")
    company_id = fields.Many2one(
        'res.company', index='btree_not_null', help="Leave empty to use it in every company.")
    rate_ids = fields.One2many('aftersales.cost.rate', 'activity_id', string="Rates")
