"""The query language: which rows each term finds, how terms combine, and how mistakes are told."""

from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from store.clock import DAY, HOUR
from store.errors import UsageError
from store.rules.query import Query, parse
from store.rules.query_terms import FIELDS
from store.rules.row import Row
from support import NOW, ago

BERLIN = ZoneInfo("Europe/Berlin")
PLAIN = Row(
    id=1,
    messages=(1,),
    keys=(),
    documents=(),
    notes=(),
    at=ago(days=2),
    first_at=ago(days=9),
    inbound_at=ago(days=2),
    answered_at=0,
    channel="email",
    who="Dana Whitfield",
    firm="Northgate Search",
    role="Staff Platform Engineer",
    company="Acme Robotics",
    email="dana.whitfield@northgate.example",
    phone="+1 415 555 0132",
    pay="$230-260k",
    mandate="retained",
    attempts=3,
    place="new",
    until=0,
    nudge=0,
    labels=("Robots", "west coast"),
    role_known=True,
    starred=False,
    unread=True,
    muted=False,
    blocked=False,
    trashed=False,
    late=False,
    impulse="",
    subject="Staff Platform Engineer at Acme Robotics",
)
BODY = "Hi Robin,\nyour Kubernetes work stood\nout. Straße oder STRASSE?"


def compiled(query: str, **options: Any) -> Query:
    """Parse a query at the tests' moment."""
    return parse(query, NOW, BERLIN, **options)


def fits(query: str, body: str = BODY, **changes: Any) -> bool:
    """Tell whether the plain row with these changes fits a query."""
    row = msgspec.structs.replace(PLAIN, **changes)
    return compiled(query).matches(row, lambda _: body)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "dana",
        "DANA northgate",
        "kubernetes",
        "strasse",
        '"platform engineer"',
        '"work stood out"',
        "“work stood out”",
        "robots",
        "-java",
        "-java dana",
        '-"platform architect"',
        "--dana",
        "java or dana",
        "java OR dana OR rust",
        "java rust or dana acme",
        "(java or dana) acme",
        "-(java or rust)",
        "() dana",
        "Engineer - Acme",
        "from:dana",
        "from:whit",
        "from:northgate.example",
        "from:4155550132",
        'from:"+1 (415) 555"',
        "firm:search",
        'firm:"northgate search"',
        "company:acme",
        "role:platform",
        "channel:email",
        "channel:mail",
        "label:robots",
        'label:"West Coast"',
        "is:new",
        "is:unread",
        "mandate:retained",
        "before:today",
        "before:2026-11-15",
        "after:3d",
        "after:2026-11",
        "after:2026-11-14",
        'before:"sat 23:59"',
        "after:1w",
        "has:phone",
        "has:pay",
        "FROM:dana",
        "-is:declined",
        "-stage:offer",
        "in:all",
    ],
)
def test_a_row_that_fits_is_found(query: str) -> None:
    """Words are looked for in what the row shows and in its texts, whatever their case."""
    assert fits(query)


@pytest.mark.parametrize(
    "query",
    [
        "java",
        "dana java",
        '"engineer platform"',
        "-dana",
        "-dana or java",
        "-(java or dana)",
        "(java or dana) zebra",
        "from:tom",
        "from:4155550133",
        "firm:acme",
        "company:northgate",
        "role:architect",
        "channel:call",
        "label:rob",
        "is:snoozed",
        "is:done",
        "is:starred",
        "is:silent",
        "is:declined",
        "verdict:call",
        "stage:offer",
        "mandate:contingent",
        "before:2026-11-14",
        "after:yesterday",
        "due:1y",
        "has:note",
    ],
)
def test_a_row_that_does_not_fit_is_left_out(query: str) -> None:
    """Every term must fit; what decisions will say finds nothing as long as there are none."""
    assert not fits(query)


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        ("is:snoozed", {"until": NOW + DAY}),
        ("is:waiting", {"place": "waiting"}),
        ("is:later", {"place": "later"}),
        ("is:aside", {"place": "aside"}),
        ("is:done", {"place": "done", "until": 0}),
        ("is:starred", {"starred": True}),
        ("is:silent", {"inbound_at": ago(days=15)}),
        ("is:silent is:done", {"inbound_at": ago(days=15), "place": "done"}),
        ("has:note", {"notes": (7,)}),
        ("due:today", {"until": NOW - HOUR}),
        ("due:today", {"until": NOW + 5 * HOUR, "place": "later"}),
        ("due:fri", {"place": "waiting", "nudge": NOW + 4 * DAY}),
    ],
)
def test_where_it_stands_is_asked_of_the_row(query: str, changes: dict[str, Any]) -> None:
    """Views, silence and due dates follow from the row and the moment of the query."""
    assert fits(query, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"until": NOW + 14 * HOUR},
        {"place": "new", "nudge": NOW},
        {"place": "done", "until": NOW},
        {},
    ],
)
def test_due_is_only_what_asks_for_a_look(changes: dict[str, Any]) -> None:
    """Tomorrow's snooze, a nudge for what no longer waits, and what is done are not due today."""
    assert not fits("due:today", **changes)


def test_the_silent_limit_can_be_set() -> None:
    """Days of silence come from the settings."""
    assert compiled("is:silent", silent_days=1).matches(PLAIN, lambda _: "")


@pytest.mark.parametrize(
    ("changes", "finders", "others"),
    [
        (
            {"muted": True},
            ["is:muted", "dana is:muted", "is:muted or is:new"],
            ["dana", "in:all", "is:trash"],
        ),
        ({"blocked": True}, ["is:blocked"], ["", "is:muted", "in:all", "-is:muted"]),
        (
            {"trashed": True},
            ["is:trash", "in:all", "dana in:all", "java or is:trash"],
            ["", "dana", "-is:trash"],
        ),
        ({"trashed": True, "muted": True}, ["is:trash", "in:all"], ["is:muted", ""]),
    ],
)
def test_what_is_put_out_of_sight_is_found_only_when_asked_for(
    changes: dict[str, Any], finders: list[str], others: list[str]
) -> None:
    """Muted and blocked are found by `is:`, the trash by `is:trash` and `in:all`."""
    assert [query for query in finders if not fits(query, **changes)] == []
    assert [query for query in others if fits(query, **changes)] == []


def test_texts_are_read_only_when_they_decide() -> None:
    """Rows are told apart by their fields first, and by the words they show."""

    def never(_row: Row) -> str:
        raise AssertionError("no text was needed")

    assert compiled("from:dana is:new").matches(PLAIN, never)
    assert compiled("dana acme").matches(PLAIN, never)
    assert not compiled("kubernetes is:done").matches(PLAIN, never)
    assert not compiled("kubernetes").matches(msgspec.structs.replace(PLAIN, muted=True), never)


@pytest.mark.parametrize(
    ("query", "words", "marks"),
    [
        ("", (), ()),
        ("is:new from:dana", (), ()),
        ('Acme "Platform  Engineer"', ("acme", "platform", "engineer"), ("acme", "platform engineer")),
        ("acme -java", ("acme",), ("acme",)),
        ("acme or rust", (), ("acme", "rust")),
        ("acme (java or rust)", ("acme",), ("acme", "java", "rust")),
        ("acme acme", ("acme", "acme"), ("acme",)),
        ("STRASSE", ("strasse",), ("strasse",)),
    ],
)
def test_a_query_tells_what_to_scan_for_and_what_to_highlight(
    query: str, words: tuple[str, ...], marks: tuple[str, ...]
) -> None:
    """Words that every match holds narrow a scan; highlights are all that is wanted."""
    assert compiled(query).words == words
    assert compiled(query).marks == marks


def test_a_query_without_terms_asks_for_everything() -> None:
    """Spaces, dashes and brackets around nothing are no terms."""
    assert compiled(" - () ").everything
    assert not compiled("is:new").everything
    assert compiled("dana in:all").in_all
    assert not compiled("dana").in_all
    assert compiled("kubernetes or is:new").textual
    assert not compiled("is:new").textual


@pytest.mark.parametrize(
    "query", ["https://acme.example/jobs", "10:30", "mailto:a@b.example", "tel:+14155550132", "c++"]
)
def test_addresses_and_times_are_words(query: str) -> None:
    """A colon makes a field only after a name of letters, and not in an address."""
    assert fits(query, body=f"see {query} for more")
    assert not fits(query)


@pytest.mark.parametrize(
    ("query", "sentence", "hint"),
    [
        ("dana foo:bar", "There is no field foo: (column 6).", "from, firm, company"),
        ("Re: role", "There is no field re: (column 1).", "quotes"),
        ("is:foo", 'Column 1: is: knows no "foo".', "is: takes new, later"),
        ("a channel:fax", 'Column 3: channel: knows no "fax".', "email, linkedin"),
        ("has:cheese", 'Column 1: has: knows no "cheese".', "phone, pay, note"),
        ("in:trash", 'Column 1: in: knows no "trash".', "all"),
        ("mandate:none", 'Column 1: mandate: knows no "none".', "retained"),
        ("before:soonish", 'Column 1: "soonish" is not a time.', "tomorrow"),
        ("before:3/4", "Column 1: 3/4 could be 3 Apr or 4 Mar.", "3 apr"),
        ("dana from:", "from: at column 6 names nothing.", "from:name"),
        ('due:""', "due: at column 1 names nothing.", "due:today"),
        ('a "b c', "The quote at column 3 is not closed.", "another"),
        ('from:"b c', "The quote at column 1 is not closed.", "another"),
        ("(a or b", "The bracket at column 1 is not closed.", "quotes"),
        ("a ) b", "The bracket at column 3 closes nothing.", "quotes"),
        ("or a", "The or at column 1 needs something on both sides.", "quotes"),
        ("a or or b", "The or at column 3 needs something on both sides.", "quotes"),
        ("a or", "The or at column 3 needs something on both sides.", "quotes"),
        ("(" * 500, "The query is nested too deep at column 31.", "quotes"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_a_way_out(query: str, sentence: str, hint: str) -> None:
    """What is unknown is named, with its column and everything that would be known there."""
    with pytest.raises(UsageError) as refused:
        compiled(query)
    assert refused.value.sentence == sentence
    assert hint in refused.value.hint


def test_the_known_fields_are_all_listed() -> None:
    """Whoever mistypes a field sees every one of them."""
    with pytest.raises(UsageError) as refused:
        compiled("foo:bar")
    assert ", ".join(FIELDS) in refused.value.hint


@pytest.mark.parametrize(
    "end", ["from:", "is:", "is:un", "before:2026-11-", "before:", '"java', "or", "or (", "-", "(", "-("]
)
def test_while_typing_an_unfinished_end_asks_for_nothing_new(end: str) -> None:
    """The list does not jump to an error, or to nothing, between two letters."""
    query = compiled(f"dana {end}", typing=True)
    assert query.matches(PLAIN, lambda _: "java")


@pytest.mark.parametrize("query", ["foo:", "is:foo", "is:un ", "from: dana", "dana )"])
def test_while_typing_a_certain_mistake_is_told(query: str) -> None:
    """What no further letter can mend is told at once."""
    with pytest.raises(UsageError):
        compiled(query, typing=True)
