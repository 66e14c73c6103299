"""The six questions of a review, and what an outcome says about a decision: asked first, revealed after."""

from typing import Final, Literal

import msgspec

from store.errors import UsageError
from store.records.decision import NOTHING, Decision
from store.records.review import Review
from store.rules.questions import Key, Question, keys_of

_BECAME = {"f": "filled", "c": "closed", "o": "open", "m": "mine", "u": "unknown"}
_SEAT = {"s": "same", "b": "better", "w": "worse", "g": "gone", "l": "left"}
_CAME_TRUE = {"y": "yes", "p": "partly", "n": "no", "s": "soon"}
CANNOT_TELL: Final = "-"

QUESTIONS: Final = (
    Question(
        1,
        "became",
        "What became of the role?",
        "The role",
        (
            Key("f", "filled"),
            Key("c", "closed"),
            Key("o", "still open"),
            Key("m", "I am in it"),
            Key("u", "unknown"),
        ),
    ),
    Question(
        2,
        "seat",
        "And your seat?",
        "Your seat",
        (
            Key("s", "the same"),
            Key("b", "better"),
            Key("w", "worse"),
            Key("g", "gone"),
            Key("l", "I left it"),
        ),
    ),
    Question(
        3,
        "wish",
        "Do you wish you had done the other thing?",
        "Wish for the other thing",
        (
            Key("0", "not at all"),
            Key("1", "a little"),
            Key("2", "rather"),
            Key("3", "very much"),
            Key(CANNOT_TELL, "cannot tell"),
        ),
    ),
    Question(
        4,
        "came_true",
        "Did your reason come true?",
        "The reason came true",
        (Key("y", "yes"), Key("p", "partly"), Key("n", "no"), Key("s", "too soon")),
    ),
    Question(
        5,
        "process",
        "Knowing only what you knew then, was it decided well?",
        "Decided",
        (Key("1", "badly"), Key("2", "fairly"), Key("3", "well")),
    ),
    Question(6, "line", "One line for next time:", "For next time", ()),
)
BY_NAME: Final = {question.name: question for question in QUESTIONS}
_WORDS = {"became": _BECAME, "seat": _SEAT, "came_true": _CAME_TRUE}


Process = Literal["badly", "fairly", "well", ""]


class Square(msgspec.Struct, frozen=True, gc=False):
    """Process against outcome, so that a bad outcome is not taken for a bad decision."""

    process: Process
    outcome: Literal["well", "badly", ""]
    sentence: str


_PROCESSES: Final[dict[int | None, Process]] = {1: "badly", 2: "fairly", 3: "well"}
_SENTENCES = {
    ("well", "well"): "Decided well, turned out well: keep doing this.",
    ("well", "badly"): "Decided well, turned out badly: bad luck, no bad decision.",
    ("badly", "well"): "Decided badly, turned out well: luck; do not learn from it.",
    ("badly", "badly"): "Decided badly, turned out badly: here is something to learn.",
    ("fairly", "well"): "Decided fairly, turned out well.",
    ("fairly", "badly"): "Decided fairly, turned out badly: was there something you could have asked?",
}


def questions_for(decision: Decision) -> tuple[Question, ...]:
    """Return the questions that an entry raises: none about a reason where it had none."""
    asks = decision.answers.reasons[:1] not in ((), (NOTHING,))
    return tuple(question for question in QUESTIONS if asks or question.name != "came_true")


def answered(review: Review, name: str, key: str) -> Review:
    """Return the review with one key taken into a field; an empty key leaves it unknown.

    Raises UsageError, which names the keys that the field takes, for any other.
    """
    question = BY_NAME[name]
    if name == "line":
        return msgspec.structs.replace(review, line=" ".join(key.split()))
    if key not in ("", *(each.key for each in question.keys)):
        raise UsageError(
            f"Question {question.number}, {question.short.lower()}, does not take {key!r}.",
            f"It takes {keys_of(question)}.",
        )
    return msgspec.structs.replace(review, **{name: _value(name, key)})


def _value(name: str, key: str) -> object:
    if name in _WORDS:
        return _WORDS[name][key] if key else ("unknown" if name == "became" else None)
    return int(key) if key.isdigit() else None


def words_of(name: str, value: object) -> str:
    """Say an answer in words."""
    if name == "line":
        return str(value or "")
    for key, word in _WORDS.get(name, {}).items():
        if word == value:
            return _meaning(name, key)
    if name == "wish" and value is None:
        return "cannot tell"
    return _meaning(name, str(value)) if value is not None else "unknown"


def _meaning(name: str, key: str) -> str:
    return next((each.meaning for each in BY_NAME[name].keys if each.key == key), key)


def square(review: Review) -> Square:
    """Set how it was decided against how it turned out."""
    process: Process = _PROCESSES.get(review.process, "")
    if review.wish is None:
        return Square(process, "", f"Decided {process}; how it turned out is open." if process else "")
    outcome: Literal["well", "badly"] = "badly" if review.wish >= 2 else "well"
    sentence = _SENTENCES.get((process, outcome), f"Turned out {outcome}.")
    return Square(process, outcome, sentence)


def told(review: Review) -> str:
    """Say what a review found, in a line."""
    parts = [
        f"the role: {words_of('became', review.became)}" if review.became != "unknown" else "",
        f"the seat: {words_of('seat', review.seat)}" if review.seat else "",
        f"wish for the other thing: {words_of('wish', review.wish)}" if review.wish is not None else "",
        square(review).sentence,
        review.line,
    ]
    return "; ".join(part.rstrip(".") for part in parts if part)
