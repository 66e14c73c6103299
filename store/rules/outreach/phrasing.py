"""How phrases are found in a text: word by word, from the one word of each phrase that is rare.

A phrase is written as its words with spaces between. `a|b` stands for either word, `*3` for up to three words
of the same sentence that may be anything. A message is looked through once; at each word that a phrase may
hang on, its other words are looked for to the left and to the right. That costs little a word, whatever
the text: gaps are short, and what was found is not looked for again.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

Slot = frozenset[str] | int
"""Words of which one stands there, or how many words may stand between."""

END: Final = "."
"""Stands in a list of words where a sentence ends; no phrase reaches over it."""
_STOPS: Final = (END, "?")
_SPACED: Final = (
    *(("\n\n", " . "), ("\n", " "), (". ", " . "), ("!", " . "), ("?", " ? "), (";", " . "), ("|", " . ")),
    *((" - ", " . "), ("-", " "), ("/", " "), (", ", " "), (":", " . "), ("(", " "), (")", " "), ("[", " ")),
    *(("]", " "), ('"', " "), ("*", " "), ("@", " @ "), ("`", "'"), ("’", "'"), ("‘", "'"), ("´", "'")),
    *(("–", " "), ("—", " . "), ("“", " "), ("„", " "), ("”", " "), ("¿", " "), ("¡", " ")),
    *(("£", "$"), ("€", "$"), ("₹", "$"), ("\u202f", " "), ("\u00a0", " ")),
)
"""What parts words and sentences, and what is written in several ways."""
_PLAIN: Final = tuple((old, new) for old, new in _SPACED if old.isascii())
_TRIES: Final = 60
"""Places at which one word is looked at: a text of one word over and over costs no more."""
_COMMON: Final = frozenset(
    "a an and any are as at be but by can could du for from has have i i'm if in is it its me my new of on one or our "
    "that the their this to up us was we we're who will with would you your ein eine einen der die das für im "
    "von wir ich sie ihr ihre ihren dein deine un une le la les de des pour mon nous je vous votre ton el los "
    "para mi su tu que en con not no do so get very ?".split()
)
"""Words that stand in every mail: no phrase hangs on them where it has another."""


class Phrase(NamedTuple):
    """A phrase of a sign, taken apart at the word it hangs on."""

    sign: str
    before: tuple[Slot, ...]
    """Read leftwards."""
    behind: tuple[Slot, ...]


class Phrases:
    """Phrases of many signs by the word they hang on."""

    def __init__(self, of_signs: Mapping[str, Iterable[str]]) -> None:
        self._hanging: dict[str, tuple[Phrase, ...]] = {}
        for sign, lines in of_signs.items():
            for line in lines:
                self._add(sign, line)

    def _add(self, sign: str, line: str) -> None:
        slots = [int(word[1:]) if word[0] == "*" else frozenset(word.split("|")) for word in line.split()]
        at = min(range(len(slots)), key=lambda n: _how_common(slots[n]))
        words = slots[at]
        if isinstance(words, int) or END in words:
            raise ValueError(f"the phrase {line!r} has no word to hang on")
        phrase = Phrase(sign, tuple(reversed(slots[:at])), tuple(slots[at + 1 :]))
        for word in words:
            self._hanging[word] = (*self._hanging.get(word, ()), phrase)

    def found_in(self, words: list[str]) -> tuple[set[str], list[int]]:
        """Return the signs that stand in a list of words, and where figures stand in it."""
        found: set[str] = set()
        figures: list[int] = []
        hanging = self._hanging
        tried: dict[str, int] = {}
        for at, word in enumerate(words):
            if word in hanging:
                times = tried[word] = tried.get(word, 0) + 1
                if times > _TRIES:
                    continue
                for sign, before, behind in hanging[word]:
                    if (
                        sign not in found
                        and (not behind or _stands(words, at + 1, 1, behind))
                        and (not before or _stands(words, at - 1, -1, before))
                    ):
                        found.add(sign)
            elif word < "a" and word != END:
                figures.append(at)
        return found, figures


def _how_common(slot: Slot) -> tuple[bool, bool, int]:
    if isinstance(slot, int):
        return True, True, 0
    return False, not slot.isdisjoint(_COMMON), len(slot)


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


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, with ends of sentences between and around them.

    Pounds, euros and rupees are written as `$`, which sorts with the figures: before all letters.
    """
    text = text.lower() + " "
    for old, new in _PLAIN if text.isascii() else _SPACED:
        text = text.replace(old, new)
    return [END, *text.split(), END]
