"""A decision form that is being filled in: which field is next, what a key does there, what is kept of it."""

from collections.abc import Mapping, Sequence
from typing import Self

import msgspec

from store.errors import UsageError
from store.records.decision import NOTHING, Answers, Decision, Verdict
from store.records.seat import OwnReason
from store.rules.ledger import Case, Reckoning, reckon, reckon_express
from store.rules.questions import EXPRESS, QUESTIONS, VERDICT_KEYS, Question, answered, keys_of

_LAST_BEFORE_LEDGER = "regret"


class Sheet(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The form at one moment; each change makes another one."""

    express: bool = False
    answers: Answers = Answers()
    notes: dict[str, str] = {}
    given: tuple[str, ...] = ()
    """Names of the fields that were answered or passed over, in any order."""
    at: int = 0
    """Place of the present field among `questions`; one beyond the last when all are done."""
    verdict: Verdict | None = None
    because: str = ""
    until: int = 0
    reviews: tuple[int, ...] = ()
    seconds: int = 0
    """How long the form was open before."""
    before: int = 0
    """When the answers that it began with were sealed (milliseconds), 0 where it began empty."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The fields of this form."""
        return EXPRESS if self.express else QUESTIONS

    @property
    def present(self) -> Question | None:
        """The field under the cursor, None when all are done."""
        return self.questions[self.at] if self.at < len(self.questions) else None

    @property
    def shows_ledger(self) -> bool:
        """Whether the ledger may be seen: only once it can steer no answer any more."""
        last = "silence" if self.express else _LAST_BEFORE_LEDGER
        return last in self.given and self.at > [each.name for each in self.questions].index(last)

    def reckoning(self, case: Case) -> Reckoning:
        """Add the answers up."""
        return reckon_express(self.answers) if self.express else reckon(self.answers, case)

    def press(self, key: str, own: Sequence[OwnReason] = ()) -> Self:
        """Answer the present field with a key and go on; raises UsageError that names the keys it takes.

        Back in the field of reasons, a further letter adds a reason and the field stays.
        """
        field = self.present
        if field is None or field.name == "reviews":
            raise UsageError("All is answered.", "")
        if field.name == "verdict":
            if key not in VERDICT_KEYS:
                raise UsageError(f"A verdict is a capital: {keys_of(field)}.", "")
            return self._done(field, verdict=VERDICT_KEYS[key], reviews=(), until=0)
        adds = field.name == "reasons" and "reasons" in self.given and key.lower() != NOTHING
        if adds:
            return msgspec.structs.replace(self, answers=answered(self.answers, field.name, key, own))
        if field.name == "reasons":
            return self._done(field, answers=self._led_by(key, own))
        return self._done(field, answers=answered(self.answers, field.name, key, own))

    def _led_by(self, key: str, own: Sequence[OwnReason]) -> Answers:
        """A first reason takes the place of those that the form began with."""
        answers = answered(msgspec.structs.replace(self.answers, reasons=()), "reasons", key, own)
        if answers.reasons != self.answers.reasons[:1]:
            return answers
        return msgspec.structs.replace(answers, survives=self.answers.survives)

    def skip(self) -> Self:
        """Pass over the present field: it keeps what it holds, and is unknown where that is nothing."""
        field = self.present
        if field is None:
            return self
        if field.name == "reasons" and not self.answers.reasons:
            raise UsageError("The first question cannot be skipped.", "0 stands for nothing in the way.")
        if field.name == "verdict" and self.verdict is None:
            raise UsageError("The verdict cannot be skipped.", keys_of(field))
        return self._done(field)

    def back(self) -> Self:
        """Go to the field before."""
        return msgspec.structs.replace(self, at=max(self.at - 1, 0))

    def forward(self) -> Self:
        """Go to the field after, where the present one has been dealt with."""
        field = self.present
        return msgspec.structs.replace(self, at=self.at + 1) if field and field.name in self.given else self

    def with_note(self, text: str) -> Self:
        """Add a short note to the present field; an empty text takes it away."""
        field = self.present or self.questions[-1]
        notes = {name: note for name, note in self.notes.items() if name != field.name}
        if text.strip():
            notes[field.name] = " ".join(text.split())
        return msgspec.structs.replace(self, notes=notes)

    def _done(self, field: Question, **changes: object) -> Self:
        given = tuple(dict.fromkeys((*self.given, field.name)))
        return msgspec.structs.replace(self, given=given, at=self.at + 1, **changes)

    # Keeping it

    def words(self) -> dict[str, str]:
        """Return the form as texts, for a draft."""
        return {"sheet": msgspec.json.encode(self).decode()}


def from_words(words: Mapping[str, str]) -> Sheet | None:
    """Read a form that was kept as a draft, None where it is none."""
    try:
        sheet = msgspec.json.decode(words.get("sheet", ""), type=Sheet)
    except msgspec.MsgspecError:
        return None
    return sheet if 0 <= sheet.at <= len(sheet.questions) else None


def begin(before: Decision | None, *, express: bool) -> Sheet:
    """Return an empty form, or one with what was answered last time."""
    if before is None or before.by_default:
        return Sheet(express=express)
    return Sheet(express=express, answers=before.answers, notes=dict(before.notes), before=before.at)
