from odoo import api, fields, models

from ..tools.practice import Item

RESULTS = [('passed', "Passed"), ('failed', "Failed"), ('na', "Does Not Apply")]


class AftersalesTrainingCheckItem(models.Model):
    """One item of a sheet, as the examiner found it."""

    _name = 'aftersales.training.check.item'
    _description = "Item of a Check"
    _inherit = ['aftersales.guard.mixin', 'aftersales.image.mixin', 'aftersales.protected.mixin']
    _order = 'check_id, sequence, id'

    check_id = fields.Many2one(
        'aftersales.training.check', required=True, index=True, ondelete='cascade',
        protected='after')
    company_id = fields.Many2one(related='check_id.company_id', store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Item", required=True, protected='after')
    weight = fields.Float(default=1.0, protected='after')
    is_red_line = fields.Boolean(string="Red Line", protected='after')
    needs_photo = fields.Boolean(string="Photo Needed", protected='after')
    result = fields.Selection(RESULTS)
    note = fields.Char(string="Remark")
    photo = fields.Image(max_width=1920, max_height=1920)

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        if not self.env.su:
            items.check_id._ensure_sheet_is_free()
        return items

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if not self.env.su:
            self.check_id._ensure_sheet_is_free()

    def _ensure_may_change(self, vals):
        self.check_access('write')
        self.check_id._ensure_examined_by_user()
        return super()._ensure_may_change(vals)

    def _get_locked_fields(self):
        return self._get_all_but() if self.sudo().check_id.state != 'open' else (
            super()._get_locked_fields())

    def _get_locked_message(self):
        return self.env._("The sheet of these items is signed and stays as it is")

    def _to_item(self):
        self.ensure_one()
        return Item(self.result or None, self.weight, self.is_red_line)
