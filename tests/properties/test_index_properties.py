"""The index kept step by step is the index made anew; shuffled imports give the same bytes."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import network, verbs
from store.clock import DAY
from store.derivation import Derivation
from store.ids import document_id, opportunity_key
from store.index import Index
from store.records.message import Channel, Contact, Lifted, Message, message_fields
from store.repository import Repository
from store.rules.grouping import group
from store.rules.knowing import Claim, known_by
from store.transaction import Transaction
from support import NOW

LINES = ["+14155550132", "(415) 555-0132", "+442079460321", "020 7946 0321", "73535", "OTP Bank"]
PROFILES = [f"https://www.linkedin.com/in/{slug}" for slug in ("dana", "tom")]
SENDERS = [
    Contact(name=name, email=f"{name.lower()}@northgate.example") for name in ("Dana", "Priya", "Tom")
] + [
    Contact(name="Dana"),
    Contact(phone="+14155550132"),
    Contact(name="Board", email="no-reply@board.example"),
    Contact(name="Priya", email="priya@home.example"),
    *(Contact(phone=line) for line in LINES),
    *(Contact(name="Dana", profile=profile) for profile in PROFILES),
    Contact(name="Dana", email="dana@northgate.example", phone=LINES[0], profile=PROFILES[0]),
]
CHANNELS: list[Channel] = ["email", "email", "sms", "call_missed", "linkedin_msg"]
WAYS = ["email", "phone", "profile"]
COMPANIES = ["", "", "", "Fathom", "Fathom Group", "Bluefin"]
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
                reader=1,
                at=NOW - day * DAY,
                sender=draw(st.sampled_from(SENDERS)),
                subject=draw(st.sampled_from(SUBJECTS)),
                threads=tuple(dict.fromkeys(threads)),
                channel=draw(st.sampled_from(CHANNELS)),
                direction=draw(st.sampled_from(["in", "in", "in", "out"])),
                recipients=(draw(st.sampled_from(SENDERS)),),
                signature=draw(st.sampled_from(["", "", *PROFILES])),
                role=draw(st.sampled_from(["", "", "", *SUBJECTS])),
                lifted=Lifted(
                    phone=draw(st.sampled_from(["", "", *LINES])), company=draw(st.sampled_from(COMPANIES))
                ),
            )
        )
    return made


def claims() -> st.SearchStrategy[Claim]:
    """Somebody whom the user knows."""
    return st.builds(
        Claim,
        st.integers(1, 5),
        st.sampled_from(["Dana Whitfield", "Priya Nair"]),
        st.sampled_from(["", "dana@northgate.example", "PRIYA@home.example"]),
        st.sampled_from(["", *LINES]),
        st.sampled_from(["", *PROFILES]),
    )


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
        assert dict(kept.loose) == dict(anew.loose)
        assert sorted(kept.view("all")) == sorted(
            id for id, row in kept.rows.items() if not (row.trashed or row.muted or row.blocked)
        )
        assert kept.counts()["trash"] == sum(row.trashed for row in kept.rows.values())
        assert sum(
            kept.counts()[view] for view in ("new", "later", "waiting", "snoozed", "aside", "done")
        ) == len(kept.view("all"))
    repository.close()


def test_companies_that_are_named_later(tmp_path: Path) -> None:
    """Two messages of one sender part as soon as they name two, and are one again where they name one."""
    repository = Repository.open(tmp_path / "ringback.json")
    first, second = (
        Message(
            k=f"mail:{number}", reader=1, at=NOW - number * DAY, sender=SENDERS[0], threads=(f"<{number}>",)
        )
        for number in (1, 2)
    )
    insert(repository, [first, second])
    counts = []
    for message, company in ((first, "Fathom"), (second, "Bluefin"), (first, "Bluefin")):
        id = document_id(message.k)
        repository.transact("Name", lambda t: t.set("messages", id, "company", company), durable=False)  # noqa: B023
        counts.append(len(repository.index.rows))
    assert counts == [1, 2, 1]
    repository.close()


def _do_something(data: st.DataObject, repository: Repository) -> None:
    ids = sorted(repository.index.rows)
    if not ids:
        return
    one, other = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
    verb = data.draw(
        st.sampled_from(
            [
                *("done", "trash", "reopen", "join", "split", "snooze", "note", "block", "label", "undo"),
                *("redo", "star", "read", "unread", "mute", "firm", "unblock", "later", "split one", "edit"),
                *("know", "know", "know", "know less", "know nobody", "company", "company"),
            ]
        )
    )
    if verb == "undo":
        if repository.undo_title():
            repository.undo(durable=False)
        return

    if verb == "redo":
        if repository.redo_title():
            repository.redo(durable=False)
        return
    if verb.startswith("know"):
        repository.transact(verb, partial(_know, data, verb), durable=False)
        return
    chosen = data.draw(st.sampled_from(repository.index.rows[one].messages))

    def change(transaction: Transaction) -> object:
        row = transaction.row(one)
        if verb == "join" and one != other:
            return verbs.join(transaction, [one], other)
        if verb == "split" and len(row.messages) > 1:
            return verbs.split(transaction, [one])
        if verb == "split one" and len(row.messages) > 1:
            return verbs.split(transaction, [one], [chosen])
        if verb in ("read", "unread"):
            return verbs.read(transaction, [one], on=verb == "read")
        if verb == "company":
            # As a merge does, where another machine read the message better.
            transaction.set("messages", chosen, "company", data.draw(st.sampled_from(COMPANIES)))
            return None
        if verb == "edit":
            return verbs.edit(transaction, [one], role="Head of Data")
        if verb in ("firm", "unblock") and row.email:
            return verbs.block(transaction, [one], "firm", on=verb == "firm")
        if verb == "block" and transaction.sender_identity(row):
            return verbs.block(transaction, [one], "sender")
        if verb == "snooze":
            return verbs.snooze(transaction, [one], NOW + DAY)
        if verb == "note":
            return verbs.note(transaction, [one], "noted")
        if verb == "label":
            return verbs.label(transaction, [one], "platform")
        plain = {"done": verbs.done, "trash": verbs.trash, "reopen": verbs.reopen, "star": verbs.star}
        return {**plain, "mute": verbs.mute}.get(verb, verbs.later)(transaction, [one])

    repository.transact(verb, change, durable=False)


def _know(data: st.DataObject, verb: str, transaction: Transaction) -> None:
    """Add somebody, or change how they may be reached, or take them out again."""
    known = sorted(each.id for each in network.everybody(transaction))
    if verb != "know":
        if known:
            person = data.draw(st.sampled_from(known))
            if verb == "know less":
                network.set_person(transaction, person, **{data.draw(st.sampled_from(WAYS)): ""})
            else:
                transaction.set("people", person, "gone", True)
        return
    texts = {
        "email": data.draw(st.sampled_from(["", "dana@northgate.example", "PRIYA@home.example"])),
        "phone": data.draw(st.sampled_from(["", *LINES])),
        "profile": data.draw(st.sampled_from(["", *PROFILES])),
    }
    name = data.draw(st.sampled_from(["Dana Whitfield", "Priya Nair"]))
    is_new: bool = data.draw(st.booleans())
    if known and not is_new:
        network.set_person(transaction, data.draw(st.sampled_from(known)), name=name, **texts)
    else:
        network.add_person(transaction, name, **texts)


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


@given(messages=mails(), chance=st.randoms(use_true_random=False), kept=st.lists(claims(), max_size=3))
@settings(max_examples=200)
def test_groups_do_not_depend_on_the_order(
    messages: list[Message], chance: random.Random, kept: list[Claim]
) -> None:
    """Grouping is a function of the messages and of whom the user knows, in whatever order they come."""
    numbered = list(enumerate(messages, start=1))
    found = group(dict(numbered), {}, known_by(kept))
    chance.shuffle(numbered)
    chance.shuffle(kept)
    assert sorted(group(dict(numbered), {}, known_by(kept))) == sorted(found)
    assert sorted(id for members in found for id in members) == sorted(id for id, _ in numbered)


def test_an_opportunity_is_named_after_its_oldest_message(tmp_path: Path) -> None:
    """Until the user says something about it, an opportunity's id follows from its oldest message."""
    repository = Repository.open(tmp_path / "ringback.json")
    message = Message(k="mail:1", at=NOW, sender=SENDERS[0], threads=("<1>",))
    insert(repository, [message])
    assert list(repository.index.rows) == [document_id(opportunity_key(document_id("mail:1")))]
    repository.close()


def open_with(path: Path, *messages: Message) -> Repository:
    """Open a repository that holds these messages."""
    repository = Repository.open(path / "ringback.json")
    insert(repository, list(messages))
    return repository


def is_as_anew(repository: Repository) -> bool:
    """Tell whether the index is what a rebuild would make."""
    anew = Index(repository.documents, now=NOW)
    anew.rebuild()
    return (dict(repository.index.rows), dict(repository.index.loose)) == (dict(anew.rows), dict(anew.loose))


@pytest.mark.parametrize("verb", [verbs.star, verbs.later, verbs.read, verbs.aside])
def test_a_verb_on_one_row_leaves_the_sender_s_others_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: Callable[..., str]
) -> None:
    """Of a sender with a hundred threads, only the messages of the row that is starred are read."""
    repository = open_with(
        tmp_path,
        *(
            Message(k=f"m:{each}", at=NOW - each, sender=SENDERS[0], subject=SUBJECTS[1 + each % 2])
            for each in range(100)
        ),
    )
    ids = list(repository.index.rows)
    assert len(ids) > 1
    smallest = min(repository.index.rows.values(), key=lambda row: len(row.messages))
    asked: list[int] = []
    message = Derivation.message

    def counted(derivation: Derivation, id: int) -> Message | None:
        asked.append(id)
        return message(derivation, id)

    monkeypatch.setattr(Derivation, "message", counted)
    for _ in range(2):
        repository.transact("Verb", lambda transaction: verb(transaction, [smallest.id]), durable=False)
    assert set(asked) == set(smallest.messages)
    assert is_as_anew(repository)
    repository.close()


@pytest.mark.parametrize("sender", [SENDERS[1], SENDERS[3], SENDERS[5]], ids=["firm", "name", "no-reply"])
def test_blocking_reaches_every_row_with_a_message_of_that_sender(tmp_path: Path, sender: Contact) -> None:
    """A row is blocked though its newest message is somebody else's, and freed again."""
    other = Contact(name="Tom", email="tom@home.example")
    repository = open_with(
        tmp_path,
        Message(k="m:1", at=NOW - DAY, sender=sender, threads=("<1>",)),
        Message(k="m:2", at=NOW, sender=other, threads=("<2>", "<1>")),
    )
    (row,) = repository.index.rows.values()
    domain = sender.email.partition("@")[2]
    table, key = (
        ("companies", f"domain:{domain}")
        if sender is SENDERS[1]
        else ("identities", f"identity:{sender.identity()}")
    )
    for on in (True, False):

        def block(transaction: Transaction, on: bool = on) -> None:
            transaction.set(table, transaction.ensure(table, key), "blocked", on)

        repository.transact("Block", block, durable=False)
        assert repository.index.rows[row.id].blocked is on
        assert is_as_anew(repository)
    repository.close()


def test_what_is_in_no_row_is_found_by_its_document(tmp_path: Path) -> None:
    """An outgoing message that was split off is in the row of what is added to it, and back after undo."""
    threads = ("<1>",)
    repository = open_with(
        tmp_path,
        Message(k="m:1", at=NOW - 3 * DAY, sender=SENDERS[0], threads=threads),
        Message(k="m:2", at=NOW - 2 * DAY, sender=SENDERS[4], threads=("<2>", *threads), direction="out"),
        Message(k="m:3", at=NOW - DAY, sender=SENDERS[1], threads=("<3>", *threads)),
    )
    (row,) = repository.index.rows.values()
    repository.transact(
        "Split", lambda transaction: verbs.split(transaction, [row.id], row.messages[1:2]), durable=False
    )
    split_off, added = row.messages[1:]
    assert set(repository.index.loose) == {split_off}

    def add(transaction: Transaction) -> None:
        transaction.set("messages", added, "joins", str(document_id(opportunity_key(split_off))))

    repository.transact("Add", add, durable=False)
    groups = {each.messages for each in repository.index.rows.values()}
    assert groups == {row.messages[:1], row.messages[1:]}
    assert is_as_anew(repository)
    for _ in range(2):
        repository.undo(durable=False)
        assert is_as_anew(repository)
    assert [each.messages for each in repository.index.rows.values()] == [row.messages]
    repository.close()


def test_a_clock_that_was_wrong_and_is_set_right_wakes_nothing(tmp_path: Path) -> None:
    """After a jump ahead and back, what is snoozed is snoozed; a small step back changes nothing."""
    repository = open_with(tmp_path, Message(k="m:1", at=NOW, sender=SENDERS[0]))
    (id,) = repository.index.rows
    index = repository.index
    repository.transact(
        "Snooze", lambda transaction: verbs.snooze(transaction, [id], NOW + DAY), durable=False
    )
    index.tick(NOW)
    assert index.tick(NOW + 400 * DAY)
    assert list(index.view("new")) == [id]
    assert index.tick(NOW)
    assert (list(index.view("snoozed")), index.counts()["snoozed"]) == ([id], 1)
    assert not index.tick(NOW - 1000)
    assert index.tick(NOW + DAY)
    assert list(index.view("new")) == [id]
    repository.close()
