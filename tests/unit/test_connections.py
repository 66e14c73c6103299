"""LinkedIn's Connections.csv: every layout, broken rows with their line, and reading it again."""

import zipfile
from pathlib import Path

import pytest

from mails import read_path
from store import network
from store.intake.pulling import Request
from store.intake.pulling import pull as pull_in
from store.intake.report import PullReport
from store.network import everybody, must_find
from store.repository import Repository
from store.sources.source import Acquaintance, Item, Unreadable

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "linkedin"
NOTE = 'Notes:\n"When exporting, you may notice that some addresses are missing, ""as it is""."\n\n'
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
OLD_HEAD = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
SAM = "Sam,Lee,https://www.linkedin.com/in/Sam-Lee/,sam@orchard.example,Orchard,Engineer,10 Mar 2026\n"
MEI = "Mei,Tanabe,https://www.linkedin.com/in/mei,,Acme,Staff Engineer,11 Mar 2026\n"


def written(folder: Path, text: str | bytes) -> Path:
    """Write an export and return its path."""
    path = folder / "Connections.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(folder: Path, text: str | bytes) -> list[Item]:
    """Return what an export yields."""
    return read_path(written(folder, text))


def fields(found: list[Item]) -> list[dict[str, str]]:
    """Return the people of the rows that could be read."""
    return [item.fields for item in found if isinstance(item, Acquaintance)]


def names(found: list[Item]) -> list[str]:
    """Return the names of the rows that could be read."""
    return [each["name"] for each in fields(found)]


def problems(found: list[Item]) -> list[tuple[str, str]]:
    """Return (line, reason) of the rows that could not be read."""
    return [(item.place.rpartition(", ")[2], item.reason) for item in found if isinstance(item, Unreadable)]


@pytest.mark.parametrize("before", ["", NOTE, "\ufeff", "\ufeff" + NOTE, NOTE.replace('"', "")], ids=range(5))
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_the_layout_with_an_address(tmp_path: Path, before: str, end: str) -> None:
    """With and without the note, a BOM and any line end, each column lands in its field."""
    (found,) = fields(rows(tmp_path, (before + HEAD + SAM).replace("\n", end)))
    assert found == {
        "name": "Sam Lee",
        "email": "sam@orchard.example",
        "profile": "https://www.linkedin.com/in/sam-lee",
        "employer": "Orchard",
        "title": "Engineer",
        "connected": "10 Mar 2026",
    }


def test_the_layout_without_a_url_column(tmp_path: Path) -> None:
    """The export of 2018 has no URL and quotes the date."""
    (found,) = fields(rows(tmp_path, OLD_HEAD + 'Priya,"Nair, PHR",,Nimbus,Partner,"3/9/18, 2:54 PM"\n'))
    assert (found["name"], found["connected"]) == ("Priya Nair, PHR", "3/9/18, 2:54 PM")
    assert "profile" not in found


def test_quotes_with_newlines_are_one_row(tmp_path: Path) -> None:
    """A title over two lines is one title; the next row knows on which line it begins."""
    ada = 'Ada,Byrd,,,"The ""Good"" Co","Head of\nMaps",1 Mar 2026\n'
    found = rows(tmp_path, HEAD + ada + "broken\n" + SAM)
    first, _ = fields(found)
    assert (first["employer"], first["title"]) == ('The "Good" Co', "Head of Maps")
    assert [line for line, _ in problems(found)] == ["line 4"]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("Ada,Byrd,Orchard", "It has 3 columns, the head has 7."),
        ("Ada,Byrd,,,Foo, Inc.,CTO,1 Mar 2026", "It has 8 columns, the head has 7."),
        ('Ada,Byrd,,,"Orchard,CTO,1 Mar 2026', "A quote in it is not closed, or it has a comma too many."),
    ],
    ids=["short", "long", "quote"],
)
def test_a_broken_row_costs_itself_only(tmp_path: Path, broken: str, why: str) -> None:
    """It is named with its line, and all the others are read, those below it too."""
    found = rows(tmp_path, f"{HEAD}{SAM}{broken}\n{MEI}")
    assert problems(found) == [("line 3", why)]
    assert names(found) == ["Sam Lee", "Mei Tanabe"]


def test_odd_bytes_are_read(tmp_path: Path) -> None:
    """NUL bytes, bytes that are no UTF-8 and a separator that only Unicode knows stay within their row."""
    odd = b"S\x00am,Le\xffe,,,Orch\xe2\x80\xa8ard,,\n"
    assert names(rows(tmp_path, HEAD.encode() + odd + MEI.encode())) == ["Sam Leÿe", "Mei Tanabe"]


def test_whom_linkedin_forgot_is_left_out(tmp_path: Path) -> None:
    """A row without a name is nobody, and no failure."""
    assert rows(tmp_path, HEAD + ",,,,,,1 Mar 2026\n\n , ,,,,,\n") == []


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01\x02", NOTE])
def test_what_has_no_head_is_refused(tmp_path: Path, text: str) -> None:
    """A file without the columns of names is told with those that it has and those that it should have."""
    (found,) = rows(tmp_path, text)
    assert isinstance(found, Unreadable)
    assert "needed are First Name, Last Name" in found.reason


def test_it_is_told_by_its_name(tmp_path: Path) -> None:
    """A download's second copy is one too, also where both are in one folder."""
    (tmp_path / "connections (1).CSV").write_text(HEAD + SAM)
    assert names(read_path(tmp_path / "connections (1).CSV")) == ["Sam Lee"]
    assert names(read_path(tmp_path)) == ["Sam Lee"]
    written(tmp_path, HEAD + MEI)
    assert sorted(names(read_path(tmp_path))) == ["Mei Tanabe", "Sam Lee"]


def test_cells_without_an_end_are_cut(tmp_path: Path) -> None:
    """What nobody writes into a field of a person is not kept whole, and costs the row nothing."""
    found = fields(rows(tmp_path, f"{HEAD}Ada,{'x' * 200_000},,,,,\n{MEI}"))
    assert [len(each["name"]) for each in found] == [504, 10]


def test_one_torn_row_does_not_reach_for_another(tmp_path: Path) -> None:
    """Two rows with a quote too many leave those between them alone."""
    torn = SAM.replace(",Engineer,", ',"Engineer,')
    found = rows(tmp_path, HEAD + torn + MEI + torn.replace("Sam", "Ada") + MEI.replace("Mei", "Kim"))
    assert names(found) == ["Mei Tanabe", "Kim Tanabe"]
    assert [line for line, _ in problems(found)] == ["line 2", "line 4"]


def pull(repository: Repository, folder: Path, text: str, *, dry_run: bool = False) -> PullReport:
    """Take an export in."""
    return pull_in(repository, Request(paths=[written(folder, text)], dry_run=dry_run))


def counts(report: PullReport) -> tuple[int, int]:
    """Return how many people were read, and how many were new."""
    return report.people_read, report.people_added


def test_reading_again_adds_nothing(repository: Repository, tmp_path: Path) -> None:
    """The report counts who is new; a dry run says the same and adds nobody; a second time nobody is."""
    text = f"{HEAD}{SAM}broken\n{MEI}"
    would = pull(repository, tmp_path, text, dry_run=True)
    assert counts(would) == (2, 2)
    assert [each.reason for each in would.failures] == ["It has 1 columns, the head has 7."]
    assert list(everybody(repository.documents)) == []
    assert counts(pull(repository, tmp_path, text)) == (2, 2)
    assert counts(pull(repository, tmp_path, text)) == (2, 0)
    assert pull(repository, tmp_path, text, dry_run=True).people_added == 0
    assert len(list(everybody(repository.documents))) == 2


def test_a_row_that_stands_twice_is_one_person(repository: Repository, tmp_path: Path) -> None:
    """Two equal rows are one; two of a name with profiles of their own are two."""
    other = SAM.replace("Sam-Lee", "sam-lee-2").replace("sam@", "other@")
    assert pull(repository, tmp_path, HEAD + SAM + SAM + other).people_added == 2


def test_what_the_user_wrote_stays(repository: Repository, tmp_path: Path) -> None:
    """Reading again changes no field that the user set, and fills those that are empty."""
    pull(repository, tmp_path, HEAD + SAM)
    id = must_find(repository.documents, "Sam Lee").id
    repository.transact("Edit", lambda t: network.set_person(t, id, title="CTO", employer=""))
    pull(repository, tmp_path, HEAD + SAM)
    person = must_find(repository.documents, "Sam Lee").person
    assert (person.title, person.employer) == ("CTO", "Orchard")


@pytest.mark.parametrize("by", [{"employer": "Orchard"}, {"email": "sam@orchard.example"}], ids=str)
def test_whom_the_user_knows_already_gains_the_rest(
    repository: Repository, tmp_path: Path, by: dict[str, str]
) -> None:
    """Somebody added by hand is the same person in the export, by name and employer or by address."""
    id = repository.transact("Add", lambda t: network.add_person(t, "Sam Lee", **by))[1]
    assert pull(repository, tmp_path, HEAD + SAM, dry_run=True).people_added == 0
    assert pull(repository, tmp_path, HEAD + SAM).people_added == 0
    assert must_find(repository.documents, "Sam Lee").id == id
    assert must_find(repository.documents, "Sam Lee").person.profile == "https://www.linkedin.com/in/sam-lee"


def test_one_undo_takes_it_all_back(repository: Repository, tmp_path: Path) -> None:
    """However many there were, it is one step; and they come back with the next reading."""
    pull(repository, tmp_path, HEAD + SAM + MEI)
    repository.undo()
    assert list(everybody(repository.documents)) == []
    assert pull(repository, tmp_path, HEAD + SAM + MEI).people_added == 2


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize(
    "name", ["Complete_LinkedInDataExport_11-04-2018.zip", "Basic_LinkedInDataExport_04-29-2023.zip"]
)
def test_exports_of_the_corpus(repository: Repository, tmp_path: Path, name: str) -> None:
    """Exports as LinkedIn makes them are read without a failure, and again without anybody new."""
    with zipfile.ZipFile(CORPUS / name) as archive:
        text = archive.read("Connections.csv").decode()
    first = pull(repository, tmp_path, text)
    assert first.failures == []
    assert first.people_added == first.people_read > 0
    assert must_find(repository.documents, "dana whitfield").person.employer == "Northgate Search Partners"
    assert pull(repository, tmp_path, text).people_added == 0


def test_whom_the_user_forgot_stays_away(repository: Repository, tmp_path: Path) -> None:
    """The others of the file are taken in; who was forgotten counts as known, and comes back by hand only."""
    pull(repository, tmp_path, HEAD + SAM)
    sam = must_find(repository.documents, "Sam Lee").id
    repository.purge("Forget", lambda t: t.purge("people", sam))
    assert pull(repository, tmp_path, HEAD + SAM + MEI, dry_run=True).people_added == 1
    assert counts(pull(repository, tmp_path, HEAD + SAM + MEI)) == (2, 1)
    assert pull(repository, tmp_path, HEAD + SAM + MEI).people_added == 0
    assert [each.person.name for each in everybody(repository.documents)] == ["Mei Tanabe"]
    repository.transact("Add", lambda t: network.add_person(t, "Sam Lee", email="sam@orchard.example"))
    assert pull(repository, tmp_path, HEAD + SAM).people_added == 0
    assert must_find(repository.documents, "Sam Lee").person.employer == "Orchard"
