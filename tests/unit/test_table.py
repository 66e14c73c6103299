# ruff: noqa: E501 - rows of tables stand as they are written
"""Tables kept by hand: what columns stand for, dates, signs between columns, and that nothing is lost."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mails import messages, read_path, reasons
from store.errors import UsageError
from store.records.message import Contact, Message
from store.sources import Item, Unreadable
from store.sources.table import Table
from store.sources.table_columns import FIELDS
from store.sources.written_dates import Order, order_of, read_date

ORDERS: tuple[Order, ...] = ("", "dmy", "mdy")


def table(folder: Path, text: str | bytes, **how: object) -> Table:
    """Write a table and open it."""
    path = folder / "approaches.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Table(path, **how)  # type: ignore[arg-type]


def read(folder: Path, text: str | bytes, **how: object) -> list[Item]:
    """Read a table."""
    return list(table(folder, text, **how).read(lambda done: None))


def one(folder: Path, text: str | bytes, **how: object) -> Message:
    """Read the only row of a table."""
    (item,) = read(folder, text, **how)
    assert isinstance(item, Message), item
    return item


def test_every_field(tmp_path: Path) -> None:
    """Each has a column, and one that stands for nothing goes into the text."""
    message = one(
        tmp_path,
        "Date,Time,Recruiter,E-Mail,Phone,LinkedIn,Agency,Company,Role,Channel,Notes,Subject,Salary,Mandate,Mood\n"
        '2026-03-10,9:30,Dana Whitfield,Dana@northgate.example,+1 415 555 0132,linkedin.com/in/Dana-W,Northgate,Acme,SRE,InMail,"Hi,\nwe talked",Hello,$200k,retained,good\n',
    )
    assert (message.at, message.at_precision) == (at("2026-03-10T09:30"), "min")
    assert message.sender == Contact(
        name="Dana Whitfield",
        email="dana@northgate.example",
        phone="+14155550132",
        profile="https://www.linkedin.com/in/dana-w",
        firm="Northgate",
    )
    assert (message.company, message.role, message.channel) == ("Acme", "SRE", "linkedin_inmail")
    assert (message.subject, message.pay, message.mandate) == ("Hello", "$200k", "retained")
    assert message.body == "Hi,\nwe talked\nMood: good"


def at(text: str) -> int:
    """Return a time in UTC as milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    "head",
    [
        "Datum;Ansprechpartner;Personalberatung;Stelle;Gehalt",
        "Fecha;Nombre;Agencia;Puesto;Sueldo",
        "Jour;Nom;Cabinet;Poste;Salaire",
        "Data;Nome;Agenzia;Ruolo;Stipendio",
        "Date of contact;Recruiter's name;Search firm;Job title (exact);Salary range",
        "date_received;recruiter_name;recruiting_firm;job_title;base_salary",
    ],
)
def test_names_of_columns(tmp_path: Path, head: str) -> None:
    """In five languages, and within longer names."""
    message = one(tmp_path, f"{head}\n10.3.2026;Dana;Northgate;SRE;200k\n")
    assert (message.sender.name, message.sender.firm) == ("Dana", "Northgate")
    assert (message.role, message.pay, message.body) == ("SRE", "200k", "")


def test_columns_without_names(tmp_path: Path) -> None:
    """Addresses, numbers, profiles and dates are told by their looks, names and words by their length."""
    opened = table(
        tmp_path,
        "14/03/2025,Dana,dana@northgate.example,415-555-0132,A role at Acme that I said no to\n"
        "15/03/2025,Tom,tom@keel.example,415-555-0133,Called twice\n",
    )
    assert opened.plan.guessed
    assert [opened.plan.fields[place] for place in range(5)] == ["date", "from", "email", "phone", "message"]


def test_names_that_nobody_knows(tmp_path: Path) -> None:
    """What stands below them tells; the first row is no approach."""
    opened = table(tmp_path, "Wann,Adr,Bla\n2026-03-10,dana@northgate.example,hello there\n")
    assert opened.plan.fields == {0: "date", 1: "email", 2: "message"}
    assert len(messages(list(opened.read(lambda done: None)))) == 1


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_parts_columns_and_rows(tmp_path: Path, sign: str, end: str) -> None:
    """Each sign is told by the rows, not by how often it stands in words; all line ends are the same."""
    rows = [["Date", "From", "Notes"], ["2026-03-10", "Dana", '"a, b; c | d, e, f, g"']]
    expected = one(tmp_path, 'Date,From,Notes\n2026-03-10,Dana,"a, b; c | d, e, f, g"\n')
    assert one(tmp_path, end.join(map(sign.join, rows))) == expected
    assert one(tmp_path, f"sep={sign}{end}" + end.join(map(sign.join, rows))) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_charsets(tmp_path: Path, encoding: str) -> None:
    """What spreadsheets write is read, and is the same message."""
    text = "Date,From,Notes\n2026-03-10,Zoë Müller,Café – später\n"
    message = one(tmp_path, text.encode(encoding))
    assert (message.sender.name, message.body) == ("Zoë Müller", "Café – später")
    assert message.k == one(tmp_path, text).k


def test_nothing_is_lost(tmp_path: Path) -> None:
    """What a field cannot hold stands in the text, under the name of its column."""
    message = one(
        tmp_path,
        "Date,Time,Recruiter,E-Mail,LinkedIn,Channel,Mandate,Role\n"
        f"2026-03-10,noonish,Dana,ask Tom,northgate.example/dana,Slack,they said exclusive,{'x' * 400},surplus\n",
    )
    assert message.body.split("\n") == [
        "column 9: surplus",
        "Time: noonish",
        "E-Mail: ask Tom",
        "LinkedIn: northgate.example/dana",
        "Channel: Slack",
        "Mandate: they said exclusive",
        "Role: " + "x" * 400,
    ]
    assert (message.channel, message.mandate) == ("pasted", "")


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("Email", "email"),
        ("LinkedIn", "linkedin_msg"),
        ("LinkedIn InMail (2nd)", "linkedin_inmail"),
        ("phone call", "call"),
        ("Missed call", "call_missed"),
        ("WhatsApp", "whatsapp"),
        ("", "pasted"),
    ],
)
def test_channels(tmp_path: Path, said: str, channel: str) -> None:
    """As people call them; where more is said, it stays."""
    message = one(tmp_path, f"Date,From,Via\n2026-03-10,Dana,{said}\n")
    assert message.channel == channel
    assert ("(2nd)" in message.body) == ("(2nd)" in said)


def test_a_name_with_its_address(tmp_path: Path) -> None:
    """Both are told apart."""
    message = one(tmp_path, "Date,From\n2026-03-10,Dana Whitfield <Dana@northgate.example>\n")
    assert message.sender == Contact(name="Dana Whitfield", email="dana@northgate.example")


def test_a_bad_row_takes_no_other_with_it(tmp_path: Path) -> None:
    """Each is told with its line; a quote that is never closed costs its own."""
    items = read(
        tmp_path,
        "Date,From,Notes\n"
        "2026-03-10,Dana,fine\n"
        "soon,Tom,when?\n"
        "\n"
        ",Una,never\n"
        '2026-03-11,"Open,quote\n'
        "2026-03-12,,\n"
        "2026-02-30,Vic,no such day\n"
        '2026-03-13,"Last, one","two\nlines"\n',
    )
    assert [(each.sender.name, each.body) for each in messages(items)] == [
        ("Dana", "fine"),
        ("Last, one", "two\nlines"),
    ]
    told = [(item.place.rpartition(" ")[2], item.reason) for item in items if isinstance(item, Unreadable)]
    assert told == [
        ("3", "Its date cannot be read: soon."),
        ("5", "It has no date."),
        ("6", "A quote in it is not closed, or it has a comma too many."),
        ("7", "It says neither who wrote nor what."),
        ("8", "Its date cannot be read: 2026-02-30."),
    ]


@pytest.mark.parametrize(
    ("text", "how", "sentence"),
    [
        ("", {}, "holds no rows"),
        ("\n\n", {}, "holds no rows"),
        ("Date,Channel\n2026-03-10,sms\n", {}, "who wrote, or what: its columns are Date, Channel"),
        ("From,Notes\nDana,hello\n", {}, "says when: its columns are From, Notes"),
        ("Date,From\n3/4/2026,Dana\n", {}, "two ways: 3/4/2026"),
        ("Date,From\n13/4/2026,Dana\n4/13/2026,Tom\n", {}, "two ways: 13/4/2026, but also 4/13/2026"),
        ("Date,From\n2026-03-10,Dana\n", {"named": {"from": "Who"}}, "has no column Who"),
        ("Date,From\n2026-03-10,Dana\n", {"named": {"from": "3"}}, "has no column 3"),
        ("Date,From\n2026-03-10,Dana\n", {"delimiter": ",,"}, "cannot part columns"),
        ("Date,From\n2026-03-10,Dana\n", {"delimiter": '"'}, "cannot part columns"),
        ("Date,From\n2026-03-10,Dana\n", {"delimiter": "\n"}, "cannot part columns"),
        ("x" * 200_000, {}, "says when: its columns are column 1."),
    ],
)
def test_what_is_not_clear(tmp_path: Path, text: str, how: dict[str, object], sentence: str) -> None:
    """A sentence says what is missing, and the next step."""
    with pytest.raises(UsageError) as caught:
        table(tmp_path, text, **how)
    assert sentence in str(caught.value)
    assert caught.value.hint


def test_columns_that_are_named(tmp_path: Path) -> None:
    """By name or number; a name of the user's stands above what the table seems to say."""
    text = "Date,From,Agent\n2026-03-10,Acme,Dana\n"
    message = one(tmp_path, text, named={"from": "agent"})
    assert (message.sender.name, message.body) == ("Dana", "From: Acme")
    assert one(tmp_path, text, named={"from": "3"}).sender.name == "Dana"
    assert one(tmp_path, "x,y\n2026-03-10,Dana\n", named={"from": "y", "date": "x"}).sender.name == "Dana"


def test_the_order_of_days_and_months(tmp_path: Path) -> None:
    """One date that can be read one way only tells of all; the user's word stands above it."""
    rows = "Date,From\n3/4/2026,Dana\n{},Tom\n"
    for second, month in (("13/4/2026", 4), ("4/13/2026", 3), ("3/3/2026", None)):
        if month is None:
            assert messages(read(tmp_path, rows.format(second), order="mdy"))[0].at == at("2026-03-04T12:00")
            continue
        found = datetime.fromtimestamp(messages(read(tmp_path, rows.format(second)))[0].at / 1000, UTC)
        assert found.month == month


def test_a_date_that_does_not_exist_says_nothing_of_the_others(tmp_path: Path) -> None:
    """It is told with its line, and the rest is read."""
    items = read(tmp_path, "Date,From\n3/4/2026,Dana\n14/5/2026,Tom\n31/13/2026,Una\n")
    first, second = messages(items)
    assert (first.at, second.at) == (at("2026-04-03T12:00"), at("2026-05-14T12:00"))
    (failure,) = [item for item in items if isinstance(item, Unreadable)]
    assert failure.place.endswith("line 4")


def test_a_hand_of_its_own_export(tmp_path: Path) -> None:
    """What `export csv opportunities` wrote comes back; what the inbox works out again does not."""
    message = one(
        tmp_path,
        "id,code,view,who,firm,role,company,email,phone,pay,mandate,subject,first_at,at,attempts,verdict,labels\n"
        "123,abc,new,Dana,Northgate,SRE,Acme,dana@northgate.example,'+14155550132,$200k,retained,Hello,2026-03-10T09:30:00+01:00,2026-04-01T00:00:00+01:00,2,no,later\n",
    )
    assert (message.sender.name, message.sender.phone, message.role) == ("Dana", "+14155550132", "SRE")
    assert (message.at, message.at_zone) == (at("2026-03-10T08:30"), True)
    assert message.body == "verdict: no\nlabels: later"


def keys(items: list[Item]) -> set[str]:
    """Return the keys of the messages among them."""
    return {message.k for message in messages(items)}


def test_the_same_row_is_the_same_message(tmp_path: Path) -> None:
    """Sorted otherwise, beside other rows, with its columns elsewhere; another value makes another."""
    first = keys(read(tmp_path, "date,from,notes\n2026-03-10,Dana,x\n2026-03-11,Tom,\n"))
    assert len(first) == 2
    assert keys(read(tmp_path, "date,from,notes\n2026-03-11,Tom,\n2026-03-10,Dana,x\n")) == first
    assert keys(read(tmp_path, "Notes;Mood;Date;From\nx;;2026-03-10;Dana\n;;2026-03-11;Tom\n")) == first
    assert not first & keys(read(tmp_path, "date,from,notes\n2026-03-10,Dana,z\n2026-03-11,x,Tom\n"))


def test_cells_that_lack_at_the_end(tmp_path: Path) -> None:
    """Whoever writes by hand leaves them out: a text over several lines is no quote that lacks its end."""
    message = one(tmp_path, 'Date,From,Notes,Role,Pay\n2026-03-10,Dana,"Hi, you\nand, yes, all"\n')
    assert message.body == "Hi, you\nand, yes, all"


def test_a_long_cell_is_kept(tmp_path: Path) -> None:
    """Also beyond what the csv module takes by itself, whatever was read before."""
    csv.field_size_limit(1_000)
    message = one(tmp_path, "Date,From,Notes\n2026-03-10,Dana," + "x" * 200_000 + "\n")
    assert len(message.body) == 200_000


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is a sentence."""
    with pytest.raises(UsageError, match="cannot be read"):
        Table(tmp_path / "nothing.csv")


def test_a_csv_that_is_pulled(tmp_path: Path) -> None:
    """A sentence names its columns, and the command that reads it."""
    path = tmp_path / "t.csv"
    path.write_bytes("Wer;Wann\nDana;heute\n".encode("utf-16"))
    (reason,) = reasons(read_path(path))
    assert "its columns are Wer;Wann. ringback import csv FILE" in reason


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-10", "2026-03-10T12:00"),
        ("2026-03-10 09:30", "2026-03-10T09:30"),
        ("2026-03-10T09:30:00+01:00", "2026-03-10T08:30"),
        ("20260310", "2026-03-10T12:00"),
        ("10.3.26", "2026-03-10T12:00"),
        ("10. März 2026 um 09:30", "2026-03-10T09:30"),
        ("Dienstag, 10. März 2026 09:30", "2026-03-10T09:30"),
        ("mardi 10 mars 2026 à 9h30", "2026-03-10T09:30"),
        ("martes, 10 de marzo de 2026 9:30", "2026-03-10T09:30"),
        ("martedì 10 marzo 2026 09:30", "2026-03-10T09:30"),
        ("10 juil. 2026", "2026-07-10T12:00"),
        ("1er août 2026", "2026-08-01T12:00"),
        ("Tue, Mar 10, 2026 at 9:30 PM", "2026-03-10T21:30"),
        ("March 10th, 2026, 12:05 am", "2026-03-10T00:05"),
        ("14/03/26", "2026-03-14T12:00"),
        ("10 March 2026", "2026-03-10T12:00"),
        ("Mar 10, 2026", "2026-03-10T12:00"),
        ("10-Mar-26", "2026-03-10T12:00"),
        ("Tue, 10 Mar 2026 09:30:00 +0100", "2026-03-10T08:30"),
        ("46091", "2026-03-10T12:00"),
        ("46091.5", "2026-03-10T12:00"),
        ("31.2.2026", None),
        ("10 foo 2026", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text: str, found: str | None) -> None:
    """As people, mail programs and spreadsheets write them."""
    when = read_date(text)
    assert (when and when.at) == (found and at(found))


def test_half_a_day() -> None:
    """Noon and midnight are twelve; a month may come first."""
    found = [read_date(f"3/14/2026 {time}", "mdy") for time in ("2:30 PM", "12:05:00 am", "12 p.m.")]
    assert [when.at for when in found if when] == [
        at("2026-03-14T14:30"),
        at("2026-03-14T00:05"),
        at("2026-03-14T12:00"),
    ]


def test_whether_a_zone_was_named() -> None:
    """An offset or Greenwich makes a moment of it; anything else is kept as it is written."""
    named = [read_date(f"2026-03-10 09:30{zone}") for zone in ("Z", " +0100", " GMT", "", " CET")]
    assert [when.zone for when in named if when] == [True, True, True, False, False]


@given(st.text(max_size=60))
def test_no_date_raises(text: str) -> None:
    """Any text is a date or none."""
    order_of([text, text])
    for order in ORDERS:
        read_date(text, order)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [*FIELDS, "2026-03-10", "3/4/2026", "Dana", '"', ",", ";", "\n", "\r\n", "\t", "sep=;\n"]
            ),
            st.text(max_size=8),
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_no_table_raises(tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str) -> None:
    """Whatever stands in a table, it is read or told, and the same each time."""
    path = tmp_path_factory.getbasetemp() / "hostile.csv"
    path.write_bytes(text.encode(encoding, "replace"))
    try:
        opened = Table(path)
    except UsageError:
        return
    items = list(opened.read(lambda done: None))
    assert all(isinstance(item, Message | Unreadable) for item in items)
    assert items == list(Table(path).read(lambda done: None))
