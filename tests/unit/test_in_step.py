"""Reading many things step by step: the results stand as if one were read after the other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mails import a_mail, in_mbox, messages, read_path
from store.errors import StoreError
from store.records.message import Message
from store.sources.containing import contained
from store.sources.in_step import in_step
from store.sources.parts import read_parts
from store.sources.quoting import Split, split
from store.sources.source import Item, Original, Own, Skipped, Unreadable


def test_all_take_a_step_before_any_takes_the_next() -> None:
    """What each yields stands together all the same."""
    steps: list[str] = []

    def reading(name: str) -> Iterator[str | None]:
        steps.append(f"{name}1")
        yield None
        steps.append(f"{name}2")
        yield name
        yield name.upper()

    assert in_step([reading("a"), reading("b")]) == ["a", "A", "b", "B"]
    assert steps == ["a1", "b1", "a2", "b2"]


def test_readings_may_differ_in_how_many_steps_they_take() -> None:
    """Some yield nothing."""

    def reading(steps: int) -> Iterator[int | None]:
        for _ in range(steps):
            yield None
        yield steps

    assert in_step([reading(3), iter(()), reading(0), reading(1)]) == [3, 0, 1]
    assert in_step([]) == []


def test_one_that_breaks_ends_alone() -> None:
    """What it yielded before stands, and the others go on."""

    def reading(name: str) -> Iterator[str | None]:
        yield f"before {name}"
        yield None
        if name == "b":
            raise ZeroDivisionError("division by zero")
        yield f"behind {name}"

    found = in_step([contained(name, reading(name)) for name in "abc"])
    broken = found.pop(3)
    assert isinstance(broken, Unreadable)
    assert broken.place == "b"
    assert found == ["before a", "behind a", "before b", "before c", "behind c"]


def test_what_no_reader_holds_back_goes_through() -> None:
    """A sentence for the user ends the whole reading, as it does where one is read after the other."""

    def reading() -> Iterator[str | None]:
        yield None
        raise StoreError("There is no room on the disk.")

    with pytest.raises(StoreError):
        in_step([contained("a", reading())])


@pytest.mark.parametrize("container", ["mbox", "maildir"])
def test_mails_are_read_in_step(container: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts of all are read before the text of any is split."""
    steps: list[str] = []

    def watch(name: str, call: Any) -> None:
        def watched(*words: Any) -> Any:
            steps.append(name)
            return call(*words)

        monkeypatch.setattr(f"store.sources.mime.{name}", watched)

    watch("read_parts", read_parts)
    watch("split", split)
    mails = [a_mail(f"Mail {number}.", message_id=f"<{number}@x.example>") for number in range(3)]
    if container == "mbox":
        (tmp_path / "all.mbox").write_bytes(in_mbox(*mails))
    else:
        for name in ("cur", "new", "tmp"):
            (tmp_path / name).mkdir()
        for number, mail in enumerate(mails):
            (tmp_path / "cur" / f"{1_700_000_000 + number}.x:2,S").write_bytes(mail)
    assert [message.body for message in messages(read_path(tmp_path))] == ["Mail 0.", "Mail 1.", "Mail 2."]
    assert steps == ["read_parts"] * 3 + ["split"] * 3


def test_a_portion_holds_what_its_mails_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of mails that end at different steps, each gives what it gives alone, in the order of the mailbox."""

    def broken(text: str) -> Split:
        if text.startswith("Broken"):
            raise ZeroDivisionError("division by zero")
        return split(text)

    monkeypatch.setattr("store.sources.mime.split", broken)
    mails = [
        a_mail("Mine", message_id="<1@x.example>", Status="RO"),
        a_mail("Broken", message_id="<2@x.example>"),
        b"X-Other: not a mail\n\nwords\n",
        a_mail("A note", message_id="<3@x.example>", Subject="DON'T DELETE -- FOLDER INTERNAL DATA"),
        a_mail("The last", message_id="<4@x.example>"),
    ]
    path = tmp_path / "Sent.mbox"
    alone = []
    for mail in mails:
        path.write_bytes(in_mbox(mail))
        alone.append([told(item) for item in read_path(path)])
    path.write_bytes(in_mbox(*mails))
    together = [told(item) for item in read_path(path)]
    assert together == [*dict.fromkeys(item for items in alone for item in items)]
    assert [kind for kind, _ in together] == [
        *("Own", "Message", "Original"), "Unreadable", "Unreadable", "Skipped", "Message", "Original"
    ]  # fmt: skip


def told(item: Item) -> tuple[str, str]:
    """Return the kind of an item, and what of it does not depend on where it lies."""
    about = {Message: "body", Own: "email", Original: "k", Unreadable: "reason", Skipped: "reason"}
    return type(item).__name__, getattr(item, about[type(item)])
