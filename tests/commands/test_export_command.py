"""`ringback export`: vCards and tables, to stdout and to files that are never overwritten by mistake."""

import csv
import io
import stat
from pathlib import Path
from typing import Any

import pytest

from store.exporting.table import cell
from store.exporting.vcard import END, escaped, fold


@pytest.fixture
def known(run: Any, frozen: Any) -> None:
    """Two people."""
    run(
        *("add", "person", "Sam Lee", "--email", "sam@orchard.example", "--phone", "+1 555-0142"),
        *("--employer", "Orchard; Sons, Inc.", "--title", "CTO", "--profile", "linkedin.com/in/sam"),
        *("--wants", "to leave", "--circle", "weak", "--would-hire", "0"),
    )
    run("add", "person", "Mei Tanabe")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("export", "ringback export wants a word more: csv or vcf."),
        (
            "add",
            "ringback add wants a word more: call, email, linkedin, person, referral, text or voicemail.",
        ),
    ],
)
def test_a_group_alone_says_what_is_missing(run: Any, command: str, sentence: str) -> None:
    """One sentence names what may follow, and the help is named after it."""
    ran = run(command, code=2)
    assert ran.err == f"{sentence}\nSee ringback {command} --help\n"


def test_vcards(run: Any, known: None) -> None:
    """Each person is a card with what an address book is for, and nothing of what the user thinks."""
    out = run("export", "vcf").out
    assert out.count("BEGIN:VCARD\n") == out.count("END:VCARD\n") == 2
    card = out[out.index("BEGIN", 5) :].split("\n")
    assert card[2].startswith("UID:ringback-")
    assert card[:2] + card[3:] == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Lee;Sam;;;",
        "FN:Sam Lee",
        "ORG:Orchard\\; Sons\\, Inc.",
        "TITLE:CTO",
        "EMAIL;TYPE=INTERNET:sam@orchard.example",
        "TEL:+1 555-0142",
        "URL:https://www.linkedin.com/in/sam",
        "END:VCARD",
        "",
    ]
    assert "leave" not in out
    assert "weak" not in out


def test_one_vcard(run: Any, known: None) -> None:
    """A name writes one card; an unknown one is refused."""
    out = run("export", "vcf", "mei tanabe").out
    assert "FN:Mei Tanabe\n" in out
    assert out.count("BEGIN") == 1
    assert "Nobody here is called Ada." in run("export", "vcf", "Ada", code=1).err


@pytest.mark.parametrize("profile", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example"])
def test_a_profile_that_leads_to_no_page_is_left_out(run: Any, frozen: Any, profile: str) -> None:
    """What an address book might run is not in the card."""
    run("add", "person", "Sam Lee", "--profile", profile)
    assert "URL" not in run("export", "vcf").out


def test_nobody_to_write(run: Any, inbox: Any, tmp_path: Path) -> None:
    """Without people nothing is written, and it says so."""
    ran = run("export", "vcf", "--output", str(tmp_path / "people.vcf"))
    assert (ran.out, ran.err) == ("", "You know no one here yet, so there is nothing to write.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("a\nEND:VCARD\r\nX:y", "a END:VCARD X:y"),
        ("\x1b[31mred\x00", "[31mred"),
        ("a\u2028b\u200bc", "a b c"),
        ("Zoë 李", "Zoë 李"),
    ],
)
def test_values_are_escaped(text: str, expected: str) -> None:
    """Nothing in a value begins a line, another value or a command of the terminal."""
    assert escaped(text) == expected


@pytest.mark.parametrize("text", ["", "x" * 75, "x" * 500, "李" * 200, "é" * 100, "x" * 74 + "李"])
def test_long_lines_are_folded(text: str) -> None:
    """No line has more than 75 octets, no character is broken, and unfolding gives the text back."""
    folded = fold(text)
    assert all(len(line.encode()) <= 75 for line in folded.split(END))
    assert folded.replace(END + " ", "") == text


@pytest.mark.parametrize(
    ("what", "head", "lines"),
    [
        ("people", "id,name,title,employer,email,phone,profile", 2),
        ("referrals", "id,at,kind,name,role,company,recruiter,firm,why,mode", 1),
        ("opportunities", "id,code,view,who,firm,role,company,email,phone,pay", 3),
    ],
)
def test_tables(run: Any, inbox: Any, known: None, what: str, head: str, lines: int) -> None:
    """Each table has a head and a line for each thing."""
    run("refer", inbox.dana, "--to", "Sam Lee", "--why", "knows Go")
    out = run("export", "csv", what).out
    assert out.startswith(head + ",")
    found = list(csv.DictReader(io.StringIO(out)))
    assert len(found) == lines
    assert all(None not in line and None not in line.values() for line in found)


def test_a_table_holds_what_is_known(run: Any, inbox: Any, known: None) -> None:
    """Yes, numbers, times and leave are written so that they can be read again."""
    run("add", "person", "Ada Byrd", "--may-move", "--floor", "90000", "--spoke", "2026-11-01")
    run("people", "Ada Byrd", "--consent", "yes", "--until", "2027-01-31")
    ada, mei, sam = csv.DictReader(io.StringIO(run("export", "csv", "people").out))
    assert (ada["may_move"], ada["floor"], ada["consent"]) == ("yes", "90000", "yes")
    assert ada["last_touch"] == "2026-11-01T12:00:00+01:00"
    assert ada["consent_until"].startswith("2027-01-31")
    assert (mei["may_move"], mei["floor"], mei["consent"]) == ("", "", "")
    assert (sam["phone"], sam["would_hire"]) == ("'+1 555-0142", "0")


@pytest.mark.parametrize(
    "first", ["=", "+", "-", "@", "\t=", "\r@", " =", "\u200b=", "\u0301+", "\u3164-", "＝"]
)
def test_no_cell_is_a_formula(first: str) -> None:
    """What begins like a formula, behind something unseen too, begins with a quotation mark."""
    assert cell(first + "1").startswith("'")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "yes"), (False, ""), (0, "0"), ("a\nb\tc", "a b c"), ("a=b", "a=b")],
)
def test_a_cell_is_one_line(value: object, text: str) -> None:
    """Every value is one line of words."""
    assert cell(value) == text


@pytest.mark.parametrize("words", [("vcf",), ("csv", "people")], ids=str)
def test_to_a_file(run: Any, known: None, tmp_path: Path, words: tuple[str, ...]) -> None:
    """A file holds what stdout would, is its owner's alone, and nothing lies beside it."""
    path = tmp_path / "out"
    ran = run("export", *words, "--output", str(path))
    assert (ran.out, ran.err) == ("", f"2 written to {path}\n")
    written = path.read_bytes().decode()
    assert written.count("\r\n") == (written.count("\n") if words == ("vcf",) else 0)
    assert written.replace("\r\n", "\n") == run("export", *words).out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_overwritten_by_mistake(run: Any, known: None, tmp_path: Path) -> None:
    """A file that is there stays as it was, unless --force replaces it."""
    path = tmp_path / "out.csv"
    path.write_text("mine")
    ran = run("export", "csv", "people", "--output", str(path), code=1)
    assert "is there already, and was left as it is. --force replaces it." in " ".join(ran.err.split())
    assert path.read_text() == "mine"
    run("export", "csv", "people", "--output", str(path), "--force")
    assert path.read_text().startswith("id,name")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", "missing/out.csv"])
def test_where_nothing_can_be_written(run: Any, known: None, tmp_path: Path, name: str) -> None:
    """A folder and a folder that is not there are a sentence, with --force too."""
    for more in ((), ("--force",)):
        ran = run("export", "csv", "people", "--output", str(tmp_path / name), *more, code=1)
        assert "is no file." in ran.err or "could not be written" in ran.err
    assert list(tmp_path.iterdir()) == []
