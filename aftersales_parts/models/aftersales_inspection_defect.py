from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AftersalesInspectionDefect(models.Model):
    """A defect that was found in a sample, and in how many pieces."""

    _name = 'aftersales.inspection.defect'
    _description = "Defect of a Receiving Inspection"
    _inherit = ['aftersales.protected.mixin']
    _order = 'id'

    inspection_id = fields.Many2one(
        'aftersales.inspection', required=True, index=True, ondelete='cascade',
        protected='after', link_access='write')
    company_id = fields.Many2one(
        related='inspection_id.company_id', store=True, precompute=True, index=True)
    name = fields.Char(string="Defect", required=True)
    severity = fields.Selection(
        [('critical', "Critical"), ('major', "Major"), ('minor', "Minor")],
        string="Defect Class", default='major', required=True,
        help="A critical defect is unsafe: the lot is not accepted with one.")
    quantity = fields.Integer(string="Pieces", default=1, required=True)
    serial = fields.Char(string="Serial Number", help="Of a defective piece, where it has one.")

    _quantity_positive = models.Constraint(
        'CHECK(quantity > 0)', "A defect is found in at least one piece.")

    @api.constrains('quantity')
    def _check_quantity(self):
        for inspection in self.inspection_id:
            # a lot that is sorted is checked beyond its sample
            checked = max(inspection.sample_size, inspection.lot_size
                          if inspection.sorted_out else 0)
            if inspection.defective > checked:
                raise ValidationError(self.env._(
                    "%(defective)s of %(checked)s pieces cannot be defective: count a piece with "
                    "several defects once; if the whole lot was checked, enter first how many "
                    "were sorted out.", defective=inspection.defective,
                    checked=checked))

    @api.model_create_multi
    def create(self, vals_list):
        defects = super().create(vals_list)
        defects._ensure_open()
        return defects

    def write(self, vals):
        self._ensure_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._ensure_open()

    def _ensure_open(self):
        """Keep the defects of inspections that are decided."""
        if not self.env.su:
            self.inspection_id._ensure_may_change({'defect_ids': self.ids})
