"""The role that a subject names, found by the words that roles are made of.

A role is levels, domains and a head (`Senior` `Data Platform` `Engineer`), perhaps with a qualifier after a
comma, or an office (`Head of Engineering`). Where a subject is not made of known words, no role is named:
an empty answer is better than a wrong one, because two different roles keep approaches apart.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from store.rules import role_words as known

_WORD = re.compile(r"\.?[^\W_][\w+#.'’-]*|[^\w\s]")
_QUALIFIES = frozenset(",(-–—")
_ENDS = frozenset(",;:|()[-–—")
_LONGEST = 200
_BEFORE = 5
"""Words before a role that tell whether it is offered."""


@lru_cache(maxsize=16_384)
def role_in(subject: str) -> str:
    """Return the first role that a subject names, an empty text where none is named for certain."""
    return next((found.role for found in roles_in(subject[:_LONGEST])), "")


class Named(NamedTuple):
    """A role that a text names, and the words around it in lower case."""

    role: str
    before: list[str]
    """The last few words before it, the nearest last."""
    after: str
    """The word behind it, an empty text where it ends the text."""


def roles_in(text: str) -> Iterator[Named]:
    """Yield the roles that a text names, one after the other."""
    words = [word.rstrip(".") or word for word in _WORD.findall(text)]
    lower = [word.lower() for word in words]
    start = 0
    while start < len(words):
        if not _is_known(lower[start]):
            start += 1
            continue
        stop = _run(lower, start)
        end = _end(lower, start, stop)
        if end > start and _offered(words, lower, start, end):
            role = _written(words[start:end]) + _qualifier(words, lower, end)
            yield Named(role, lower[max(start - _BEFORE, 0) : start], lower[end] if end < len(lower) else "")
        start = stop


def same_role(a: str, b: str) -> bool:
    """Tell whether two roles may be one: levels do not differ, and one says no more than the other."""
    levels_a, words_a = _compared(a)
    levels_b, words_b = _compared(b)
    if levels_a and levels_b and levels_a != levels_b:
        return False
    return words_a <= words_b or words_b <= words_a


@lru_cache(maxsize=4_096)
def _is_domain(word: str) -> bool:
    return word in known.DOMAINS or ("-" in word and all(part in known.DOMAINS for part in word.split("-")))


@lru_cache(maxsize=4_096)
def _is_head(word: str) -> bool:
    """Tell whether a word ends a role: a head or its plural, also as the last part of `Java-Entwickler`."""
    rest, _, last = word.rpartition("-")
    if rest and not _is_domain(rest):
        return False
    return last in known.HEADS or last.removesuffix("s") in known.HEADS or _is_compound(word)


def _is_compound(word: str) -> bool:
    return word.endswith(known.COMPOUNDED) and word not in known.HEADS


@lru_cache(maxsize=4_096)
def _is_known(word: str) -> bool:
    """Tell whether a role may hold a word."""
    titles = known.LEVELS | known.OFFICES | known.LEADING
    return word in titles or _is_domain(word) or _is_head(word)


def _run(lower: list[str], start: int) -> int:
    """Return where the known words that begin here stop; joints count between what they may join."""
    stop = start
    while stop < len(lower):
        if not _is_known(lower[stop]):
            around = lower[stop - 1 : stop + 2] if stop > start else []
            if len(around) < 3 or not _joins(*around):
                break
        stop += 1
    return stop


def _joins(before: str, word: str, after: str) -> bool:
    if word in ("de", "des", "du"):
        return before in known.LEADING and _is_domain(after)
    if word == "of":
        return before in known.OFFICES and _is_domain(after)
    return word in ("and", "&", "/") and _is_domain(before) and (_is_domain(after) or _is_head(after))


def _end(lower: list[str], start: int, stop: int) -> int:
    """Return where the role in a run ends: after an office's domain or the last head; `start` for none."""
    run = lower[start:stop]
    if (
        run[0] in known.LEADING
        and len(run) > 1
        and _is_domain(run[-1] if run[-1] not in known.LEVELS else run[1])
    ):
        return stop
    if "of" in run or not known.PRESIDENTS.isdisjoint(run):
        return stop if len(run) > 1 and _is_domain(run[-1]) else start
    for end in range(stop, start, -1):
        word = lower[end - 1]
        if _is_head(word) and (word != "lead" or _is_noun(lower, end)):
            whole = end - start > 1 or word in known.ALONE or "-" in word or _is_compound(word)
            return end if whole else start
    return start


def _is_noun(lower: list[str], end: int) -> bool:
    """Tell whether the `lead` before `end` is a person, and not what data does."""
    return end == len(lower) or lower[end] in _ENDS or lower[end] in known.AFTER_LEAD


def _offered(words: list[str], lower: list[str], start: int, end: int) -> bool:
    """Tell whether the words name a role, not many people, a trade, or the reader's own work."""
    before = lower[start - 1] if start else ""
    if before in ("your", "my") or (before == "the" and words[end - 1].islower()):
        return False
    if end < len(lower) and lower[end] in known.NOT_A_ROLE:
        return False
    return not (words[end - 1].islower() and lower[end - 1].endswith("s"))


def _qualifier(words: list[str], lower: list[str], end: int) -> str:
    """Return `, Data Platform` where up to three domains, and nothing else, follow a comma or a dash."""
    if end >= len(words) or lower[end] not in _QUALIFIES:
        return ""
    stop = end + 1
    while stop < len(words) and _is_domain(lower[stop]):
        stop += 1
    closed = stop == len(words) or lower[stop] in _ENDS
    return ", " + _written(words[end + 1 : stop]) if closed and 1 <= stop - end - 1 <= 3 else ""


def _written(words: list[str]) -> str:
    """Write a role as a title: one head, no shouting, techniques as they write themselves."""
    shouted = len(words) > 1 and all(word.isupper() or not word.isalpha() for word in words)
    titled = []
    for word in words:
        plain = word.capitalize() if shouted or word.islower() else word
        titled.append(known.SPELLED.get(word.lower(), plain))
    if words[-1].lower().removesuffix("s") in known.HEADS:
        titled[-1] = titled[-1].removesuffix("s")
    return " ".join(titled).replace(" / ", "/")


@lru_cache(maxsize=16_384)
def _compared(role: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return a role's levels and its other words; the last word is never a level, as in `Tech Lead`."""
    found = (word.rstrip(".") for word in _WORD.findall(role.lower()))
    words = [known.SAME.get(word, word) for word in found if word not in ("", "of", "and", "&", "/", *_ENDS)]
    levels = known.LEVELS.intersection(words[:-1])
    return levels, frozenset(words) - levels
