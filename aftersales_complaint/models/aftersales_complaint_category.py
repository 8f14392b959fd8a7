from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ('quality', "Product Quality"),
    ('service', "Service"),
    ('delivery', "Delivery"),
    ('price', "Price and Contract"),
    ('document', "Documents"),
    ('safety', "Safety"),
    ('online', "Online Shopping"),
    ('praise', "Praise"),
    ('suggestion', "Suggestion"),
    ('anomaly', "Anomaly without Loss"),
]


class AftersalesComplaintCategory(models.Model):
    """What a complaint is about, in a tree: for statistics, for the unit that investigates."""

    _name = 'aftersales.complaint.category'
    _description = "Complaint Category"
    _inherit = 'aftersales.link.access.mixin'
    _parent_store = True
    _order = 'sequence, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    display_name = fields.Char(recursive=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        'aftersales.complaint.category', index=True, ondelete='restrict', check_company=True)
    parent_path = fields.Char(index=True)
    kind = fields.Selection(KINDS, required=True, default='quality', index=True)
    department_id = fields.Many2one(
        'hr.department', string="Unit", check_company=True,
        help="Investigates these complaints, whatever the rules of assignment say.")
    user_id = fields.Many2one(
        'res.users', string="Person of the Unit", domain=[('share', '=', False)],
        check_company=True)
    needs_capa = fields.Boolean(
        string="Needs Corrective Action",
        help="Complaints of this category close when a corrective action was checked.")
    script = fields.Text(
        translate=True, help="What to ask and what to say; shown at the intake desk.")
    weight = fields.Float(default=1.0, help="How much a complaint counts in reports.")
    company_id = fields.Many2one('res.company', index='btree_not_null')
    active = fields.Boolean(default=True)

    _weight_positive = models.Constraint(
        'CHECK(weight >= 0)', "The weight of a category cannot be negative.")

    @api.depends('name', 'parent_id.display_name')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for category in self:
            category.display_name = " / ".join(filter(None, (
                category.parent_id.display_name, category.name)))

    @api.constrains('parent_id')
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A category cannot be its own parent."))
