from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.contact import find_anniversary_days, find_rating_request, find_window
from .aftersales_contact import ACTIVITY_TYPE
from .res_partner import CONSENTS

UNIT_EVENTS = ('sale', 'warranty_end')
GREETINGS = ('birthday', 'holiday')


class AftersalesContactPlan(models.Model):
    """When customers hear from us after a sale, without having asked, and in which words.

    Offers and greetings are advertising: they go to those who agreed to this purpose. No text
    asks for another rating.
    """

    _name = 'aftersales.contact.plan'
    _description = "Contact Plan"
    _inherit = 'aftersales.link.access.mixin'
    _order = 'sequence, id'
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        'res.company', required=True, index=True, default=lambda self: self.env.company)
    event = fields.Selection(
        [('sale', "After the Delivery"), ('warranty_end', "Before the Warranty Ends"),
         ('visit', "Regular Visit"), ('birthday', "Birthday"), ('holiday', "Holiday")],
        required=True, default='sale')
    days = fields.Integer(
        default=7, help="Days after the delivery, before the end of the warranty or the holiday; "
        "of visits, the days from one to the next. Birthdays are greeted on the day.")
    catch_up_days = fields.Integer(
        string="Make Up for", default=3,
        help="For so many days a contact is made up for if it could not be made on its day. "
             "Older ones are left out, so a new plan does not call everybody at once.")
    holiday_date = fields.Date(
        string="Holiday", help="The next day of the holiday; set it each year for moving ones.")
    is_yearly = fields.Boolean(string="Same Day Each Year", default=True)
    product_ids = fields.Many2many('product.product', string="Products")
    categ_ids = fields.Many2many(
        'product.category', string="Product Categories",
        help="Leave products and categories empty to take all of them.")
    grade_ids = fields.Many2many(
        'aftersales.customer.grade', string="Customer Grades",
        help="Leave it empty to take customers of any grade, and those without.")
    purpose = fields.Selection(
        [('care', "Care"), ('greeting', "Greeting"), ('offer', "Offer")],
        compute='_compute_purpose', store=True, readonly=False, precompute=True, required=True,
        help="Care helps with what was bought: customers may refuse it. Greetings and offers are "
             "advertising: only those who agreed to them are contacted.")
    channel = fields.Selection(
        [('activity', "Activity"), ('message', "Message")], default='activity', required=True,
        help="A message leaves by the notifications for “Contact after a Sale”; a customer it "
             "cannot reach becomes an activity.")
    user_id = fields.Many2one(
        'res.users', string="Responsible", domain=[('share', '=', False)],
        help="Who gets the activities. Empty: the dispatcher of the company.")
    script = fields.Text(translate=True, help="What to ask and say, for activities.")
    message = fields.Text(
        string="Text of the Message", translate=True,
        help="It is sent with a link to end such messages. Never ask to change a rating, and "
             "never give anything for one: such words are refused.")
    contact_count = fields.Integer(string="Contacts", compute='_compute_contact_count')

    _days_positive = models.Constraint(
        'CHECK(days >= 0 AND catch_up_days >= 0)', "Days cannot be negative.")
    _visit_interval = models.Constraint(
        "CHECK(event != 'visit' OR days > 0)", "Say after how many days the next visit is due.")
    _holiday_dated = models.Constraint(
        "CHECK(event != 'holiday' OR holiday_date IS NOT NULL)", "Say when the holiday is.")
    _greeting_purpose = models.Constraint(
        "CHECK(event NOT IN ('birthday', 'holiday') OR purpose IN ('greeting', 'offer'))",
        "Birthday and holiday greetings are advertising: their purpose is greeting or offer.")
    _visit_is_activity = models.Constraint(
        "CHECK(event != 'visit' OR channel = 'activity')", "A visit is an activity.")

    @api.depends('event')
    def _compute_purpose(self):
        for plan in self:
            if plan.event in GREETINGS:
                plan.purpose = plan.purpose if plan.purpose == 'offer' else 'greeting'
            else:
                plan.purpose = plan.purpose if plan.purpose == 'offer' else 'care'

    def _compute_contact_count(self):
        counts = dict(self.env['aftersales.contact']._read_group(
            [('plan_id', 'in', self.ids)], ['plan_id'], ['__count']))
        for plan in self:
            plan.contact_count = counts.get(plan._origin, 0)

    @api.constrains('message', 'script', 'name', 'channel')
    def _check_words(self):
        patterns = self.env['aftersales.known.words']._get_request_patterns()
        for plan in self:
            words = next(filter(None, (
                find_rating_request(text, patterns)
                for text in (plan.name, plan.message, plan.script))), None)
            if words:
                raise ValidationError(self.env._(
                    "“%(words)s” asks for a certain rating. Contacts, coupons and amends never "
                    "ask to change one: reword the text.", words=words))
            if plan.channel == 'message' and not plan.message:
                raise ValidationError(self.env._(
                    "“%(plan)s” has no text to send: write one.", plan=plan.name))

    def action_view_contacts(self):
        """Show the contacts that these plans made."""
        action = self.env['ir.actions.act_window']._for_xml_id(
            'aftersales_survey.aftersales_contact_action')
        return {**action, 'domain': [('plan_id', 'in', self.ids)], 'context': {}}

    # === CRON === #

    @api.model
    def _cron_make_contacts(self, batch_size=500):
        """Make the contacts that are due, one committed batch at a time; none twice."""
        cron = self.env['ir.cron']
        for plan in self.search([('active', '=', True)]):
            while count := plan._make_contacts(batch_size):
                if not cron._commit_progress(count):
                    return

    def _make_contacts(self, limit):
        """Make the next contacts that are due today; return how many units or customers."""
        self.ensure_one()
        today = self.company_id._get_aftersales_day(fields.Datetime.now())
        if self.event in UNIT_EVENTS:
            return self._make_unit_contacts(today, limit)
        partners = self.env['res.partner'].search(
            self._get_due_partner_domain(today), order='id', limit=limit)
        self._create_contacts(today, {
            (partner, fields.Date.to_string(today)): self.env['aftersales.warranty']
            for partner in partners})
        return len(partners)

    def _make_unit_contacts(self, today, limit):
        """Contact each owner once for all the units of one day."""
        cards = self.env['aftersales.warranty'].search(
            self._get_due_card_domain(today), order='id', limit=limit)
        groups = cards.grouped(lambda card: (
            card.partner_id, fields.Date.to_string(
                card.delivery_date if self.event == 'sale' else card.date_end)))
        known = {
            (contact.partner_id, contact.occasion): contact
            for contact in self.env['aftersales.contact'].search(
                [('plan_id', '=', self.id), ('partner_id', 'in', cards.partner_id.ids),
                 ('occasion', 'in', [occasion for __, occasion in groups])])}
        for key in groups.keys() & known.keys():  # the batch before had others of that day
            known[key].warranty_ids |= groups[key]
        self._create_contacts(
            today, {key: cards for key, cards in groups.items() if key not in known})
        return len(cards)

    def _create_contacts(self, today, cards_by_occasion):
        """Make one contact for each ``{(customer, occasion): cards}``, and send or plan it."""
        contacts = self.env['aftersales.contact'].create([{
            'plan_id': self.id, 'company_id': self.company_id.id, 'partner_id': partner.id,
            'occasion': occasion, 'date': today, 'warranty_ids': [Command.set(cards.ids)],
        } for (partner, occasion), cards in cards_by_occasion.items()])
        sent = contacts.browse()
        if self.channel == 'message':
            queued = contacts._notify_customer('contact')
            messages = queued._filter_addressed()
            (queued - messages).unlink()
            sent = contacts.browse(set(messages.mapped('res_id')))
            sent.state = 'sent'
        user = (self.user_id or self.company_id.aftersales_dispatcher_id
                or self.create_uid.filtered(lambda user: not user.share) or self.env.user)
        (contacts - sent).with_context(mail_activity_quick_update=True).activity_schedule(
            ACTIVITY_TYPE, date_deadline=today, summary=self.name, note=self.script,
            user_id=user.id)

    # === WHO IS DUE === #

    def _get_due_card_domain(self, today):
        """Return the units whose owners are due; those that this plan had are left out."""
        offset = self.days if self.event == 'sale' else -self.days
        first, last = find_window(today, offset, self.catch_up_days)
        domain = (
            Domain('company_id', '=', self.company_id.id) & Domain('partner_id', '!=', False)
            & Domain('contact_ids', 'not any', [('plan_id', '=', self.id)])
            & Domain('partner_id', 'any', self._get_person_domain()))
        if self.event == 'sale':
            domain &= Domain('delivery_date', '>=', first) & Domain('delivery_date', '<=', last)
        else:
            domain &= Domain('state', '=', 'covered') & Domain(
                'date_end', '>=', max(first, today)) & Domain('date_end', '<=', last)
        if self.product_ids or self.categ_ids:
            domain &= Domain('product_id', 'in', self.product_ids.ids) | Domain(
                'product_id.categ_id', 'child_of', self.categ_ids.ids)
        return domain

    def _get_due_partner_domain(self, today):
        """Return the customers of the company who are due today, none twice on one occasion."""
        since = today - timedelta(days=(self.days if self.event == 'visit' else 300) - 1)
        cards = self.env['aftersales.warranty']._search(
            [('company_id', '=', self.company_id.id), ('partner_id', '!=', False)])
        domain = (
            Domain('id', 'in', cards.subselect('partner_id')) & self._get_person_domain()
            & Domain('aftersales_contact_ids', 'not any', [
                ('plan_id', '=', self.id), ('date', '>=', since)]))
        if self.event == 'birthday':
            domain &= Domain.OR(
                Domain('aftersales_birthday.month_number', '=', month)
                & Domain('aftersales_birthday.day_of_month', '=', day)
                for month, day in find_anniversary_days(today))
        elif self.event == 'holiday':
            day = today + timedelta(days=self.days)
            is_today = (day.month, day.day) == (self.holiday_date.month, self.holiday_date.day) if (
                self.is_yearly) else day == self.holiday_date
            domain &= Domain.TRUE if is_today else Domain.FALSE
        return domain

    def _get_person_domain(self):
        """Return who may be contacted for this purpose, of the chosen grades."""
        name, value = CONSENTS[self.purpose]
        domain = Domain('active', '=', True) & Domain(name, '=', value)
        if self.grade_ids:
            domain &= Domain(
                'commercial_partner_id.aftersales_grade_id', 'in', self.grade_ids.ids)
        return domain
