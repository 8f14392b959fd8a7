from odoo import api, models
from odoo.exceptions import UserError


class MailActivity(models.Model):
    """Activities of loops name the customer, also to who may not read the loop."""

    _inherit = 'mail.activity'

    @api.constrains('user_id', 'res_model_id', 'res_id')
    def _check_loop_user(self):
        for activity in self.filtered(
                lambda one: one.res_model == 'aftersales.loop' and one.res_id and one.user_id):
            # who may learn it is asked of the loop, whatever the writer reads
            loop = self.env['aftersales.loop'].sudo().browse(activity.res_id).exists()
            if loop and not loop._may_own(
                    activity.user_id, loop.company_id, loop.outlet_id, loop.technician_id):
                raise UserError(self.env._(
                    "%(user)s did the work, belongs to the outlet or is no colleague, and does "
                    "not learn who rated it: assign the activity to another colleague.",
                    user=activity.user_id.name))
