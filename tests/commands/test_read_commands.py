"""`inbox`, `show`, `search`, `due`, `status`: whole outputs."""

from typing import Any

import pytest


def test_the_inbox_lists_what_is_new(run: Any, inbox: Any) -> None:
    """One line each, newest first, in columns: id, mark, age, channel, who, role."""
    ran = run("inbox")
    assert ran.out == (
        f"{inbox.tom}  N  22h  vm    Tom Birch                          voicemail\n"
        f"{inbox.priya}  N   2d  li    Priya Nair                         Engineering Manager\n"
        f"{inbox.dana}  N   2d  mail  Dana Whitfield · Northgate Search  Staff Platform Engineer, "
        "Acme Robotics\n"
    )
    assert ran.err == ""


def test_an_empty_view_says_so(run: Any, inbox: Any) -> None:
    """Nothing to list is told on stderr, is no failure, and JSON is an empty list."""
    ran = run("inbox", "--view", "done")
    assert (ran.out, ran.err) == ("", "Nothing in Done.\n")
    assert run("inbox", "--view", "done", "--json").json == {"schema": 1, "items": []}


def test_views_are_counted(run: Any, inbox: Any) -> None:
    """The list of views shows every count."""
    run("later", inbox.tom)
    lines = [line.split() for line in run("inbox", "--views").out.splitlines()]
    assert lines[:2] == [["new", "2"], ["later", "1"]]
    assert lines[-3:] == [["all", "3"], ["screener", "0"], ["trash", "0"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from:dana", ["dana"]),
        ("kubernetes", ["dana"]),
        ("is:snoozed", ["tom"]),
        ("channel:linkedin", ["priya"]),
        ("is:trash", ["priya"]),
        ("from:dana or from:tom", ["tom", "dana"]),
        ("-from:dana", ["tom"]),
        ("nothing like it", []),
    ],
)
def test_queries_look_in_every_view(run: Any, inbox: Any, query: str, found: list[str]) -> None:
    """`search` and `inbox QUERY` find what fits wherever it stands, the trash only where asked."""
    run("snooze", inbox.tom, "2w")
    if "linkedin" not in query:
        run("trash", inbox.priya)
    codes = [getattr(inbox, name) for name in found]
    for command in ("search", "inbox"):
        assert {item["code"] for item in run(command, "--json", "--", query).json["items"]} == set(codes)


def test_a_query_within_a_view(run: Any, inbox: Any) -> None:
    """With `--view` a query looks there only."""
    run("done", inbox.tom)
    assert run("inbox", "--view", "new", "from:tom").err == "Nothing matches from:tom.\n"
    assert run("inbox", "--view", "done", "from:tom").out.startswith(inbox.tom)


def test_search_that_finds_nothing(run: Any, inbox: Any) -> None:
    """Nothing found is told on stderr and is no failure."""
    ran = run("search", "penguin")
    assert (ran.out, ran.err) == ("", "Nothing matches penguin.\n")


def test_show_writes_the_whole_timeline(run: Any, inbox: Any) -> None:
    """Head, state and each message with its number, oldest first."""
    run("add", "call", "--from", "dana@northgate.example", "--at", "2026-11-15 10:00", "--missed")
    run("note", inbox.dana, "Sounds\nserious")
    assert run("show", inbox.dana).out == (
        "Staff Platform Engineer · Acme Robotics\n"
        "Dana Whitfield · Northgate Search · dana@northgate.example\n"
        f"{inbox.dana} · New · 2 approaches · you owe a reply\n"
        "\n"
        "1  email  Fri 13 Nov 11:00  Dana Whitfield\n"
        "   A role at Acme\n"
        "   Your Kubernetes work stood out.\n"
        "\n"
        "2  call missed  Sun 15 Nov 10:00  dana@northgate.example\n"
        "\n"
        "3  note  Mon 16 Nov 10:00\n"
        "   Sounds\n"
        "   serious\n"
    )


def test_show_takes_whole_ids(run: Any, inbox: Any) -> None:
    """The id of an opportunity or of one of its messages leads to the same."""
    found = run("show", inbox.dana, "--json").json["opportunity"]
    for name in (found["id"], found["messages"][0], inbox.dana.upper()):
        assert run("show", name, "--json").json["opportunity"] == found


def test_due_lists_what_comes_back_today(run: Any, inbox: Any) -> None:
    """A snooze that ends today is due, one that ends tomorrow is not."""
    assert run("due").err == "Nothing is due today.\n"
    run("snooze", inbox.dana, "19:00")
    run("snooze", inbox.tom, "tomorrow")
    ran = run("due")
    assert ran.out == f"{inbox.dana}  Dana Whitfield  comes back  Staff Platform Engineer\n"
    assert ran.err == ""


def test_status_fills_a_format(run: Any, inbox: Any) -> None:
    """Names in braces are counts, everything else is written as it stands."""
    run("snooze", inbox.dana, "19:00")
    assert run("status").out == "2 new · 1 due\n"
    assert run("status", "--format", "{new}/{due} %s {}").out == "2/1 %s {}\n"


def test_status_names_an_unknown_count(run: Any, inbox: Any) -> None:
    """A name that is no count ends with 2 and lists those there are."""
    ran = run("status", "--format", "{new.__class__}{unheard}", code=2)
    assert ran.err.startswith("There is no count named unheard; there are new, later, ")


def test_status_writes_nothing(run: Any, home: Any, inbox: Any) -> None:
    """Asking for counts changes no file."""

    def files() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}

    before = files()
    run("status")
    assert files() == before
