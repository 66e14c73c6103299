"""The two letters of a referral: made with it, kept beside it, edited until they are sent."""

from collections.abc import Mapping
from typing import Any, Final

from store import letters
from store.errors import NotFoundError, StoreError, UsageError
from store.ids import document_id, read_id
from store.records.letter import Letter
from store.records.message import Message
from store.records.person import Person
from store.records.reading import read_fields
from store.records.referral import SIDES, Mode, Referral, Side
from store.rules.row import Row
from store.seat import Reads
from store.transaction import Transaction

_TEMPLATES: Final[Mapping[Mode, Mapping[Side, str]]] = {
    "forward": {"friend": "friend", "recruiter": "pointer"},
    "both": {"friend": "friend_asked", "recruiter": "introduction"},
    "standing": {"friend": "friend_asked", "recruiter": "introduction"},
    "public": {"friend": "friend", "recruiter": "introduction"},
}
"""Names of the templates by consent mode and side."""
_ABOUT_THE_FRIEND: Final = ("friend", "why")
"""Slots that a recruiter's letter has no words for while the role is only forwarded."""

NAMES: Final[Mapping[Side, str]] = {"friend": "your friend", "recruiter": "the recruiter"}
"""How sentences call whom a letter goes to."""


def find(documents: Reads, referral: int, side: str) -> Letter:
    """Return a letter of a referral; raises UsageError for another side, NotFoundError for none."""
    if side not in SIDES:
        raise UsageError(f"There is no side {side!r}.", f"Sides are {', '.join(SIDES)}.")
    document = documents.get("letters", letter_id(referral, side))
    if document is None or document.get("gone"):
        raise NotFoundError("This referral has no letters.", "ringback refer ID --to NAME writes two.")
    return read_fields(document, Letter)


def both(documents: Reads, referral: int) -> dict[Side, Letter]:
    """Return the letters of a referral by side; raises NotFoundError."""
    return {side: find(documents, referral, side) for side in SIDES}


def letter_id(referral: int, side: str) -> int:
    """Return the id of a letter's document."""
    return document_id(_key(referral, side))


def _key(referral: int, side: str) -> str:
    return f"letter:{referral}:{side}"


def about(referral: Referral) -> str:
    """Return the role and the company, as letters and their subjects name them."""
    return ", ".join(filter(None, (referral.role, referral.company)))


def addressee(referral: Referral, side: str) -> str:
    """Return the name of whom a letter goes to."""
    return referral.name if side == "friend" else referral.recruiter or "the recruiter"


# Verbs


def write(transaction: Transaction, id: int, referral: Referral, row: Row) -> None:
    """Write both letters of a new referral of an opportunity."""
    person = read_fields(transaction.get("people", read_id(referral.person)) or {}, Person)
    addresses: Mapping[Side, str] = {"friend": person.email or "", "recruiter": row.email}
    slots = _slots(transaction, referral, row)
    for side in SIDES:
        name = _TEMPLATES[referral.mode][side]
        is_told = side == "friend" or referral.mode != "forward"
        told = slots if is_told else {**slots, **dict.fromkeys(_ABOUT_THE_FRIEND, "")}
        filled = letters.fill(letters.template(transaction, name), told)
        fields: dict[str, Any] = {"referral": str(id), "side": side, "template": name, "text": filled.text}
        optional = {"to": addresses[side], "quoted": list(filled.quoted)}
        known = {field: value for field, value in optional.items() if value}
        transaction.insert("letters", _key(id, side), {**fields, **known})


def _slots(transaction: Transaction, referral: Referral, row: Row) -> dict[str, str]:
    return {
        "friend": referral.name.split(" ")[0],
        "recruiter": referral.recruiter,
        "role": about(referral),
        "why": referral.why,
        "message": _received(transaction, row) or row.role,
        "contact": ", ".join(filter(None, (row.who, row.email, row.phone))),
    }


def _received(transaction: Transaction, row: Row) -> str:
    """Return what the recruiter wrote, unchanged, oldest first.

    What is quoted is often the brief, and comes along; where the user wrote too, here or elsewhere, it may
    be their words, and a line says how much was left out.
    """
    messages = (transaction.message(id) for id in row.messages if not transaction.is_outgoing(id))
    texts = (_as_it_came(each, has_written=bool(row.answered_at)) for each in messages if each is not None)
    return "\n\n".join(filter(None, texts)).strip()


def _as_it_came(message: Message, *, has_written: bool) -> str:
    quoted = message.quoted.strip("\n")
    if quoted and has_written:
        count = quoted.count("\n") + 1
        quoted = f"[{count} quoted {'line' if count == 1 else 'lines'} left out]"
    return "\n\n".join(filter(None, (message.body, quoted)))


def check_draft(letter: Letter) -> None:
    """Raise StoreError where a letter is no draft any more."""
    if letter.sent_at:
        raise StoreError("That letter was sent: what went out stays as it was.", "Undo takes that back.")


def edit(transaction: Transaction, referral: int, side: str, text: str) -> str:
    """Put other words into a draft."""
    letter = find(transaction, referral, side)
    check_draft(letter)
    if not text.strip():
        raise UsageError("There are no words in the letter.", "The draft is as it was.")
    transaction.set("letters", letter_id(referral, side), "text", text.strip("\n") + "\n")
    return f"Changed the letter to {NAMES[letter.side]}"
