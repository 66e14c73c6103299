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
_LEAST = 2
"""Texts that a word stands in, from which something follows."""


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
    """Learn from texts and whether each is outreach.

    How many there are of each does not count: words are counted as if there were as many of both as there are
    of the rarer kind. Otherwise a word of few of the many others would seem to be a word of outreach.
    """
    words: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    texts = {True: 0, False: 0}
    for text, is_outreach in pairs:
        words[is_outreach].update(_words(text))
        texts[is_outreach] += 1
    fewer = min(texts.values())
    odds: dict[str, float] = {}
    for word in sorted(words[True].keys() | words[False].keys()) if fewer else ():
        in_outreach, in_others = (words[kind][word] * fewer / texts[kind] for kind in (True, False))
        if in_outreach + in_others >= _LEAST:
            odds[word] = log((in_outreach + 1) / (in_others + 1))
    return Learner(odds)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text[:_LOOKED_AT].lower()))
