import doctest
import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import sampling
from ..tools.sampling import (
    SamplingError,
    allocate,
    allocate_neyman,
    allocate_proportional,
    cap_groups,
    draw_clusters,
    draw_multi_stage,
    draw_simple,
    draw_stratified,
    draw_systematic,
    margin_of_error,
    sample_size,
    size_to_ask,
)

# typed from domain 4.5
OF_POPULATION = {100: 80, 200: 132, 300: 169, 500: 218, 1000: 278, 2000: 323, 5000: 357, 10000: 370}
OF_PRECISION = {(0.95, 0.05): 385, (0.9, 0.05): 271, (0.99, 0.05): 664, (0.95, 0.03): 1068,
                (0.95, 0.1): 97}

groups = st.dictionaries(st.integers(1, 30), st.integers(1, 60), min_size=1, max_size=12)


def people(sizes):
    """Return ``{key: ids}``, each id in one group."""
    return {key: range(key * 1000, key * 1000 + size) for key, size in sizes.items()}


class TestSamplingTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(sampling)
        self.assertGreater(result.attempted, 10)
        self.assertFalse(result.failed)

    # === SIZE === #

    def test_sizes_of_the_tables(self):
        self.assertEqual({size: sample_size(size) for size in OF_POPULATION}, OF_POPULATION)
        self.assertEqual(
            {key: sample_size(confidence=key[0], margin=key[1]) for key in OF_PRECISION},
            OF_PRECISION)

    def test_a_third_answers(self):
        self.assertEqual(size_to_ask(218, 0.3), 727)
        # 0.1 + 0.2 is a little more than 0.3: no further person is asked for it
        self.assertEqual(size_to_ask(3, 0.1 + 0.2), 10)

    @given(st.integers(1, 10**6), st.sampled_from([0.9, 0.95, 0.99]), st.floats(0.01, 0.2))
    def test_the_size_reaches_the_margin_and_one_less_does_not(self, population, level, margin):
        size = sample_size(population, margin, level)
        self.assertLessEqual(size, population)
        if size < population:
            # Cochran's correction divides by N, the variance of the mean by N - 1
            self.assertLessEqual(margin_of_error(size, population, level), margin * 1.0001)
        if size > 2:
            self.assertGreater(margin_of_error(size - 2, population, level), margin * 0.999)

    def test_impossible_precision_is_refused(self):
        for margin, confidence, share in ((0, 0.95, 0.5), (0.05, 1, 0.5), (0.05, 0.95, 0)):
            with self.subTest(margin=margin, confidence=confidence), self.assertRaises(
                    SamplingError):
                sample_size(500, margin, confidence, share)
        with self.assertRaises(SamplingError):
            size_to_ask(10, 0)

    # === ALLOCATION === #

    def test_neyman_asks_more_where_answers_differ_more(self):
        # N s: 400 x 10 = 4,000; 200 x 30 = 6,000; of 100: 40 and 60
        self.assertEqual(allocate_neyman(100, {1: 400, 2: 200}, {1: 10, 2: 30}), {1: 40, 2: 60})
        # the second stratum would get 60 of its 50: the rest goes to the first
        self.assertEqual(allocate_neyman(100, {1: 400, 2: 50}, {1: 10, 2: 120}), {1: 50, 2: 50})
        # no variance at all is no reason to ask less than was wished
        self.assertEqual(sum(allocate_neyman(30, {1: 20, 2: 20}, {1: 0, 2: 0}).values()), 30)

    @given(groups, st.floats(0, 1))
    def test_shares_add_up_and_follow_the_sizes(self, sizes, part):
        whole = sum(sizes.values())
        total = round(whole * part)
        shares = allocate_proportional(total, sizes)
        self.assertEqual(sum(shares.values()), total)
        for key, size in sizes.items():
            self.assertLessEqual(shares[key], size)
            self.assertLess(abs(shares[key] - total * size / whole), 1 + 1e-6)

    def test_more_than_there_are_is_refused(self):
        with self.assertRaises(SamplingError):
            allocate(7, {1: 1, 2: 1}, {1: 3, 2: 3})

    # === DRAWS === #

    @given(groups, st.integers(0, 10**6), st.randoms(use_true_random=False))
    def test_a_draw_is_repeated_from_any_order(self, sizes, seed, shuffler):
        members = people(sizes)
        ids = [one for group in members.values() for one in group]
        shuffled = shuffler.sample(ids, len(ids))
        size = len(ids) // 2
        for draw in (draw_simple, draw_systematic):
            drawn = draw(ids, size, seed)
            self.assertEqual(drawn, draw(shuffled, size, seed))
            self.assertEqual(len(set(drawn)), size)
            self.assertLessEqual(set(drawn), set(ids))
        keys = shuffler.sample(list(members), len(members))
        halves = {key: size // 2 for key, size in sizes.items()}
        self.assertEqual(
            draw_stratified(members, halves, seed),
            draw_stratified({key: members[key] for key in keys}, halves, seed))
        self.assertEqual(
            draw_clusters(members, (len(members) + 1) // 2, seed),
            draw_clusters({key: members[key] for key in keys}, (len(members) + 1) // 2, seed))

    def test_another_process_draws_the_same_list(self):
        code = ("from sampling import *; print(draw_multi_stage({'n': {'a': range(9), 'b': "
                "range(10, 30)}, 's': {'c': range(40, 60)}, 'w': {'d': [90]}}, 2, 1, 5, 42), "
                "draw_stratified({'x': {3, 1, 2}, False: {7, 8}}, {'x': 2, False: 1}, 1))")
        answers = {subprocess.run(
            [sys.executable, '-c', code], cwd=Path(sampling.__file__).parent, text=True,
            env={**os.environ, 'PYTHONHASHSEED': seed}, stdout=subprocess.PIPE,
            check=True).stdout for seed in ('1', '2')}
        self.assertEqual(len(answers), 1)

    def test_each_has_the_same_chance(self):
        counts = dict.fromkeys(range(20), 0)
        for seed in range(2000):
            for one in draw_simple(range(20), 5, seed):
                counts[one] += 1
        # 500 expected each, standard deviation 19.4
        self.assertLess(max(abs(count - 500) for count in counts.values()), 80)

    def test_an_impossible_quota_names_the_cell(self):
        with self.assertRaises(SamplingError) as caught:
            draw_stratified({'north': [1, 2], 'south': [3]}, {'north': 2, 'south': 2, 'west': 1}, 1)
        self.assertEqual(caught.exception.keys, ['south', 'west'])

    def test_more_than_the_population_is_refused(self):
        for draw in (draw_simple, draw_systematic):
            with self.subTest(draw=draw.__name__), self.assertRaises(SamplingError):
                draw([1, 2, 3], 4, 1)
        with self.assertRaises(SamplingError):
            draw_clusters({'north': [1]}, 2, 1)

    def test_clusters_and_stages_take_whole_groups_and_few_of_them(self):
        members = people({1: 5, 2: 6, 3: 7})
        drawn = draw_clusters(members, 2, 11)
        self.assertEqual(len(drawn), 2)
        self.assertTrue(all(ids == sorted(members[key]) for key, ids in drawn.items()))
        tree = {'n': {1: range(50), 2: range(100, 150)}, 's': {3: range(200, 300)}}
        staged = draw_multi_stage(tree, 2, 1, 30, 5)
        self.assertEqual({region for region, __ in staged}, {'n', 's'})
        self.assertEqual(sum(map(len, staged.values())), 30)
        self.assertLessEqual(len(staged), 2)

    def test_no_outlet_is_asked_more_often_than_its_quota(self):
        capped = cap_groups(people({1: 5, 2: 50}), 10, 3)
        self.assertEqual({key: len(ids) for key, ids in capped.items()}, {1: 5, 2: 10})
