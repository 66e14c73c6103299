"""The twelve fields of the decision form, in their order: what each asks, the keys it takes, what they mean.

The form on the screen, the prompts of `ringback decide` and the pages that show an entry all read them here.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from store.errors import UsageError
from store.records.decision import NOTHING, Answers, Verdict
from store.records.seat import OwnReason


class Key(msgspec.Struct, frozen=True, gc=False):
    """One key of a field."""

    key: str
    meaning: str
    """A few words."""


class Question(msgspec.Struct, frozen=True, gc=False):
    """A field: `name` is that of the answer, or reasons, verdict, reviews."""

    number: int
    name: str
    text: str
    short: str
    """What stands before its answer once it is given."""
    keys: tuple[Key, ...]
    needed: bool = False
    """It cannot be skipped."""


class Reason(msgspec.Struct, frozen=True, gc=False):
    """What may be in the way, and the counter-question put to it."""

    key: str
    name: str
    question: str
    in_favour: str = ""
    """What is known to speak for it."""
    holds: str = ""
    partly: str = ""
    fails: str = ""


REASONS: Final = (
    Reason(
        "a",
        "happy here",
        "Name the two or three things that make it good. Which of them is yours by contract, and which would "
        "go with one person, one budget or one owner?",
        "the lift from a new job fades within a year or so (Boswell et al. 2005)",
        "named, and none hangs on one person",
        "some hang on one",
        "all hang on one, or none could be named",
    ),
    Reason(
        "b",
        "promised the boss's chair",
        "On what date, said by whom, seen in writing by whom else? And if that person leaves first, who "
        "keeps the promise?",
        "a dated plan that a second decision-maker knows is worth waiting for",
        "date, paper and a second person",
        "one of the three",
        "none of the three",
    ),
    Reason(
        "c",
        "in mid-project",
        "On which date is the part done that only you can do? Would half an hour this week move that date? "
        "If not: is it a reason for silence, or only for a later start?",
        "finishing is reputation",
        "even a call would hurt",
        "only a start before that date would",
        "no effect",
    ),
    Reason(
        "d",
        "loyal",
        "Loyal to whom, by name? Would listening break a word you gave them? If your post had to go next "
        "quarter, what would their loyalty oblige them to do?",
        "promises to a team are real",
        "a promise would be broken",
        "it would feel wrong, but there is no promise",
        "neither",
    ),
    Reason(
        "e",
        "I go where my boss goes",
        "If your boss rang tonight to say it is over, who is your second way in? Two people, not under that "
        "boss, who would hire you.",
        "moving together works; stars who moved alone lost form (Groysberg)",
        "two names",
        "one name",
        "none",
    ),
    Reason(
        "f",
        "something else",
        "Say it as a fact that somebody else could check. Would you accept it from a friend who asked you?",
        "health, family, visa, vesting, moving: usually the best reasons",
        "checkable, and yes",
        "one of the two",
        "neither",
    ),
)
WITHOUT: Final = Reason(NOTHING, "nothing", "Then what has kept you from answering so far?")
"""The counter-question of no reason: recorded, without points."""
OWN_KEYS: Final = "ghijklmopqrstuvwxyz"
"""Keys that reasons of the user's own may have; `n` adds a note."""

_TENTHS = tuple(Key(str(each), f"{each}0 %") for each in range(1, 10))
VERDICT_KEYS: Final[dict[str, Verdict]] = {"C": "call", "A": "ask", "L": "later", "N": "no", "V": "verify"}
VERDICT_NAMES: Final[dict[Verdict, str]] = {
    "call": "take the call",
    "ask": "ask first",
    "later": "later",
    "no": "no",
    "verify": "verify first",
}

QUESTIONS: Final = (
    Question(
        1,
        "reasons",
        "If you had to answer this second, what would you say is in the way?",
        "In the way",
        tuple(Key(each.key, each.name) for each in (*REASONS, WITHOUT)),
        needed=True,
    ),
    Question(
        2,
        "survives",
        "Does it hold?",
        "Does it hold?",
        (Key("1", "it holds"), Key("2", "partly"), Key("3", "it does not")),
    ),
    Question(
        3,
        "call",
        "One half-hour call: what would it really cost you?",
        "The call costs",
        (
            Key("0", "nothing real"),
            Key("1", "the half hour"),
            Key("2", "some risk of talk"),
            Key("3", "real harm: a promise, a contract, your boss"),
        ),
    ),
    Question(
        4,
        "silence",
        "Never answering: what would that cost you?",
        "Silence costs",
        (
            Key("0", "nothing"),
            Key("1", "a contact"),
            Key("2", "a view of the market, or the next call"),
            Key("3", "a role you might want"),
        ),
    ),
    Question(
        5,
        "pull",
        "How much of the work sits in your core?",
        "In your core",
        (Key("0", "none"), Key("1", "a little"), Key("2", "a good part"), Key("3", "nearly all")),
    ),
    Question(
        6,
        "step",
        "Against today's seat, this is…",
        "Against today's seat",
        (Key("0", "smaller"), Key("1", "the same"), Key("2", "bigger"), Key("3", "clearly bigger")),
    ),
    Question(
        7,
        "seat",
        "How likely is it that your seat, with this boss, is unchanged in 12 months?",
        "Seat unchanged",
        _TENTHS,
    ),
    Question(
        8,
        "trust",
        "Who pays this recruiter, and how sure are you of them?",
        "The recruiter",
        (Key("g", "good"), Key("u", "unknown"), Key("p", "poor")),
    ),
    Question(
        9,
        "sting",
        "A year from now, seat changed or not: what would sting more?",
        "Would sting more",
        (Key("c", "having called"), Key("=", "neither"), Key("s", "having kept silent")),
    ),
    Question(
        10,
        "regret",
        "How likely is it that you will wish you had done the other thing?",
        "Wish for the other thing",
        _TENTHS,
    ),
    Question(
        11,
        "verdict",
        "What do you have to lose? Your decision:",
        "Your decision",
        tuple(Key(key, VERDICT_NAMES[verdict]) for key, verdict in VERDICT_KEYS.items()),
        needed=True,
    ),
    Question(12, "reviews", "When shall we look back?", "Looking back", ()),
)
BY_NAME: Final = {question.name: question for question in QUESTIONS}
EXPRESS: Final = tuple(BY_NAME[name] for name in ("reasons", "call", "silence", "verdict"))
"""The four fields of the express form."""
_NUMBERS = frozenset({"survives", "call", "silence", "pull", "step", "seat", "regret"})


def reason(key: str, own: Sequence[OwnReason] = ()) -> Reason:
    """Return a reason by its key, a letter of either case or `0`; raises UsageError where there is none.

    `own` are the user's own reasons.
    """
    key = key.lower()
    for each in (*REASONS, WITHOUT, *own_reasons(own)):
        if each.key == key:
            return each
    keys = ", ".join(each.key for each in (*REASONS, *own_reasons(own), WITHOUT))
    raise UsageError(f"There is no reason {key!r}.", f"Reasons are {keys}.")


def own_reasons(own: Sequence[OwnReason]) -> tuple[Reason, ...]:
    """Return the user's own reasons with the keys they have in field 1."""
    return tuple(
        Reason(each.key, each.name, each.question, holds="it holds", partly="partly", fails="it does not")
        for each in own
    )


def answered(answers: Answers, name: str, key: str, own: Sequence[OwnReason] = ()) -> Answers:
    """Return the answers with one key taken into a field; an empty key makes it unknown.

    In the field of reasons a further letter adds to those given, and `0` stands alone. Raises UsageError,
    which names the keys that the field takes, for any other.
    """
    question = BY_NAME[name]
    if name == "reasons":
        return _with_reason(answers, reason(key, own).key) if key else answers
    if key not in ("", *(each.key for each in question.keys)):
        raise UsageError(
            f"Field {question.number}, {question.short.lower()}, does not take {key!r}.",
            f"It takes {keys_of(question)}.",
        )
    value: object = (int(key) if name in _NUMBERS else key) if key else None
    return msgspec.structs.replace(answers, **{name: value})


def _with_reason(answers: Answers, key: str) -> Answers:
    if key == NOTHING or answers.reasons == (NOTHING,):
        reasons: tuple[str, ...] = (key,)
    else:
        reasons = tuple(dict.fromkeys((*answers.reasons, key)))
    kept = answers.survives if reasons[:1] == answers.reasons[:1] else None
    return msgspec.structs.replace(answers, reasons=reasons, survives=kept)


def keys_of(question: Question) -> str:
    """Return the keys of a field in a line: `0 nothing, 1 a contact`; of tenths `1 to 9`."""
    if question.keys == _TENTHS:
        return "1 to 9, tenths"
    return ", ".join(f"{each.key} {each.meaning}" for each in question.keys)


def meaning(name: str, value: object, own: Sequence[OwnReason] = ()) -> str:
    """Say an answer in words: `a view of the market, or the next call`; unknown for None."""
    if value is None or value in ((), ""):
        return "unknown"
    if name == "reasons":
        keys = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(reason_name(str(key), own) for key in keys)
    if name == "verdict":
        return VERDICT_NAMES.get(value, str(value))  # type: ignore[call-overload, no-any-return]
    return next((each.meaning for each in BY_NAME[name].keys if each.key == str(value)), str(value))


def brief(words: str) -> str:
    """Return the first part of an answer in words, where it stands in a line with others."""
    return words.partition(", or ")[0].partition(": ")[0]


def reason_name(key: str, own: Sequence[OwnReason] = ()) -> str:
    """Name a reason: `A happy here`; one that is no longer there by its key alone."""
    try:
        found = reason(key, own)
    except UsageError:
        return key.upper()
    return found.name if key == NOTHING else f"{found.key.upper()} {found.name}"
