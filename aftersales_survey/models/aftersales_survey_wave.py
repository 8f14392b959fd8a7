from datetime import timedelta
from secrets import randbelow

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .aftersales_survey_population_mixin import CATEGORY, OUTLET, PRODUCT, REGION
from .roles import MANAGER

STRATA = [
    (OUTLET, "Outlet"), (REGION, "Province"), (CATEGORY, "Product Category"),
    (PRODUCT, "Product"), ('technician', "Technician"), ('type', "Order Type"),
    ('grade', "Customer Grade"), ('country', "Country")]
METHODS = [
    ('simple', "Simple Random"), ('stratified', "Stratified"), ('systematic', "Systematic"),
    ('cluster', "Clusters"), ('multi_stage', "Multi-Stage"), ('quota', "Quotas")]
# what the list of recipients follows from
_DRAW_FIELDS = frozenset({
    'company_id', 'kind', 'population', 'domain', 'event', 'method', 'stratum_by', 'cluster_by',
    'stage_count', 'cluster_count', 'allocation', 'margin', 'confidence', 'share', 'response',
    'size_wished', 'throttle_days', 'outlet_quota', 'channel', 'stratum_ids'})
# what those were promised who were asked already
_ASKED_FIELDS = frozenset({'survey_id', 'window_from', 'window_to', 'delay_hours', 'share_asked'})


class AftersalesSurveyWave(models.Model):
    """Who is asked what, when and how: a campaign, or a trigger that goes on.

    Its answers are ``survey.user_input``; its recipients ``aftersales.survey.invitation``. A
    campaign draws its sample once, by a seed that stays; a continuous wave asks after each event.
    """

    _name = 'aftersales.survey.wave'
    _description = "Survey Wave"
    _inherit = ['aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin',
                'aftersales.protected.mixin']
    _order = 'id desc'
    _check_company_auto = True

    _TRANSITIONS = {
        'draft': {'drawn'},
        'drawn': {'draft', 'drawn'},
        'running': {'draft', 'drawn'},
        'closed': {'running'},
    }
    _STAMPS = {'drawn': 'date_drawn', 'running': 'date_launched', 'closed': 'date_closed'}

    name = fields.Char(
        compute='_compute_name', store=True, precompute=True, readonly=False, required=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company,
        protected='after')
    survey_id = fields.Many2one(
        'survey.survey', string="Questionnaire", required=True, index=True, ondelete='restrict',
        check_company=True, domain=[('survey_type', '=', 'aftersales')], link_access='read',
        default=lambda self: self._default_survey_id())
    kind = fields.Selection(
        [('campaign', "Campaign"), ('trigger', "Continuous")], default='campaign', required=True,
        help="A campaign asks a sample once. A continuous wave asks after each event.")
    state = fields.Selection(
        [('draft', "Draft"), ('drawn', "Sample Drawn"), ('running', "Running"),
         ('closed', "Closed")],
        default='draft', required=True, readonly=True, copy=False, index=True, tracking=True,
        protected=True)
    user_id = fields.Many2one(
        'res.users', string="Responsible", default=lambda self: self.env.user,
        domain=[('share', '=', False)], check_company=True)
    color = fields.Integer()

    # Population
    population = fields.Selection(
        [('aftersales.order', "Customers of Service Orders"),
         ('aftersales.warranty', "Owners on Warranty Cards"), ('res.partner', "Customers")],
        default='aftersales.order', required=True)
    domain = fields.Char(string="Filter", default='[]')
    event = fields.Selection(
        [('order_done', "Work Done"), ('order_closed', "Order Closed"),
         ('card_registered', "Warranty Card Registered")],
        default='order_done')
    throttle_days = fields.Integer(
        string="Not Asked Again within (Days)", default=90,
        help="Who was asked in these days, or whose company was, is left out. 0: no limit.")
    outlet_quota = fields.Integer(
        string="Most per Outlet",
        help="The most customers of one outlet that are asked: in a campaign, or in a month of a "
             "continuous wave. 0: no limit.")

    # Sample
    method = fields.Selection(METHODS, default='simple', required=True)
    stratum_by = fields.Selection(
        STRATA, string="Divide by", help="Of strata, quota cells, or the first stage.")
    stratum_choices = fields.Json(compute='_compute_stratum_choices')
    cluster_by = fields.Selection(
        STRATA, string="Draw Whole Groups of", help="Of clusters, or the second stage.")
    stage_count = fields.Integer(string="Groups of the First Stage", default=3)
    cluster_count = fields.Integer(
        string="Groups Drawn", default=3, help="Clusters in all, or in each group of the first "
        "stage.")
    allocation = fields.Selection(
        [('proportional', "Proportional"), ('neyman', "Neyman")], default='proportional',
        required=True, help="Neyman asks more where answers differ more.")
    margin = fields.Float(string="Margin of Error (± Points)", default=5.0, digits=(5, 2))
    confidence = fields.Selection(
        [('90', "90 %"), ('95', "95 %"), ('99', "99 %")], default='95', required=True)
    share = fields.Float(
        string="Expected Share (%)", default=50.0, digits=(5, 1),
        help="The share of content customers that you expect. 50 asks for the most answers.")
    response = fields.Float(
        string="Expected Response (%)", default=30.0, digits=(5, 1),
        help="How many of those asked answer: 10 to 30 by mail, 30 to 60 by telephone.")
    size_wished = fields.Integer(
        string="Ask Exactly", help="0: as many as the margin of error needs.")
    seed = fields.Integer(
        default=lambda self: randbelow(2**31 - 1) + 1, readonly=True, copy=False, protected=True,
        help="Draws the same list again from the same customers.")
    stratum_ids = fields.One2many('aftersales.survey.stratum', 'wave_id', string="Strata")
    drawn_ids = fields.Json(
        string="Drawn Records", readonly=True, copy=False, prefetch=False, protected=True)
    population_count = fields.Integer(
        string="Found", readonly=True, copy=False, protected=True)
    eligible_count = fields.Integer(
        string="Can Be Asked", readonly=True, copy=False, protected=True)
    asked_count = fields.Integer(string="Drawn", readonly=True, copy=False, protected=True)
    exclusions = fields.Json(readonly=True, copy=False, protected=True)
    exclusion_note = fields.Text(string="Left Out", compute='_compute_exclusion_note')
    explanation = fields.Text(
        string="What the Sample Tells", compute='_compute_explanation')

    # Asking
    channel = fields.Selection(
        [('message', "Message"), ('phone', "Telephone")], default='message', required=True,
        help="A message leaves by the notifications of the company.")
    date_deadline = fields.Datetime(
        string="Deadline", compute='_compute_date_deadline', store=True, precompute=True,
        readonly=False, copy=False, tracking=True)
    answer_days = fields.Integer(
        string="Days to Answer", default=14, help="Of each customer, in a continuous wave.")
    delay_hours = fields.Float(string="Hours after the Event", default=24.0)
    share_asked = fields.Float(
        string="Share Asked (%)", default=100.0, digits=(5, 1),
        help="This part of the events, drawn by the seed.")
    window_from = fields.Float(
        string="Send from", default=9.0, help="The hours of the company's day in which "
        "invitations and reminders leave.")
    window_to = fields.Float(string="Send until", default=20.0)
    reminder_max = fields.Integer(
        string="Reminders", default=1, help="To those who are silent. 0: none.")
    reminder_days = fields.Integer(string="Days between Reminders", default=3)

    # What became of it
    date_drawn = fields.Datetime(string="Drawn on", readonly=True, copy=False, protected=True)
    date_launched = fields.Datetime(
        string="Launched on", readonly=True, copy=False, protected=True)
    date_closed = fields.Datetime(string="Closed on", readonly=True, copy=False, protected=True)
    invitation_ids = fields.One2many('aftersales.survey.invitation', 'wave_id', readonly=True)
    invitation_count = fields.Integer(
        string="Invitations", compute='_compute_invitation_counts')
    sent_count = fields.Integer(string="Sent", compute='_compute_invitation_counts')
    answered_count = fields.Integer(string="Answers", compute='_compute_invitation_counts')
    refused_count = fields.Integer(string="Refusals", compute='_compute_invitation_counts')
    sent_share = fields.Float(string="Sent (%)", compute='_compute_invitation_counts')
    answered_share = fields.Float(string="Answered (%)", compute='_compute_invitation_counts')

    _hours_valid = models.Constraint(
        'CHECK(window_from >= 0 AND window_from < window_to AND window_to <= 24)',
        "Invitations leave between two hours of a day: the first one is earlier than the second.")
    _numbers_positive = models.Constraint(
        'CHECK(LEAST(throttle_days, outlet_quota, size_wished, stage_count, cluster_count, '
        'delay_hours, reminder_max, reminder_days, answer_days) >= 0)',
        "Days, hours and numbers of a wave cannot be negative.")
    _shares_valid = models.Constraint(
        'CHECK(margin > 0 AND margin < 100 AND share > 0 AND share < 100 AND response > 0 '
        'AND response <= 100 AND share_asked > 0 AND share_asked <= 100)',
        "Margin of error and shares lie above 0 and up to 100 %.")
    _trigger_idx = models.Index("(population) WHERE state = 'running'")

    # === COMPUTES === #

    @api.model
    def _default_survey_id(self):
        return self.env['survey.survey'].search([
            ('survey_type', '=', 'aftersales'),
            ('company_id', 'in', (False, self.env.company.id))], order='id', limit=1)

    @api.depends('survey_id')
    def _compute_name(self):
        for wave in self:
            today = fields.Date.to_string(fields.Date.context_today(wave))
            wave.name = wave.name or (
                f"{wave.survey_id.title} {today}" if wave.survey_id else today)

    @api.depends('kind')
    def _compute_date_deadline(self):
        """Give a campaign two weeks; a continuous wave goes on."""
        for wave in self:
            wave.date_deadline = wave.kind == 'campaign' and (
                wave.date_deadline or fields.Datetime.now() + timedelta(days=14))

    @api.depends('invitation_ids.state')
    def _compute_invitation_counts(self):
        counts = {}
        for wave, state, count in self.env['aftersales.survey.invitation']._read_group(
                [('wave_id', 'in', self.ids)], ['wave_id', 'state'], ['__count']):
            counts.setdefault(wave.id, {})[state] = count
        for wave in self:
            of_state = counts.get(wave._origin.id, {})
            whole = sum(of_state.values()) - of_state.get('excluded', 0)
            wave.invitation_count = whole
            wave.sent_count = whole - of_state.get('draft', 0)
            wave.answered_count = of_state.get('answered', 0)
            wave.refused_count = of_state.get('refused', 0)
            wave.sent_share = 100 * wave.sent_count / whole if whole else 0
            wave.answered_share = 100 * wave.answered_count / whole if whole else 0

    # === RULES === #

    @api.constrains('population', 'stratum_by', 'cluster_by', 'method', 'kind', 'event')
    def _check_features(self):
        for wave in self:
            model = self.env[wave.population]
            if wave.kind == 'trigger' and wave.event not in model._get_survey_events():
                raise ValidationError(self.env._(
                    "“%(event)s” never happens to what “%(wave)s” asks about: choose another "
                    "event, or other customers.", wave=wave.name,
                    event=wave._get_label('event')))
            for name in wave._get_feature_fields():
                if not wave[name]:
                    raise ValidationError(self.env._(
                        "“%(wave)s” needs “%(field)s” for its way of drawing.", wave=wave.name,
                        field=self._fields[name]._description_string(self.env)))
                if wave[name] not in model._survey_strata:
                    raise ValidationError(self.env._(
                        "%(population)s are not divided by “%(feature)s”: choose another feature "
                        "for “%(wave)s”.", wave=wave.name, feature=wave._get_label(name),
                        population=wave._get_label('population')))

    def _get_feature_fields(self):
        """Return the names of the fields whose features the method needs."""
        self.ensure_one()
        return () if self.kind == 'trigger' else {
            'stratified': ('stratum_by',), 'quota': ('stratum_by',), 'cluster': ('cluster_by',),
            'multi_stage': ('stratum_by', 'cluster_by')}.get(self.method, ())

    def _get_label(self, name):
        """Return the words of a selection field of one wave."""
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")

    def _ensure_may_move(self, target):
        result = super()._ensure_may_move(target)
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Survey managers draw, launch and close waves: ask one."))
        return result

    def _get_locked_fields(self):
        locked = super()._get_locked_fields()
        if self.state != 'draft':
            locked |= _DRAW_FIELDS
        if self.state in ('running', 'closed'):
            locked |= _ASKED_FIELDS
        return locked | {'date_deadline'} if self.state == 'closed' else locked

    def _get_locked_message(self):
        return self.env._(
            "The list of recipients follows from this. Take the wave back to draft, or copy it "
            "once it was launched")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_launched(self):
        self._refuse_where('date_launched', self.env._(
            "Customers were asked by these waves: close them instead of deleting them"))

    # === ACTIONS === #

    def action_view_invitations(self):
        """Show whom these waves asked."""
        return self.env['aftersales.survey.invitation']._get_invitations_action(
            [('wave_id', 'in', self.ids)])

    def action_view_answers(self):
        """Show what came back."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_survey.survey_user_input_action')
        action.update(domain=[('aftersales_wave_id', 'in', self.ids)], context={})
        return action
