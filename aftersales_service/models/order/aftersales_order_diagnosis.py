from odoo import api, fields, models
from odoo.exceptions import ValidationError

_CODE_DOMAIN = (
    "[('kind', '=', '{}'), '|', ('categ_id', '=', False),"
    " ('categ_id', 'parent_of', product_categ_id)]")


class AftersalesOrder(models.Model):
    """What was wrong, why, and what helped, in codes that can be counted."""

    _inherit = 'aftersales.order'

    product_categ_id = fields.Many2one(
        related='product_id.categ_id', string="Product Category")
    symptom_id = fields.Many2one(
        'aftersales.diagnosis.code', ondelete='restrict', copy=False,
        check_company=True, domain=_CODE_DOMAIN.format('symptom'))
    cause_id = fields.Many2one(
        'aftersales.diagnosis.code', ondelete='restrict', copy=False, check_company=True,
        domain=_CODE_DOMAIN.format('cause'))
    remedy_id = fields.Many2one(
        'aftersales.diagnosis.code', ondelete='restrict', copy=False, check_company=True,
        domain=_CODE_DOMAIN.format('remedy'))

    # === RULES === #

    def _get_code_domain(self, name):
        """Return the domain of the codes that a field of these orders' companies may hold."""
        return [('kind', '=', name.removesuffix('_id')),
                ('company_id', 'in', [False, *self.company_id.ids])]

    def _get_categ_ids(self):
        """Return the ids of the product's category and of those above it."""
        self.ensure_one()
        return [int(part) for part in (self.product_categ_id.parent_path or '').split('/') if part]

    @api.constrains('symptom_id', 'cause_id', 'remedy_id')
    def _check_diagnosis_kinds(self):
        for order in self:
            for kind in ('symptom', 'cause', 'remedy'):
                code = order[f'{kind}_id']
                if code and code.kind != kind:
                    labels = dict(code._fields['kind']._description_selection(self.env))
                    raise ValidationError(self.env._(
                        "%(code)s is not a %(kind)s: choose another code.", code=code.display_name,
                        kind=labels[kind]))
