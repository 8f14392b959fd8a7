import doctest

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.aftersales_service.tests import properties  # noqa: F401

from ..tools import article_match
from ..tools.article_match import ArticleFacts, best, plain_words, score

ids = st.frozensets(st.integers(1, 6), max_size=3)
articles = st.builds(ArticleFacts, st.integers(1, 99), ids, ids, ids)


@tagged('post_install', '-at_install')
class TestArticleTool(BaseCase):

    def test_examples(self):
        self.assertFalse(doctest.testmod(article_match).failed)

    @given(st.lists(articles, max_size=8, unique_by=lambda article: article.id), ids,
           st.integers(0, 6), ids)
    def test_the_best_come_first_and_none_that_does_not_fit(self, rows, codes, product, kinds):
        found = best(rows, set(codes), product, set(kinds), limit=4)
        points = {row.id: score(row, set(codes), product, set(kinds)) for row in rows}
        self.assertEqual(
            [points[number] for number in found],
            sorted((value for value in points.values() if value), reverse=True)[:4])

    @given(st.text(max_size=40))
    def test_whatever_is_written_has_words(self, text):
        self.assertEqual(plain_words(plain_words(text)).count('\xa0'), 0)
