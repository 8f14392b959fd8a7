"""A figure and what stands beside it: number, reach, interval. Pure Python, no Odoo.

A tally holds counts and sums, so that those of groups add up to the whole, and a million answers
cost the database one row a group. Formulas are those of ``scores``.
"""
from collections.abc import Hashable, Mapping, Sequence
from math import sqrt
from typing import TypeVar

from .scores import (
    Interval,
    agreed_interval,
    mean_interval,
    nps,
    nps_interval,
    rates,
    share,
    wilson,
    z_value,
)

# metric -> lowest and highest value, unit
METRICS = {
    'csi': (0.0, 100.0, ''), 'nps': (-100.0, 100.0, ''), 'csat': (0.0, 100.0, '%'),
    'ces': (1.0, 7.0, ''), 'gap': (-6.0, 6.0, '')}
# digits behind the point: small scales need more
_DIGITS = {'ces': 2, 'gap': 2}
HAIR = 1e-4  # what rounding leaves of an interval where all answers are alike
FEW = 10  # answers below which a group's own spread is not trusted
# what a tally counts: names of the columns of the report, in the order of its aggregates
COUNTS = (
    'is_asked', 'is_answered', 'is_refused', 'is_excluded', 'is_partial',
    'nps_count', 'promoter_count', 'detractor_count', 'csat_count', 'satisfied_count',
    'csi_count', 'csi_sum', 'csi_square', 'ces_count', 'ces_sum', 'ces_square',
    'gap_count', 'gap_sum', 'gap_square')

Tally = Mapping[str, float]
Key = TypeVar('Key', bound=Hashable)


def add_up(tallies: Sequence[Tally]) -> dict[str, float]:
    """Return the tally of all.

    >>> add_up([{'is_asked': 2}, {'is_asked': 3}])['is_asked']
    5
    """
    return {name: sum(tally.get(name) or 0 for tally in tallies) for name in COUNTS}


def describe_response(tally: Tally) -> dict[str, float | None]:
    """Return how many were asked, and what became of them; rates in percent.

    Answers that were excluded, and people who were, count as if they had not been asked.

    >>> row = describe_response({'is_asked': 700, 'is_answered': 430, 'is_refused': 60})
    >>> [round(row[name], 1) for name in ('reach', 'response', 'refusal')]
    [70.0, 61.4, 12.2]
    """
    count = {name: int(tally.get(name) or 0) for name in COUNTS[:5]}
    reach, response, refusal = rates(
        count['is_answered'], count['is_refused'], count['is_asked'])
    return {
        'all': count['is_asked'], 'answered': count['is_answered'],
        'refused': count['is_refused'], 'reached': count['is_answered'] + count['is_refused'],
        'excluded': count['is_excluded'], 'partial': count['is_partial'],
        'reach': reach, 'response': response, 'refusal': refusal}


def describe_figure(metric: str, tally: Tally, minimum: int) -> dict:
    """Return a figure with its number of answers and its interval at 95 %.

    :param minimum: below so many answers the sample is too small
    :return: ``value`` (``None``: no customer answered), ``n``, ``low``, ``high`` (``None``: no
        interval), ``is_small``, ``unit``, ``digits``; ``rank`` is written by ``rank``

    >>> figure = describe_figure('csat', {'csat_count': 430, 'satisfied_count': 387}, 30)
    >>> [round(figure[name], 1) for name in ('value', 'low', 'high')], figure['is_small']
    ([90.0, 86.8, 92.5], False)
    >>> describe_figure('nps', {'nps_count': 10, 'promoter_count': 5, 'detractor_count': 2}, 30)[
    ...     'value'], describe_figure('csi', {}, 30)['value']
    (30.0, None)
    """
    count = int(tally.get(f'{metric}_count') or 0)
    low, high, unit = METRICS[metric]
    interval = None
    if not count:
        value = None
    elif metric == 'nps':
        promoters, detractors = (
            int(tally.get(name) or 0) for name in ('promoter_count', 'detractor_count'))
        parts = promoters, count - promoters - detractors, detractors
        value, interval = nps(*parts), nps_interval(*parts)
    elif metric == 'csat':
        satisfied = int(tally.get('satisfied_count') or 0)
        value, interval = share(satisfied, count), wilson(satisfied, count)
    else:
        value, interval = _describe_mean(
            count, tally.get(f'{metric}_sum') or 0.0, tally.get(f'{metric}_square') or 0.0)
    if interval and interval.high - interval.low < HAIR:
        interval = agreed_interval(value, count, low, high)
    return {
        'metric': metric, 'unit': unit, 'digits': _DIGITS.get(metric, 1), 'value': value,
        'n': count,
        'low': interval and max(interval.low, low), 'high': interval and min(interval.high, high),
        'is_small': count < minimum, 'rank': None}


def _describe_mean(count: int, total: float, squares: float) -> tuple[float, Interval | None]:
    mean = total / count
    return mean, mean_interval(mean, sqrt(_variance(count, mean, squares)), count)


def _variance(count: int, mean: float, squares: float) -> float:
    """Return the variance of a sample; none of a single answer."""
    # rounding may leave a hair below zero where all gave the same
    return max(squares - count * mean * mean, 0.0) / (count - 1) if count > 1 else 0.0


def describe_stratified(
        metric: str, strata: Sequence[tuple[int, Tally]], minimum: int) -> dict:
    """Return the figure of a whole population from the answers of its groups.

    Each group weighs as many as it has members, however many of them were asked or answered; the
    interval is that of a stratified sample without replacement (Cochran, 1977, formulas 5.1 and
    5.11), normal at 95 %. Groups without answers are left out, and ``covered`` says how much of
    the population the others are. A group of fewer than ``FEW`` answers says too little of its own
    spread, and nothing where all agree: the spread within all groups stands in for it.

    :param strata: ``(members, tally)`` of each group
    :return: as ``describe_figure``, with ``covered`` in percent (``None``: nothing is known of
        the population); no interval where a group has a single answer of several members

    >>> figure = describe_stratified('csat', [
    ...     (900, {'csat_count': 50, 'satisfied_count': 45}),
    ...     (100, {'csat_count': 50, 'satisfied_count': 25})], 30)
    >>> [round(figure[name], 1) for name in ('value', 'low', 'high', 'covered')]
    [86.0, 78.6, 93.4, 100.0]
    """
    low, high, __ = METRICS[metric]
    groups = [(members, _describe_sample(metric, tally)) for members, tally in strata if members]
    known = [(members, sample) for members, sample in groups if sample[0]]
    whole = sum(members for members, __ in known)
    figure = describe_figure(metric, {}, minimum) | {
        'n': sum(sample[0] for __, sample in known),
        'covered': share(whole, sum(members for members, __ in groups))}
    figure['is_small'] = figure['n'] < minimum
    if not whole:
        return figure
    figure['value'] = sum(members * mean for members, (__, mean, __) in known) / whole
    if all(count > 1 or count >= members for members, (count, *__) in known):
        pooled = _pool_variance([sample for __, sample in known])
        margin = z_value() * sqrt(sum(
            (members / whole) ** 2 * max(1 - count / members, 0.0)
            * (variance if count >= FEW else max(variance, pooled)) / count
            for members, (count, __, variance) in known))
        interval = Interval(figure['value'] - margin, figure['value'] + margin)
        if margin < HAIR and any(count < members for members, (count, *__) in known):
            interval = agreed_interval(figure['value'], figure['n'], low, high)
        figure['low'], figure['high'] = max(interval.low, low), min(interval.high, high)
    return figure


def describe_deviations(
        metric: str, tallies: Mapping[Key, Tally], minimum: int
        ) -> tuple[dict[Key, float], float] | None:
    """Return how much answers differ within groups, as a part of the whole scale: 0.5 at most.

    So shares, indices and NPS are measured alike. Groups below the minimum have no deviation of
    their own; one whose answers agree keeps half of that of all, or it would be asked no more.

    :param minimum: answers from which on a deviation is trusted
    :return: the deviations of the groups with enough answers, and the one within all groups;
        ``None``: too few answers, or none that differ

    >>> own, of_all = describe_deviations('csat', {
    ...     'north': {'csat_count': 50, 'satisfied_count': 40},
    ...     'south': {'csat_count': 3, 'satisfied_count': 3}}, 30)
    >>> {key: round(one, 2) for key, one in own.items()}, round(of_all, 2)
    ({'north': 0.4}, 0.4)
    >>> describe_deviations('csat', {'north': {'csi_count': 50, 'csi_sum': 4000}}, 30) is None
    True
    """
    samples = {key: _describe_sample(metric, tally) for key, tally in tallies.items()}
    freedom = sum(count - 1 for count, *__ in samples.values() if count)
    pooled = sqrt(_pool_variance(list(samples.values())))
    if freedom < minimum - 1 or not pooled:
        return None
    low, high, __ = METRICS[metric]
    # one degree of freedom is lost: a share of one half would differ by a hair more than it can
    return {
        key: min(max(sqrt(variance), pooled / 2) / (high - low), 0.5)
        for key, (count, __, variance) in samples.items() if count >= minimum
    }, min(pooled / (high - low), 0.5)


def _pool_variance(samples: Sequence[tuple[int, float, float]]) -> float:
    """Return the variance within the groups of ``(number, mean, variance)``."""
    freedom = sum(count - 1 for count, *__ in samples if count)
    return sum((count - 1) * variance for count, __, variance in samples if count) / freedom if (
        freedom) else 0.0


def _describe_sample(metric: str, tally: Tally) -> tuple[int, float, float]:
    """Return number, mean and variance of a tally, on the scale of the figure."""
    count = int(tally.get(f'{metric}_count') or 0)
    if not count:
        return 0, 0.0, 0.0
    if metric == 'nps':
        promoters, detractors = (
            tally.get(name) or 0 for name in ('promoter_count', 'detractor_count'))
        total, squares = 100.0 * (promoters - detractors), 1e4 * (promoters + detractors)
    elif metric == 'csat':
        satisfied = tally.get('satisfied_count') or 0
        total, squares = 100.0 * satisfied, 1e4 * satisfied
    else:
        total, squares = tally.get(f'{metric}_sum') or 0.0, tally.get(f'{metric}_square') or 0.0
    return count, total / count, _variance(count, total / count, squares)


def rank(figures: Sequence[dict]) -> None:
    """Write the rank into the figures of one metric, the best first; small samples get none.

    Equal figures share a rank.

    >>> rows = [{'value': value, 'is_small': small} for value, small in (
    ...     (80, False), (99, True), (90, False), (80, False), (None, True))]
    >>> rank(rows)
    >>> [row['rank'] for row in rows]
    [2, None, 1, 2, None]
    """
    ranked = sorted((figure['value'] for figure in figures if not figure['is_small']), reverse=True)
    for figure in figures:
        figure['rank'] = None if figure['is_small'] else ranked.index(figure['value']) + 1
