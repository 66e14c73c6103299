"""How phrases are found in a text: word by word, from the one word of each phrase that is rare.

A phrase is written as its words with spaces between. `a|b` stands for either word, `*3` for up to three words
of the same sentence that may be anything. A message is looked through once; at each word that a phrase may
hang on, its other words are looked for to the left and to the right. That costs little a word, whatever
the text: gaps are short, and what was found is not looked for again.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import compress
from typing import Final, NamedTuple

Slot = frozenset[str] | int
"""Words of which one stands there, or how many words may stand between."""


def either(words: str) -> frozenset[str]:
    """Return the words that stand between bars."""
    return frozenset(words.split("|"))


END: Final = "."
"""Stands in a list of words where a sentence ends; no phrase reaches over it."""
_STOPS: Final = (END, "?")
_LONGEST: Final = 1_200
"""Words of a text that are looked at: however odd a text is, it costs no more."""
_MARGIN: Final = (END,) * 12
"""Before the first word, so that no phrase reaches further to the left than there are words."""
_SENTENCES: Final = (("?", " ? "), (". ", " . "))
_BETWEEN: Final = '\n,;:|-/()[]"*@!'
"""What parts words, besides spaces."""
_BLANK: Final = bytes.maketrans(_BETWEEN.encode(), b" " * len(_BETWEEN))
_TYPED: Final = (
    *(("’", "'"), ("‘", "'"), ("´", "'"), ("–", " "), ("—", " . "), ("“", " "), ("„", " "), ("”", " ")),
    *(("¿", " "), ("¡", " "), ("£", "$"), ("€", "$"), ("₹", "$"), ("\u202f", " "), ("\u00a0", " ")),
    *((mark, " ") for mark in _BETWEEN),
)
"""The same for texts beyond ASCII, where one replacement after the other is quicker than a table."""
_COMMON: Final = either(
    "a|an|and|any|are|as|at|be|but|by|can|could|du|for|from|has|have|i|i'm|if|in|is|it|its|me|my|new"
    "|of|on|one|or|our|that|the|their|this|to|up|us|was|we|we're|who|will|with|would|you|your|ein"
    "|eine|einen|der|die|das|für|im|von|wir|ich|sie|ihr|ihre|ihren|dein|deine|un|une|le|la|les|de|des"
    "|pour|mon|nous|je|vous|votre|ton|el|los|para|mi|su|tu|que|en|con|not|no|do|so|get|very|?"
)
"""Words that stand in every mail: no phrase hangs on them where it has another."""


class Phrase(NamedTuple):
    """A phrase of a sign, taken apart at the word it hangs on."""

    near: frozenset[str]
    """Words of which one stands near in every such phrase; empty where it is a single word."""
    beside: int
    """Where that word stands if it does so next to this one: -1 or 1, else 0."""
    left: int
    """How many words before the one it hangs on are near."""
    right: int
    """How many are near from that one on."""
    before: tuple[Slot, ...]
    """Read leftwards."""
    behind: tuple[Slot, ...]


class Phrases:
    """Phrases of many signs by the word they hang on."""

    def __init__(self, of_signs: Mapping[str, Iterable[str]]) -> None:
        hanging: dict[str, dict[str, list[Phrase]]] = {}
        for sign, lines in of_signs.items():
            for line in lines:
                words, phrase = _taken_apart(line)
                for word in words:
                    hanging.setdefault(word, {}).setdefault(sign, []).append(phrase)
        self._hanging = {
            word: tuple((sign, tuple(phrases)) for sign, phrases in of_word.items())
            for word, of_word in hanging.items()
        }

    def found_in(self, words: list[str]) -> set[str]:
        """Return the signs that stand in a list of words, as `words_of` gives it."""
        found: set[str] = set()
        hanging = self._hanging
        for at in compress(range(len(words)), map(hanging.__contains__, words)):
            for sign, phrases in hanging[words[at]]:
                if sign in found:
                    continue
                for near, beside, left, right, before, behind in phrases:
                    if beside:
                        if words[at + beside] not in near:
                            continue
                    elif near and near.isdisjoint(words[at - left : at + right]):
                        continue
                    if _stands(words, at + 1, 1, behind) and _stands(words, at - 1, -1, before):
                        found.add(sign)
                        break
        return found


def _taken_apart(line: str) -> tuple[frozenset[str], Phrase]:
    """Return the words that a phrase may hang on, and the rest of it."""
    slots = [int(word[1:]) if word[0] == "*" else either(word) for word in line.split()]
    at = min(range(len(slots)), key=lambda n: _how_common(slots[n]))
    words = slots[at]
    if isinstance(words, int) or END in words:
        raise ValueError(f"the phrase {line!r} has no word to hang on")
    before, behind = tuple(reversed(slots[:at])), tuple(slots[at + 1 :])
    if sum(slot if isinstance(slot, int) else 1 for slot in before) >= len(_MARGIN):
        raise ValueError(f"the phrase {line!r} reaches too far to the left")
    (to_left, on_left), (to_right, on_right) = _near(before), _near(behind)
    if to_right and (not to_left or to_right <= to_left):
        return words, Phrase(on_right, to_right == 1, 0, to_right + 1, before, behind)
    return words, Phrase(on_left, -(to_left == 1), to_left, 0, before, behind)


def _how_common(slot: Slot) -> tuple[bool, bool, int]:
    """Return a key by which rare words come first."""
    if isinstance(slot, int):
        return True, True, 0
    return False, not slot.isdisjoint(_COMMON), len(slot)


def _near(side: tuple[Slot, ...]) -> tuple[int, frozenset[str]]:
    """Return how near the first words are that must stand on a side, and these; 0 where none must."""
    reach = 1
    for slot in side:
        if not isinstance(slot, int):
            return reach, slot
        reach += slot
    return 0, frozenset()


def _stands(words: list[str], at: int, step: int, slots: tuple[Slot, ...]) -> bool:
    """Tell whether slots are filled from a place on; the ends of `words` hold it within."""
    for number, slot in enumerate(slots):
        if isinstance(slot, int):
            rest = slots[number + 1 :]
            for _ in range(slot + 1):
                if _stands(words, at, step, rest):
                    return True
                if words[at] in _STOPS:
                    return False
                at += step
            return False
        if words[at] not in slot:
            return False
        at += step
    return True


@lru_cache(maxsize=1)
def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, with ends of sentences between and around them.

    Pounds, euros and rupees are written as `$`, which sorts with the figures: before all letters. The list
    is not to be changed: who judges a message and who lifts its fields ask for it one behind the other.
    """
    text = text.lower() + " "
    text = " . ".join(text.replace(".\n", ". ").split("\n\n"))
    for old, new in _SENTENCES:
        text = text.replace(old, new)
    if text.isascii():
        text = text.encode().translate(_BLANK).decode()
    else:
        for old, new in _TYPED:
            text = text.replace(old, new)
    words = text.split(None, _LONGEST)
    del words[_LONGEST:]
    words[:0] = _MARGIN
    words.append(END)
    return words
