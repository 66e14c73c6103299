"""What can be done to opportunities: one function a verb, the same for a key and for a command.

Each takes the transaction it writes in and the ids of the opportunities, and returns the sentence that
tells what was done.
"""

from collections.abc import Callable, Iterable, Sequence

from store.errors import StoreError, UsageError
from store.file.document import join_path
from store.ids import opportunity_key, random_key
from store.records.opportunity import EDITABLE, LEAVES, MANDATES, MODES, Place, place_value
from store.rules.row import Row
from store.transaction import Transaction

IMPULSES = {
    "done": "no",
    "trash": "no",
    "mute": "no",
    "snooze": "later",
    "later": "later",
    "aside": "later",
    "wait": "call",
}
"""The first verb used on an opportunity, as the verdict it stands for."""


def opportunity_document(transaction: Transaction, row: Row) -> int:
    """Return the id of the row's document, made if there is none yet."""
    if row.documents:
        return row.id
    return transaction.ensure("opportunities", opportunity_key(row.messages[0]))


def done(transaction: Transaction, ids: Sequence[int]) -> str:
    """Put opportunities into Done."""
    return _place(transaction, ids, "done", "done", "Done")


def reopen(transaction: Transaction, ids: Sequence[int]) -> str:
    """Bring opportunities back to New, out of the trash and out of silence too."""

    def write(row: Row, document: int) -> None:
        transaction.set("opportunities", document, "place", place_value("new", row.inbound_at))
        if row.trashed:
            transaction.set("opportunities", document, "trash", None)
        if row.muted and not row.blocked:
            transaction.set("opportunities", document, "muted", False)

    return _each(transaction, ids, write, "Back in the inbox")


def later(transaction: Transaction, ids: Sequence[int]) -> str:
    """Put opportunities on the reply-later pile."""
    return _place(transaction, ids, "later", "later", "Reply later")


def aside(transaction: Transaction, ids: Sequence[int]) -> str:
    """Set opportunities aside."""
    return _place(transaction, ids, "aside", "aside", "Set aside")


def snooze(transaction: Transaction, ids: Sequence[int], until: int, when: str = "") -> str:
    """Hide opportunities until a time (milliseconds); `when` is that time in words."""

    def write(row: Row, document: int) -> None:
        view: Place = "new" if row.place == "done" else row.place
        transaction.set("opportunities", document, "place", place_value(view, row.inbound_at, until))
        _impulse(transaction, row, document, "snooze")

    return _each(transaction, ids, write, f"Snoozed until {when}" if when else "Snoozed")


def wake(transaction: Transaction, ids: Sequence[int]) -> str:
    """Bring snoozed opportunities back now."""

    def write(row: Row, document: int) -> None:
        transaction.set(
            "opportunities",
            document,
            "place",
            place_value(row.place, row.inbound_at),
        )

    return _each(transaction, ids, write, "Awake")


def wait(transaction: Transaction, ids: Sequence[int], nudge: int, when: str = "") -> str:
    """Wait for their answer, with a reminder at a time (milliseconds); `when` is that time in words."""

    def write(row: Row, document: int) -> None:
        transaction.set("opportunities", document, "place", place_value("waiting", row.inbound_at))
        transaction.set("opportunities", document, "nudge", nudge)
        _impulse(transaction, row, document, "wait")

    return _each(transaction, ids, write, f"Waiting for them until {when}" if when else "Waiting for them")


def trash(transaction: Transaction, ids: Sequence[int]) -> str:
    """Move opportunities to the trash; an edit that this machine has not seen brings one back."""

    def write(row: Row, document: int) -> None:
        transaction.set("opportunities", document, "place", place_value("done", row.inbound_at))
        _impulse(transaction, row, document, "trash")
        transaction.set("opportunities", document, "trash", transaction.context("opportunities", document))

    return _each(transaction, ids, write, "In the trash")


def mute(transaction: Transaction, ids: Sequence[int], *, on: bool = True) -> str:
    """Hear no more of opportunities: new messages do not bring them back."""

    def write(row: Row, document: int) -> None:
        transaction.set("opportunities", document, "muted", on)
        _impulse(transaction, row, document, "mute")

    return _each(transaction, ids, write, "Muted" if on else "No longer muted")


def star(transaction: Transaction, ids: Sequence[int], *, on: bool = True) -> str:
    """Star opportunities, or take the star away."""

    def write(_row: Row, document: int) -> None:
        transaction.set("opportunities", document, "starred", on)

    return _each(transaction, ids, write, "Starred" if on else "Star taken away")


def label(transaction: Transaction, ids: Sequence[int], name: str, *, on: bool = True) -> str:
    """Put a label on opportunities, or take it off."""
    name = " ".join(name.split())
    if not name:
        raise UsageError("A label needs a name.", "ringback label ID NAME")

    def write(_row: Row, document: int) -> None:
        transaction.set("opportunities", document, join_path("labels", name), on)

    return _each(transaction, ids, write, f"Labelled {name}" if on else f"Label {name} taken off")


def read(transaction: Transaction, ids: Sequence[int], *, on: bool = True) -> str:
    """Mark the messages of opportunities read; or the newest inbound one unread."""
    for row in _rows(transaction, ids):
        inbound = [id for id in row.messages if not transaction.is_outgoing(id)]
        for id in inbound if on else inbound[-1:]:
            transaction.set("messages", id, "read", on)
    return _count(ids, "Read" if on else "Unread")


def answered(transaction: Transaction, ids: Sequence[int], at: int) -> str:
    """Note that the user answered elsewhere, at a time (milliseconds); they have the word then.

    An answer that lies before their last message moves nothing: that one is still to be answered.
    """

    def write(row: Row, document: int) -> None:
        transaction.set("opportunities", document, "answered", at)
        if row.place in ("new", "later") and at >= row.inbound_at:
            transaction.set("opportunities", document, "place", place_value("waiting", row.inbound_at))

    return _each(transaction, ids, write, "Answered")


def note(transaction: Transaction, ids: Sequence[int], text: str) -> str:
    """Add a note to opportunities."""
    if not text.strip():
        raise UsageError("The note is empty.", 'ringback note ID "what you want to remember"')

    def write(_row: Row, document: int) -> None:
        fields = {"opportunity": str(document), "at": transaction.now, "text": text.strip()}
        transaction.insert("notes", random_key(), fields)

    return _each(transaction, ids, write, "Noted")


def edit(transaction: Transaction, ids: Sequence[int], **fields: str) -> str:
    """Set fields of opportunities (`opportunity.EDITABLE`); an empty text: what the messages say."""
    for name in fields:
        if name not in EDITABLE:
            raise UsageError(f"An opportunity has no field {name!r}.", f"Fields are {', '.join(EDITABLE)}.")
    leave = fields.get("leave")
    if leave and leave not in LEAVES:
        raise UsageError(f"Leave to send your CV is yes or no, not {leave!r}.", "Leave it empty for neither.")
    mandate = fields.get("mandate")
    mode = fields.get("mode", "")
    if mode and mode not in MODES:
        raise UsageError(f"There is no mode {mode!r}.", f"Modes are {', '.join(MODES)}.")
    if mandate and mandate not in MANDATES:
        raise UsageError(f"There is no mandate {mandate!r}.", f"Mandates are {', '.join(MANDATES)}.")

    def write(_row: Row, document: int) -> None:
        for name, value in fields.items():
            transaction.set("opportunities", document, name, value.strip() or None)

    return _each(transaction, ids, write, "Changed " + ", ".join(fields) if fields else "Nothing to change")


def block(transaction: Transaction, ids: Sequence[int], scope: str, *, on: bool = True) -> str:
    """Block the `sender` or the whole `firm` (its mail domain) of opportunities, or unblock them."""
    names = []
    for row in _rows(transaction, ids):
        domain = row.email.rpartition("@")[2]
        if scope == "firm":
            if not domain or domain in _FREE_MAIL:
                raise StoreError(
                    f"{row.who} writes from no domain of a firm's own.",
                    "Block the sender instead: ringback block ID",
                )
            table, key, name = "companies", f"domain:{domain}", domain
        else:
            identity = transaction.sender_identity(row)
            if not identity:
                raise StoreError(
                    f"{row.who} has no address or number to block.", "Mute it instead: ringback mute ID"
                )
            table, key, name = "identities", f"identity:{identity}", row.who
        transaction.set(table, transaction.ensure(table, key), "blocked", on)
        names.append(name)
    return f"{'Blocked' if on else 'Unblocked'} {', '.join(dict.fromkeys(names))}"


def join(transaction: Transaction, ids: Sequence[int], target: int) -> str:
    """Merge opportunities into another one."""
    host = transaction.row(target)
    host_document = opportunity_document(transaction, host)
    for row in _rows(transaction, ids):
        if row.id == host.id:
            raise StoreError("An opportunity cannot be merged into itself.", "Name two different ones.")
        document = opportunity_document(transaction, row)
        transaction.set("opportunities", document, "into", str(host_document))
        transaction.set(
            "opportunities",
            host_document,
            "place",
            place_value(host.place, max(row.inbound_at, host.inbound_at), host.until),
        )
    return _count(ids, f"Merged into {host.who}, {host.role}")


def split(transaction: Transaction, ids: Sequence[int], messages: Iterable[int] = ()) -> str:
    """Take messages out of their opportunity into one of their own; without any named, undo a merge.

    Where nothing was merged by hand, the newest message goes.
    """
    chosen = list(messages)
    for row in _rows(transaction, ids):
        merged = [id for id in row.documents if (transaction.get("opportunities", id) or {}).get("into")]
        apart = [id for id in row.messages if id in chosen]
        if merged and not chosen:
            for id in merged:
                transaction.set("opportunities", id, "into", None)
            continue
        if len(row.messages) < 2:
            raise StoreError(f"{row.who}, {row.role} has one message only.", "There is nothing to split.")
        apart = apart or [row.messages[-1]]
        if len(apart) == len(row.messages):
            raise StoreError("All messages cannot be split off.", "Leave at least one where it is.")
        _set_apart(transaction, apart)
    return _count(ids, "Split")


def _set_apart(transaction: Transaction, messages: Sequence[int]) -> None:
    """The first becomes an opportunity of its own, the others join it."""
    first, *others = messages
    transaction.set("messages", first, "apart", True)
    transaction.set("messages", first, "joins", "")
    document = transaction.ensure("opportunities", opportunity_key(first))
    for id in others:
        transaction.set("messages", id, "joins", str(document))


_FREE_MAIL = frozenset(
    {"aol.com", "fastmail.com", "gmail.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com"}
    | {"icloud.com", "linkedin.com", "live.com", "mail.com", "me.com", "outlook.com", "proton.me"}
    | {"protonmail.com", "web.de", "yahoo.com"}
)
"""Domains that stand for no firm."""


def _place(transaction: Transaction, ids: Sequence[int], view: Place, verb: str, sentence: str) -> str:
    def write(row: Row, document: int) -> None:
        transaction.set("opportunities", document, "place", place_value(view, row.inbound_at))
        _impulse(transaction, row, document, verb)

    return _each(transaction, ids, write, sentence)


def _impulse(transaction: Transaction, row: Row, document: int, verb: str) -> None:
    """The first verb is kept for the decision form, which asks whether it was rash."""
    if not row.impulse:
        transaction.set("opportunities", document, "impulse", IMPULSES[verb])


def _each(
    transaction: Transaction, ids: Sequence[int], write: Callable[[Row, int], None], sentence: str
) -> str:
    for row in _rows(transaction, ids):
        write(row, opportunity_document(transaction, row))
    return _count(ids, sentence)


def _rows(transaction: Transaction, ids: Sequence[int]) -> list[Row]:
    return [transaction.row(id) for id in ids]


def _count(ids: Sequence[int], sentence: str) -> str:
    return sentence if len(ids) == 1 else f"{sentence} · {len(ids)} opportunities"
