from odoo import api, fields, models
from odoo.tools import format_list

from ...tools import cover_days, warranty
from ..policy.aftersales_warranty_term import START_EVENTS, TERM_KINDS

COVER_STATES = [
    ('coming', "Not Started"), ('running', "Running"), ('used_up', "Used Up"),
    ('suspended', "Suspended"), ('expired', "Expired"), ('void', "Void")]
# why a cover does not hold, as ``tools.warranty`` says it -> its state
_REASON_STATES = {None: 'running', 'not_started': 'coming'}


class AftersalesWarrantyCover(models.Model):
    """A promise on one unit, with its first and last day.

    It keeps the length it was promised with, so that a later text of the policy changes
    nothing. Users cannot write covers: the card's methods make, date and end them.
    """

    _name = 'aftersales.warranty.cover'
    _description = "Warranty Cover"
    _inherit = 'aftersales.protected.mixin'
    _order = 'warranty_id, date_start, id'

    warranty_id = fields.Many2one(
        'aftersales.warranty', string="Warranty Card", required=True, index=True,
        ondelete='cascade', protected='after')
    company_id = fields.Many2one(
        related='warranty_id.company_id', store=True, precompute=True, index=True)
    term_id = fields.Many2one(
        'aftersales.warranty.term', index='btree_not_null', ondelete='restrict')
    origin = fields.Selection(
        [('factory', "Factory"), ('extended', "Extended"), ('goodwill', "Goodwill"),
         ('part', "Replaced Part"), ('exchange', "Exchange")],
        required=True, default='factory')
    name = fields.Char(
        compute='_compute_name', store=True, readonly=False, precompute=True)
    kind = fields.Selection(TERM_KINDS, required=True)
    main_part_ids = fields.Many2many('aftersales.main.part', string="Main Parts")
    percent = fields.Float(string="Cover (%)", default=100.0, required=True)
    usage_limit = fields.Float(help="Ends at this reading of the meter. Zero: no limit.")
    has_labour = fields.Boolean(
        string="With Labour and Travel", default=True,
        help="A repair of these parts is free as a whole: its labour, too, and its trip where "
             "a term promises trips.")
    is_renewed = fields.Boolean(
        string="Starts Again for Fitted Parts",
        help="A part that a repair fits starts the whole term again, from the day of the repair.")
    article = fields.Char()

    # Length and days
    months = fields.Integer()
    days = fields.Integer()
    start_event = fields.Selection(
        START_EVENTS, string="Starts With",
        help="The date on the card from which the cover runs. Empty: its own first day.")
    date_given = fields.Date(
        string="Given on",
        help="A cover given or sold on a day follows the running ones of its kind; it "
             "starts on this day when none runs.")
    date_start = fields.Date(string="From", required=True)
    date_end = fields.Date(string="Until", required=True, help="The last day is covered.")
    date_end_promised = fields.Date(
        string="Promised Until", readonly=True, help="Before repair days moved the end.")
    void_date = fields.Date(string="Void From", readonly=True)

    # Where it comes from
    sale_line_id = fields.Many2one(
        'sale.order.line', string="Sold With", readonly=True, index='btree_not_null')
    date_notified = fields.Date(
        string="Reminded on", readonly=True,
        help="The owner was reminded on this day that the cover ends.")
    lead_id = fields.Many2one(
        'crm.lead', string="Opportunity", readonly=True, index='btree_not_null',
        ondelete='set null')

    state = fields.Selection(COVER_STATES, compute='_compute_state')

    _dates_ordered = models.Constraint(
        'CHECK(date_end >= date_start)', "A cover cannot end before it starts.")
    # the nightly search for owners to remind
    _unnotified_idx = models.Index(
        "(company_id, date_end) WHERE date_notified IS NULL AND kind = 'whole_unit'")

    @api.depends('term_id')
    def _compute_name(self):
        for cover in self:
            cover.name = cover.name or cover.term_id.name

    @api.depends('date_start', 'date_end', 'void_date', 'usage_limit', 'warranty_id.pauses',
                 'warranty_id.usage')
    def _compute_state(self):
        today = self.env.company._get_aftersales_day(fields.Datetime.now())
        for cover, fact in zip(self, self._to_facts(), strict=True):
            reason = fact.fails_on(today, cover.warranty_id.usage or None)
            cover.state = _REASON_STATES.get(reason, reason)

    @api.depends('name', 'term_id.name', 'origin', 'main_part_ids.name')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for cover in self:
            cover.display_name = cover._get_name()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault('date_end_promised', vals.get('date_end'))
        return super().create(vals_list)

    # === RULES === #

    def _to_facts(self):
        """Return these covers as the plain facts that ``tools.warranty`` judges."""
        return [
            warranty.Cover(
                kind=cover.kind, start=cover.date_start, end=cover.date_end,
                name=cover.name or "",
                components=frozenset(
                    cover.main_part_ids.ids if cover.kind == warranty.COMPONENT else ()),
                percent=cover.percent, usage_limit=cover.usage_limit or None,
                origin=cover.origin, article=cover.article or "",
                void_from=cover.void_date or None, pauses=cover.warranty_id._get_pauses(),
                key=cover.id, has_labour=cover.has_labour)
            for cover in self]

    def _get_name(self):
        """Return the cover's name in the reader's language, as far as its source has one."""
        self.ensure_one()
        if self.term_id:
            return self.term_id.name
        parts = self.main_part_ids if self.origin == 'part' else ()
        return format_list(self.env, [part.name for part in parts]) or self.name or ""

    def _get_article(self):
        """Return the clause that promises it, in the reader's language like its name."""
        self.ensure_one()
        law = self.origin == 'part' and self.warranty_id.policy_id.law
        return self.term_id.article or law or self.article or ""

    def _get_last_day(self):
        """Return the last day on which this cover promises anything; ``False`` if none."""
        self.ensure_one()
        return cover_days.last_day(warranty.Cover(
            self.kind, self.date_start, self.date_end, void_from=self.void_date or None)) or False

    def _precedes(self, other):
        """Return whether ``other``, given later, waits for the end of this cover."""
        self.ensure_one()
        if self.kind != other.kind or self.origin == 'part' or not self._get_last_day():
            return False
        return self.kind != warranty.COMPONENT or bool(self.main_part_ids & other.main_part_ids)

    def _end_on(self, day):
        """Promise nothing from ``day`` on; what was ended before stays ended."""
        for cover in self:
            if not cover.void_date or cover.void_date > day:
                cover.void_date = day

    def _withdraw(self):
        """Take back what a sale promised, from today on; what follows moves up."""
        for cover in self:
            cover._end_on(cover.company_id._get_aftersales_day(fields.Datetime.now()))
            cover.warranty_id._message_log(body=self.env._(
                "Cover withdrawn with the sale: %(cover)s", cover=cover._get_name()))
        # the owner may be reminded of the earlier end
        self.warranty_id.cover_ids.date_notified = False
        self.warranty_id._date_covers()

    def _date(self, spans, repairs=()):
        """Date these covers of one card again, in their order; only changed days are written.

        * covers of a term start with its event, and may end on working days only;
        * given and sold ones follow the covers of their kind;
        * the others keep their first day;
        * each end moves by the days that the unit was away while the cover ran;
        * a repair in a term of the policy adds what the policy says, once.

        :param spans: of days in repair and waiting for parts
        :param repairs: days on which repairs began
        """
        done = self.browse()
        for cover in self.sorted(lambda cover: (bool(cover.date_given), cover.id)):
            start, promised = cover._get_promised_days(done)
            end = warranty.moved_end(start, promised, spans)
            if cover.start_event and any(start <= day <= promised for day in repairs):
                end = warranty.last_covered_day(
                    end, cover.warranty_id.policy_id.repair_months)
            if cover.start_event:
                end = cover.warranty_id._to_legal_end(end)
            if (cover.date_start, cover.date_end_promised, cover.date_end) != (
                    start, promised, end):
                cover.write({
                    'date_start': start, 'date_end_promised': promised, 'date_end': end})
            done |= cover

    def _get_promised_days(self, earlier):
        """Return first and last promised day, before repairs move the end.

        :param earlier: covers of the card that are dated already
        """
        self.ensure_one()
        start = self.date_start
        if self.start_event:
            start = self.warranty_id._get_start(self.start_event) or start
        elif self.date_given:
            start = self.warranty_id._get_next_start(self, earlier)
        known = self.warranty_id.date_end_known
        if known and self.start_event and self.kind == warranty.WHOLE_UNIT:
            return start, max(known, start)
        if start == self.date_start or not (self.months or self.days):
            promised = self.date_end_promised or self.date_end
            return start, warranty.add_days(promised, (start - self.date_start).days)
        return start, warranty.last_covered_day(start, self.months, self.days)
