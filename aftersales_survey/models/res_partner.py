from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.aftersales_service.models.base.roles import AGENT

from .roles import INTERVIEWER

OPT_OUT = 'aftersales_survey_opt_out'
# who speaks with customers about their wishes
DESK_ROLES = (INTERVIEWER, AGENT)


class ResPartner(models.Model):
    """Whether and when a customer was asked; both count for the whole firm."""

    _name = 'res.partner'
    _inherit = ['res.partner', 'aftersales.protected.mixin']
    # core decides in which company customers are made
    _is_company_checked = False

    aftersales_survey_opt_out = fields.Boolean(
        string="No Surveys", copy=False, tracking=True,
        help="The customer does not want to be asked how satisfied they are.")
    aftersales_last_survey_date = fields.Datetime(
        string="Last Asked on", readonly=True, copy=False, protected=True, groups=INTERVIEWER)

    @api.model
    def _synced_commercial_fields(self):
        return [*super()._synced_commercial_fields(), OPT_OUT]

    def _get_synced_commercial_values(self):
        """Let colleagues without the right move a contact; its wish stays its own then."""
        values = super()._get_synced_commercial_values()
        if not self._may_change_opt_out():
            values.pop(OPT_OUT, None)
        return values

    # === RULES === #

    def _may_change_opt_out(self):
        return self.env.su or any(map(self.env.user.has_group, DESK_ROLES))

    def _has_field_access(self, field, operation):
        """Let those note who wants no surveys who speak with customers about them."""
        if operation == 'write' and field.name == OPT_OUT and not self._may_change_opt_out():
            return False
        return super()._has_field_access(field, operation)

    def _check_field_access(self, field, operation):
        if operation == 'write' and field.name == OPT_OUT and not self._may_change_opt_out():
            raise AccessError(self.env._(
                "Whether a customer wants surveys is noted by the service desk and by "
                "interviewers: leave “%(field)s” as it is, or ask one of them.",
                field=field._description_string(self.env)))
        return super()._check_field_access(field, operation)

    def _opt_out_of_surveys(self):
        """Note that these customers want no surveys any more; their firms count with them.

        To be called as superuser, after the key of a message, or a call, showed who wants it.
        """
        firms = self.commercial_partner_id.filtered(
            lambda partner: not partner[OPT_OUT])
        # the note below says it, the tracking need not
        firms.with_context(mail_notrack=True).write({OPT_OUT: True})
        firms._message_log_batch(bodies=dict.fromkeys(
            firms.ids, self.env._("The customer wants no surveys any more.")))
