from odoo import api, fields, models
from odoo.fields import Date, Domain

from ...tools.cover_days import last_day, next_change
from ...tools.warranty import WHOLE_UNIT, Cover, judge

STATES = [
    ('coming', "Not Started"), ('covered', "Under Warranty"), ('suspended', "Suspended"),
    ('expired', "Out of Warranty"), ('void', "Void"), ('none', "No Warranty")]
# what ``tools.warranty.judge`` says of the whole unit -> the state of its card
_VERDICT_STATES = {
    'covered': 'covered', 'not_started': 'coming', 'suspended': 'suspended',
    'expired': 'expired', 'used_up': 'expired', 'void': 'void', 'no_cover': 'none'}


class AftersalesWarranty(models.Model):
    """How a card stands today: kept in columns, so that lists and rules need no covers.

    The state is written when the covers change, and by a cron on the day on which it
    changes by itself. No verdict reads it: covers are judged on the day that is asked.
    """

    _inherit = 'aftersales.warranty'

    date_end = fields.Date(
        string="Warranty End", compute='_compute_unit_covers', store=True, index=True,
        help="Last day of the cover of the whole unit.", protected=True)
    unit_covers = fields.Json(
        compute='_compute_unit_covers', store=True, exportable=False,
        help="First day, last day, usage limit and void day of the covers of the whole unit.",
        protected=True)
    pauses = fields.Json(
        readonly=True, copy=False, exportable=False,
        help="First and last days on which the warranty is suspended; from the card's history.",
        protected=True)
    state = fields.Selection(
        STATES, compute='_compute_state', store=True, index=True, protected=True)
    date_state_due = fields.Date(
        compute='_compute_state', store=True, exportable=False,
        help="The next day on which the state changes by itself.", protected=True)

    # the work queue of the nightly cron
    _state_due_idx = models.Index(
        '(company_id, date_state_due) WHERE date_state_due IS NOT NULL')

    @api.depends('cover_ids.kind', 'cover_ids.date_start', 'cover_ids.date_end',
                 'cover_ids.usage_limit', 'cover_ids.void_date')
    def _compute_unit_covers(self):
        for card in self:
            covers = card.cover_ids.filtered(lambda cover: cover.kind == WHOLE_UNIT)
            card.unit_covers = [
                [Date.to_string(cover.date_start), Date.to_string(cover.date_end),
                 cover.usage_limit or None, Date.to_string(cover.void_date) or None]
                for cover in covers] or False
            card.date_end = max(filter(None, map(last_day, card._get_unit_facts())), default=False)

    @api.depends('unit_covers', 'pauses', 'usage')
    def _compute_state(self):
        for (state, due), cards in self._group_by_state().items():
            for card in cards:
                card.state, card.date_state_due = state, due

    # === RULES === #

    def _group_by_state(self):
        """Return ``{(state today, next day on which it changes): cards}``.

        Units sold on one day under one policy stand alike: they are judged once.
        """
        now, known, groups = fields.Datetime.now(), {}, {}
        for company, cards in self.grouped('company_id').items():
            today = company._get_aftersales_day(now)
            for card in cards:
                facts = today, str(card.unit_covers), str(card.pauses), card.usage
                if facts not in known:
                    known[facts] = card._find_state(today)
                groups.setdefault(known[facts], []).append(card.id)
        return {key: self.browse(ids) for key, ids in groups.items()}

    def _find_state(self, today):
        """Return the state of this card on ``today``, and when it changes by itself."""
        facts = self._get_unit_facts()
        verdict = judge(facts, WHOLE_UNIT, today, usage=self.usage or None)
        return _VERDICT_STATES[verdict.reason], next_change(facts, today) or False

    def _get_pauses(self):
        """Return the spans in which the promise of this unit rests."""
        return tuple(
            (Date.to_date(first), Date.to_date(last)) for first, last in self.pauses or ())

    def _get_unit_facts(self, name=''):
        """Return the covers of the whole unit as facts, off the card itself."""
        self.ensure_one()
        pauses = self._get_pauses()
        return [
            Cover(WHOLE_UNIT, Date.to_date(start), Date.to_date(end), name,
                  usage_limit=limit, void_from=Date.to_date(void) or None, pauses=pauses)
            for start, end, limit, void in self.unit_covers or ()]

    def _judge_unit(self, day, usage=None):
        """Return the verdict for the whole unit, off the card itself: lists need no covers."""
        self.ensure_one()
        labels = dict(self.env['aftersales.warranty.cover']._fields['kind']
                      ._description_selection(self.env))
        return judge(self._get_unit_facts(labels[WHOLE_UNIT]), WHOLE_UNIT, day,
                     usage=usage or self.usage or None)

    # === CRON === #

    @api.model
    def _cron_update_states(self, batch_size=1000):
        """Write the states that change by themselves, one committed batch at a time."""
        domain = self._get_state_due_domain()
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(domain))
        while cards := self.search_fetch(
                domain, ['company_id', 'unit_covers', 'pauses', 'usage'],
                order='date_state_due', limit=batch_size).try_lock_for_update(
                    allow_referencing=True):
            cards._update_states()  # takes the batch out of the domain
            cards.invalidate_recordset()
            if not cron._commit_progress(len(cards)):
                break

    def _update_states(self):
        """Write the states of today, at once for all cards that stand alike."""
        for (state, due), cards in self._group_by_state().items():
            cards.write({'state': state, 'date_state_due': due})

    @api.model
    def _get_state_due_domain(self):
        """Return the cards whose state changed by itself, each by its company's calendar."""
        now = fields.Datetime.now()
        # the cron updates the cards of every company
        companies = self.env['res.company'].sudo().search(
            [('active', 'in', (True, False))])
        return Domain.OR(
            Domain('company_id', 'in', group.ids) & Domain('date_state_due', '<=', day)
            for day, group in companies.grouped(
                lambda company: company._get_aftersales_day(now)).items())
