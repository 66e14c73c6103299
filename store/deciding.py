"""From answers to a sealed entry, and from a look back to a sealed review: what form and command share."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from store import seat as seats
from store import verbs
from store.clock import DAY
from store.decisions import Entry
from store.errors import StoreError, UsageError
from store.file.sealed import sealed
from store.ids import random_key, read_id
from store.records.decision import Answers, Decision, Fact, Forecast, Form, Verdict
from store.records.message import Message
from store.records.opportunity import place_value
from store.records.review import Review
from store.records.seat import OwnReason, Seat
from store.rules.journal import AFTER_NO, YEAR, default_key, impulse_of
from store.rules.ledger import Case, reckon, reckon_express
from store.rules.questions import VERDICT_KEYS, VERDICT_NAMES
from store.rules.row import Row
from store.rules.scam import safety_flags
from store.rules.summarize import is_outgoing
from store.transaction import Transaction, clean

if TYPE_CHECKING:
    from store.repository import Repository

_LOOK_BACK: dict[Verdict, int] = {
    "call": 14 * DAY,
    "ask": 10 * DAY,
    "later": 30 * DAY,
    "no": AFTER_NO,
    "verify": 10 * DAY,
}
"""How long after a verdict to look back first; of later, how long it rests unless a date is given."""

NO_NOTES: Mapping[str, str] = MappingProxyType({})


class Beside(msgspec.Struct, frozen=True, gc=False):
    """What is known beside the answers when an opportunity is decided on."""

    known: tuple[Fact, ...]
    warnings: tuple[str, ...]
    """Safety flags, each a sentence."""
    no_go: tuple[str, ...]
    """The user's own no-go lines that it crosses."""
    core: tuple[str, ...]
    """Work that the user is good at and likes."""
    seat: Seat
    own: tuple[OwnReason, ...]
    before: Decision | None
    """What was answered last on this opportunity, sealed or withdrawn."""
    impulse: str
    supersedes: str
    """Id of the entry in force, as a decimal text; empty for none."""

    @property
    def case(self) -> Case:
        """What the ledger asks of it."""
        return Case(len(self.known), self.warnings, self.no_go)


def beside(repository: "Repository", row: Row) -> Beside:
    """Gather what is known beside the answers."""
    index, documents = repository.index, repository.documents
    found = (index.message(id) for id in row.messages)
    inbound = [message for message in found if message is not None and not is_outgoing(message, index.own)]
    in_force = repository.decisions.newest(row)
    lines = [item.text or "" for _, item in seats.items(documents, "no-go")]
    return Beside(
        known=facts(row),
        warnings=safety_flags(row, inbound),
        no_go=tuple(line for line in lines if _crosses(row, inbound, line)),
        core=tuple(item.text or "" for _, item in seats.items(documents, "core")),
        seat=seats.seat(documents),
        own=tuple(seats.own_reasons(documents)),
        before=repository.decisions.last_words(row),
        impulse=impulse_of(row),
        supersedes=str(in_force.id) if in_force is not None else "",
    )


def facts(row: Row) -> tuple[Fact, ...]:
    """Return which of the four facts are known of an opportunity."""
    known: dict[Fact, object] = {
        "employer": row.company,
        "role": row.role_known,
        "pay": row.pay,
        "mandate": row.mandate,
    }
    return tuple(fact for fact, value in known.items() if value)


def _crosses(row: Row, inbound: Sequence[Message], line: str) -> bool:
    """Tell whether the words of a no-go line stand, one after the other, in what is said of the role."""
    words = re.findall(r"\w+", line.casefold())
    if not words:
        return False
    told = "\n".join((row.role, row.company, *(message.text for message in inbound)))
    return re.search(r"\b" + r"\W+".join(map(re.escape, words)) + r"\b", told.casefold()) is not None


def default_until(now: int) -> int:
    """Return until when an opportunity rests after `later`, unless the user says so (milliseconds)."""
    return now + _LOOK_BACK["later"]


def default_reviews(verdict: Verdict, now: int, until: int = 0) -> tuple[int, ...]:
    """Return when to look back (milliseconds): soon after the verdict, or on its date, and after a year."""
    first = until if verdict == "later" and until else now + _LOOK_BACK[verdict]
    return tuple(sorted({first, now + YEAR}))


def verdict_of(word: str) -> Verdict:
    """Read a verdict, by its capital or by its name; raises UsageError."""
    for key, verdict in VERDICT_KEYS.items():
        if word in (key, verdict):
            return verdict
    known = ", ".join(f"{key} {VERDICT_NAMES[verdict]}" for key, verdict in VERDICT_KEYS.items())
    raise UsageError(
        f"There is no verdict {word!r}." if word else "There is no verdict yet.", f"Verdicts are {known}."
    )


def compose(
    row: Row,
    beside: Beside,
    answers: Answers,
    *,
    form: Form,
    verdict: str,
    notes: Mapping[str, str] = NO_NOTES,
    because: str = "",
    until: int = 0,
    reviews: Sequence[int] = (),
    seconds: int = 0,
    now: int,
) -> Decision:
    """Make the entry that is to be sealed; raises UsageError for what is missing or lies in the past.

    `until` (milliseconds) is the date of `later`, 30 days on where it is 0; `reviews` are the dates to look
    back on, by default `default_reviews`.
    """
    if not answers.reasons:
        raise UsageError(
            "There is no reason yet: field 1 cannot be skipped.", "0 stands for nothing in the way."
        )
    sealed_verdict = verdict_of(verdict)
    until = (until or default_until(now)) if sealed_verdict == "later" else 0
    dates = _to_come(tuple(sorted(reviews)) or default_reviews(sealed_verdict, now, until), until, now)
    reckoning = reckon(answers, beside.case) if form == "full" else reckon_express(answers)
    return Decision(
        k=random_key(),
        opportunity=str(row.id),
        at=now,
        seen=row.inbound_at,
        form=form,
        answers=answers,
        notes={name: text.strip() for name, text in notes.items() if text.strip()},
        known=beside.known,
        warnings=beside.warnings,
        no_go=beside.no_go,
        ledger=reckoning.ledger,
        gates=reckoning.gates,
        total=reckoning.total,
        recommended=reckoning.recommended,
        flip=reckoning.flip,
        firm=reckoning.firm,
        verdict=sealed_verdict,
        because=because.strip() if sealed_verdict != reckoning.recommended else "",
        until=until,
        forecasts=_forecasts(answers, now),
        reviews=dates,
        present=beside.seat,
        impulse=beside.impulse,
        seconds=max(seconds, 0),
        supersedes=beside.supersedes,
    )


def _to_come(dates: tuple[int, ...], until: int, now: int) -> tuple[int, ...]:
    """Return the dates to look back on; raises UsageError where one of them, or `until`, is over."""
    if min(*dates, until or now + 1) <= now:
        raise UsageError(
            "A date to look back on lies in the past.", "Give one that is to come, such as 2w or 1y."
        )
    return dates


def _forecasts(answers: Answers, now: int) -> tuple[Forecast, ...]:
    found = []
    if answers.seat is not None:
        found.append(Forecast("seat", answers.seat * 10, now + YEAR))
    if answers.regret is not None:
        found.append(Forecast("regret", answers.regret * 10, now + YEAR))
    return tuple(found)


def decide(transaction: Transaction, ids: Sequence[int], decision: Decision) -> str:
    """Seal an entry on one opportunity, and put the opportunity where the verdict moves it."""
    if len(ids) != 1 or decision.verdict is None:
        raise UsageError("A decision is about one opportunity.", "Decide on them one after the other.")
    row = transaction.row(ids[0])
    document = verbs.opportunity_document(transaction, row)
    _store(transaction, "decisions", msgspec.structs.replace(decision, opportunity=str(document)))
    if not row.impulse:
        transaction.set("opportunities", document, "impulse", "none")
    if row.trashed:
        transaction.set("opportunities", document, "trash", None)
    transaction.set("opportunities", document, "place", _place(row, decision))
    verbs.read(transaction, [row.id], on=True)
    return f"Sealed: {VERDICT_NAMES[decision.verdict]}"


def _place(row: Row, decision: Decision) -> dict[str, object]:
    """Return where a verdict puts an opportunity: it waits, rests, is done, or stays new."""
    match decision.verdict:
        case "call" | "ask":
            return place_value("waiting", row.inbound_at)
        case "later":
            return place_value("new", row.inbound_at, decision.until)
        case "no":
            return place_value("done", row.inbound_at)
    return place_value("new", row.inbound_at)


def review(transaction: Transaction, entry: Entry, review: Review) -> str:
    """Seal a look back at an entry; one by default is stored with it.

    Fills in which entry it is and, where they are missing, when it was made and which date it answers.
    """
    if entry.row is None:
        raise StoreError("The opportunity of that decision is gone.", "There is nothing to look back on.")
    if entry.decision.by_default:
        document = verbs.opportunity_document(transaction, entry.row)
        default = msgspec.structs.replace(entry.decision, k=default_key(document), opportunity=str(document))
        decision = _store(transaction, "decisions", default)
    else:
        decision = entry.id
    at = review.at or transaction.now
    past = [date for date in entry.decision.reviews if date <= at] or entry.decision.reviews[:1]
    due = review.due or max(past, default=at)
    key = review.k or random_key()
    kept = msgspec.structs.replace(review, k=key, decision=str(decision), at=at, due=due)
    _store(transaction, "reviews", kept)
    return "Looked back"


def _store(transaction: Transaction, table: str, record: Decision | Review) -> int:
    id, _ = transaction.insert(table, record.k, sealed_fields(record))
    return id


def sealed_fields(record: Decision | Review) -> dict[str, Any]:
    """Return a decision or a review as the fields of its document, sealed."""
    fields = msgspec.to_builtins(record)
    kept = {
        name: value for name, value in fields.items() if name not in ("gone", "seal") and value is not None
    }
    return sealed(clean(kept))


def entry_of(repository: "Repository", text: str) -> Entry | None:
    """Return the entry whose whole id this is, None where there is none."""
    return repository.decisions.find(read_id(text)) if read_id(text) else None
