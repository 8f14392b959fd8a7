from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context

from ...tools.deadline import roll_over
from ...tools.warranty import add_days, last_covered_day, term_start


class AftersalesWarranty(models.Model):
    """How the covers of a unit come about, and how their days move.

    Covers of the policy's terms, sold, given, on fitted parts and after an exchange stand
    beside each other. Only these methods write them; their callers checked the right.
    """

    _inherit = 'aftersales.warranty'

    # After an exchange: the card of the unit that this one replaces
    replaces_id = fields.Many2one(
        'aftersales.warranty', readonly=True, copy=False,
        index='btree_not_null', check_company=True, protected=True)
    date_exchanged = fields.Date(string="Exchanged on", readonly=True, copy=False, protected=True)
    exchange_term = fields.Selection(
        [('full', "Starts Again"), ('rest', "Goes On")], readonly=True, copy=False,
        help="What the policy said of the terms when the unit was exchanged.", protected=True)

    # === RULES: days === #

    @api.model
    def _get_cover_fields(self):
        """Return the fields that date the covers: writing one dates them again."""
        return {'policy_id', 'delivery_date', 'invoice_date', 'installation_date',
                'manufacture_date', 'activation_date'}

    def _get_start(self, event):
        """Return the day on which terms that start with ``event`` begin; ``False`` if unknown.

        While the event is not known they begin with the delivery, else with the invoice,
        else some days after the manufacture. After an exchange they begin with it.
        """
        self.ensure_one()
        if self.date_exchanged and self.exchange_term == 'full':
            return self.date_exchanged
        known = {
            'delivery': self.delivery_date, 'invoice': self.invoice_date,
            'installation': self.installation_date, 'activation': self.activation_date,
            'manufacture': self.manufacture_date}
        grace = self.policy_id._get_setting('manufacture_grace_days')
        return term_start(event, known, grace) or False

    def _to_legal_end(self, day):
        """Return the last day of a term that would end on ``day``, as the law of the unit counts.

        Where its policy says so, a term that would end on a holiday ends on the working day
        after it.
        """
        self.ensure_one()
        if not self.policy_id._get_setting('ends_on_workday'):
            return day
        return roll_over(day, self._get_workdays()._is_working_day)

    def _get_workdays(self):
        """Return the calendar that knows the working days of the seller."""
        # holidays are no secret
        return self.sudo().company_id.resource_calendar_id

    def _awaits_activation(self):
        """Return whether terms of this unit start with its use, on a day not known yet."""
        self.ensure_one()
        policy = self.policy_id
        return not self.activation_date and 'activation' in [
            term.start_event or policy.start_event for term in policy._get_terms()]

    def _get_next_start(self, cover, earlier):
        """Return the first day of a cover given on a day: after those ``earlier`` of its kind."""
        ends = [other._get_last_day() for other in earlier if other._precedes(cover)]
        return max([cover.date_given, *(add_days(end, 1) for end in ends)])

    def _get_away_spans(self):
        """Return ``{card: [(first day, last day)]}``: when the units were away in repair.

        The rooms of documents that keep a unit away add theirs by ``super() | {…}``; called as
        superuser, for a batch, before the covers are dated.
        """
        return {}

    def _get_repair_days(self):
        """Return ``{card: [day]}``: when repairs began that add time to the terms.

        As ``_get_away_spans``.
        """
        return {}

    # === RULES: covers === #

    def _date_covers(self):
        """Date the covers again: make those of the policy where none are, move all others."""
        cards = self.sudo()  # covers follow from the card, which the user was allowed to write
        cards.filtered(lambda card: not card.date_start)._drop_covers()
        fresh = cards.filtered(lambda card: card.date_start and not card._get_term_covers())
        fresh._make_covers()
        cards._move_covers()

    def _move_covers(self):
        """Date all covers of these cards by their events and by the repairs of the units."""
        spans, repairs = self._get_away_spans(), self._get_repair_days()
        for card in self:
            card.cover_ids._date(
                [*spans.get(card, ()), *card._get_suspended_spans()], repairs.get(card, ()))

    def _get_suspended_spans(self):
        """Return the suspensions that are over, where the policy adds their days to the terms."""
        self.ensure_one()
        if not self.policy_id._get_setting('is_extended_by_pause'):
            return []
        return [(add_days(first, -1), last) for first, last in self._get_pauses()
                if last < date.max]

    def _get_promised_covers(self):
        """Return the covers as the owner reads them: without those that never held."""
        return self.cover_ids.filtered(lambda cover: cover._get_last_day())

    def _get_term_covers(self):
        """Return the covers that follow from the terms of the policy."""
        return self.sudo().cover_ids.filtered('start_event')

    def _drop_covers(self):
        """Take back what the policy promised, before another one promises."""
        # the right to write the card was checked
        self._get_term_covers().unlink()

    def _make_covers(self):
        """Make the covers of the policy's terms; none without policy or start.

        A unit that came by an exchange carries on what the old one had.
        """
        # covers follow from the card, which the user was allowed to write
        self.env['aftersales.warranty.cover'].sudo().with_context(
            clean_context(self.env.context),
        ).create([
            card._prepare_cover_vals(promise)
            for card in self if card.date_start and not card.replaces_id
            for promise in card.policy_id._get_promises()])

    def _prepare_cover_vals(self, promise):
        """Return the values of the cover that a term promises this unit.

        Hook: called by ``_make_covers``, as the user whose step wrote the card, or superuser, for
        one card and each promise of its policy, before the covers are made as superuser. Extend it
        by ``super() | {…}``. Raises nothing.

        :param dict promise: what the policy keeps of the term in its cache
        """
        self.ensure_one()
        start = self._get_start(promise['start_event'])
        end = last_covered_day(start, promise['months'], promise['days'])
        return {
            **promise,
            'warranty_id': self.id,
            'date_start': start,
            'date_end_promised': end,
            'date_end': self._to_legal_end(end),
        }

    def _add_cover(self, origin, **vals):
        """Add a cover to each card and return them; users cannot write covers.

        With ``date_given`` the cover follows the running ones of its kind and its length
        counts from there; else ``date_start`` and ``date_end`` are given.

        :raise UserError: for a unit whose warranty has ended for good
        """
        cards = self.sudo()
        cards._ensure_not_ended()
        vals_list = []
        for card in cards:
            start = fields.Date.to_date(vals.get('date_start') or vals['date_given'])
            vals_list.append({
                'date_start': start,
                'date_end': vals.get('date_end') or last_covered_day(
                    start, vals.get('months') or 0, vals.get('days') or 0),
                **vals, 'origin': origin, 'warranty_id': card.id})
        covers = cards.env['aftersales.warranty.cover'].create(vals_list)
        cards._move_covers()
        for cover in covers:
            cover.warranty_id._message_log(body=self.env._(
                "Cover added: %(cover)s (%(origin)s), from %(start)s until %(end)s",
                cover=cover.name,
                origin=dict(cover._fields['origin']._description_selection(self.env))[origin],
                start=cover.date_start, end=cover.date_end))
        return covers.with_env(self.env)

    def _ensure_not_ended(self):
        """Refuse a further promise for a unit whose warranty has ended for good."""
        ended = self.filtered('void_date')
        if ended:
            raise UserError(self.env._(
                "The warranty of %(card)s ended on %(day)s (%(reason)s): nothing is added.",
                card=ended[0].name, day=ended[0].void_date, reason=ended[0].void_reason or ""))

    def _end(self, day):
        """Promise nothing from ``day`` on, whatever was given, sold or made."""
        cards = self.sudo()  # named methods end a promise, after their checks
        cards.cover_ids._end_on(day)
        cards.write({'void_date': day})

    def _close(self, day, reason):
        """End the promise of units that are taken back, such as after a refund."""
        self.check_access('write')
        self._ensure_not_ended()
        self._log_events('close', date=day, note=reason)
        self._end(day)

    def _reopen(self):
        """Let the promise of units go on that were taken back and went to their owners again."""
        for card in self.filtered(lambda card: card.return_move_id and card.void_date):
            card.cover_ids.filtered(
                lambda cover, card=card: cover.void_date == card.void_date).void_date = False
            card._log_events('reinstate', date=card.void_date, note=self.env._(
                "Sent back to the owner"))
            card.write({'void_date': False, 'return_move_id': False})

    # === RULES: exchange === #

    def _after_exchange(self, new_unit, day):
        """Carry the promise over to the unit given in exchange; return its card.

        As the policy says, the terms of the old unit start again on ``day``, or go on to
        their old ends. What was sold or given goes along; the old card ends.

        :param new_unit: the card (``aftersales.warranty``) or serial number (``stock.lot``)
        """
        self.ensure_one()
        self.check_access('write')
        self._ensure_not_ended()
        old = self.sudo()
        new = old._get_or_create_exchanged(new_unit, day)
        new._drop_covers()
        new.write(old._prepare_exchanged_vals(day))
        new.env['aftersales.warranty.cover'].create([
            cover._prepare_exchanged_vals(new, day)
            for cover in old.cover_ids if cover._outlives_exchange(new, day)])
        for card in old, new:
            card._log_events('exchange', date=day, other_id=((old | new) - card).id)
        old._end(day)
        new._date_covers()
        return new.with_env(self.env)

    def _prepare_exchanged_vals(self, day):
        """Return what the card of the new unit takes over; all dates where terms go on."""
        self.ensure_one()
        term = self.policy_id.exchange_term or 'full'
        dates = self._get_cover_fields() - {'policy_id'} if term == 'rest' else ()
        return {
            'replaces_id': self.id, 'date_exchanged': day, 'exchange_term': term,
            'policy_id': self.policy_id.id, 'partner_id': self.partner_id.id,
            'price': self.price, 'is_distance_sale': self.is_distance_sale,
            'has_proof': self.has_proof, 'is_proof_copy': self.is_proof_copy,
            **{name: self[name] for name in dates}}

    def _get_or_create_exchanged(self, new_unit, day):
        """Return the card of the new unit: given, made by its delivery, or made now."""
        self.ensure_one()
        if new_unit._name == self._name:
            return new_unit.sudo()
        known = self.search(
            [('lot_id', '=', new_unit.id), ('company_id', '=', self.company_id.id)],
            order='id desc', limit=1)
        return known or self.create({
            'company_id': self.company_id.id, 'partner_id': self.partner_id.id,
            'product_id': new_unit.product_id.id, 'lot_id': new_unit.id,
            'policy_id': self.policy_id.id, 'delivery_date': day, 'replaces_id': self.id})
