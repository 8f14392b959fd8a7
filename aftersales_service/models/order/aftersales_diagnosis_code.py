from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesDiagnosisCode(models.Model):
    """One entry of the fault tree: a symptom, a cause or a remedy.

    Codes make faults countable. A code without product category fits every product, one
    with a category fits the products of it and of its sub-categories.
    """

    _name = 'aftersales.diagnosis.code'
    _description = "Diagnosis Code"
    _inherit = 'aftersales.link.access.mixin'
    _parent_store = True
    _order = 'kind, code, id'
    _rec_names_search = ['code', 'name']
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    kind = fields.Selection(
        [('symptom', "Symptom"), ('cause', "Cause"), ('remedy', "Remedy")],
        required=True, default='symptom')
    parent_id = fields.Many2one(
        'aftersales.diagnosis.code', string="Parent Code", index=True, ondelete='restrict',
        check_company=True, domain="[('kind', '=', kind)]")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many('aftersales.diagnosis.code', 'parent_id', string="Finer Codes")
    categ_id = fields.Many2one(
        'product.category', string="Product Category", index='btree_not_null',
        help="Offered for products of this category only; empty for all products.")
    company_id = fields.Many2one(
        'res.company', index='btree_not_null',
        help="Leave empty to offer the code in every company.")
    active = fields.Boolean(default=True)
    description = fields.Text(
        translate=True, help="How a technician recognises it, and what to check first.")

    _code_uniq = models.UniqueIndex(
        '(kind, code, COALESCE(company_id, 0))',
        "This code exists already; a code names one symptom, cause or remedy.")

    @api.depends('code', 'name')
    def _compute_display_name(self):
        for code in self:
            code.display_name = f"{code.code} {code.name}" if code.code else code.name

    @api.constrains('parent_id', 'kind')
    def _check_parent(self):
        # a new kind must fit the codes above and below
        for code in self | self.child_ids:
            if code.parent_id and code.parent_id.kind != code.kind:
                raise ValidationError(self.env._(
                    "%(code)s and its parent %(parent)s must be of the same kind: choose another "
                    "parent.",
                    code=code.display_name, parent=code.parent_id.display_name))
