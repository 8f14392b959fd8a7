from odoo import api, fields, models


class AftersalesAttachedMixin(models.AbstractModel):
    """A line that hangs on a record of one of several models (``res_model``, ``res_id``).

    Core's widget reads the names of such records one by one; lists show these instead.
    """

    _name = 'aftersales.attached.mixin'
    _description = "Line of Any Record"

    res_model = fields.Char(string="Kind of Record", required=True)
    res_id = fields.Many2oneReference(string="Record", model_field='res_model', required=True)
    record_name = fields.Char(string="For", compute='_compute_record_name')

    @api.depends('res_model', 'res_id')
    @api.depends_context('uid')
    def _compute_record_name(self):
        """Name the records that the user may read, by one query of each model."""
        for model, lines in self.grouped('res_model').items():
            names = {}
            if model in self.env:
                records = self.env[model].browse(set(lines.mapped('res_id'))).exists()
                readable = records._filtered_access('read')
                names = dict(zip(readable.ids, readable.mapped('display_name'), strict=True))
            for line in lines:
                line.record_name = names.get(line.res_id, False)

    def action_view_record(self):
        """Open the record."""
        self.ensure_one()
        return {'type': 'ir.actions.act_window', 'res_model': self.res_model,
                'res_id': self.res_id, 'views': [(False, 'form')]}
