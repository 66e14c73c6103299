"""`ringback people`: the people one knows, their leave, the bench, and who is at a company."""

from typing import Any

import pytest


@pytest.fixture
def known(run: Any, frozen: Any) -> None:
    """Three people; two of one name."""
    run("add", "person", "Sam Lee", "--title", "Engineer", "--employer", "Orchard", "--floor", "150000")
    run("add", "person", "Sam Lee", "--employer", "Acme Inc.", "--email", "sam@acme.example")
    run("add", "person", "Mei Tanabe", "--employer", "ACME", "--spoke", "2026-11-01", "--would-hire", "3")


def test_the_list(run: Any, known: None) -> None:
    """Everybody by name, with what they do."""
    assert sorted(run("people").out.splitlines()) == [
        "Mei Tanabe  ACME                  2w",
        "Sam Lee     Acme Inc.",
        "Sam Lee     Engineer · Orchard",
    ]
    names = [item["name"] for item in run("people", "--json").json["items"]]
    assert names == ["Mei Tanabe", "Sam Lee", "Sam Lee"]


def test_one_in_words(run: Any, known: None) -> None:
    """One person is told whole, with referrals and their balance."""
    run("add", "referral", "Mei Tanabe", "--role", "CTO")
    assert run("people", "Mei Tanabe").out == (
        "Mei Tanabe\n"
        "ACME\n"
        "spoke Sun 1 Nov · you would hire them at once\n"
        "\n"
        "Mei Tanabe: sent you 1, you sent them 0, last word this month\n"
        "now received · Mei Tanabe · offered · CTO\n"
    )


def test_one_as_json(run: Any, known: None) -> None:
    """One person is one object under its noun."""
    found = run("people", "mei tanabe", "--json").json
    assert list(found) == ["schema", "person"]
    assert (found["person"]["employer"], found["person"]["consent"]) == ("ACME", None)
    assert found["person"]["last_touch"].startswith("2026-11-01")


@pytest.mark.parametrize(("company", "names"), [("acme", ["Mei Tanabe", "Sam Lee"]), ("Acm", []), ("or", [])])
def test_who_is_at_a_company(run: Any, known: None, company: str, names: list[str]) -> None:
    """Whole names only; no one is said aloud."""
    assert [item["name"] for item in run("people", "--at", company, "--json").json["items"]] == names
    ran = run("people", "--at", company)
    assert ("You know no one at" in ran.err) is not bool(names)


@pytest.mark.parametrize(("company", "near"), [("Orchard Foods", "Orchard: Sam Lee"), ("orch", ""), ("", "")])
def test_companies_that_may_be_meant(run: Any, known: None, company: str, near: str) -> None:
    """A name that holds another in whole words is named in the sentence; the list stays empty."""
    ran = run("people", "--at", company) if company else run("people", "--at", "???")
    assert ran.out == ""
    assert ran.err.startswith("You know no one at")
    assert (f", but near it: {near}." in ran.err) is bool(near)


def test_two_at_a_company_that_may_be_meant(run: Any) -> None:
    """The other way round too: Acme is near Acme Robotics, and everybody there is named."""
    for name in ("Mei Tanabe", "Sam Lee"):
        run("add", "person", name, "--employer", "Acme Robotics")
    said = run("people", "--at", "Acme").err
    assert "You know no one at Acme, but near it: Acme Robotics: Mei Tanabe and Sam Lee." in said


def test_two_of_one_name(run: Any, known: None) -> None:
    """It asks which; the address says it."""
    ran = run("people", "Sam Lee", code=1)
    assert "Sam Lee is the name of 2 people" in ran.err
    assert "Name the one you mean by what stands in brackets." in ran.err
    assert run("people", "sam@acme.example").out.startswith("Sam Lee\nAcme Inc.\n")


def test_nobody(run: Any, inbox: Any) -> None:
    """An empty network and an unknown name say what helps."""
    assert run("people").err.startswith("You know no one here yet. ringback add person NAME")
    assert "Nobody here is called Ada Byrd." in run("people", "Ada Byrd", code=1).err


def test_leave_with_scope_and_end(run: Any, known: None) -> None:
    """Leave is written with what it covers and until when; it counts for the bench until it ends."""
    ran = run("people", "Mei Tanabe", "--consent", "yes", "--scope", "platform", "--until", "2027-01-31")
    assert ran.err == "Leave given\n"
    assert "standing leave for platform until " in ran.out
    consent = run("people", "Mei Tanabe", "--json").json["person"]["consent"]
    assert (consent["answer"], consent["mode"], consent["scope"]) == ("yes", "standing", "platform")
    assert consent["until"].startswith("2027-01-31")
    assert run("people", "--bench").out == "bench 1 of 5\nMei Tanabe  ACME  bench  2w\n"


def test_leave_ends_by_itself(run: Any, known: None, frozen: Any) -> None:
    """After its end nobody is on the bench, and the card says that it ended."""
    run("people", "Mei Tanabe", "--consent", "yes", "--until", "1w")
    frozen.shift(8 * 86400)
    assert run("people", "--bench").out == "bench 0 of 5\n"
    assert "standing leave ended" in run("people", "Mei Tanabe").out


@pytest.mark.parametrize(("answer", "words"), [("withdrawn", "leave withdrawn"), ("no", "leave refused")])
def test_leave_taken_back(run: Any, known: None, answer: str, words: str) -> None:
    """Withdrawn or refused leave is off the bench and said on the card; undo brings it back."""
    run("people", "Mei Tanabe", "--consent", "yes")
    assert words in run("people", "Mei Tanabe", "--consent", answer).out
    assert run("people", "--bench", "--json").json["items"] == []
    run("undo")
    assert len(run("people", "--bench", "--json").json["items"]) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--consent", "maybe"), "Leave is yes, no or withdrawn, not 'maybe'."),
        (("--consent", "yes", "--mode", "banana"), "Leave has no mode 'banana'."),
    ],
    ids=str,
)
def test_leave_that_cannot_be_read(run: Any, known: None, words: tuple[str, ...], sentence: str) -> None:
    """An answer or a mode that is none is refused by its own name, and nothing is written."""
    assert sentence in run("people", "Mei Tanabe", *words, code=2).err
    assert run("people", "Mei Tanabe", "--json").json["person"]["consent"] is None


def test_leave_needs_a_name(run: Any, known: None) -> None:
    """Leave is somebody's."""
    assert "Whose leave?" in run("people", "--consent", "yes", code=2).err


def test_connections_are_pulled(run: Any, tmp_path: Any, frozen: Any) -> None:
    """pull reads the export, names a broken row with its line, and undo takes all of it back."""
    path = tmp_path / "Connections.csv"
    path.write_text("First Name,Last Name,Company\nSam,Lee,Orchard\nbroken\nMei,Tanabe,Acme\n")
    ran = run("pull", str(path))
    assert ran.out.startswith(f"{path}  2 people, 2 new, 1 not read\n")
    assert ran.err == f"not read  {path}, line 3: It has 1 columns, the head has 3.\n"
    found = run("pull", str(path), "--json").json["report"]
    assert found["people"] == {"read": 2, "added": 0}
    assert found["failures"] == [{"place": f"{path}, line 3", "reason": "It has 1 columns, the head has 3."}]
    run("undo")
    assert run("people", "--json").json["items"] == []
    path.write_text("First Name,Last Name,Company\nbroken\n")
    run("pull", str(path), code=1)
