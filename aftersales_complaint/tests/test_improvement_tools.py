import doctest
from statistics import mean, stdev

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.aftersales_complaint.tools import batch_alarm, masking, suggestion


@tagged('post_install', '-at_install')
class TestImprovementTools(BaseCase):

    def test_examples(self):
        for module in batch_alarm, masking, suggestion:
            with self.subTest(module=module.__name__):
                self.assertEqual(doctest.testmod(module).failed, 0)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.integers(0, 50), min_size=2, max_size=24), st.integers(0, 200))
    def test_alarm_is_above_mean_and_three_deviations(self, history, value):
        self.assertEqual(
            batch_alarm.is_alarm(value, history),
            value >= 1 and value > mean(history) + 3 * stdev(history) + 1e-9)

    @settings(max_examples=30, deadline=None)
    @given(st.dictionaries(st.text('ABCDEFGH', min_size=1), st.integers(0, 9), max_size=8))
    def test_no_batch_alarms_where_all_are_alike(self, faults):
        self.assertEqual(batch_alarm.find_batches(dict.fromkeys(faults, 5)), [])

    @settings(max_examples=30, deadline=None)
    @given(st.text('abc 王芳', min_size=2, max_size=8), st.text(max_size=40), st.text(max_size=40))
    def test_a_masked_name_is_in_no_text(self, name, before, after):
        if len(name.strip()) > 1:
            masked = masking.mask(f'{before} {name.strip()} {after}', [name])
            self.assertNotIn(f' {name.strip()} ', masked)

    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 100), st.integers(0, 100))
    def test_a_higher_score_never_earns_less(self, one, other):
        bands = [(90, 200), (75, 100), (60, 50), (0, 20)]
        low, high = sorted((one, other))
        self.assertLessEqual(
            suggestion.find_reward(low, 0, bands), suggestion.find_reward(high, 0, bands))
