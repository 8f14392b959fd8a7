"""Sampling of customers: sizes, allocation to strata, seeded draws. Pure Python, no Odoo.

A draw is repeated to the same list by its seed: it depends on the ids, their groups and the seed
alone, never on the order in which they come, on Python's hashes or on its version (``random()``
of a seeded generator is what Python promises to keep).
"""
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from math import ceil, floor, sqrt
from random import Random
from statistics import NormalDist
from typing import TypeVar

Key = TypeVar('Key', bound=Hashable)

# rounding errors of products like 0.3 * 10 must not cost a further answer
_TINY = 1e-9


class SamplingError(ValueError):
    """A draw that is impossible; ``keys`` are the groups that make it so."""

    def __init__(self, message: str, keys: Sequence = ()):
        super().__init__(message)
        self.keys = list(keys)


# === SIZE === #

def z_value(confidence: float) -> float:
    """Return how many standard errors hold the true value with ``confidence`` (0 to 1).

    >>> round(z_value(0.95), 2), round(z_value(0.9), 3), round(z_value(0.99), 3)
    (1.96, 1.645, 2.576)
    """
    if not 0 < confidence < 1:
        raise SamplingError("the confidence lies between 0 and 1")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def sample_size(population: int | None = None, margin: float = 0.05, confidence: float = 0.95,
                share: float = 0.5) -> int:
    """Return how many answers a share needs to be known within ``± margin`` (Cochran).

    :param population: with its finite correction; ``None`` for a very large one
    :param share: the expected share; 0.5 asks for the most answers

    >>> sample_size(), sample_size(500), sample_size(margin=0.03)
    (385, 218, 1068)
    """
    if not 0 < margin < 1:
        raise SamplingError("the margin of error lies between 0 and 1")
    if not 0 < share < 1:
        raise SamplingError("the expected share lies between 0 and 1")
    size = z_value(confidence) ** 2 * share * (1 - share) / margin ** 2
    if population is not None:
        if population <= 0:
            return 0
        size = min(size / (1 + (size - 1) / population), population)
    return ceil(size - _TINY)


def margin_of_error(answers: int, population: int | None = None, confidence: float = 0.95,
                    share: float = 0.5) -> float:
    """Return within which ``±`` a share is known from ``answers``; 1 where there are none.

    >>> round(margin_of_error(385), 3), round(margin_of_error(150, 500), 3)
    (0.05, 0.067)
    >>> margin_of_error(500, 500)
    0.0
    """
    if answers <= 0:
        return 1.0
    error = z_value(confidence) * sqrt(share * (1 - share) / answers)
    if population is not None:
        if answers >= population:
            return 0.0
        error *= sqrt((population - answers) / (population - 1))
    return min(error, 1.0)


def size_to_ask(answers: int, response: float) -> int:
    """Return how many to ask for ``answers``, where the share ``response`` of them answers.

    >>> size_to_ask(218, 0.3), size_to_ask(3, 0.1), size_to_ask(5, 1)
    (727, 30, 5)
    """
    if not 0 < response <= 1:
        raise SamplingError("the expected response lies above 0 and up to 1")
    return ceil(answers / response - _TINY)


def expected_answers(asked: int, response: float) -> int:
    """Return how many of ``asked`` answer, rounded down.

    >>> expected_answers(500, 0.3), expected_answers(10, 0.3)
    (150, 3)
    """
    return floor(asked * response + _TINY)


# === ALLOCATION === #

def allocate(total: int, weights: Mapping[Key, float],
             caps: Mapping[Key, int] | None = None) -> dict[Key, int]:
    """Divide ``total`` in proportion to ``weights``, by largest remainder.

    Of equal remainders the first key of ``weights`` gets the unit. What exceeds the ``caps`` goes
    to the other keys, in proportion again.

    >>> allocate(10, {'a': 5, 'b': 3, 'c': 2})
    {'a': 5, 'b': 3, 'c': 2}
    >>> allocate(10, {'a': 1, 'b': 1, 'c': 1})
    {'a': 4, 'b': 3, 'c': 3}
    >>> allocate(10, {'a': 9, 'b': 1, 'c': 1}, {'a': 4, 'b': 9, 'c': 9})
    {'a': 4, 'b': 3, 'c': 3}
    """
    if total < 0 or any(weight < 0 for weight in weights.values()):
        raise SamplingError("sizes and weights are not negative")
    caps = caps or {}
    if caps and total > sum(caps.get(key, total) for key in weights):
        raise SamplingError("the sample is larger than the population")
    result = dict.fromkeys(weights, 0)
    open_keys = [key for key in weights if weights[key] > 0]
    rest = total
    while rest and open_keys:
        shares = _largest_remainder(rest, {key: weights[key] for key in open_keys})
        full = [key for key in open_keys if shares[key] >= caps.get(key, shares[key] + 1)]
        for key in full or open_keys:
            result[key] = caps[key] if full else shares[key]
        rest = total - sum(result.values())
        open_keys = [key for key in open_keys if key not in full] if full else []
    # what no weight claims: groups without variance still have members
    for key in weights:
        more = min(rest, caps.get(key, 0) - result[key])
        if more > 0:
            result[key] += more
            rest -= more
    return result


def _largest_remainder(total: int, weights: Mapping[Key, float]) -> dict[Key, int]:
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: floor(value + _TINY) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: shares[key] - exact[key])  # stable: ties in order
    for key in by_remainder[:total - sum(shares.values())]:
        shares[key] += 1
    return shares


def allocate_proportional(total: int, sizes: Mapping[Key, int]) -> dict[Key, int]:
    """Return ``n_h = n N_h / N`` of each stratum.

    >>> allocate_proportional(218, {'north': 250, 'south': 150, 'west': 100})
    {'north': 109, 'south': 65, 'west': 44}
    """
    return allocate(total, sizes, sizes)


def allocate_neyman(total: int, sizes: Mapping[Key, int],
                    deviations: Mapping[Key, float]) -> dict[Key, int]:
    """Return ``n_h`` in proportion to ``N_h s_h``: more where the answers differ more.

    >>> allocate_neyman(100, {'north': 500, 'south': 500}, {'north': 0.1, 'south': 0.3})
    {'north': 25, 'south': 75}
    """
    return allocate(total, {key: sizes[key] * deviations[key] for key in sizes}, sizes)


# === DRAWS === #

def draw_simple(ids: Iterable[int], size: int, seed: int | str) -> list[int]:
    """Return ``size`` of ``ids`` at random, in ascending order (Floyd's algorithm).

    >>> draw_simple(range(100), 5, 7) == draw_simple(reversed(range(100)), 5, 7)
    True
    """
    ordered = sorted(set(ids))
    if size > len(ordered):
        raise SamplingError("the sample is larger than the population")
    generator, chosen = Random(seed), set()
    for last in range(len(ordered) - size, len(ordered)):
        place = int(generator.random() * (last + 1))
        chosen.add(last if place in chosen else place)
    return [ordered[place] for place in sorted(chosen)]


def draw_systematic(ids: Iterable[int], size: int, seed: int | str) -> list[int]:
    """Return each ``N / n``-th of the ordered ``ids`` from a random start.

    >>> drawn = draw_systematic(range(100), 5, 7)
    >>> [later - earlier for earlier, later in zip(drawn, drawn[1:])]
    [20, 20, 20, 20]
    """
    ordered = sorted(set(ids))
    if size > len(ordered):
        raise SamplingError("the sample is larger than the population")
    if not size:
        return []
    # whole numbers: with an interval of 3.33 a rounding error would take one twice
    start = int(Random(seed).random() * len(ordered))
    return [ordered[(start + place * len(ordered)) // size] for place in range(size)]


def draw_groups(keys: Iterable[Key], count: int, seed: int | str) -> list[Key]:
    """Return ``count`` of the groups at random, in the order of their names.

    >>> len(draw_groups(['north', 'south', 'west'], 2, 1))
    2
    """
    ordered = _in_order(keys)
    return [ordered[place] for place in draw_simple(range(len(ordered)), count, seed)]


def draw_stratified(groups: Mapping[Key, Collection[int]], sizes: Mapping[Key, int],
                    seed: int | str) -> dict[Key, list[int]]:
    """Return ``sizes[key]`` members of each group, drawn at random.

    A group is drawn by itself: what happens in another one does not change it. Quotas are drawn
    alike; the groups are then the cells.

    :raise SamplingError: groups are smaller than their share; ``keys`` names them
    """
    small = [key for key in sizes if sizes[key] > len(groups.get(key, ()))]
    if small:
        raise SamplingError("groups are smaller than what is drawn from them", small)
    return {key: draw_simple(groups[key], sizes[key], f'{seed}/{key}')
            for key in _in_order(sizes) if sizes[key]}


def draw_clusters(groups: Mapping[Key, Collection[int]], count: int,
                  seed: int | str) -> dict[Key, list[int]]:
    """Return all members of ``count`` groups that are drawn at random.

    >>> draw_clusters({'north': [1, 2], 'south': [3]}, 2, 1)
    {'north': [1, 2], 'south': [3]}
    """
    return {key: sorted(groups[key]) for key in draw_groups(groups, count, seed)}


def draw_multi_stage(tree: Mapping[Key, Mapping[Key, Collection[int]]], first: int, second: int,
                     size: int, seed: int | str) -> dict[tuple[Key, Key], list[int]]:
    """Draw ``first`` regions, up to ``second`` outlets of each, and ``size`` of their customers.

    The customers are allocated to the drawn outlets in proportion to their numbers.

    :raise SamplingError: there are too few regions, or too few customers in the drawn outlets
    """
    groups = {}
    for region in draw_groups(tree, first, seed):
        outlets = tree[region]
        drawn = draw_groups(outlets, min(second, len(outlets)), f'{seed}/{region}')
        groups.update({(region, outlet): outlets[outlet] for outlet in drawn})
    sizes = allocate_proportional(size, {key: len(ids) for key, ids in groups.items()})
    return draw_stratified(groups, sizes, seed)


def cap_groups(groups: Mapping[Key, Collection[int]], cap: int,
               seed: int | str) -> dict[Key, list[int]]:
    """Return at most ``cap`` members of each group, drawn at random where it has more.

    >>> [len(ids) for ids in cap_groups({'north': range(9), 'south': range(2)}, 3, 1).values()]
    [3, 2]
    """
    sizes = {key: min(cap, len(ids)) for key, ids in groups.items()}
    return draw_stratified(groups, sizes, f'cap/{seed}')


def _in_order(keys: Iterable[Key]) -> list[Key]:
    """Return the keys in an order that is the same in each process."""
    return sorted(keys, key=lambda key: (str(type(key)), str(key)))
