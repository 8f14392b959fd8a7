from collections import defaultdict
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools.date_utils import end_of

from ..tools.forecast import forecast
from ..tools.stock_rule import Terms, propose

CHART_MONTHS = 24
ENDING_PHASES = ('decline', 'last_buy', 'obsolete')


class Parameters(NamedTuple):
    """What the policy says, read once for all rules."""

    forecast_months: int
    alpha: float
    review_days: int
    lead_deviation: float
    ordering_cost: float
    holding_percent: float
    suggest_percent: float
    dead_months: int


class Facts(NamedTuple):
    """What a batch of reordering rules is judged by, read in a few queries."""

    policy: Parameters
    today: Any
    first_month: Any  # of the series
    data_month: Any  # the last month of the series
    oldest_month: Any  # in which the company has any demand
    series: dict  # {rule: quantities by month}
    stock: dict  # {(part id, place id): quantity}
    levels: dict  # {part: (service level in per cent, whether it is dead)}
    seasons: dict
    lead_days: dict
    refused: set  # {(rule, minimum, maximum)} of the last year


class AftersalesPartSuggestion(models.Model):
    """The monthly run: each rule of a part is compared with what its demand asks for."""

    _inherit = 'aftersales.part.suggestion'

    @api.model
    def action_run(self):
        """Let the run begin now for the rules that it has not seen this month."""
        self.check_access('write')
        # the right was checked above
        self.env.ref('aftersales_parts.ir_cron_part_suggestion').sudo()._trigger()
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {'type': 'info', 'message': self.env._(
                "The comparison has begun. What it suggests appears here.")}}

    @api.model
    def _cron_suggest(self, batch_size=1000):
        """Look at each rule of a part once a month, one committed batch at a time.

        It begins when the demand of the last month is counted. What was looked at is marked, so
        that a run that was killed goes on.
        """
        cron = self.env['ir.cron']
        points = self.env['stock.warehouse.orderpoint']
        for company in self.env['res.company'].search([('active', '=', True)]):
            month = company._get_aftersales_day(fields.Datetime.now()).replace(day=1)
            if (company.aftersales_demand_month or month) < month - relativedelta(months=1):
                continue  # the count is behind: the next run finds it done
            domain = points._get_part_review_domain(company, month)
            cron._commit_progress(remaining=points.search_count(domain))
            while batch := points.search(
                    domain, order='location_id, id', limit=batch_size).try_lock_for_update(
                        allow_referencing=True):
                self._suggest(company, batch)  # takes the batch out of the domain
                self.env.invalidate_all()
                if not cron._commit_progress(len(batch)):
                    return  # out of time: the next run goes on

    @api.model
    def _suggest(self, company, points):
        """Make the suggestions for rules of one company, in place of their open ones.

        Called as superuser, after a check of the right by the button that asks for it.
        """
        points = points.with_company(company)
        facts = self._read_facts(company, points)
        vals_list = [vals for vals in (
            self._prepare_suggestion_vals(company, point, facts) for point in points) if vals]
        replaced = self.search([('state', '=', 'new'), ('orderpoint_id', 'in', points.ids)])
        replaced._set_state('outdated')
        replaced.flush_recordset()
        points.aftersales_review_month = facts.today.replace(day=1)
        return self.create(vals_list)

    # === FACTS === #

    @api.model
    def _read_facts(self, company, points):
        products = points.product_id
        policy = self.env['aftersales.part.policy']._get_policy(company)
        today = company._get_aftersales_day(fields.Datetime.now())
        data_month = company.aftersales_demand_month or (
            today.replace(day=1) - relativedelta(months=1))
        first_month = data_month - relativedelta(months=policy.forecast_months - 1)
        [[oldest]] = self.env['aftersales.part.demand']._read_group(
            [('company_id', '=', company.id)], [], ['month:min'])
        return Facts(
            policy=Parameters(*(policy[name] for name in Parameters._fields)),
            today=today, first_month=first_month, data_month=data_month,
            oldest_month=oldest or data_month,
            series=self._read_series(company, points, first_month, data_month),
            stock=self._read_stock(company, products),
            levels=self._read_levels(company, products, policy),
            seasons=self.env['aftersales.part.season']._get_planned(products, company),
            lead_days=points._get_part_lead_days(), refused=self._read_refused(points))

    @api.model
    def _read_series(self, company, points, first, last):
        """Return ``{rule: quantities}``, a quantity for each month of the window.

        A place is a location with those below it, or a warehouse with its vans and stores.
        """
        length = _count_months(first, last) + 1
        series = {point: [0.0] * length for point in points}
        by_place = {(point.product_id.id, _find_place(point)): series[point] for point in points}
        groups = self.env['aftersales.part.demand']._read_group(
            [('company_id', '=', company.id), ('product_id', 'in', points.product_id.ids),
             ('month', '>=', first), ('month', '<=', last)],
            ['product_id', 'warehouse_id', 'location_id'],
            ['month:array_agg', 'quantity:array_agg'])
        for product, warehouse, location, months, quantities in groups:
            rows = [by_place[product.id, place]
                    for place in (('warehouse', warehouse.id), *_find_ancestors(location))
                    if (product.id, place) in by_place]
            for month, quantity in zip(months, quantities, strict=True):
                place = _count_months(first, month)
                for row in rows:
                    row[place] += quantity
        return series

    @api.model
    def _read_stock(self, company, products):
        """Return ``{(part id, location id): on hand there and below}``."""
        stock = defaultdict(float)
        for product, location, quantity in self.env['stock.quant']._read_group(
                [('product_id', 'in', products.ids), ('company_id', '=', company.id),
                 ('location_id.usage', '=', 'internal')],
                ['product_id', 'location_id'], ['quantity:sum']):
            for ancestor in _find_ancestors(location):
                stock[product.id, ancestor] += quantity
        return stock

    @api.model
    def _read_levels(self, company, products, policy):
        """Return ``{part: (service level in per cent, whether it is dead)}``.

        From the present class of the part. Before its first class, which says whether it is dead
        (else ``None``), and for dead parts the level is that of its criticality.
        """
        classes = self.env['aftersales.part.class'].search_fetch(
            [('company_id', '=', company.id), ('product_id', 'in', products.ids),
             ('date_to', '=', False)], ['product_id', 'service_level', 'fsn'])
        levels = {
            product: (policy[f"level_{product.product_tmpl_id.criticality or 'desirable'}"], None)
            for product in products}
        return levels | {
            row.product_id: (row.service_level or levels[row.product_id][0], row.fsn == 'N')
            for row in classes}

    @api.model
    def _read_refused(self, points):
        """Return what was refused for these rules in the last year: it is not proposed again."""
        return {
            (row.orderpoint_id, row.proposed_min, row.proposed_max)
            for row in self.search_fetch(
                [('state', '=', 'refused'), ('orderpoint_id', 'in', points.ids),
                 ('date_decided', '>=', fields.Datetime.now() - relativedelta(years=1))],
                ['orderpoint_id', 'proposed_min', 'proposed_max'])}

    # === ONE RULE === #

    @api.model
    def _prepare_suggestion_vals(self, company, point, facts):
        """Return the values of the suggestion for one rule, nothing where it may stay."""
        product, policy = point.product_id, facts.policy
        template = product.product_tmpl_id
        window = facts.series[point]
        begin = self._find_begin(product, window, facts)
        # months of which nothing is known are no months without demand
        months_without = min(_count_empty(window), len(window) - begin)
        if not any(window) and template.part_phase != 'obsolete' and (
                template.part_phase == 'introduction' or months_without < policy.dead_months):
            return None  # nothing is known yet: a person decides
        level, is_dead = facts.levels[product]
        # a part that was asked for since its last class is alive again
        is_dead = is_dead is not False and months_without >= policy.dead_months
        is_ending = template.part_phase in ENDING_PHASES
        series = window[begin:]
        first = (facts.first_month.month - 1 + begin) % 12 + 1
        found = forecast(
            series, first, policy.alpha, facts.seasons.get(product), is_ending)
        is_kept = not is_dead and template.part_phase != 'obsolete'
        cost = product.standard_price
        terms = Terms(
            level / 100 if is_kept else None, facts.lead_days[point], policy.review_days,
            policy.lead_deviation / 100, cost, policy.ordering_cost,
            policy.holding_percent / 100, is_ending)
        today = facts.today
        proposal = propose(
            found, terms, today.month, (today.day - 1) / end_of(today, 'month').day)
        least, most = proposal.minimum, proposal.maximum
        if not (_differs(point.product_min_qty, least, policy.suggest_percent)
                or _differs(point.product_max_qty, most, policy.suggest_percent)) or (
                    point, least, most) in facts.refused:
            return None
        stock = facts.stock.get((product.id, point.location_id.id), 0.0)
        return {
            'orderpoint_id': point.id, 'company_id': company.id,
            'currency_id': company.currency_id.id, 'product_id': product.id,
            'location_id': point.location_id.id,
            'present_min': point.product_min_qty, 'present_max': point.product_max_qty,
            'proposed_min': least, 'proposed_max': most, 'stock': stock,
            'value_change': (most - point.product_max_qty) * cost,
            'method': found.method, 'rule': proposal.rule, 'forecast': found.level,
            'demand_ahead': proposal.demand, 'safety_stock': proposal.safety,
            'service_level': level if is_kept else 0.0, 'lead_days': terms.lead_days,
            'review_days': policy.review_days, 'mase': found.mase, 'bias': found.bias,
            'months_without': months_without, 'months_known': len(window) - begin,
            'history': window[-CHART_MONTHS:],
            'data_month': facts.data_month, 'is_short': stock < least,
            'is_seasonal': bool(found.season), 'is_dead': is_dead,
            'is_ending': is_ending, 'is_excess': stock > most,
        }

    @api.model
    def _find_begin(self, product, window, facts):
        """Return the place in the window at which the history of a part begins.

        Months before the company kept any count, and before the part was known, say nothing.
        """
        oldest = max(0, _count_months(facts.first_month, facts.oldest_month))
        known = max(0, _count_months(facts.first_month, product.create_date.date()))
        used = next((place for place, quantity in enumerate(window) if quantity), len(window) - 1)
        return min(max(oldest, min(known, used)), len(window) - 1)


def _count_months(first, last):
    """Return how many months lie between two days."""
    return (last.year - first.year) * 12 + last.month - first.month


def _count_empty(window):
    """Return how many months at the end of a window had no demand."""
    return next((count for count, quantity in enumerate(reversed(window)) if quantity),
                len(window))


def _find_place(point):
    """Return whose demand a rule serves: the stock of a warehouse supplies its vans and stores."""
    if point.location_id == point.warehouse_id.lot_stock_id:
        return 'warehouse', point.warehouse_id.id
    return point.location_id.id


def _find_ancestors(location):
    """Return the ids of a location and of those above it."""
    return [int(part) for part in (location.parent_path or '').split('/') if part]


def _differs(present, proposed, percent):
    """Return whether a change is worth a suggestion: a piece at least, and a share of it."""
    return abs(proposed - present) >= max(1.0, present * percent / 100)
