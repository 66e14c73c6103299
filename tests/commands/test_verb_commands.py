"""The verbs: on ids or on a query, in one action each, with a sentence and a way back."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from store.errors import NotFoundError
from tui.commands.common.times import split_when

MOVES = {
    "done": ("done", (), "Done"),
    "later": ("later", (), "Reply later"),
    "aside": ("aside", (), "Set aside"),
    "snooze": ("snoozed", ("2w",), "Snoozed until Mon 30 Nov 08:00"),
    "wait": ("waiting", ("friday",), "Waiting for them until Fri 20 Nov 08:00"),
    "trash": ("trash", (), "In the trash"),
}
BACK = " · ringback undo takes it back\n"


def view_of(run: Any, code: str) -> Any:
    """Return the view an opportunity stands in."""
    return field(run, code, "view")


def field(run: Any, code: str, name: str) -> Any:
    """Return one field of an opportunity."""
    return run("show", code, "--json").json["opportunity"][name]


@pytest.mark.parametrize("verb", MOVES)
def test_a_verb_moves_and_undo_takes_it_back(run: Any, inbox: Any, verb: str) -> None:
    """Each verb puts the opportunity into its view, says so, and one undo brings it back."""
    view, words, told = MOVES[verb]
    ran = run(verb, inbox.dana, *words)
    assert (ran.out, ran.err) == (told + BACK, "")
    assert view_of(run, inbox.dana) == view
    assert [item["code"] for item in run("inbox", "--view", view, "--json").json["items"]] == [inbox.dana]
    assert run("undo").out.endswith(" · ringback redo does it again\n")
    assert view_of(run, inbox.dana) == "new"
    assert run("redo").out.endswith(BACK)
    assert view_of(run, inbox.dana) == view


@pytest.mark.parametrize("verb", ["done", "later", "aside", "trash"])
def test_a_query_is_one_action(run: Any, inbox: Any, verb: str) -> None:
    """A verb on a query acts on all it finds, and one undo takes all of it back."""
    view = MOVES[verb][0]
    assert "3" in run(verb, "--query", "is:new").out
    assert {view_of(run, code) for code in (inbox.dana, inbox.priya, inbox.tom)} == {view}
    run("undo")
    assert {view_of(run, code) for code in (inbox.dana, inbox.priya, inbox.tom)} == {"new"}


def test_several_ids_are_all_or_none(run: Any, inbox: Any) -> None:
    """One unknown id among several leaves everything as it was."""
    ran = run("done", inbox.dana, "zzzzz", code=1)
    assert ran.err.startswith("No opportunity has the id zzzzz.\n")
    assert view_of(run, inbox.dana) == "new"
    run("done", inbox.dana, inbox.tom, inbox.dana)
    assert run("inbox", "--views", "--json").json["items"][5] == {"name": "done", "count": 2}


@pytest.mark.parametrize("words", [(), ("--query", "x", "abcd")])
def test_ids_or_a_query_are_asked_for(run: Any, inbox: Any, words: tuple[str, ...]) -> None:
    """Neither, or both, is a usage error."""
    assert "ids, or by --query" in run("done", *words, code=2).err


def test_a_query_that_finds_nothing_changes_nothing(run: Any, inbox: Any) -> None:
    """Nothing found is told and is no failure."""
    ran = run("done", "--query", "from:nobody")
    assert (ran.out, ran.err) == ("", "Nothing matches from:nobody, so nothing was changed.\n")


def test_wake_and_reopen(run: Any, inbox: Any) -> None:
    """Wake ends a snooze; reopen brings back what was done or thrown away."""
    run("snooze", inbox.dana, "tomorrow")
    run("wake", inbox.dana)
    assert view_of(run, inbox.dana) == "new"
    run("done", inbox.dana)
    run("reopen", inbox.dana)
    assert view_of(run, inbox.dana) == "new"
    run("trash", inbox.dana)
    run("trash", "--restore", inbox.dana)
    assert view_of(run, inbox.dana) != "trash"


@pytest.mark.parametrize(
    ("verb", "flag", "name", "before"),
    [
        ("star", "--off", "starred", False),
        ("read", "--unread", "unread", True),
        ("mute", "--off", "muted", False),
    ],
)
def test_flags_go_on_and_off(run: Any, inbox: Any, verb: str, flag: str, name: str, before: bool) -> None:
    """Star, read and mute set their mark, and their option takes it away."""
    assert field(run, inbox.dana, name) is before
    run(verb, inbox.dana)
    assert field(run, inbox.dana, name) is not before
    run(verb, inbox.dana, flag)
    assert field(run, inbox.dana, name) is before


def test_labels(run: Any, inbox: Any) -> None:
    """A label goes on and off; its name may hold what a path would split."""
    run("label", inbox.dana, inbox.tom, "remote/eu ~ maybe")
    assert field(run, inbox.dana, "labels") == ["remote/eu ~ maybe"]
    assert field(run, inbox.tom, "labels") == ["remote/eu ~ maybe"]
    run("label", "--off", inbox.dana, "remote/eu ~ maybe")
    assert field(run, inbox.dana, "labels") == []


def test_notes(run: Any, inbox: Any) -> None:
    """A note comes from the command line or from standard input, and stands in the timeline."""
    run("note", inbox.dana, "Knows Robin from school")
    run("note", inbox.dana, "-", given="Second\nnote")
    shown = run("show", inbox.dana).out
    assert "Knows Robin from school" in shown
    assert "   Second\n   note\n" in shown
    assert run("note", inbox.dana, " ", code=2).err.startswith("The note is empty.")


def test_edit(run: Any, inbox: Any) -> None:
    """Each field is set by its option; an empty text goes back to what the messages say."""
    given = {"role": "CTO", "firm": "Fern", "company": "Nimbus", "pay": "200k", "phone": "555-0103"}
    run("edit", inbox.dana, *(word for name, value in given.items() for word in (f"--{name}", value)))
    found = run("show", inbox.dana, "--json").json["opportunity"]
    assert {name: found[name] for name in given} == given
    run("edit", inbox.dana, "--role", "")
    assert field(run, inbox.dana, "role") == "Staff Platform Engineer"
    run("edit", inbox.dana, "--mandate", "retained")
    assert field(run, inbox.dana, "mandate") == "retained"
    assert "at least one" in run("edit", inbox.dana, code=2).err
    assert "retained" in run("edit", inbox.dana, "--mandate", "dubious", code=2).err


def test_answered(run: Any, inbox: Any) -> None:
    """An answer given elsewhere moves the debt to the other side."""
    assert field(run, inbox.dana, "owes") == "you"
    run("answered", inbox.dana, "--at", "2026-11-15")
    assert field(run, inbox.dana, "owes") == "them"


def test_block(run: Any, inbox: Any) -> None:
    """A blocked sender is found by `is:blocked` only, until unblocked."""
    run("block", inbox.dana)
    assert [item["code"] for item in run("inbox", "is:blocked", "--json").json["items"]] == [inbox.dana]
    assert inbox.dana not in {item["code"] for item in run("inbox", "--json").json["items"]}
    run("block", inbox.dana, "--off")
    assert inbox.dana in {item["code"] for item in run("inbox", "--json").json["items"]}
    assert "northgate.example" in run("block", "--firm", inbox.dana).out


def test_join_and_split(run: Any, inbox: Any) -> None:
    """Joining makes one timeline of two; splitting takes a numbered message out of it."""
    told = run("join", inbox.tom, inbox.dana).out
    assert len(run("inbox", "--json").json["items"]) == 2
    joined = re.search(r" · (\w+) · ringback undo", told)
    assert joined is not None
    assert len(field(run, joined[1], "timeline")) == 2
    run("undo")
    assert len(run("inbox", "--json").json["items"]) == 3
    run("add", "text", "Second thoughts", "--to", inbox.dana)
    run("split", inbox.dana, "2")
    assert len(field(run, inbox.dana, "timeline")) == 1
    assert len(run("inbox", "--json").json["items"]) == 4


def test_split_names_what_it_cannot_find(run: Any, inbox: Any) -> None:
    """A number that the timeline does not have is named with the way to see the numbers."""
    ran = run("split", inbox.dana, "7", code=1)
    assert ran.err == f"{inbox.dana} has no message 7.\nringback show {inbox.dana} numbers its messages.\n"


@pytest.mark.parametrize("verb", ["snooze", "wait"])
@pytest.mark.parametrize("when", ["nonsense", "yesterday", "2026-02-31"])
def test_a_bad_date_is_a_usage_error(run: Any, inbox: Any, verb: str, when: str) -> None:
    """A date that is none, or past, ends with 2 and an example, and changes nothing."""
    ran = run(verb, inbox.dana, when, code=2)
    assert len(ran.err.splitlines()) == 2
    assert view_of(run, inbox.dana) == "new"


@pytest.mark.parametrize("words", [("mon", "9am"), ("mon 9am",), ("next", "mon", "at", "9:00")])
def test_a_date_may_be_several_words(run: Any, inbox: Any, words: tuple[str, ...]) -> None:
    """What stands behind the ids is the date, quoted or not; with a query all words are the date."""
    assert run("snooze", inbox.dana, inbox.tom, *words).out.startswith("Snoozed until Mon 23 Nov 09:00 · 2 ")
    assert run("wait", "--query", "from:priya", *words).out.startswith("Waiting for them until Mon 23 Nov")


def test_a_code_that_looks_like_a_date_is_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four digits, or digits and a w, are an opportunity where one has that code."""
    index: Any = Codes({"7828", "642w", "monk"})
    for words, split in (
        (("7828", "19:00"), (("7828",), "19:00")),
        (("642w", "monk", "2w"), (("642w", "monk"), "2w")),
        (("monk", "mon", "9am"), (("monk",), "mon 9am")),
        (("7828", "2026", "642w"), (("7828", "2026"), "642w")),
        (("7828",), ((), "7828")),
        (("monk", "dec", "24", "2027"), (("monk",), "dec 24 2027")),
        (("monk", "blurb", "never"), (("monk", "blurb"), "never")),
    ):
        assert split_when(words, index) == split


class Codes:
    """An index that knows only codes."""

    def __init__(self, codes: set[str]) -> None:
        self.codes = codes

    def resolve(self, word: str) -> Any:
        """Find the code that begins like this."""
        found = [code for code in self.codes if code.startswith(word)]
        if len(found) != 1:
            raise NotFoundError(word)
        return SimpleNamespace(id=found[0])

    def code(self, number: str) -> str:
        """Return the whole code."""
        return number


def test_an_id_in_the_place_of_a_date(run: Any, inbox: Any) -> None:
    """An id without a date is a usage error, whatever the id looks like."""
    run("snooze", inbox.dana, code=2)
    assert run("snooze", "blurb", code=2).err.startswith('"blurb" is not a time.')
    assert "WHEN" in run("snooze", code=2).err


def test_nothing_to_undo(run: Any, inbox: Any) -> None:
    """Undo with nothing left ends with 1 and says so."""
    for _ in range(3):
        run("undo")
    assert run("undo", code=1).err == "Nothing to undo.\n"
    assert run("inbox", "--json").json["items"] == []
