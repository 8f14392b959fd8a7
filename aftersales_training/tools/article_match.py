"""How well an article of the knowledge base fits an order: pure Python, no Odoo import."""
from dataclasses import dataclass
from html import unescape
from re import sub

# what each likeness counts: the fault says more than the product, the product than its kind
CODE, PRODUCT, CATEGORY = 4, 3, 1


@dataclass(frozen=True)
class ArticleFacts:
    """What an article is about, as ids: diagnosis codes, products and product categories."""

    id: int
    codes: frozenset[int] = frozenset()
    products: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()


def score(article: ArticleFacts, codes: set[int], product: int, categories: set[int]) -> int:
    """Return how well an article fits an order with these codes and this product; 0: not at all.

    An article about other products does not fit, whatever its codes; one about no codes and no
    products is a general text, which no order asks for.

    :param categories: the category of the product and those above it

    >>> valve = ArticleFacts(1, codes=frozenset({7}), products=frozenset({70}))
    >>> score(valve, {7, 8}, 70, {2}), score(valve, set(), 70, {2}), score(valve, {7}, 71, {2})
    (7, 3, 0)
    >>> score(ArticleFacts(2, codes=frozenset({7}), categories=frozenset({2})), {7}, 71, {1, 2})
    5
    >>> score(ArticleFacts(3), {7}, 71, {1, 2})
    0
    """
    likeness = 0
    if article.products or article.categories:
        if product in article.products:
            likeness = PRODUCT
        elif categories & article.categories:
            likeness = CATEGORY
        else:
            return 0
    return CODE * len(codes & article.codes) + likeness


def best(articles, codes, product, categories, limit=5):
    """Return the ids of the articles that fit best, the best first; equal ones, the newest first.

    >>> rows = [ArticleFacts(number, codes=frozenset({7})) for number in (1, 2, 3)]
    >>> best(rows, {7}, 0, set(), limit=2)
    [3, 2]
    """
    scored = [(score(article, codes, product, categories), article.id) for article in articles]
    return [article_id for points, article_id in sorted(scored, reverse=True) if points][:limit]


def plain_words(html: str | None) -> str:
    """Return the words of a text with markup, for a search.

    >>> plain_words("<p>Close <b>valve&nbsp;2</b></p><p>Wait</p>")
    'Close valve 2 Wait'
    """
    return ' '.join(unescape(sub(r'<[^>]*>', ' ', html or '')).replace('\xa0', ' ').split())
