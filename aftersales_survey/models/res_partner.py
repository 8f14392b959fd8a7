from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.aftersales_service.models.base.roles import AGENT

from .aftersales_survey_population_mixin import REGION
from .roles import INTERVIEWER, SPEAKS_WITH_CUSTOMERS

OPT_OUT = 'aftersales_survey_opt_out'
# who speaks with customers about their wishes
DESK_ROLES = (INTERVIEWER, AGENT)
# purpose of a contact -> field of the customer that allows it, and the value that does
CONSENTS = {
    'care': ('aftersales_care_refused', False), 'greeting': ('aftersales_greeting_consent', True),
    'offer': ('aftersales_offer_consent', True)}


class ResPartner(models.Model):
    """What customers wish to hear and be asked, and when; the wish not to counts for the firm."""

    _name = 'res.partner'
    _inherit = ['res.partner', 'aftersales.protected.mixin', 'aftersales.survey.population.mixin']
    # core decides in which company customers are made
    _is_company_checked = False
    _survey_customer = None
    _survey_strata = {
        REGION: 'state_id', 'country': 'country_id', 'grade': 'aftersales_grade_id'}

    aftersales_survey_opt_out = fields.Boolean(
        string="No Surveys", copy=False, tracking=True,
        help="The customer does not want to be asked how satisfied they are.")
    aftersales_last_survey_date = fields.Datetime(
        string="Last Asked on", readonly=True, copy=False, protected=True, groups=INTERVIEWER)
    aftersales_birthday = fields.Date(
        string="Birthday", copy=False, groups=SPEAKS_WITH_CUSTOMERS,
        help="Given by the customer for greetings.")
    aftersales_greeting_consent = fields.Boolean(
        string="Agrees to Greetings", copy=False, groups=SPEAKS_WITH_CUSTOMERS, tracking=True,
        help="Greetings on birthdays and holidays are advertising: tick it when the customer "
             "agreed. Each message carries a link to take it back.")
    aftersales_offer_consent = fields.Boolean(
        string="Agrees to Offers", copy=False, groups=SPEAKS_WITH_CUSTOMERS, tracking=True,
        help="Offers such as a longer warranty are advertising: tick it when the customer agreed. "
             "Each message carries a link to take it back.")
    aftersales_care_refused = fields.Boolean(
        string="Wants No Care Contacts", copy=False, groups=SPEAKS_WITH_CUSTOMERS, tracking=True,
        help="No calls and messages after a sale; those about an order or a recall go on.")
    aftersales_informant_date = fields.Date(
        string="Informant Since", copy=False, groups=SPEAKS_WITH_CUSTOMERS, tracking=True,
        help="The day on which this person agreed to report from their area as a volunteer.")
    aftersales_informant_area = fields.Char(
        string="Informant's Area", copy=False, groups=SPEAKS_WITH_CUSTOMERS)
    aftersales_contact_ids = fields.One2many(
        'aftersales.contact', 'partner_id', string="Contacts after a Sale", readonly=True,
        groups=SPEAKS_WITH_CUSTOMERS)
    survey_invitation_count = fields.Integer(
        compute='_compute_survey_invitation_count',
        groups='aftersales_survey.group_survey_interviewer')

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

        Their open invitations are taken back.

        To be called as superuser, after the key of a message, or a call, showed who wants it.
        """
        firms = self.commercial_partner_id.filtered(
            lambda partner: not partner[OPT_OUT])
        # the note below says it, the tracking need not
        firms.with_context(mail_notrack=True).write({OPT_OUT: True})
        firms._message_log_batch(bodies=dict.fromkeys(
            firms.ids, self.env._("The customer wants no surveys any more.")))
        self.env['aftersales.survey.invitation'].search([
            ('partner_id.commercial_partner_id', 'in', self.commercial_partner_id.ids),
            ('state', 'in', ('draft', 'sent'))])._unsubscribe()

    def _compute_survey_invitation_count(self):
        self._count_with_contacts({'aftersales.survey.invitation': 'survey_invitation_count'})

    def action_view_survey_invitations(self):
        """Show what these customers were asked."""
        return self.env['aftersales.survey.invitation']._get_invitations_action(
            [('partner_id', 'child_of', self.ids)])

    # === POPULATION === #

    @api.model
    def _get_survey_domain(self, company):
        return Domain('company_id', 'in', (False, company.id))

    @api.model
    def _get_survey_partner_exclusions(self, wave):
        """Return ``{reason: domain}`` of the customers whom a wave leaves out.

        Hook: called on the model as superuser by ``_get_survey_exclusions``, for each draw and
        batch. The last survey of a company counts for its contacts; its opt-out is synchronized to
        them. Raises nothing.
        """
        own = self.env['res.company'].search([('partner_id', '!=', False)]).partner_id
        outlets = self.env['aftersales.outlet'].search([('partner_id', '!=', False)]).partner_id
        asked_after = fields.Datetime.now() - timedelta(days=wave.throttle_days)
        exclusions = {
            'staff': Domain('user_ids', 'any', [('share', '=', False)])
            | Domain('commercial_partner_id', 'in', own.ids)
            | Domain('id', 'child_of', outlets.ids),
            'opt_out': Domain('aftersales_survey_opt_out', '=', True)}
        if wave.throttle_days:
            exclusions['recent'] = Domain('commercial_partner_id', 'any', [
                ('aftersales_last_survey_date', '>', asked_after)])
        if addresses := wave._get_address_fields():
            exclusions['no_channel'] = Domain.AND(
                Domain(name, 'in', (False, '')) for name in addresses)
        if wave.channel == 'phone':
            exclusions['no_channel'] &= ~Domain('id', 'in', self._get_dialled_ids(wave.company_id))
        return exclusions

    @api.model
    def _get_dialled_ids(self, company):
        """Return the contacts of whose number core makes none in full, and the desk dials one.

        Core reads neither two numbers in one field nor an extension.
        """
        contacts = self.search(
            self._get_survey_domain(company) & Domain('phone_sanitized', 'in', (False, ''))
            & Domain('phone', 'not in', (False, '')), order='id')
        return contacts.filtered(lambda contact: self._read_number(
            contact.phone, contact.country_id or company.country_id)).ids

    @api.model
    def _get_survey_ids(self, domain, ids):
        """Let a company speak for its contacts; without it the oldest contact does."""
        contacts = domain & Domain('parent_id', '!=', False) & Domain('is_company', '=', False)
        others = set()
        for company, members in self._read_group(
                contacts, ['commercial_partner_id'], ['id:array_agg'], order='id:min'):
            members = [one for one in members if one in ids and one != company.id]
            others.update(members if company.id in ids else members[1:])
        return ids - others, others
