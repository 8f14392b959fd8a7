from odoo import api, fields, models
from odoo.tools import ormcache


class AftersalesChecklistTemplate(models.Model):
    """A list of checks that the orders of some types get when they are dispatched.

    The order's own lines keep the answers; a change here touches later orders only.
    """

    _name = 'aftersales.checklist.template'
    _description = "Checklist Template"
    _inherit = ['aftersales.cached.mixin', 'aftersales.link.access.mixin']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index='btree_not_null')
    type_ids = fields.Many2many(
        'aftersales.order.type', string="Order Types",
        help="Orders of these types get the checks. None: the list is not used.")
    line_ids = fields.One2many(
        'aftersales.checklist.template.line', 'template_id', string="Checks", copy=True)
    line_count = fields.Integer(string="Number of Checks", compute='_compute_line_count')

    @api.depends('line_ids')
    def _compute_line_count(self):
        for template in self:
            template.line_count = len(template.line_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.with_context(active_test=False).line_ids._unlink_except_used()

    @api.model
    @ormcache('type_id', 'company_id')
    def _get_checks(self, type_id, company_id):
        """Return the values of the checks that an order of this type and company gets."""
        # what is asked of an order does not depend on who dispatches it
        templates = self.sudo().search([
            ('type_ids', 'in', type_id), ('company_id', 'in', [False, company_id])])
        return [line._prepare_check_vals() for line in templates.line_ids]
