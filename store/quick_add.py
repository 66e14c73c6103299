"""Quick adds: a message noted by hand, joined to the recruiter's opportunity where that is clear."""

from dataclasses import dataclass
from typing import Literal

from store import clock, verbs
from store.clock import DAY
from store.errors import NotFoundError, UsageError
from store.ids import document_id, opportunity_key, random_key
from store.index import Index
from store.records.message import Channel, Contact, Message, message_fields
from store.records.opportunity import MANDATES
from store.records.plain import plain
from store.repository import Repository
from store.rules.grouping import RUN_DAYS
from store.rules.numbers import number_key
from store.rules.role import same_role
from store.rules.row import Row
from store.rules.views import view_of
from store.transaction import Transaction

QuickChannel = Literal["email", "linkedin", "call", "voicemail", "text"]
_FINE: dict[str, Channel] = {
    "email": "email",
    "linkedin": "linkedin_msg",
    "call": "call",
    "voicemail": "voicemail",
    "text": "sms",
}


@dataclass(frozen=True, kw_only=True)
class QuickAdd:
    """What the user noted; a sender or a body is enough. `at` is in milliseconds, now if None."""

    channel: QuickChannel
    sender: str = ""
    """A name, an address, a number, or `Name <address>`."""
    firm: str = ""
    role: str = ""
    company: str = ""
    phone: str = ""
    pay: str = ""
    mandate: str = ""
    subject: str = ""
    note: str = ""
    body: str = ""
    at: int | None = None
    to: str = ""
    """Short code of the opportunity it belongs to; it is looked for where this is empty."""
    new: bool = False
    """Make a new opportunity, whatever fits."""
    missed: bool = False
    """A call that was not taken."""


@dataclass(frozen=True)
class Added:
    """What became of a quick add."""

    message: int
    row: Row
    joined: bool
    sentence: str
    candidates: tuple[Row, ...] = ()
    """Others that it might belong to, where none was clear."""


def add(repository: Repository, draft: QuickAdd) -> Added:
    """Write a quick add; raises UsageError where there is neither sender nor body."""
    contact = _contact(draft)
    if not (draft.body.strip() or contact.identity()):
        raise UsageError(
            "There is nothing to add: neither a sender nor a text.",
            f'ringback add {draft.channel} --from "Dana Whitfield" "what was said"',
        )
    if contact.email in repository.index.own:
        raise UsageError(f"{contact.email} is your own address.", "Name the other side with --from.")
    if draft.mandate and draft.mandate not in MANDATES:
        raise UsageError(f"There is no mandate {draft.mandate!r}.", f"Mandates are {', '.join(MANDATES)}.")
    key = random_key()
    chosen: list[Row] = []
    candidates: list[Row] = []

    def write(transaction: Transaction) -> None:
        at = transaction.now if draft.at is None else draft.at
        if draft.to:
            chosen.append(repository.index.resolve(draft.to))
        elif not draft.new:
            candidates.extend(candidates_for(repository.index, contact, draft.role, at))
            chosen.extend(candidates if len(candidates) == 1 else ())
        _write(transaction, draft, contact, key, at, chosen[0] if chosen else None)

    repository.transact(f"Add {draft.channel}", write)
    message = document_id(key)
    row = repository.index.row_of_message(message)
    if row is None:
        raise NotFoundError("The message was added, but another program removed it at once.")
    joined = len(row.messages) > 1
    others = () if joined else tuple(candidates)
    sentence = _sentence(repository.index, row, others, joined=joined)
    return Added(message, row, joined, sentence, others)


def candidates_for(index: Index, contact: Contact, role: str, at: int) -> list[Row]:
    """Return the unended opportunities of this sender with a message within 45 days, newest first.

    A sender is known by address or number; only where neither is, by the whole name, if the firms agree.
    """
    name = plain(contact.name)
    phone = number_key(contact.phone)
    sure: list[Row] = []
    likely: list[Row] = []
    for row in index.rows.values():
        same_phone = phone and row.phone and phone == number_key(row.phone)
        if same_phone or (contact.email and contact.email == row.email):
            sure.append(row)
        elif name and plain(row.who) == name and not _differ(contact, row):
            likely.append(row)
    now = clock.now()
    found = [row for row in sure or likely if _is_open(row, at, now) and _fits(row, role)]
    return sorted(found, key=lambda row: -row.at)


def _is_open(row: Row, at: int, now: int) -> bool:
    if (row.place == "done" and not row.late) or view_of(row, now) in ("trash", "hidden"):
        return False
    return abs(at - row.at) <= RUN_DAYS * DAY or row.first_at <= at <= row.at


def _fits(row: Row, role: str) -> bool:
    return not (role and row.role_known) or same_role(role, row.role)


def _differ(contact: Contact, row: Row) -> bool:
    """Tell whether something that both name says that they are two people."""
    if contact.firm and row.firm:
        return plain(contact.firm) != plain(row.firm)
    return bool(contact.email and row.email)


def _contact(draft: QuickAdd) -> Contact:
    sender = " ".join(draft.sender.split())
    name, email, phone = sender, "", draft.phone.strip()
    if "@" in sender:
        from email.utils import parseaddr

        name, email = parseaddr(sender)
        name, email = name if name != email else "", email.lower()
    elif (
        sender and sum(character.isdigit() for character in sender) >= 5 and not any(map(str.isalpha, sender))
    ):
        name, phone = "", phone or sender
    return Contact(name=name, email=email, phone=phone, firm=" ".join(draft.firm.split()))


def _write(
    transaction: Transaction, draft: QuickAdd, contact: Contact, key: str, at: int, row: Row | None
) -> None:
    document = verbs.opportunity_document(transaction, row) if row is not None else 0
    channel: Channel = "call_missed" if draft.channel == "call" and draft.missed else _FINE[draft.channel]
    message = Message(
        k=key,
        channel=channel,
        direction="in",
        at=at,
        sender=contact,
        subject=" ".join(draft.subject.split()),
        body=draft.body.strip(),
        role=draft.role.strip(),
        company=draft.company.strip(),
        pay=draft.pay.strip(),
        mandate=draft.mandate,
        joins=str(document) if document else "",
        apart=draft.new,
    )
    made, _ = transaction.insert("messages", key, message_fields(message))
    if row is not None and row.place != "new":
        verbs.reopen(transaction, [row.id])
    if draft.note.strip():
        opportunity = document or transaction.ensure("opportunities", opportunity_key(made))
        fields = {"opportunity": str(opportunity), "at": transaction.now, "text": draft.note.strip()}
        transaction.insert("notes", random_key(), fields)


def _sentence(index: Index, row: Row, candidates: tuple[Row, ...], *, joined: bool) -> str:
    what = f"{index.code(row.id)} {row.who}, {row.role}"
    if joined:
        return f"Added to {what}."
    if candidates:
        names = ", ".join(f"{index.code(other.id)} {other.role}" for other in candidates[:3])
        return f"Added as new: {what}. It might belong to {names}; ringback join ID OTHER puts them together."
    return f"Added as new: {what}."
