"""The index kept step by step is the index made anew; shuffled imports give the same bytes."""

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from store import verbs
from store.clock import DAY
from store.ids import opportunity_key
from store.index import Index
from store.records.message import Contact, Message, message_fields
from store.repository import Repository
from store.transaction import Transaction
from support import NOW

SENDERS = [
    Contact(name=name, email=f"{name.lower()}@northgate.example") for name in ("Dana", "Priya", "Tom")
] + [Contact(name="Dana"), Contact(phone="+14155550132")]
SUBJECTS = ["", "Staff Platform Engineer", "Head of Data", "Following up"]


@st.composite
def mails(draw: st.DrawFn) -> list[Message]:
    """Some messages of few senders, in few threads, over a hundred days."""
    made = []
    for number in range(draw(st.integers(1, 12))):
        threads = [f"<{number}>", *(f"<{draw(st.integers(0, 12))}>" for _ in range(draw(st.integers(0, 2))))]
        day = draw(st.integers(0, 100))
        made.append(
            Message(
                k=f"mail:{number}",
                at=NOW - day * DAY,
                sender=draw(st.sampled_from(SENDERS)),
                subject=draw(st.sampled_from(SUBJECTS)),
                threads=tuple(dict.fromkeys(threads)),
                direction=draw(st.sampled_from(["in", "in", "in", "out"])),
            )
        )
    return made


def insert(repository: Repository, messages: list[Message]) -> None:
    """Import messages in one transaction."""

    def write(transaction: Transaction) -> None:
        for message in messages:
            transaction.insert("messages", message.k, message_fields(message))

    repository.transact("Import", write, durable=False)


def rows_of(index: Index) -> dict[int, object]:
    """Return what an index says, without the order in which keys were met."""
    return dict(index.rows)


@given(data=st.data(), messages=mails())
@settings(max_examples=60)
def test_an_index_kept_is_the_index_made_anew(
    tmp_path_factory: object, data: st.DataObject, messages: list[Message]
) -> None:
    """After any sequence of imports, verbs and undo, rows and lists are those of a rebuild."""
    folder = tmp_path_factory.mktemp("index")  # type: ignore[attr-defined]
    repository = Repository.open(Path(folder) / "ringback.json")
    if data.draw(st.booleans()):
        repository.index.warm()
    waiting = list(messages)
    while waiting:
        count = data.draw(st.integers(1, len(waiting)))
        insert(repository, waiting[:count])
        del waiting[:count]
        for _ in range(data.draw(st.integers(0, 3))):
            _do_something(data, repository)
        anew = Index(repository.documents, now=NOW)
        anew.rebuild()
        kept = repository.index
        assert rows_of(kept) == rows_of(anew)
        assert sorted(kept.view("all")) == sorted(
            id for id, row in kept.rows.items() if not (row.trashed or row.muted or row.blocked)
        )
        assert kept.counts()["trash"] == sum(row.trashed for row in kept.rows.values())
        assert sum(
            kept.counts()[view] for view in ("new", "later", "waiting", "snoozed", "aside", "done")
        ) == len(kept.view("all"))
    repository.close()


def _do_something(data: st.DataObject, repository: Repository) -> None:
    ids = sorted(repository.index.rows)
    if not ids:
        return
    one, other = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
    verb = data.draw(
        st.sampled_from(
            ["done", "trash", "reopen", "join", "split", "snooze", "note", "block", "label", "undo"]
        )
    )
    if verb == "undo":
        if repository.undo_title():
            repository.undo(durable=False)
        return

    def change(transaction: Transaction) -> object:
        row = transaction.row(one)
        if verb == "join" and one != other:
            return verbs.join(transaction, [one], other)
        if verb == "split" and len(row.messages) > 1:
            return verbs.split(transaction, [one])
        if verb == "block" and transaction.sender_identity(row):
            return verbs.block(transaction, [one], "sender")
        if verb == "snooze":
            return verbs.snooze(transaction, [one], NOW + DAY)
        if verb == "note":
            return verbs.note(transaction, [one], "noted")
        if verb == "label":
            return verbs.label(transaction, [one], "platform")
        return {"done": verbs.done, "trash": verbs.trash, "reopen": verbs.reopen}.get(verb, verbs.later)(
            transaction, [one]
        )

    repository.transact(verb, change, durable=False)


@given(messages=mails(), seed=st.integers(0, 1000))
@settings(max_examples=40)
def test_shuffled_imports_give_equal_bytes(
    tmp_path_factory: object, messages: list[Message], seed: int
) -> None:
    """Two machines that import the same mail in other orders and batches write the same documents."""
    folder = Path(tmp_path_factory.mktemp("shuffled"))  # type: ignore[attr-defined]
    contents = []
    for name in ("one", "other"):
        shuffled = list(messages)
        random.Random(seed if name == "one" else seed + 1).shuffle(shuffled)
        repository = Repository.open(folder / f"{name}.json")
        half = len(shuffled) // 2
        insert(repository, shuffled[:half])
        insert(repository, shuffled[half:])
        contents.append(
            {
                "documents": dict(repository.documents.raw_items("messages")),
                "groups": sorted(row.messages for row in repository.index.rows.values()),
                "ids": sorted(repository.index.rows),
            }
        )
        repository.close()
    assert contents[0] == contents[1]


def test_an_opportunity_is_named_after_its_oldest_message(tmp_path: Path) -> None:
    """Until the user says something about it, an opportunity's id follows from its oldest message."""
    from store.ids import document_id

    repository = Repository.open(tmp_path / "ringback.json")
    message = Message(k="mail:1", at=NOW, sender=SENDERS[0], threads=("<1>",))
    insert(repository, [message])
    assert list(repository.index.rows) == [document_id(opportunity_key(document_id("mail:1")))]
    repository.close()
