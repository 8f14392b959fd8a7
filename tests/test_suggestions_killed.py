"""The monthly run of stock suggestions is killed: whole batches stay, the next run goes on."""
import signal

import pytest
from killed import KilledCase

from odoo.tests import tagged

pytestmark = pytest.mark.long


@tagged('post_install', '-at_install')
class TestSuggestionsKilled(KilledCase):

    script = 'suggestion_process.py'

    def test_killed_in_a_batch_the_run_goes_on_after_it(self):
        self.assertEqual(self._hear(self._start('prepare')), {'seen': 0, 'made': 0})
        running = self._start('stop')
        self.assertEqual(self._hear(running), {'batch': 2})
        running.send_signal(signal.SIGKILL)
        self.assertEqual(running.wait(), -signal.SIGKILL)
        # the first batch is committed, of the second one nothing is there
        self.assertEqual(self._hear(self._start('count')), {'seen': 2, 'made': 2})
        self.assertEqual(self._hear(self._start('run')), {'seen': 6, 'made': 6})
        self.assertEqual(self._hear(self._start('run')), {'seen': 6, 'made': 6})
