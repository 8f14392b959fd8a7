from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime, format_list

from ...tools.warranty import WHOLE_UNIT

HISTORY = 10

# what the panel may be asked to suppose: name -> how its value is read
SUPPOSED = ('day', 'usage', 'fault_kind', 'same_model')



class AftersalesWarranty(models.Model):
    """What the cover panel of a unit shows: its promises on a day, and what may be chosen.

    The client asks for it when the panel is shown, so that no form pays for it. A "what
    if" goes through the same functions and stores nothing.
    """

    _inherit = 'aftersales.warranty'

    @api.readonly
    def get_cover_panel(self, supposed=None):
        """Return the panel of this card; ``supposed`` overrides facts, see ``SUPPOSED``."""
        self.ensure_one()
        self.check_access('read')
        known = self._read_supposed(supposed)
        day = known.pop('day', None) or self.company_id._get_aftersales_day(
            fields.Datetime.now())
        facts = self._get_facts_on(day, **known)
        return self._prepare_panel(facts, self._decide_facts(facts))

    def _get_portal_panel(self, show_money=True):
        """Return what the owner reads on the portal today: no "what if", no history.

        :param show_money: only the owner may see the price of the unit
        """
        self.ensure_one()
        panel = self.get_cover_panel()
        if not show_money:
            for line in panel['remedies']:
                line.update(text="", details="", fee="", refund="")
        return {key: panel[key] for key in (
            'color', 'covers', 'is_covered', 'remedies', 'failed', 'day_text')}

    def _prepare_panel(self, facts, decision):
        """Return covers, remedies and failed rules in the user's words, with their colours."""
        is_covered = not decision.exclusions and (
            self._judge_unit(facts.day, facts.usage).is_covered)
        words = self.env['aftersales.verdict']._format_decision(
            decision, self.currency_id, is_covered)
        covers = self._prepare_panel_covers(facts.day, facts.usage)
        colors = [cover['color'] for cover in covers if not cover['is_future']]
        return {
            **words,
            'color': next(
                (color for color in ('success', 'warning', 'danger') if color in colors), 'none'),
            'covers': covers,
            'is_covered': is_covered,
            'day': facts.day.isoformat(),
            'day_text': format_date(self.env, facts.day),
            'usage': facts.usage or 0.0,
            'usage_unit': self._get_usage_unit(),
            'fault_kind': facts.fault_kind,
            'fault_kinds': self.env['aftersales.order']._fields[
                'fault_kind']._description_selection(self.env),
            'same_model': facts.same_model,
            'history': self._prepare_panel_history(),
        }

    def _prepare_panel_covers(self, day, usage):
        """Return one dict a cover: what it promises, until when, its colour and why."""
        labels = self._get_cover_labels()
        soon = self.company_id.aftersales_cover_soon_days
        return [{
            'id': cover.id,
            'name': cover._get_name() or labels['kind'][cover.kind],
            'kind': labels['kind'][cover.kind],
            'origin': labels['origin'][cover.origin],
            'parts': format_list(self.env, cover.main_part_ids.mapped('name')),
            'percent': f'{cover.percent:g} %',
            'article': cover._get_article(),
            'start': format_date(self.env, cover.date_start),
            'end': format_date(self.env, cover.date_end),
            'is_future': failure == 'not_started',
            'color': self._get_cover_color(cover, failure, day, soon),
            'why': self._format_cover_state(cover, failure, day, soon),
        } for cover, failure in self._judge_covers(day, usage)]

    def _judge_covers(self, day, usage=None):
        """Return ``[(cover, reason it does not hold or ``None``)]``, the whole unit first."""
        self.ensure_one()
        covers = self._get_promised_covers().sorted(
            lambda cover: (cover.kind != WHOLE_UNIT, cover.date_start, cover.id))
        return [
            (cover, fact.fails_on(day, usage))
            for cover, fact in zip(covers, covers._to_facts(), strict=True)]

    @api.model
    def _get_cover_color(self, cover, failure, day, soon):
        """Return green while it runs, orange near its end or before its start, else red."""
        if failure in ('not_started', 'suspended'):
            return 'warning'
        if failure:
            return 'danger'
        return 'warning' if (cover.date_end - day).days < soon else 'success'

    def _format_cover_state(self, cover, failure, day, soon):
        """Say why a cover has its colour."""
        end = format_date(self.env, cover.date_end)
        days = (cover.date_end - day).days
        if not failure:
            if days < soon:
                return self.env._(
                    "Ends on %(date)s, in %(days)s days", date=end, days=days)
            return self.env._("Until %(date)s", date=end)
        limit = f'{cover.usage_limit:g} {self._get_usage_unit()}'.strip()
        return {
            'expired': lambda: self.env._("Expired on %(date)s", date=end),
            'not_started': lambda: self.env._(
                "Starts on %(date)s", date=format_date(self.env, cover.date_start)),
            'used_up': lambda: self.env._("Ended at a reading of %(limit)s", limit=limit),
            'suspended': lambda: self.env._("Suspended on this day"),
            'void': lambda: self.env._("Void"),
        }[failure]()

    def _get_usage_unit(self):
        """Return what the meter of the unit counts, in words; empty for none."""
        # the unit of a meter is the same for everybody
        policy = self.sudo().policy_id
        return dict(policy._fields['usage_unit']._description_selection(self.env)).get(
            policy.usage_unit, "")

    def _prepare_panel_history(self):
        """Return the last verdicts of this unit, newest first."""
        verdicts = self.env['aftersales.verdict'].search(
            [('warranty_id', '=', self.id)], limit=HISTORY)
        return [{
            'id': verdict.id,
            'date': format_datetime(self.env, verdict.date, dt_format='short'),
            'day': format_date(self.env, verdict.day),
            # people are named, even where the reader may not open their records
            'user': verdict.user_id.sudo().name,
            'order': verdict.order_id.sudo().name or "",
            'summary': verdict.summary,
            'is_eligible': verdict.is_eligible,
        } for verdict in verdicts]

    @api.model
    def _read_supposed(self, supposed):
        """Return the facts that the client supposes, checked; bad values get a sentence."""
        known = {}
        if supposed and not isinstance(supposed, dict):
            raise UserError(self.env._(
                "The assumptions cannot be read: reload the page and choose them again."))
        for name, value in (supposed or {}).items():
            if name not in SUPPOSED:
                raise UserError(self.env._(
                    "“%(name)s” cannot be assumed of a unit: reload the page and choose one of "
                    "the fields shown.", name=name))
            if value in (None, "", False) and name != 'same_model':
                continue
            known[name] = getattr(self, f'_read_supposed_{name}')(value)
        return known

    @api.model
    def _read_supposed_day(self, value):
        try:
            return fields.Date.to_date(value)
        except (ValueError, TypeError) as error:
            raise UserError(self.env._(
                "This is no date: %(text)s. Choose a day in the calendar.", text=value)) from error

    @api.model
    def _read_supposed_usage(self, value):
        try:
            usage = float(value)
        except (ValueError, TypeError) as error:
            raise UserError(self.env._(
                "This is no number: %(text)s. Enter digits only, such as 1200.",
                text=value)) from error
        if not 0 <= usage < 1e12:  # neither negative nor "nan" nor "inf"
            raise UserError(self.env._(
                "A meter reading cannot be negative or endless: enter the number that the meter "
                "shows."))
        return usage

    @api.model
    def _read_supposed_fault_kind(self, value):
        kinds = dict(self.env['aftersales.order']._fields['fault_kind'].selection)
        if not isinstance(value, str) or value not in kinds:
            raise UserError(self.env._(
                "This is no kind of fault: %(text)s. Choose one of the list.", text=value))
        return value

    @api.model
    def _read_supposed_same_model(self, value):
        """Return whether the same model is there; anything but yes and no is "not known"."""
        return value if isinstance(value, bool) else None
