"""A small learner: which words stand in what the user called outreach, and which in what they refused."""

import re
from collections import Counter
from collections.abc import Iterable
from math import log
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]{3,20}")
_LOOKED_AT = 3_000
_MOST = 3
"""The weight it adds or takes at most: the signs can outvote it."""
_STEP = 2.0
"""Odds, as a logarithm, that are worth one point."""
_TOLD = 3


class Learner(NamedTuple):
    """Naive Bayes over the words of messages, each word counted once a message."""

    odds: dict[str, float]
    """By word: the logarithm of how much likelier it is in outreach."""

    def weigh(self, text: str) -> tuple[int, tuple[str, ...]]:
        """Return a weight from -3 to 3, and the words that speak most for it."""
        found = sorted((self.odds[word], word) for word in _words(text) if word in self.odds)
        total = sum(odds for odds, _ in found)
        weight = max(-_MOST, min(_MOST, int(total / _STEP)))
        if not weight:
            return 0, ()
        strongest = found[: -_TOLD - 1 : -1] if weight > 0 else found[:_TOLD]
        return weight, tuple(word for _, word in strongest)


def learn(pairs: Iterable[tuple[str, bool]]) -> Learner:
    """Learn from texts and whether each is outreach; how many there are of each does not count."""
    words: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    texts = {True: 0, False: 0}
    for text, is_outreach in pairs:
        words[is_outreach].update(_words(text))
        texts[is_outreach] += 1
    odds = {}
    for word in sorted(words[True].keys() | words[False].keys()):
        if words[True][word] + words[False][word] > 1:
            in_outreach = (words[True][word] + 1) / (texts[True] + 2)
            in_others = (words[False][word] + 1) / (texts[False] + 2)
            odds[word] = log(in_outreach / in_others)
    return Learner(odds)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text[:_LOOKED_AT].lower()))
