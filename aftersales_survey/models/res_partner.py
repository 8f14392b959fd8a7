from odoo import api, fields, models


class ResPartner(models.Model):
    """Whether and when a customer was asked; both count for the whole firm."""

    _name = 'res.partner'
    _inherit = ['res.partner', 'aftersales.protected.mixin']
    # core decides in which company customers are made
    _is_company_checked = False

    aftersales_survey_opt_out = fields.Boolean(
        string="No Surveys", copy=False,
        help="The customer does not want to be asked how satisfied they are.")
    aftersales_last_survey_date = fields.Datetime(
        string="Last Asked on", readonly=True, copy=False, protected=True)

    @api.model
    def _synced_commercial_fields(self):
        return [*super()._synced_commercial_fields(), 'aftersales_survey_opt_out']

    def _opt_out_of_surveys(self):
        """Note that these customers want no surveys any more; their firms count with them.

        To be called as superuser, after the key of a message, or a call, showed who wants it.
        """
        firms = self.commercial_partner_id.filtered(
            lambda partner: not partner.aftersales_survey_opt_out)
        firms.write({'aftersales_survey_opt_out': True})
        firms._message_log_batch(bodies=dict.fromkeys(
            firms.ids, self.env._("The customer wants no surveys any more.")))
