"""Scores of suggestions and what they earn: pure functions."""

# the most points of each criterion (domain 5.9): together 100
HIGHEST = {
    'score_benefit': 50, 'score_completeness': 10, 'score_creativity': 10, 'score_range': 10,
    'score_time': 10, 'score_cost': 10}


def find_excess(scores):
    """Return the first criterion that has too many points or fewer than none, else ``None``.

    >>> find_excess({'score_benefit': 50, 'score_cost': 11})
    'score_cost'
    >>> find_excess({'score_benefit': 51}), find_excess({'score_time': -1})
    ('score_benefit', 'score_time')
    >>> find_excess({'score_benefit': 50, 'score_cost': 10}) is None
    True
    """
    return next((name for name, points in scores.items()
                 if not 0 <= points <= HIGHEST[name]), None)


def find_reward(score, benefit, bands, share=0.2):
    """Return the reward of a suggestion: a share of what it saves, else by its score.

    :param score: 0 to 100
    :param benefit: what it saves measurably in a year, in the company's currency
    :param bands: ``[(from score, amount)]``
    :param share: of the benefit

    >>> bands = [(90, 200), (75, 100), (60, 50), (0, 20)]
    >>> find_reward(80, 0, bands), find_reward(59, 0, bands)
    (100, 20)
    >>> find_reward(80, 10000, bands)
    2000.0
    >>> find_reward(80, 0, [])
    0
    """
    if benefit > 0:
        return benefit * share
    reached = [band for band in bands if score >= band[0]]
    return max(reached)[1] if reached else 0
