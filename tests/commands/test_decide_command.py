"""`ringback decide`, `review`, `seat`, `person`, `stats`: the same journal as on the screen."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine

from store.clock import DAY
from support import NOW

SHAPE: dict[str, Any] = json.loads(
    re.findall(
        r"```json decision\n(.*?)```",
        (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )[0]
)
WORKED = (
    *("--reason", "a", "--survives", "2", "--call", "1", "--silence", "2", "--pull", "2", "--step", "2"),
    *("--seat", "6", "--trust", "g", "--sting", "s", "--regret", "2"),
)


def test_the_worked_case_as_json(run: Any, inbox: Any) -> None:
    """Ledger +7, recommendation call, flip "call 3 → ask", firm; every key as the page has it."""
    found = run("decide", inbox.dana, *WORKED, "--verdict", "C", "--json").json
    assert list(found) == ["schema", "decision"]
    decision = found["decision"]
    assert list(decision) == list(SHAPE)
    own = ("id", "opportunity")
    assert {key: value for key, value in decision.items() if key not in own} == {
        key: value for key, value in SHAPE.items() if key not in own
    }
    assert run("show", inbox.dana, "--json").json["opportunity"]["view"] == "waiting"


def test_it_prints_a_ledger_that_adds_up(run: Any, inbox: Any) -> None:
    """The figures above the rule make the sum under it; the verdict's way back is told."""
    ran = run(
        "decide", inbox.dana, *WORKED, "--verdict", "no", "--because", "Not now", "--note", "call=at lunch"
    )
    points = [int(each) for each in re.findall(r"^ \S.*? ([+-]?\d)(?:   |$)", ran.out, re.MULTILINE)]
    assert sum(points) == 7
    assert "recommended: take the call (+7)" in ran.out
    assert "“at lunch”" in ran.out
    assert "Sealed: no" in ran.out
    shown = run("show", inbox.dana).out
    assert "in the way: A happy here; against take the call; because Not now" in shown
    assert "declined" in shown
    assert "recommended" in run("show", "--full", inbox.dana).out


def test_express(run: Any, inbox: Any) -> None:
    """Four answers, their points, and no recommendation."""
    decision = run(
        "decide",
        inbox.dana,
        "--express",
        "--reason",
        "b",
        "--call",
        "1",
        "--silence",
        "3",
        "--verdict",
        "A",
        "--json",
    ).json["decision"]
    assert (decision["form"], decision["total"], decision["recommended"]) == ("express", 2, None)
    assert decision["ledger"] == [["silence", 3], ["call", -1]]


@pytest.mark.parametrize(
    ("words", "sentence", "code"),
    [
        (("--reason", "a", "--survives", "9", "--verdict", "N"), "does not take '9'", 2),
        (("--reason", "q", "--verdict", "N"), "There is no reason 'q'", 2),
        (("--reason", "a", "--verdict", "c"), "There is no verdict 'c'", 2),
        (("--verdict", "N"), "at least --reason and --verdict", 2),
        ((), "at least --reason and --verdict", 2),
        (("--reason", "a", "--verdict", "N", "--review", "2020-01-01"), "past", 2),
        (("--reason", "a", "--verdict", "N", "--note", "nowhere=x"), "names no field", 2),
    ],
)
def test_bad_input_is_a_sentence(
    run: Any, inbox: Any, words: tuple[str, ...], sentence: str, code: int
) -> None:
    """What cannot be sealed is said, with the way on, and nothing is kept."""
    ran = run("decide", inbox.dana, *words, code=code)
    assert sentence in ran.err
    assert run("show", inbox.dana, "--json").json["opportunity"]["verdict"] is None


def test_undo_takes_a_seal_back_until_its_review(run: Any, inbox: Any) -> None:
    """Then the entry stays, and it says what to do instead."""
    run("decide", inbox.dana, *WORKED, "--verdict", "N")
    run("undo")
    assert run("show", inbox.dana, "--json").json["opportunity"]["verdict"] is None
    run("redo")
    run("review", inbox.dana, "--early", "--wish", "0")
    run("undo")
    assert run("show", inbox.dana, "--json").json["opportunity"]["verdict"] == "no"


def test_queries_find_decisions(run: Any, inbox: Any) -> None:
    """`verdict:` and `is:declined` ask the newest entry."""
    run("decide", inbox.dana, *WORKED, "--verdict", "N")
    run("decide", inbox.tom, *WORKED, "--verdict", "A")
    assert [row["who"] for row in run("search", "is:declined", "--json").json["items"]] == ["Dana Whitfield"]
    assert [row["who"] for row in run("search", "verdict:ask", "--json").json["items"]] == ["Tom Birch"]


def test_reviews_come_by_themselves(run: Any, inbox: Any, frozen: time_machine.Traveller) -> None:
    """Nothing is due, then it is; the list tells nothing of the verdict; looking back reveals it."""
    run("decide", inbox.dana, *WORKED, "--verdict", "N")
    assert "The next one is on Sun 14 Feb 2027." in run("review").err
    assert "--early" in run("review", inbox.dana, "--wish", "0", code=1).err
    frozen.move_to((NOW + 91 * DAY) / 1000)
    assert run("status", "--format", "{due}").out == "1\n"
    listed = run("review", "--json").json["items"]
    assert [item["who"] for item in listed] == ["Dana Whitfield"]
    assert "no" not in json.dumps(listed).split('"')
    ran = run("review", inbox.dana, "--became", "filled", "--seat", "worse", "--wish", "3", "--process", "1")
    assert "Decided badly, turned out badly" in ran.out
    assert "A happy here" in ran.out
    assert not run("review", "--json").json["items"]


def test_a_silence_is_reviewed_like_the_others(run: Any, inbox: Any, frozen: time_machine.Traveller) -> None:
    """15 days: silent, one entry by default, a review after 90 days, stored once it was reviewed."""
    frozen.move_to((NOW + 15 * DAY) / 1000)
    row = run("show", inbox.dana, "--json").json["opportunity"]
    assert row["silent"]
    (entry,) = [each for each in row["timeline"] if each["kind"] == "decision"]
    assert (entry["by_default"], entry["verdict"], entry["reasons"]) == (True, None, [])
    frozen.move_to((NOW + 110 * DAY) / 1000)
    assert inbox.dana in run("review").out
    found = run("review", inbox.dana, "--wish", "2", "--json").json["review"]
    assert found["decision"] == entry["id"]
    assert found["entry"]["by_default"]


def test_the_seat(run: Any, inbox: Any) -> None:
    """Lines come and go, by their words; what fits two is asked about."""
    run(
        "seat",
        "--employer",
        "Halvorsen",
        "--core",
        "building teams",
        "--core",
        "calm teams",
        "--no-go",
        "on call",
    )
    found = run("seat", "--json").json["seat"]
    assert (found["employer"], found["boss"]) == ("Halvorsen", "")
    assert [line["text"] for line in found["core"]] == ["building teams", "calm teams"]
    assert "fits 2 lines" in run("seat", "--drop", "teams", code=1).err
    assert "calm" not in run("seat", "--drop", "calm teams").out
    assert "no line 'nowhere'" in run("seat", "--drop", "nowhere", code=1).err


def test_the_card(run: Any, inbox: Any) -> None:
    """By name, by part of it, by id; what was written on it is there; two of a name are told apart."""
    run(
        "person", "Dana", "--check", "1=yes", "--relation", "known", "--promise", "to ring", "--note", "Frank"
    )
    found = run("person", inbox.dana, "--json").json["person"]
    assert (found["name"], found["relation"], found["checks"]["1"]) == ("Dana Whitfield", "known", "yes")
    assert [promise["text"] for promise in found["promises"]] == ["to ring"]
    assert "1 approach, 0 answered" in run("person", "dana@northgate.example").out
    assert "Nobody here is called Zoe" in run("person", "Zoe", code=1).err
    assert "no check 9" in run("person", "Dana", "--check", "9=yes", code=2).err
    run("add", "email", "--from", "Dana Whitfield <dana@other.example>", "--firm", "Other", "Hello")
    assert "fits 2 people" in run("person", "Dana Whitfield", code=1).err


def test_statistics(run: Any, inbox: Any) -> None:
    """Counts below five, not enough said aloud, JSON with every n, and ASCII that is ASCII."""
    run("decide", inbox.dana, *WORKED, "--verdict", "N")
    ran = run("stats", "--ascii")
    assert ran.out.isascii()
    assert "1 of 1" in ran.out
    assert "not enough data yet (n = 1, needs 5)" in ran.out
    found = run("stats", "--json").json["stats"]
    assert found["reason_audit"]["value"] == [
        {"reason": "a", "used": 1, "held": 0, "partly": 1, "fell": 0, "came_true": {"count": 0, "of": 0}}
    ]
    assert found["recommendation"] == {"n": 1, "needs": 5, "enough": False, "value": None}


def test_statistics_of_nothing(run: Any) -> None:
    """An empty file says what to do first."""
    run("seat", "--employer", "Halvorsen")
    assert "ringback pull or ringback add" in run("stats").err
