from dataclasses import dataclass, field
from datetime import date, datetime

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.aftersales_service.tools.timezone import day_bounds

from ..tools.score import get_month

# field of an order that names who is judged
LINKS = {'technician': 'technician_id', 'outlet': 'outlet_id', 'desk': 'user_id'}
SATISFIED = 4  # stars of five
REACHED = ('content', 'not_content')
NO_WORK = ('rejected', 'cancelled')


@dataclass(frozen=True)
class Frame:
    """What is measured: a company, a month (days, and instants in UTC), people of one kind."""

    company: models.Model
    subject: str
    people: models.Model
    first: date
    last: date
    start: datetime
    stop: datetime
    shared: dict = field(default_factory=dict, compare=False)  # counts of several indicators

    @property
    def link(self):
        return LINKS[self.subject]

    def within(self, name):
        """Return the domain of an instant in the month."""
        return Domain(name, '>=', self.start) & Domain(name, '<', self.stop)

    def within_days(self, name):
        """Return the domain of a day in the month."""
        return Domain(name, '>=', self.first) & Domain(name, '<=', self.last)

    def of_people(self, path):
        """Return the domain of the company's records that ``path`` links to these people."""
        return Domain('company_id', '=', self.company.id) & Domain(path, 'in', self.people.ids)


class AftersalesKpi(models.Model):
    """How indicators are counted: for all people of a month by a few grouped queries."""

    _inherit = 'aftersales.kpi'

    def _measure(self, company, month, people, subject='technician'):
        """Return ``{person: {kpi: (numerator, denominator)}}`` of these indicators.

        Hook to call: by code that checked who may read the scores of ``people``, as any user;
        the cases are counted as superuser, in a few queries however many people there are.
        Indicators that people mark by hand are left out, people without cases have none.
        Raises nothing.

        :param company: the company whose orders count
        :param month: any day of the month, in the time zone of the company
        :param people: users (technicians or desk agents) or outlets
        :param subject: ``technician``, ``outlet`` or ``desk``
        """
        frame = self._get_frame(company, month, people, subject)
        measured = {person: {} for person in people}
        for formula, kpis in self.grouped('formula').items():
            count = getattr(self.sudo(), f'_measure_{formula}', None)
            counted = count(frame) if count and people else {}
            for person_id, figures in counted.items():
                person = people.browse(person_id)
                if person in measured:
                    measured[person].update(dict.fromkeys(kpis, figures))
        return measured

    @api.model
    def _get_frame(self, company, month, people, subject):
        first, last = get_month(month)
        zone = company.sudo().resource_calendar_id.tz or 'UTC'  # the same for every user
        return Frame(company, subject, people, first, last, day_bounds(first, zone)[0],
                     day_bounds(last, zone)[1])

    def _get_case_domain(self, frame):
        """Return ``(model, domain)`` of the cases behind this one indicator, as superuser.

        Hook: called for one indicator when the reader of a sheet opens what was counted; add
        the formulas of a module. ``(False, None)``: nothing to open. Raises nothing.
        """
        self.ensure_one()
        cases = getattr(self, f'_get_{self.formula}_cases', None)
        return cases(frame) if cases else (False, None)

    # === COUNTING === #

    @api.model
    def _count(self, model, domain, path, hits):
        """Return ``{person id: (hits, cases)}``: of the cases, those in the domain ``hits``."""
        cases = self.env[model]
        good = dict(cases._read_group(domain & Domain(hits), [path], ['__count']))
        return {person.id: (good.get(person, 0), count)
                for person, count in cases._read_group(domain, [path], ['__count'])}

    @api.model
    def _count_repairs(self, frame):
        """Return ``{share: {person id: (sum, repairs)}}``, counted once for all of a frame.

        Each repair is compared with the next one of its unit: the dearest figure of a month.
        """
        if 'repairs' not in frame.shared:
            shares = 'first_time_fix', 'came_back'
            rows = self.env['aftersales.order.report']._read_group(
                self._get_repair_cases(frame), [frame.link],
                [*(f'{share}:sum' for share in shares), '__count'])
            frame.shared['repairs'] = {
                share: {person.id: (sums[place] or 0.0, count) for person, *sums, count in rows}
                for place, share in enumerate(shares)}
        return frame.shared['repairs']

    @api.model
    def _get_order_cases(self, frame, name='date_done'):
        """Return the domain of the orders of these people, by an instant of theirs in the month."""
        return frame.of_people(frame.link) & frame.within(name)

    @api.model
    def _get_repair_cases(self, frame):
        """Return the finished repairs of units that are known by their card."""
        return self._get_order_cases(frame) & Domain('warranty_id', '!=', False) & Domain(
            'type_id.is_repair', '=', True) & Domain('state', 'not in', NO_WORK)

    # === FORMULAS: ``_measure_<formula>(frame)`` → {person id: (numerator, denominator)} === #

    @api.model
    def _measure_satisfaction(self, frame):
        """Count the rated orders with four or five stars; a module adds its surveys.

        Hook: called by ``_measure`` as superuser for all people of a frame. Extend it by adding
        to both numbers of ``super()``. Raises nothing. So are the other formulas.
        """
        __, cases = self._get_satisfaction_cases(frame)
        return self._count('aftersales.order', cases, frame.link, [
            ('rating_last_value', '>=', SATISFIED)])

    @api.model
    def _get_satisfaction_cases(self, frame):
        return 'aftersales.order', self._get_order_cases(frame) & Domain(
            'rating_last_value', '>=', 1)

    @api.model
    def _measure_first_fix(self, frame):
        return self._count_repairs(frame)['first_time_fix']

    @api.model
    def _get_first_fix_cases(self, frame):
        return 'aftersales.order', self._get_repair_cases(frame)

    @api.model
    def _measure_repeat(self, frame):
        """Count the repairs after which the unit came back: who did the first one answers."""
        return self._count_repairs(frame)['came_back']

    @api.model
    def _get_repeat_cases(self, frame):
        return self._get_first_fix_cases(frame)

    @api.model
    def _measure_response(self, frame):
        """Count who arrived in time; of the desk, who answered in time."""
        kept = 'answer_kept' if frame.subject == 'desk' else 'arrive_kept'
        __, cases = self._get_response_cases(frame)
        rows = self.env['aftersales.order.report']._read_group(
            cases, [frame.link], [f'{kept}:sum', f'{kept}:count'])
        return {person.id: (good, judged) for person, good, judged in rows if judged}

    @api.model
    def _get_response_cases(self, frame):
        name = 'date_event' if frame.subject == 'desk' else 'date_done'
        return 'aftersales.order', self._get_order_cases(frame, name)

    @api.model
    def _measure_reach(self, frame):
        __, cases = self._get_reach_cases(frame)
        return self._count(
            'aftersales.order', cases, frame.link, [('follow_up_result', 'in', REACHED)])

    @api.model
    def _get_reach_cases(self, frame):
        return 'aftersales.order', frame.of_people(frame.link) & frame.within_days(
            'date_follow_up')

    @api.model
    def _measure_problems(self, frame):
        """Count the accidents that were reported in time."""
        __, cases = self._get_problems_cases(frame)
        return self._count(
            'aftersales.accident', cases, self._get_accident_link(frame),
            [('is_late', '=', False)])

    @api.model
    def _get_problems_cases(self, frame):
        return 'aftersales.accident', frame.of_people(self._get_accident_link(frame)) & (
            frame.within('date_reported'))

    @api.model
    def _get_accident_link(self, frame):
        return 'order_id.outlet_id' if frame.subject == 'outlet' else 'user_id'

    @api.model
    def _measure_cost(self, frame):
        """Compare the costs of orders with what was sold on them; without sales it says nothing."""
        path = f'order_id.{frame.link}'
        costs = self.env['aftersales.cost.line']._read_group(
            frame.of_people(path) & frame.within_days('date'), [path], ['amount:sum'])
        if not costs:
            return {}
        rows = self.env['aftersales.order.report']._read_group(
            self._get_order_cases(frame), [frame.link],
            ['parts_amount:sum', 'labour_amount:sum'])
        sales = {person.id: (parts or 0.0) + (labour or 0.0) for person, parts, labour in rows}
        return {person.id: (amount, sales.get(person.id, 0.0)) for person, amount in costs}

    @api.model
    def _get_cost_cases(self, frame):
        return 'aftersales.order', self._get_order_cases(frame)

    @api.model
    def _measure_behaviour(self, frame):
        """Count finished trips to customers without a notice; each is a chance to keep the rules.

        Notices count as soon as they are served, and no more under appeal, spent or cancelled.
        """
        __, cases = self._get_behaviour_cases(frame)
        counts = self.env['aftersales.order']._read_group(cases, [frame.link], ['__count'])
        if frame.subject == 'outlet':
            return {person.id: (count, count) for person, count in counts}
        notices = self.env['aftersales.notice']
        violations = dict(notices._read_group(
            frame.of_people('user_id') & frame.within_days('act_date')
            & Domain('kind', '=', 'demerit') & notices._get_counted_domain(frame.last),
            ['user_id'], ['__count']))
        return {person.id: (max(0, count - violations.get(person, 0)), count)
                for person, count in counts}

    @api.model
    def _get_behaviour_cases(self, frame):
        return 'aftersales.order', self._get_order_cases(frame) & Domain(
            'type_id.is_on_site', '=', True)

    @api.model
    def _measure_utilisation(self, frame):
        """Compare the hours on jobs with the paid hours of the approved work reports."""
        rows = self.env['aftersales.work.report']._read_group(
            Domain('company_id', '=', frame.company.id) & Domain('month', '=', frame.first)
            & Domain('state', '=', 'approved')
            & Domain('outlet_id' if frame.subject == 'outlet' else 'user_id', 'in',
                     frame.people.ids),
            ['outlet_id' if frame.subject == 'outlet' else 'user_id'],
            ['job_hours:sum', 'paid_hours:sum'])
        return {person.id: (jobs, paid) for person, jobs, paid in rows if paid}

    @api.model
    def _measure_site(self, frame):
        """Average the sheets that examiners filled in on site: each counts up to a hundred."""
        __, cases = self._get_site_cases(frame)
        rows = self.env['aftersales.training.check']._read_group(
            cases, ['user_id'], ['mark:sum', '__count']) if frame.subject != 'outlet' else ()
        return {person.id: (marks, 100.0 * count) for person, marks, count in rows}

    @api.model
    def _get_site_cases(self, frame):
        return 'aftersales.training.check', frame.of_people('user_id') & frame.within(
            'date_done') & Domain('kind', '=', 'site') & Domain('state', '=', 'done')
