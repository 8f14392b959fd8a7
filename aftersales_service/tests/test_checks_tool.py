import doctest

from odoo.tests import BaseCase

from ..tools import checks


class TestChecksTool(BaseCase):

    def test_examples_in_the_docstrings(self):
        result = doctest.testmod(checks)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)
