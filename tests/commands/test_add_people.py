"""`ringback add person` and `ringback add referral`: quick adds, and what they refuse."""

from typing import Any

import pytest


def test_a_person(run: Any, frozen: Any) -> None:
    """A name is enough; undo takes it back."""
    assert run("add", "person", "Sam Lee").out == "Added Sam Lee · ringback undo takes it back\n"
    assert [each["name"] for each in run("people", "--json").json["items"]] == ["Sam Lee"]
    run("undo")
    assert run("people", "--json").json["items"] == []


def test_a_person_with_everything(run: Any, frozen: Any) -> None:
    """Every option lands in its field."""
    found = run(
        *("add", "person", " Sam   Lee ", "--email", "sam@orchard.example", "--phone", "555-0142"),
        *("--profile", "linkedin.com/in/sam", "--employer", "Orchard", "--title", "CTO"),
        *("--industry", "banking", "--places", "Oakland, remote", "--floor", "200000", "--circle", "inner"),
        *("--wants", "a smaller team", "--would-hire", "3", "--may-move", "--sensitive", "--do-not-refer"),
        *("--spoke", "2026-11-01", "--json"),
    ).json["person"]
    id = found.pop("id")
    assert id.isdecimal()
    assert found == {
        "name": "Sam Lee",
        "email": "sam@orchard.example",
        "phone": "555-0142",
        "profile": "https://www.linkedin.com/in/sam",
        "employer": "Orchard",
        "title": "CTO",
        "industry": "banking",
        "places": "Oakland, remote",
        "wants": "a smaller team",
        "circle": "inner",
        "floor": 200000,
        "may_move": True,
        "would_hire": 3,
        "do_not_refer": True,
        "sensitive": True,
        "last_touch": "2026-11-01T12:00:00+01:00",
        "cadence": None,
        "consent": None,
    }


def test_adding_again_adds_what_is_new(run: Any, frozen: Any) -> None:
    """What is not said the second time stays as it was; 0 is an answer."""
    run("add", "person", "Sam Lee", "--title", "CTO", "--may-move")
    found = run("add", "person", "Sam Lee", "--would-hire", "0", "--json").json["person"]
    assert (found["title"], found["may_move"], found["would_hire"]) == ("CTO", True, 0)


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_person_without_a_name(run: Any, name: str) -> None:
    """Nobody is added without a name."""
    assert "A person needs a name." in run("add", "person", name, code=2).err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--circle", "best"), "Circles are inner, trusted, moderate, weak, dormant."),
        (("--would-hire", "4"), "4 is not in the range 0<=x<=3"),
        (("--floor", "-1"), "-1 is not in the range x>=0"),
        (("--cadence", "0"), "0 is not in the range x>=1"),
        (("--spoke", "soonish"), "soonish"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_person_that_does_not_fit(run: Any, words: tuple[str, ...], sentence: str) -> None:
    """What does not fit is refused with what does."""
    assert sentence in run("add", "person", "Sam Lee", *words, code=2).err


def test_keeping_in_touch(run: Any, frozen: Any) -> None:
    """A cadence brings somebody back into what is due."""
    run("add", "person", "Sam Lee", "--cadence", "30", "--spoke", "2026-09-01")
    assert "keep in touch" in run("due").out


@pytest.mark.parametrize(
    ("kind", "state"), [("received", "offered"), ("asked", "asked"), ("source", "asked"), ("given", "idea")]
)
def test_a_referral_of_each_kind(run: Any, frozen: Any, kind: str, state: str) -> None:
    """Each kind begins at its first state, and its person is known from then on."""
    found = run(
        *("add", "referral", " Noor  Haddad", "--kind", kind, "--role", "CTO", "--company", "Fathom"),
        *("--recruiter", "Dana Whitfield", "--why", "knows\nmaps", "--note", "at the fair", "--json"),
    ).json["referral"]
    assert (found["kind"], found["state"], found["name"]) == (kind, state, "Noor Haddad")
    assert (found["role"], found["company"], found["recruiter"]) == ("CTO", "Fathom", "Dana Whitfield")
    assert (found["why"], found["note"], found["opportunity"]) == ("knows maps", "at the fair", None)
    assert [each["id"] for each in run("people", "--json").json["items"]] == [found["person"]]


def test_a_referral_in_words(run: Any, frozen: Any) -> None:
    """It says what was written down; undo takes the person back too."""
    ran = run("add", "referral", "Noor Haddad", "--role", "CTO")
    assert ran.out == "Referral received, Noor Haddad: offered · ringback undo takes it back\n"
    run("undo")
    assert run("people", "--json").json["items"] == run("referrals", "--json").json["items"] == []


def test_a_referral_of_somebody_known(run: Any, frozen: Any) -> None:
    """The person is found by address, and goes by their own name."""
    run("add", "person", "Noor Haddad", "--email", "noor@orchard.example")
    run("add", "referral", "noor@orchard.example")
    assert [each["name"] for each in run("referrals", "--json").json["items"]] == ["Noor Haddad"]
    assert len(run("people", "--json").json["items"]) == 1


@pytest.mark.parametrize(
    ("words", "sentence", "exit"),
    [
        (("Noor Haddad", "--kind", "lost"), "Kinds are given, received, asked, source.", 2),
        (("  ",), "A person needs a name.", 2),
        (("Noor Haddad", "--kind", "given"), "Say in a line why it fits.", 2),
        (("Sam Lee", "--kind", "given", "--why", "x"), "Sam Lee asked not to be referred.", 1),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_referral_that_does_not_fit(
    run: Any, frozen: Any, words: tuple[str, ...], sentence: str, exit: int
) -> None:
    """What does not fit is refused, and nothing is written."""
    run("add", "person", "Sam Lee", "--do-not-refer")
    assert sentence in run("add", "referral", *words, code=exit).err
    assert run("referrals", "--json").json["items"] == []
    assert len(run("people", "--json").json["items"]) == 1
