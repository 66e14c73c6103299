"""Sample data: invented opportunities of two years, written as pulls and keys would have written them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec.structs import replace

from store import demo_judged, demo_network, settings, verbs
from store.clock import HOUR, MINUTE, local
from store.demo_data import APPROACHES, PAST
from store.demo_data.approach import Approach, Line
from store.file.document import join_path
from store.ids import document_id
from store.records.message import Contact, Message, message_fields
from store.repository import Repository
from store.transaction import Transaction

ROBIN = Contact(name="Robin Hale", email="robin@hale.example", phone="+1 503 555 0100")
_EVENING = time(18)
_SPOKEN = ("call", "call_missed", "voicemail", "sms")
"""Channels on which a number is all that is seen of the sender."""


def create(path: Path, now: int) -> None:
    """Make a data file of invented opportunities, dated relative to `now` (milliseconds).

    What was done to them cannot be undone: the journal of its making is not kept.
    """
    with TemporaryDirectory(prefix="ringback-demo-") as folder:
        places = replace(settings.locate(path), state=Path(folder))
        with Repository.at(places, settings.Settings(), create=True) as repository:
            repository.transact("Demo", partial(_receive, now=now), durable=False)
            rows = {
                approach.slug: row.id
                for approach in (*PAST, *APPROACHES)
                if (row := repository.index.row_of_message(document_id(_key(approach, 0)))) is not None
            }
            repository.transact("Demo", partial(_handle, rows=rows, now=now), durable=False)
            demo_judged.relive(repository, rows, now)
            demo_network.befriend(repository, rows, now)


def moment(when: str, now: int) -> int:
    """Return the time (milliseconds) that a text of the demo's data means, by the machine's clock."""
    if when.endswith("h"):
        return now - int(when[:-1]) * HOUR
    if when == "today":
        return _later_today(now)
    days, clock = when.split()
    step = int(days[1:-1]) if days.startswith("+") else -int(days[:-1])
    day = local(now).date() + timedelta(days=step)
    return int(datetime.combine(day, time.fromisoformat(clock)).timestamp()) * 1000


def _later_today(now: int) -> int:
    """Return six in the evening; once that is near or past, half of what is left of the day."""
    moment = local(now).replace(tzinfo=None)
    evening = int(datetime.combine(moment.date(), _EVENING).timestamp()) * 1000
    if evening > now + HOUR:
        return evening
    midnight = int(datetime.combine(moment.date() + timedelta(days=1), time()).timestamp()) * 1000
    return max(now + 1, (now + midnight) // 2 // MINUTE * MINUTE)


def _key(approach: Approach, number: int) -> str:
    return f"demo:{approach.slug}:{number}"


def _receive(transaction: Transaction, now: int) -> None:
    """Write the messages as they came in."""
    me = transaction.ensure("settings", "settings:me")
    transaction.set("settings", me, join_path("addresses", ROBIN.email), True)
    for approach in (*PAST, *APPROACHES):
        for number, line in enumerate(approach.lines):
            message = _message(approach, number, line, now)
            transaction.insert("messages", message.k, message_fields(message))


def _message(approach: Approach, number: int, line: Line, now: int) -> Message:
    recruiter = line.sender or approach.who
    if line.channel in _SPOKEN:
        recruiter = msgspec.structs.replace(recruiter, email="")
    first = number == 0
    return Message(
        k=_key(approach, number),
        channel=line.channel,
        direction="out" if line.out else "in",
        at=moment(line.when, now),
        sender=ROBIN if line.out else recruiter,
        recipients=(recruiter,) if line.out else (ROBIN,),
        subject=line.subject,
        body=line.body,
        quoted=line.quoted,
        signature=line.signature,
        attachments=line.attachments,
        threads=(f"<{approach.slug}.{number - line.forges}@demo.example>", f"demo:{approach.slug}"),
        duration=line.duration,
        role=approach.role if first else "",
        company=approach.company if first else "",
        pay=approach.pay if first else "",
        mandate=approach.mandate if first else "",
        late=approach.late,
    )


def _handle(transaction: Transaction, rows: Mapping[str, int], now: int) -> None:
    """Do what Robin did since."""
    for approach in (*PAST, *APPROACHES):
        ids = (rows[approach.slug],)
        if approach.read and not approach.late:
            verbs.read(transaction, ids)
        if approach.answered:
            verbs.answered(transaction, ids, moment(approach.answered, now))
        if approach.starred:
            verbs.star(transaction, ids)
        for label in approach.labels:
            verbs.label(transaction, ids, label)
        _put(transaction, ids, approach, now)
        if approach.note[0]:
            _note(transaction, rows[approach.slug], approach, now)


def _put(transaction: Transaction, ids: tuple[int], approach: Approach, now: int) -> None:
    match approach.place:
        case "later":
            verbs.later(transaction, ids)
        case "waiting":
            verbs.wait(transaction, ids, moment(approach.until, now))
        case "snoozed":
            verbs.snooze(transaction, ids, moment(approach.until, now))
        case "aside":
            verbs.aside(transaction, ids)
        case "done":
            verbs.done(transaction, ids)
        case "trash":
            verbs.trash(transaction, ids)


def _note(transaction: Transaction, opportunity: int, approach: Approach, now: int) -> None:
    """Write a note of an earlier day; the verb would date it today."""
    when, text = approach.note
    document = verbs.opportunity_document(transaction, transaction.row(opportunity))
    fields = {"opportunity": str(document), "at": moment(when, now), "text": text}
    transaction.insert("notes", f"demo:{approach.slug}:note", fields)
