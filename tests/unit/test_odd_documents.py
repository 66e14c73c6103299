"""Documents that other programs, or newer versions, wrote: one odd value hides nothing but itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from store import saved_index
from store.file.documents import key_of
from store.file.journal import START
from store.ids import document_id, opportunity_key, read_id
from store.index import Index
from store.records.message import Attachment, Contact, Message
from store.records.note import Note
from store.records.opportunity import Opportunity, Where
from store.records.reading import LATEST, read_fields
from store.repository import Repository
from store.rules.summarize import combine
from store.transaction import Transaction
from support import NOW

MESSAGE = document_id("mail:1")
OPPORTUNITY = document_id(opportunity_key(MESSAGE))
HUGE = 10**30
ODD: list[Any] = [
    *(None, True, 0, -1, HUGE, "", "x", "²", "9" * 5000, "\ud800", [], [1], {}, {"a": 1}, {"a": "b"}),
    *({"view": "archived"}, {"view": "done", "seen": "x"}, {"view": "done", "seen": HUGE}),
    *({"view": "new", "until": HUGE}, {"": None}, {"a": [1]}, {"\ud800": True}, [[[[[[1]]]]]]),
]
FIELDS = {
    "messages": [*Message.__struct_fields__, "zz"],
    "opportunities": [*Opportunity.__struct_fields__, "zz"],
    "notes": list(Note.__struct_fields__),
}


def open_with(path: Path, table: str, id: int, document: dict[str, Any]) -> Repository:
    """Open a repository of a message with a note and a star, one of whose documents is this one."""
    repository = Repository.open(path / "ringback.json")
    sender = {"name": "Dana", "email": "dana@northgate.example"}

    def write(transaction: Transaction) -> None:
        transaction.insert("messages", "mail:1", {"channel": "email", "at": NOW, "sender": sender})
        transaction.insert("opportunities", opportunity_key(MESSAGE), {"starred": True})
        transaction.insert("notes", "n:1", {"opportunity": str(OPPORTUNITY), "at": NOW, "text": "noted"})

    repository.transact("Import", write, durable=False)
    known = repository.documents.get(table, id) or {}
    raw = json.dumps({**known, **document}, sort_keys=True, separators=(",", ":")).encode()
    repository.documents.put([(table, id, raw)])
    return repository


IDS = {"messages": MESSAGE, "opportunities": OPPORTUNITY, "notes": document_id("n:1")}


@pytest.mark.parametrize(("table", "field"), [(table, field) for table in FIELDS for field in FIELDS[table]])
def test_no_odd_value_stops_the_index(tmp_path: Path, table: str, field: str) -> None:
    """Whatever stands in a field, the index can be made, kept, listed and saved, and says the same."""
    repository = open_with(tmp_path, table, IDS[table], {})
    known = repository.documents.get(table, IDS[table]) or {}
    for value in ODD:
        raw = json.dumps({**known, field: value}, sort_keys=True).encode()
        repository.documents.put([(table, IDS[table], raw)])
        repository.index.update([(table, IDS[table])])
        anew = Index(repository.documents, now=NOW)
        anew.rebuild()
        assert dict(repository.index.rows) == dict(anew.rows), value
        anew.tick(NOW + 10**12)
        anew.due(NOW, NOW + 10**12)
        anew.counts()
        list(anew.view("all"))
        saved_index.save(tmp_path / "index", START, anew, ())
        saved = saved_index.load(tmp_path / "index", ())
        assert saved is not None, value
        assert saved.rows == dict(anew.rows)
    repository.documents.put([(table, IDS[table], json.dumps(known).encode())])
    repository.close()


def test_the_fields_beside_an_odd_one_are_read(tmp_path: Path) -> None:
    """A place that a newer version knows leaves the star and the labels where they are."""
    repository = open_with(
        tmp_path,
        "opportunities",
        OPPORTUNITY,
        {"place": {"view": "archived"}, "nudge": "x", "labels": {"good": True, "odd": [1]}, "role": "CTO"},
    )
    repository.index.rebuild()
    row = repository.index.rows[OPPORTUNITY]
    assert (row.place, row.nudge, row.labels, row.starred, row.role) == ("new", 0, ("good",), True, "CTO")
    repository.close()


def test_a_message_with_an_odd_field_is_there(tmp_path: Path) -> None:
    """A message with a lone surrogate and a sender whose name is a number keeps its words and address."""
    repository = open_with(
        tmp_path,
        "messages",
        MESSAGE,
        {
            "subject": "a\ud800b",
            "sender": {"name": 1, "email": "dana@northgate.example"},
            "threads": ["<1>", 2],
        },
    )
    repository.index.rebuild()
    row = repository.index.rows[OPPORTUNITY]
    message = repository.message(MESSAGE)
    assert (row.subject, row.email, message.threads) == ("a\ufffdb", "dana@northgate.example", ("<1>",))
    repository.close()


def test_records_are_read_field_by_field() -> None:
    """Of lists and objects the parts that fit are kept; numbers out of bounds are the nearest within."""
    read = read_fields(
        {"at": HUGE, "duration": -1, "attachments": [{"name": "cv.pdf", "size": "x"}, 1], "body": 5}, Message
    )
    assert read == Message(at=LATEST, attachments=(Attachment(name="cv.pdf"),))
    assert read_fields({"sender": {"email": "a@b.example", "phone": []}}, Message).sender == Contact(
        email="a@b.example"
    )
    assert combine([(1, {"place": {"view": "done", "seen": NOW}, "nudge": HUGE}, {})]) == Opportunity(
        place=Where("done", seen=NOW), nudge=LATEST
    )


@pytest.mark.parametrize(
    "text", ["²", "", "x", "-1", "+1", " 1", "1_0", "٣", "007", "9" * 20, "9" * 5000, None, 5]
)
def test_what_is_no_id_is_none(text: object) -> None:
    """An id is an ASCII decimal of at most 19 digits without leading zeros."""
    assert read_id(text) == 0
    if isinstance(text, str):
        assert key_of(text) == text


def test_an_id_is_read() -> None:
    """The longest decimal is an id, and a table may have the key 0."""
    assert read_id("9" * 19) == int("9" * 19)
    assert (key_of("0"), key_of("12")) == (0, 12)
