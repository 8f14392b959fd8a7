"""Counting the words of open answers: pure Python, no Odoo."""
import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[a-zà-öø-ÿß][a-zà-öø-ÿß'’-]{2,}", re.IGNORECASE)
_CHINESE = re.compile(r'[\u4e00-\u9fff]+')
# words that say nothing alone; of Chinese the signs at which no phrase begins or ends
_EMPTY = re.compile(
    "the|and|was|were|for|not|but|you|your|they|them|this|that|with|have|has|"
    "had|are|his|her|its|our|out|very|all|too|from|would|been|when|what|who|"
    "how|did|does|just|than|then|also|into|more|about|there|will|can|could|"
    "should|one|get|got")
_CHINESE_EMPTY = frozenset("的了是我你他她它们在有和就不也都很还没这那给把被让说吗呢吧啊个")
LONGEST_WORD = 6


def count_words(texts: Iterable[str], most: int = 30, least: int = 2) -> list[tuple[str, int]]:
    """Return the words of open answers with the number of answers that contain each.

    Chinese has no spaces: sequences of two to six signs are counted, and one that stands only
    within a longer one is left out. Simple counts; the words are read by people.

    :param most: so many words at most
    :param least: words of fewer answers are left out: a single one could give a person away

    >>> count_words(["The technician was late", "Late again, technician!", "fine"])
    [('late', 2), ('technician', 2)]
    >>> count_words(["师傅迟到了", "迟到,没有道歉", "师傅态度好"])
    [('师傅', 2), ('迟到', 2)]
    """
    counts = Counter()
    for text in texts:
        counts.update(_words_of(text or ''))
    kept = {word: count for word, count in counts.items() if count >= least}
    inner = {
        part for word, count in kept.items() if _CHINESE.match(word)
        for size in range(2, len(word)) for start in range(len(word) - size + 1)
        if kept.get(part := word[start:start + size]) == count}
    found = ((word, count) for word, count in kept.items() if word not in inner)
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def _words_of(text: str) -> set[str]:
    words = {
        lower for word in _WORD.findall(text) if not _EMPTY.fullmatch(lower := word.lower())}
    for run in _CHINESE.findall(text):
        words.update(
            part for size in range(2, LONGEST_WORD + 1) for start in range(len(run) - size + 1)
            if (part := run[start:start + size])[0] not in _CHINESE_EMPTY
            and part[-1] not in _CHINESE_EMPTY)
    return words
