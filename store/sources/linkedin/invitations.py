"""`Invitations.csv`: requests to connect; those with words are messages."""

from collections.abc import Iterator
from hashlib import blake2b

from store.records.message import Contact, Message
from store.rules.profiles import canonical_profile
from store.sources.entries import Entry
from store.sources.linkedin.messages import NOBODY, READER
from store.sources.linkedin.moments import moment
from store.sources.linkedin.tables import Layout, rows
from store.sources.source import Item, Original, Progress, Skipped, Unreadable
from store.sources.text import capped, normalise, one_line

INVITATIONS = Layout(("from", "to", "sent at", "message", "direction"), "sent at")
_LONGEST_NAME = 200


def read_invitations(entry: Entry, progress: Progress) -> Iterator[Item]:
    """Yield invitations with words; one without says nothing but that somebody wants to connect."""
    for row in rows(entry, INVITATIONS, progress):
        place = f"{entry.place}, line {row.line}"
        if row.problem:
            yield Unreadable(place, row.problem)
            continue
        cells = row.cells
        if not cells["message"].strip():
            yield Skipped(place, "invitation without words")
            continue
        when = moment(cells["sent at"])
        if when is None:
            yield Unreadable(place, f"Its date cannot be read: {one_line(cells['sent at'], 40)}.")
            continue
        sent = cells["direction"].strip().upper() == "OUTGOING"
        raw = "\n".join(cells[name] for name in ("from", "to", "sent at", "message"))
        key = "li-invite:" + blake2b(raw.encode("utf-8", "replace"), digest_size=16).hexdigest()
        yield Message(
            k=key,
            reader=READER,
            channel="linkedin_invite",
            direction="out" if sent else "in",
            at=when.at,
            at_precision=when.precision,
            at_zone=when.zone,
            sender=_contact(cells, "from", "inviterprofileurl"),
            recipients=(_contact(cells, "to", "inviteeprofileurl"),),
            body=capped(normalise(cells["message"])).strip(),
            threads=(key,),
        )
        yield Original(key, entry.path, entry.member, row.line)


def _contact(cells: dict[str, str], name: str, url: str) -> Contact:
    known = one_line(cells[name], _LONGEST_NAME)
    return Contact(name="" if known == NOBODY else known, profile=canonical_profile(cells.get(url, "")))
