"""Who is the same recruiter, and the facts between the user and one of them. Facts, no score."""

from collections.abc import Iterable, Mapping, Sequence

from store.clock import DAY
from store.records.message import Contact
from store.records.plain import plain
from store.rules.identities import identifies
from store.rules.row import Row
from store.rules.summarize import NOBODY
from store.rules.views import is_silent, owes


def identities(row: Row) -> tuple[str, ...]:
    """Return what stands for the one person behind a row: address, number, name with firm.

    A name alone stands for somebody only where there is nothing else, as behind LinkedIn's relay.
    """
    found = tuple(filter(None, (identifies(Contact(email=row.email)), identifies(Contact(phone=row.phone)))))
    if not row.firm and (found or " " not in row.who.strip() or row.who == NOBODY):
        return found
    return (*found, f"name:{plain(row.who)} · {plain(row.firm)}")


def of_one_person(row: Row, rows: Iterable[Row]) -> list[Row]:
    """Return the rows of whoever is behind a row, by shared identities however far, newest first."""
    everything = list(rows)
    found = {row.id: row}
    known: set[str] = set()
    fresh = [row]
    while fresh:
        # The plain fields are looked at first: most rows share none of them, and there may be many.
        emails, phones = {each.email for each in fresh} - {""}, {each.phone for each in fresh} - {""}
        names = {plain(each.who) for each in fresh}
        known |= {identity for each in fresh for identity in identities(each)}
        fresh = [
            each
            for each in everything
            if (each.email in emails or each.phone in phones or plain(each.who) in names)
            and each.id not in found
            and not known.isdisjoint(identities(each))
        ]
        found.update((each.id, each) for each in fresh)
    return sorted(found.values(), key=lambda each: (-each.at, each.id))


def standing_sentence(rows: Sequence[Row], now: int, silent_days: int) -> str:
    """Say how things stand: `2 approaches, 0 answered, you owe a reply`."""
    approaches = sum(max(row.attempts, 1) for row in rows)
    answered = sum(bool(row.answered_at) for row in rows)
    parts = [
        f"{approaches} {'approach' if approaches == 1 else 'approaches'}",
        f"{answered} answered",
        _debt(rows, now, silent_days),
    ]
    return ", ".join(filter(None, parts))


def _debt(rows: Sequence[Row], now: int, silent_days: int) -> str:
    newest = rows[0]
    if owes(newest) == "them":
        return f"they owe a reply since {_days(now - newest.answered_at)}"
    if newest.decided_at >= newest.inbound_at:
        return "decided, not answered"
    if is_silent(newest, now, silent_days):
        return f"silent for {_days(now - newest.inbound_at)}"
    return "you owe a reply"


def _days(span: int) -> str:
    days = max(span // DAY, 0)
    return "1 day" if days == 1 else f"{days} days"


_FATES: Mapping[str, str] = {
    "call": "took the call",
    "ask": "asked first",
    "later": "put off",
    "no": "declined",
    "verify": "to verify",
}


def fate(row: Row, now: int, silent_days: int) -> str:
    """Say what the user made of an opportunity: the verdict, else answered, silent, or nothing yet."""
    if row.verdict in _FATES and row.decided_at >= row.inbound_at:
        return _FATES[row.verdict]
    if row.answered_at >= row.inbound_at:
        return "answered"
    if row.late or is_silent(row, now, silent_days):
        return "silent"
    return "nothing yet"
