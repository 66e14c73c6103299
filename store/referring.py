"""Referrals: who is passed on to whom, with whose leave; the verbs that both front ends call."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec

from store import network, referral_letters, verbs
from store.errors import NotFoundError, StoreError, UsageError
from store.file.documents import Documents
from store.ids import parse_code, random_key, read_id
from store.network import Known
from store.records.person import Person
from store.records.reading import read_fields
from store.records.referral import KINDS, SIDES, Referral, Step
from store.rules.companies import company_name
from store.rules.dates import describe
from store.rules.referrals import (
    FIRST,
    NOTED,
    NUDGED,
    THANKED,
    TOLD,
    Standing,
    check_move,
    check_nudge,
    standing,
    words,
)
from store.rules.row import Row
from store.seat import Reads
from store.transaction import Transaction

_BEGINS = {"forward": "asked_friend", "both": "asked_friend", "standing": "yes", "public": "idea"}
"""The state that a given referral begins in, by its consent mode."""


class Logged(NamedTuple):
    """A referral of the log, with its steps, oldest first, and where it stands."""

    id: int
    referral: Referral
    steps: list[Step]
    standing: Standing


def log(documents: Reads, now: int) -> list[Logged]:
    """Return every referral, the newest first."""
    steps: dict[int, list[Step]] = {}
    for _, document in documents.items("steps"):
        step = read_fields(document, Step)
        if not step.gone:
            steps.setdefault(read_id(step.referral), []).append(step)
    found = []
    for id, document in documents.items("referrals"):
        referral = read_fields(document, Referral)
        if isinstance(id, int) and not referral.gone:
            own = sorted(steps.get(id, ()), key=lambda step: (step.at, step.k))
            found.append(Logged(id, referral, own, standing(referral, own, now)))
    return sorted(found, key=lambda logged: (-logged.referral.at, logged.id))


def of_opportunity(documents: Documents, opportunities: Collection[int], now: int) -> list[Logged]:
    """Return the referrals of an opportunity, by the ids of its documents; only what names them is read."""
    named = [f'"opportunity":"{id}"'.encode() for id in opportunities]
    found = []
    for id, raw in documents.raw_items("referrals"):
        if not isinstance(id, int) or not any(each in raw for each in named):
            continue
        referral = read_fields(documents.get("referrals", id) or {}, Referral)
        if referral.gone or read_id(referral.opportunity) not in opportunities:
            continue
        own = f'"referral":"{id}"'.encode()
        steps = [
            read_fields(documents.get("steps", step) or {}, Step)
            for step, each in documents.raw_items("steps")
            if own in each
        ]
        kept = sorted((each for each in steps if not each.gone), key=lambda each: (each.at, each.k))
        found.append(Logged(id, referral, kept, standing(referral, kept, now)))
    return found


def says(logged: Logged, wanted: Sequence[str]) -> bool:
    """Tell whether a referral has all of these words in what it is about, or in its state."""
    each, state = logged.referral, logged.standing.state
    about = (each.kind, each.name, each.recruiter, each.firm, each.role, each.company, each.why)
    shown = filter(None, (*about, each.note, *(step.note for step in logged.steps)))
    text = "\n".join((*shown, state, words(state))).casefold()
    return all(word.casefold() in text for word in wanted)


def find(documents: Reads, code: str, now: int) -> Logged:
    """Return a referral by its short code or id; raises NotFoundError or UsageError."""
    remainder, modulus = parse_code(code) or (-1, 1)
    found = [each for each in log(documents, now) if str(each.id) == code or each.id % modulus == remainder]
    if not found:
        raise NotFoundError(
            f"No referral has the id {code}.", "ringback referrals lists them with their ids."
        )
    if len(found) > 1:
        names = ", ".join(f"{each.referral.name}, {each.referral.role}" for each in found[:5])
        raise UsageError(f"The id {code} fits {len(found)} referrals: {names}.", "Add a character to the id.")
    return found[0]


def refer(transaction: Transaction, row: Row, referral: Referral, known: Known | None) -> tuple[str, int]:
    """Write a given referral and its letters down; return a sentence and its id.

    Somebody unknown is added by name.
    """
    person = known.id if known is not None else network.add_person(transaction, referral.name)[1]
    present = transaction.row(row.id)
    document = verbs.opportunity_document(transaction, present)
    kept = msgspec.structs.replace(referral, person=str(person), opportunity=str(document))
    id = _store(transaction, kept, _BEGINS[referral.mode])
    referral_letters.write(transaction, id, kept, present)
    return f"Referral to {referral.name}: {words(_BEGINS[referral.mode])}", id


def add(transaction: Transaction, kind: str, name: str, **fields: str) -> tuple[str, int]:
    """Write down a referral that was received, asked for, or a question as a source; return its id too."""
    if kind not in KINDS:
        raise UsageError(f"There is no referral {kind!r}.", f"Kinds are {', '.join(KINDS)}.")
    known = network.find(transaction, name)
    if kind == "given":
        _check_given(known, fields.get("why", ""))
    person = known.id if known is not None else network.add_person(transaction, name)[1]
    plain = (known.person.name if known is not None else None) or " ".join(name.split())
    texts = {field: " ".join(text.split()) for field, text in fields.items()}
    told = msgspec.convert({**texts, "kind": kind, "name": plain, "person": str(person)}, Referral)
    referral = msgspec.structs.replace(told, at=transaction.now)
    id = _store(transaction, referral, FIRST[kind])
    return f"Referral {kind}, {plain}: {words(FIRST[kind])}", id


def _check_given(known: Known | None, why: str) -> None:
    """Whom one passes on by hand is bound by the same two rules as whom one passes on from a role."""
    if not why.strip():
        raise UsageError("Say in a line why it fits.", '--why "ran the same migration"')
    if known is not None and known.person.do_not_refer:
        raise StoreError(f"{known.person.name} asked not to be referred.", "Think of somebody else.")


def _store(transaction: Transaction, referral: Referral, state: str) -> int:
    fields = {name: value for name, value in msgspec.to_builtins(referral).items() if value not in (None, "")}
    id, _ = transaction.insert("referrals", random_key(), fields)
    _step(transaction, id, state)
    return id


def _step(transaction: Transaction, id: int, what: str, *, side: str = "", note: str = "") -> None:
    # Two steps in one moment keep their order.
    last = max((step.at for step in _steps(transaction, id)), default=0)
    fields = {"referral": str(id), "at": max(transaction.now, last + 1), "what": what}
    more = {name: value for name, value in (("side", side), ("note", note.strip())) if value}
    transaction.insert("steps", random_key(), {**fields, **more})


def _steps(transaction: Transaction, id: int) -> Iterator[Step]:
    for _, document in transaction.items("steps"):
        if document.get("referral") == str(id) and not document.get("gone"):
            yield read_fields(document, Step)


def move(transaction: Transaction, id: int, state: str, note: str = "") -> str:
    """Bring a referral to a state; raises StoreError with those that are allowed where this one is not."""
    logged = current(transaction, id)
    check_move(logged.referral, logged.standing, state)
    if state == "sent":
        check_leave(transaction, logged.referral, transaction.now)
    _step(transaction, id, state, note=note)
    if (logged.referral.next_check or transaction.now) < transaction.now:
        transaction.set("referrals", id, "next_check", None)
    return f"{logged.referral.name}: {words(state)}{_THEIRS_TO_TELL.get((logged.referral.kind, state), '')}"


_ONLY_IF = " (to keep only if they told you and agree)"
_THEIRS_TO_TELL = {("given", "hired"): _ONLY_IF, ("given", "not_hired"): _ONLY_IF}
"""The outcome of a friend is the friend's: it is said where somebody writes it down."""


def check_leave(documents: Reads, referral: Referral, now: int) -> None:
    """Raise StoreError where a friend said no, or their leave ended: nothing with their name goes out."""
    person = read_fields(documents.get("people", read_id(referral.person)) or {}, Person)
    if person.do_not_refer:
        raise StoreError(f"{referral.name} asked not to be referred.", "Stop the referral.")
    consent = person.consent
    speaks_of_it = consent is not None and (consent.answer != "yes" or consent.mode == referral.mode)
    needs = referral.mode == "standing" or speaks_of_it
    if referral.mode != "forward" and needs and (consent is None or not consent.holds(now)):
        refused = consent is not None and consent.answer == "no"
        what = "has refused leave" if refused else "has withdrawn their leave, or it has ended"
        raise StoreError(f"{referral.name} {what}.", "Ask again, or stop the referral.")


def look_at(transaction: Transaction, id: int, at: int) -> str:
    """Set the day on which to look at a referral; 0 for when its time-out comes."""
    name = current(transaction, id).referral.name
    transaction.set("referrals", id, "next_check", at or None)
    when = describe(at, transaction.now, None) if at else "when its time is out"
    return f"{name}: to look after {when}"


def noted(transaction: Transaction, id: int, note: str) -> str:
    """Write a word into a referral's history; it stays where it stands."""
    _step(transaction, id, NOTED, note=note)
    return f"{current(transaction, id).referral.name}: {note}"


def nudge(transaction: Transaction, id: int, side: str) -> str:
    """Write down the one nudge of a side: friend or recruiter."""
    if side not in SIDES:
        raise UsageError(f"There is no side {side!r}.", f"Sides are {', '.join(SIDES)}.")
    logged = current(transaction, id)
    check_nudge(logged.standing, side)
    _step(transaction, id, NUDGED, side=side)
    return f"{logged.referral.name}: the {side} was nudged"


def thank(transaction: Transaction, id: int) -> str:
    """Write down that thanks were said."""
    _step(transaction, id, THANKED)
    return f"{current(transaction, id).referral.name}: thanked"


def tell(transaction: Transaction, id: int) -> str:
    """Write down that whoever made a received referral knows how things stand."""
    _step(transaction, id, TOLD)
    return f"{current(transaction, id).referral.name}: told how it stands"


def current(transaction: Transaction, id: int) -> Logged:
    """Return a referral as the transaction has left it so far; raises NotFoundError."""
    document = transaction.get("referrals", id)
    if document is None or document.get("gone"):
        raise NotFoundError("That referral is gone.", "ringback referrals lists what is there.")
    referral = read_fields(document, Referral)
    steps = sorted(_steps(transaction, id), key=lambda step: (step.at, step.k))
    return Logged(id, referral, steps, standing(referral, steps, transaction.now))


def of_person(documents: Reads, person: int, now: int) -> list[Logged]:
    """Return the referrals in which somebody has a part, in both directions."""
    return [each for each in log(documents, now) if each.referral.person == str(person)]


def of_recruiter(
    documents: Reads, who: str, firms: Collection[str], now: int, *, people: Collection[str] = ()
) -> list[Logged]:
    """Return the referrals that went to a recruiter of this name, or in which one of `people` has a part.

    A firm tells two recruiters of one name apart, where it is known on both sides.
    """
    return [
        each
        for each in log(documents, now)
        if each.referral.person in people or is_of(each.referral, who, firms)
    ]


def is_of(referral: Referral, who: str, firms: Collection[str]) -> bool:
    """Tell whether a referral went to a recruiter of this name; a firm tells namesakes apart."""
    if referral.recruiter.casefold() != who.casefold() or not who:
        return False
    own = {company_name(firm) for firm in firms} - {""}
    return not referral.firm or not own or company_name(referral.firm) in own
