from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.serial_range import length_pattern, range_problem

# what the owner of a unit can still be asked for
OPEN_UNIT_STATES = ('open', 'notified')


class AftersalesCampaign(models.Model):
    """A recall or service campaign: why, over which warranty cards, and how far it is.

    It selects cards and takes them as its units; letters and service orders are made for
    the units. The work itself belongs to the orders.
    """

    _name = 'aftersales.campaign'
    _description = "Recall Campaign"
    _inherit = [
        'aftersales.state.mixin', 'mail.thread', 'mail.activity.mixin', 'aftersales.number.mixin']
    _order = 'id desc'
    _rec_names_search = ['name', 'title', 'law']
    _check_company_auto = True

    _TRANSITIONS = {
        'running': {'draft', 'stopped', 'finished'},
        'stopped': {'running'},
        'finished': {'running', 'stopped'},
        'cancelled': {'draft', 'stopped'},
    }

    name = fields.Char(string="Number", readonly=True, copy=False, index='trigram', protected=True)
    title = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        'res.users', string="Responsible", default=lambda self: self.env.user,
        domain=[('share', '=', False)], index='btree_not_null')
    state = fields.Selection(
        [('draft', "Draft"), ('running', "Running"), ('stopped', "Stopped"),
         ('finished', "Finished"), ('cancelled', "Withdrawn")],
        default='draft', required=True, readonly=True, index=True, copy=False, protected=True)

    # What it is about
    kind = fields.Selection(
        [('recall', "Safety Recall"), ('service', "Service Campaign"), ('update', "Update")],
        default='service', required=True)
    severity = fields.Selection(
        [('0', "Low"), ('1', "Normal"), ('2', "High"), ('3', "Urgent")],
        default='1', required=True, help="The urgency of the service orders.")
    reason = fields.Text(
        required=True, translate=True, help="The defect, in the customer's words.")
    risk = fields.Text(translate=True, help="What may happen if nothing is done.")
    advice = fields.Text(
        string="Interim Advice", translate=True,
        help="What the customer should do until the unit was attended to.")
    instruction = fields.Text(
        string="Instruction to the Technician", required=True, translate=True)
    type_id = fields.Many2one(
        'aftersales.order.type', string="Order Type", required=True, ondelete='restrict',
        check_company=True, help="The kind of service order made for each unit.")
    is_free = fields.Boolean(
        string="Free of Charge", default=True,
        help="The orders cost the customer nothing, whatever the warranty says.")
    law = fields.Char(string="Law or Notice", help="The legal ground, or the authority's number.")
    date_start = fields.Date(string="Begins on")
    date_end = fields.Date(string="Ends on")
    reminder_days = fields.Integer(
        string="Days to React", default=30,
        help="Customers who did not react so many days after a letter get a reminder. "
             "0 sends no reminder.")
    reminder_limit = fields.Integer(
        string="Reminders at Most", default=2,
        help="After so many reminders the customer counts as not reached.")
    template_id = fields.Many2one(
        'mail.template', string="Letter", domain=[('model', '=', 'aftersales.campaign.unit')],
        ondelete='restrict', default=lambda self: self.env.ref(
            'aftersales_service.mail_template_campaign_letter', raise_if_not_found=False),
        help="The e-mail to the owners. Owners without address get the printed letter.")

    # Which cards
    product_ids = fields.Many2many('product.product', string="Models")
    serial_from = fields.Char(string="First Serial Number")
    serial_to = fields.Char(string="Last Serial Number")
    manufacture_from = fields.Date(string="Made from")
    manufacture_to = fields.Date(string="Made until")
    delivery_from = fields.Date(string="Delivered from")
    delivery_to = fields.Date(string="Delivered until")
    country_ids = fields.Many2many('res.country', string="Countries of the Owners")
    state_ids = fields.Many2many('res.country.state', string="States of the Owners")
    policy_ids = fields.Many2many('aftersales.warranty.policy', string="Warranty Policies")
    is_growing = fields.Boolean(
        string="Add Units Sold Later", default=True,
        help="Cards made later that fit the selection are added every night.")

    # How far it is
    unit_ids = fields.One2many('aftersales.campaign.unit', 'campaign_id', string="Campaign Units")
    match_count = fields.Integer(string="Matching Cards", compute='_compute_match_count')
    unit_count = fields.Integer(string="Units Included", compute='_compute_progress')
    open_count = fields.Integer(string="Not Notified", compute='_compute_progress')
    notified_count = fields.Integer(string="Notified", compute='_compute_progress')
    planned_count = fields.Integer(string="Planned", compute='_compute_progress')
    done_count = fields.Integer(string="Done", compute='_compute_progress')
    lost_count = fields.Integer(
        string="Refused or Not Reached", compute='_compute_progress')
    progress = fields.Float(string="Progress (%)", compute='_compute_progress')

    _name_company_uniq = models.Constraint(
        'UNIQUE(name, company_id)', "The number must be unique per company.")
    _reminders_positive = models.Constraint(
        'CHECK(reminder_days >= 0 AND reminder_limit >= 0)',
        "Days to react and reminders cannot be negative.")
    _dates_in_order = models.Constraint(
        'CHECK(date_end >= date_start AND manufacture_to >= manufacture_from'
        ' AND delivery_to >= delivery_from)', "A period cannot end before it begins.")

    # === COMPUTES === #

    @api.depends(lambda self: self._get_selection_fields())
    def _compute_match_count(self):
        cards = self.env['aftersales.warranty']
        for campaign in self:
            campaign.match_count = (
                cards.search_count(campaign._get_card_domain()) if campaign._is_selective()
                else 0)

    @api.depends('unit_ids.state')
    def _compute_progress(self):
        """Count the units by state: one query for all campaigns of a screen."""
        counts = {}
        for campaign, state, count in self.env['aftersales.campaign.unit']._read_group(
                [('campaign_id', 'in', self.ids)], ['campaign_id', 'state'], ['__count']):
            counts.setdefault(campaign.id, {})[state] = count
        for campaign in self:
            states = counts.get(campaign._origin.id, {})
            campaign.unit_count = sum(states.values())
            for state in ('open', 'notified', 'planned', 'done'):
                campaign[f'{state}_count'] = states.get(state, 0)
            campaign.lost_count = states.get('refused', 0) + states.get('unreachable', 0)
            campaign.progress = 100.0 * campaign.done_count / (campaign.unit_count or 1)

    @api.depends('name', 'title')
    def _compute_display_name(self):
        for campaign in self:
            campaign.display_name = " · ".join(filter(None, [campaign.name, campaign.title]))

    @api.constrains('serial_from', 'serial_to')
    def _check_serial_range(self):
        messages = {
            'open': self.env._("Give the first and the last serial number of the range."),
            'length': self.env._(
                "The first and the last serial number must have the same length: numbers of "
                "another length do not sort."),
            'order': self.env._("The first serial number comes after the last one."),
        }
        for campaign in self:
            problem = range_problem(campaign.serial_from or '', campaign.serial_to or '')
            if problem:
                raise ValidationError(messages[problem])

    # === CRUD === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_units(self):
        used = self.filtered('unit_ids')
        if used:
            raise UserError(self.env._(
                "These campaigns have units and stay on record; cancel them instead: "
                "%(campaigns)s", campaigns=used.mapped('name')))

    # === ACTIONS === #

    def action_start(self):
        """Begin, go on after a stop, or open a finished campaign again."""
        self._set_state('running')

    def action_stop(self):
        """Stop letters, new units and new orders; those under way are finished."""
        self._set_state('stopped')

    def action_finish(self):
        """Note that nothing more is done for the units that are left."""
        self._set_state('finished')

    def action_cancel(self):
        """Give the campaign up: its customers are not asked for anything."""
        self._set_state('cancelled')

    def action_add_units(self):
        """Take all cards that fit and are no units yet."""
        self.check_access('write')
        self._ensure_runs()
        count = len(self._add_units())
        return self._notify_result(self.env._("%(count)s units were added.", count=count))

    def action_send_letters(self):
        """Queue the letter to the owners of all units that were not notified yet."""
        self.check_access('write')
        self._ensure_runs()
        units = self.env['aftersales.campaign.unit'].search(
            [('campaign_id', 'in', self.ids), ('state', '=', 'open')])
        units._queue_letters()
        return self._notify_result(self.env._(
            "%(count)s letters are queued; they leave one after the other.",
            count=len(units)))

    def action_create_orders(self):
        """Make a service order for each unit that waits for one, all at once."""
        self.check_access('write')
        self._ensure_runs()
        units = self.env['aftersales.campaign.unit'].search(
            [('campaign_id', 'in', self.ids), ('state', 'in', OPEN_UNIT_STATES)])
        orders = units._create_orders()
        return self._notify_result(self.env._(
            "%(count)s service orders were made.", count=len(orders)))

    def action_view_matches(self):
        """Show the cards that fit the selection, before they are taken."""
        self.ensure_one()
        self._ensure_selective()
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_warranty_action')
        action.update(domain=list(self._get_card_domain()), context={})
        return action

    def action_view_units(self):
        """Show the units of these campaigns."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_campaign_unit_action')
        action.update(domain=[('campaign_id', 'in', self.ids)], context={
            'default_campaign_id': self.id if len(self) == 1 else False})
        return action

    def action_view_orders(self):
        """Show the service orders of these campaigns."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_service.aftersales_order_action')
        action.update(domain=[('campaign_id', 'in', self.ids)], context={})
        return action

    def _notify_result(self, message):
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {'type': 'success', 'message': message,
                       'next': {'type': 'ir.actions.client', 'tag': 'soft_reload'}}}

    # === WHICH CARDS === #

    @api.model
    def _get_selection_fields(self):
        """Return the fields that choose the cards; a campaign fills at least one."""
        return ('product_ids', 'serial_from', 'serial_to', 'manufacture_from',
                'manufacture_to', 'delivery_from', 'delivery_to', 'country_ids', 'state_ids',
                'policy_ids')

    def _is_selective(self):
        """Return whether anything chooses the cards: no campaign takes all of them."""
        self.ensure_one()
        return any(self[name] for name in self._get_selection_fields())

    def _get_card_domain(self):
        """Return the domain of the cards that fit, each condition narrowing the others."""
        self.ensure_one()
        terms = [
            ('product_id', 'in', self.product_ids.ids), ('serial', '>=', self.serial_from),
            ('serial', '<=', self.serial_to),
            ('serial', '=like', length_pattern(self.serial_from or '')),
            ('manufacture_date', '>=', self.manufacture_from),
            ('manufacture_date', '<=', self.manufacture_to),
            ('delivery_date', '>=', self.delivery_from),
            ('delivery_date', '<=', self.delivery_to),
            ('partner_id.country_id', 'in', self.country_ids.ids),
            ('partner_id.state_id', 'in', self.state_ids.ids),
            ('policy_id', 'in', self.policy_ids.ids),
        ]
        company = Domain('company_id', '=', self.company_id.id)
        # what was taken back, refunded or exchanged is at no customer's any more
        company &= Domain('event_ids', 'not any', [
            ('kind', 'in', ('close', 'exchange')), ('state', '=', 'done')])
        if self.kind != 'recall':
            # danger is called back whatever became of the promise; a service belongs to it
            company &= Domain('state', '!=', 'void')
        return company & Domain.AND(Domain(*term) for term in terms if term[2])

    def _add_units(self):
        """Take the cards that fit and are no units yet; return the new units.

        One search and one insert a campaign, however many cards there are.
        """
        units = self.env['aftersales.campaign.unit']
        units.check_access('create')
        for campaign in self:
            campaign._ensure_selective()
            cards = self.env['aftersales.warranty'].search(
                campaign._get_card_domain() & Domain('campaign_unit_ids', 'not any', [
                    ('campaign_id', '=', campaign.id)]), order='id')
            units |= units.create([
                {'campaign_id': campaign.id, 'warranty_id': card_id} for card_id in cards.ids])
        return units

    # === RULES === #


    def _ensure_running(self):
        for campaign in self:
            campaign._ensure_selective()

    def _ensure_runs(self):
        """Refuse letters and orders of campaigns that rest; who may ask was checked before."""
        self._refuse_where(
            lambda campaign: campaign.state != 'running',
            self.env._("These campaigns do not run; start them first"))

    def _ensure_selective(self):
        if not self._is_selective():
            raise UserError(self.env._(
                "Say which cards “%(campaign)s” is about: a model, a range of serial numbers, "
                "a period.", campaign=self.title))

    # === CRON === #

    @api.model
    def _cron_add_units(self):
        """Add the cards made since, one committed campaign at a time."""
        growing = self.search([('state', '=', 'running'), ('is_growing', '=', True)])
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=len(growing))
        for campaign in growing:
            campaign._add_units()
            if not cron._commit_progress(1):
                break
