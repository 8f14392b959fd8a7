from odoo import api, fields, models


class BenchRecord(models.Model):
    """The least that any business document does: chatter, activities, two tracked
    fields, a number. What a model costs above it is the price of its own features.
    """

    _name = 'bench.record'
    _description = "Bench Record"
    _inherit = ['mail.thread', 'mail.activity.mixin']

    name = fields.Char(required=True, default="New", index='trigram')
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one('res.partner', index=True)
    user_id = fields.Many2one(
        'res.users', index=True, tracking=True, default=lambda self: self.env.user)
    stage_id = fields.Many2one('bench.stage', index=True, tracking=True)
    priority = fields.Selection([('0', "Low"), ('1', "High")], default='0', required=True)
    description = fields.Text()
    date_planned = fields.Datetime()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault('name', self.env['ir.sequence'].next_by_code('bench.record'))
        return super().create(vals_list)
