"""The JSON that commands write is the one that `docs/json.md` describes."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mails import in_mbox
from originals_support import PDF, take_in, with_files
from store.repository import Repository

TEXT = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
SHAPES: dict[str, dict[str, Any]] = {
    name: json.loads(example) for name, example in re.findall(r"```json (\w+)\n(.*?)```", TEXT, re.DOTALL)
}
TIMES = ("at", "first_at", "inbound_at", "answered_at", "until", "nudge")


def assert_shape(found: dict[str, Any], name: str, *more: str) -> None:
    """Check keys in their order, kinds of values, ids as strings and times with their zone."""
    shape = SHAPES[name]
    assert list(found) == [*shape, *more]
    for key, example in shape.items():
        if key == "event":
            assert found[key] is None or list(found[key]) == list(SHAPES["event"])
        elif key in TIMES:
            assert found[key] is None or datetime.fromisoformat(found[key]).tzinfo is not None
        else:
            assert type(found[key]) is type(example), key
    assert found["id"].isdecimal()


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (("inbox",), ()),
        (("inbox", "--view", "all"), ()),
        (("search", "Dana"), ()),
        (("due",), ("reason", "kind")),
    ],
)
def test_lists_of_opportunities(run: Any, inbox: Any, words: tuple[str, ...], more: tuple[str, ...]) -> None:
    """Each list is one object with its schema and items of the one shape."""
    run("snooze", inbox.dana, "19:00")
    found = run(*words, "--json").json
    assert list(found) == ["schema", "items"]
    assert found["schema"] == 1
    assert found["items"]
    for item in found["items"]:
        assert_shape(item, "opportunity", *more)


def test_the_example_is_what_is_written(run: Any, inbox: Any) -> None:
    """The opportunity of the page is that of the tests' inbox, but for its ids."""
    found = run("show", inbox.dana, "--json").json["opportunity"]
    own = ("id", "code", "messages", "timeline", "suggestions")
    expected = {key: value for key, value in SHAPES["opportunity"].items() if key not in own}
    assert {key: value for key, value in found.items() if key not in own} == expected


def test_one_opportunity_with_its_timeline(run: Any, inbox: Any) -> None:
    """`show` adds messages and notes, each of its shape."""
    run("note", inbox.dana, "Knows Robin")
    found = run("show", inbox.dana, "--json").json
    assert list(found) == ["schema", "opportunity"]
    assert_shape(found["opportunity"], "opportunity", "timeline", "suggestions")
    message, note = found["opportunity"]["timeline"]
    assert_shape(message, "message")
    assert_shape(note, "note")
    assert list(message["sender"]) == list(SHAPES["message"]["sender"])
    assert message["id"] == found["opportunity"]["messages"][0]


def test_what_was_added(run: Any) -> None:
    """`add` tells the message, whether it joined, and the opportunity."""
    found = run("add", "call", "--from", "Dana", "--json").json["added"]
    assert list(found) == ["message", "joined", "opportunity"]
    assert found["joined"] is False
    assert_shape(found["opportunity"], "opportunity")


def passed_on(run: Any, inbox: Any) -> None:
    """Add the person of the page and pass Dana's role on to them."""
    words = ("--employer", "Orchard", "--title", "Senior Engineer", "--floor", "190000", "--may-move")
    run("add", "person", "Sam Lee", *words, "--circle", "trusted", "--would-hire", "3", "--cadence", "90")
    run("add", "person", "Sam Lee", "--employer", "Orchard", "--spoke", "2026-11-01")
    run("people", "Sam Lee", "--consent", "yes", "--scope", "platform", "--until", "2027-01-31")
    run("refer", inbox.dana, "--to", "Sam Lee", "--why", "ran the same migration")


@pytest.mark.parametrize(("command", "shape"), [("referrals", "referral"), ("people", "somebody")])
def test_referrals_and_people(run: Any, inbox: Any, command: str, shape: str) -> None:
    """Both are what the page shows, but for their ids, and the keys are in its order."""
    passed_on(run, inbox)
    (found,) = run(command, "--json").json["items"]
    assert list(found) == list(SHAPES[shape])
    for name in ("id", "opportunity", "person"):
        assert found.pop(name, "1").isdecimal()
    assert found == {name: value for name, value in SHAPES[shape].items() if name in found}


def test_suggestions_and_connections(run: Any, inbox: Any, tmp_path: Path) -> None:
    """What is suggested, and what a pull of people tells, have the keys that the page names."""
    run("add", "person", "Sam Lee", "--title", "Staff Engineer", "--may-move")
    (item,) = run("refer", inbox.dana, "--json").json["items"]
    assert list(item) == ["person", "name", "points", "chips"]
    path = tmp_path / "Connections.csv"
    path.write_text("First Name,Last Name\nMei,Tanabe\nbroken\n")
    found = run("pull", str(path), "--json").json["report"]
    assert list(found["people"]) == ["read", "added"]
    assert list(found["failures"][0]) == ["place", "reason"]


def test_attachments_and_headers(run: Any, frozen: Any, tmp_path: Path) -> None:
    """A file and the headers of a mail have the keys that the page names, in its order."""
    path = tmp_path / "box.mbox"
    path.write_bytes(in_mbox(with_files(("cv.pdf", "application/pdf", PDF))))
    with Repository.open() as repository:
        take_in(repository, path)
        (id,) = repository.index.rows
        code = repository.index.code(id)
    (found,) = run("attachments", code, "--json").json["items"]
    assert {**found, "message": SHAPES["attachment"]["message"]} == SHAPES["attachment"]
    assert list(found) == list(SHAPES["attachment"])
    (saved,) = run("attachments", code, "--save", str(tmp_path), "--json").json["items"]
    assert list(saved) == [*SHAPES["attachment"], "saved"]
    headers = run("headers", code, "--json").json["headers"]
    assert list(headers) == list(SHAPES["headers"])
    assert headers["text"].startswith(SHAPES["headers"]["text"])
    assert headers["message"] == found["message"]


def test_counts(run: Any, inbox: Any) -> None:
    """`status` and the list of views count the same."""
    run("done", inbox.tom)
    views = {item["name"]: item["count"] for item in run("inbox", "--views", "--json").json["items"]}
    status = run("status", "--json").json["status"]
    assert views == {
        "new": 2,
        "later": 0,
        "waiting": 0,
        "snoozed": 0,
        "aside": 0,
        "done": 1,
        "all": 3,
        "screener": 0,
        "trash": 0,
    }
    without = ("screener", "trash")
    assert {name: status[name] for name in views if name not in without} == {
        name: count for name, count in views.items() if name not in without
    }
    assert status["due"] == 0


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("config",), ["name", "value", "origin"]),
        (("keys",), ["id", "keys", "title", "help", "area"]),
        (("inbox", "--views"), ["name", "count"]),
    ],
)
def test_other_lists(run: Any, inbox: Any, words: tuple[str, ...], keys: list[str]) -> None:
    """The other lists have the keys that the page names."""
    for item in run(*words, "--json").json["items"]:
        assert list(item) == keys


def test_doctor(run: Any, inbox: Any) -> None:
    """The doctor's findings are items too."""
    for item in run("doctor", "--json", code=None).json["items"]:
        assert list(item) == ["ok", "sentence", "hint"]
