# ruff: noqa: E501 - a table reads better with a case a line
"""Tables that somebody kept by hand: columns, dates, what fits nowhere, and what cannot be read."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mails import messages, read_all
from store.clock import iso
from store.errors import UsageError
from store.records.message import Message
from store.sources.source import Item, Unreadable
from store.sources.table import Table


def opened(folder: Path, text: str | bytes, **options: Any) -> Table:
    """Write and open a table."""
    path = folder / "t.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Table(path, **options)


def items(folder: Path, text: str | bytes, **options: Any) -> list[Item]:
    """Read a table."""
    return read_all([opened(folder, text, **options)])


def only(folder: Path, text: str | bytes, **options: Any) -> Message:
    """Read a table of one row."""
    (message,) = messages(items(folder, text, **options))
    return message


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("Date,Recruiter,Agency,Job title,Salary", ["date", "from", "firm", "role", "pay"]),
        ("Datum;Ansprechpartner;Personalberatung;Stelle;Gehalt", ["date", "from", "firm", "role", "pay"]),
        ("Jour\tNom\tCabinet\tPoste\tSalaire", ["date", "from", "firm", "role", "pay"]),
        ("Fecha|Nombre|Agencia|Puesto|Salario", ["date", "from", "firm", "role", "pay"]),
        ("when,who,linkedin url,notes,Mood", ["date", "from", "profile", "message", ""]),
        ("date,from,recruiter", ["date", "from", ""]),
    ],
)
def test_names_of_columns(tmp_path: Path, head: str, wanted: list[str]) -> None:
    """They are known in several languages, whatever parts the columns; of two for one field the first counts."""
    fields = opened(tmp_path, head + "\n2026-03-10,x\n").plan.fields
    assert [fields.get(place, "") for place in range(len(wanted))] == wanted


@pytest.mark.parametrize(
    ("date", "dates", "wanted"),
    [
        ("2026-03-10", "", "2026-03-10T13:00:00+01:00"),
        ("2026-03-10 09:30", "", "2026-03-10T10:30:00+01:00"),
        ("10.03.2026", "", "2026-03-10T13:00:00+01:00"),
        ("14/03/26", "", "2026-03-14T13:00:00+01:00"),
        ("03/14/2026 9:30", "", "2026-03-14T10:30:00+01:00"),
        ("3/14/2026 2:30 PM", "", "2026-03-14T15:30:00+01:00"),
        ("3/14/2026 12:05:00 am", "", "2026-03-14T01:05:00+01:00"),
        ("03/04/2026", "dmy", "2026-04-03T14:00:00+02:00"),
        ("03/04/2026", "mdy", "2026-03-04T13:00:00+01:00"),
        ("10 March 2026", "", "2026-03-10T13:00:00+01:00"),
        ("10. März 2026", "", "2026-03-10T13:00:00+01:00"),
        ("Mar 10, 2026", "", "2026-03-10T13:00:00+01:00"),
    ],
)
def test_dates(tmp_path: Path, date: str, dates: str, wanted: str) -> None:
    """Whatever tells day from month is used; a day alone stands for its noon."""
    assert iso(only(tmp_path, f'date,from\n"{date}",Dana\n', dates=dates).at) == wanted


@pytest.mark.parametrize("date", ["someday", "", "31/02/2026", "2026-13-01", "10 Foo 2026"])
def test_a_row_without_a_date_is_told(tmp_path: Path, date: str) -> None:
    """With its line, and the others are read."""
    found = items(tmp_path, f'from,date\nTom,2026-03-10\n"Dana\nW",{date}\nPriya,2026-03-11\n')
    (failure,) = [item for item in found if isinstance(item, Unreadable)]
    assert failure.place.endswith("t.csv, line 3")
    assert [message.sender.name for message in messages(found)] == ["Tom", "Priya"]


def test_what_fits_no_field_is_kept_in_the_text(tmp_path: Path) -> None:
    """A place, a channel and a kind of mandate that have no field of their own, and columns of one's own."""
    message = only(
        tmp_path,
        "date,from,channel,mandate,location,Mood,notes\n2026-03-10,Dana,Xing,on retainer,Leeds,good,Rang twice\n",
    )
    assert message.body.split("\n") == [
        "Rang twice",
        "Mood: good",
        "channel: Xing",
        "mandate: on retainer",
        "location: Leeds",
    ]
    known = only(tmp_path, "date,from,channel,mandate\n2026-03-10,Dana,InMail,Retained\n")
    assert (known.channel, known.mandate, known.body) == ("linkedin_inmail", "retained", "")


def test_a_table_is_read_in_any_encoding(tmp_path: Path) -> None:
    """UTF-8 with and without a mark, UTF-16, and what Excel writes in western Europe."""
    text = "date,from\n2026-03-10,Zoë Müller\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert only(tmp_path, text.encode(encoding)).sender.name == "Zoë Müller"


def test_the_same_row_is_the_same_message(tmp_path: Path) -> None:
    """Sorted otherwise, or beside other rows, it has the same key; another value makes another."""
    rows = ["2026-03-10,Dana,x", "2026-03-11,Tom,y"]
    first = {message.k for message in messages(items(tmp_path, "\n".join(["date,from,notes", *rows])))}
    second = {message.k for message in messages(items(tmp_path, "\n".join(["date,from,notes", *rows[::-1]])))}
    assert first == second
    assert only(tmp_path, "date,from,notes\n2026-03-10,Dana,z").k not in first


def test_a_cell_that_is_too_long_is_told(tmp_path: Path) -> None:
    """A quotation mark left open swallows the rest: it is not passed over in silence."""
    found = items(tmp_path, "date,from\n2026-03-10,Dana\n2026-03-11," + "x" * 200_000 + "\n2026-03-12,Tom\n")
    assert [item.place.rpartition(", ")[2] for item in found if isinstance(item, Unreadable)] == ["line 3"]
    assert messages(found)[0].sender.name == "Dana"


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("", {}, "holds no rows"),
        ("date,from\n03/04/2026,Dana\n", {}, "two ways"),
        ("Mood,Colour\ngood,blue\n", {"named": {"date": "Mood"}}, "says who wrote"),
        ("date,from\n2026-03-10,Dana\n", {"named": {"role": "Job"}}, "no column Job"),
        ("date,from\n2026-03-10,Dana\n", {"named": {"role": "3"}}, "no column 3"),
        ("date,from\n2026-03-10,Dana\n", {"delimiter": "ab"}, "cannot part columns"),
        ("date,from\n2026-03-10,Dana\n", {"delimiter": "\n"}, "cannot part columns"),
        ("x" * 200_000, {}, "says who wrote"),
    ],
)
def test_what_cannot_be_read_as_a_table(
    tmp_path: Path, text: str, options: dict[str, Any], words: str
) -> None:
    """A sentence says why, and what to do."""
    with pytest.raises(UsageError, match=words) as raised:
        opened(tmp_path, text, **options)
    assert raised.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is a sentence."""
    with pytest.raises(UsageError, match="cannot be read"):
        Table(tmp_path / "nothing.csv")


@given(st.text(max_size=300))
def test_no_text_breaks_it(tmp_path: Path, text: str) -> None:
    """Whatever stands in a file, each row becomes a message or is told."""
    try:
        table = opened(tmp_path, text.encode("utf-8", "replace"), dates="dmy")
    except UsageError:
        return
    for item in read_all([table]):
        assert isinstance(item, Message) or item.place  # type: ignore[union-attr]
