import doctest

from odoo.tests import BaseCase, tagged

from ...tools import words


@tagged('post_install', '-at_install')
class TestWordsTool(BaseCase):
    """The examples of the tool that reads what strangers write."""

    def test_examples_hold(self):
        result = doctest.testmod(words)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)
