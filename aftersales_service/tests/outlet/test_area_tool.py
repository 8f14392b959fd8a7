import doctest
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...tools import area as area_tool
from ...tools.area import Area, AreaMap, Place, covers, rank_outlets, zip_in_range

codes = st.text('0123456789', min_size=5, max_size=5)
cities = st.sampled_from(['', "Shanghai", "Suzhou"])
places = st.builds(
    Place, st.sampled_from([None, 48, 233]), st.sampled_from([None, 1, 2]), cities,
    st.one_of(st.just(''), codes))
areas = st.builds(
    lambda outlet, country, state, city, bounds, priority: Area(
        outlet, country, state, city, min(bounds), max(bounds), priority),
    st.integers(1, 5), st.sampled_from([None, 48, 233]), st.sampled_from([None, 1, 2]), cities,
    st.one_of(st.just(('', '')), st.tuples(codes, codes)), st.integers(1, 3))
area_lists = st.lists(areas, max_size=12)


class TestAreaTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(area_tool)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_closest_description_is_asked_first(self):
        place = Place(48, 1, "Shanghai", '200233')
        outlets = AreaMap([
            Area(1), Area(2, 48), Area(3, 48, 1), Area(4, 48, 1, "Shanghai"),
            Area(5, zip_from='200000', zip_to='200999')])
        self.assertEqual(rank_outlets(outlets.find(place)), [5, 4, 3, 2, 1])

    def test_priority_beats_load_and_load_beats_nothing(self):
        outlets = AreaMap([Area(1, 48, priority=2), Area(2, 48), Area(3, 48)])
        loads = {1: 0, 2: 9, 3: 8}
        found = outlets.find(Place(48))
        self.assertEqual(rank_outlets(found, loads), [1, 3, 2])

    def test_outlet_counts_by_its_best_area(self):
        outlets = AreaMap([Area(1, 48, priority=3), Area(1, 48, 1), Area(2, 48)])
        self.assertEqual(rank_outlets(outlets.find(Place(48, 1))), [1, 2])

    def test_missing_code_lies_in_no_range(self):
        self.assertFalse(zip_in_range('', '', '99999'))

    @given(area_lists, places)
    def test_only_outlets_that_cover_the_place_are_asked(self, found_areas, place):
        ranked = rank_outlets(AreaMap(found_areas).find(place))
        self.assertEqual(
            set(ranked), {area.outlet for area in found_areas if covers(area, place)})
        self.assertEqual(len(ranked), len(set(ranked)))

    @given(area_lists, places, st.dictionaries(st.integers(1, 5), st.integers(0, 9)))
    def test_no_outlet_is_asked_before_a_closer_one(self, found_areas, place, loads):
        best = AreaMap(found_areas).find(place)
        ranked = rank_outlets(best, loads)
        for first, second in pairwise(ranked):
            ahead, behind = best[first], best[second]
            self.assertGreaterEqual(ahead.specificity, behind.specificity)
            if ahead.specificity == behind.specificity:
                self.assertLessEqual(ahead.priority, behind.priority)
                if ahead.priority == behind.priority:
                    self.assertLessEqual(loads.get(first, 0), loads.get(second, 0))

    @given(area_lists, places, st.randoms())
    def test_order_of_the_list_does_not_matter(self, found_areas, place, random):
        mixed = list(found_areas)
        random.shuffle(mixed)
        self.assertEqual(
            rank_outlets(AreaMap(mixed).find(place)),
            rank_outlets(AreaMap(found_areas).find(place)))

    @given(codes, codes, codes)
    def test_full_codes_compare_as_they_are_sorted(self, code, first, second):
        low, high = sorted((first, second))
        self.assertEqual(zip_in_range(code, low, high), low <= code <= high)
