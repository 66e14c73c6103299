"""`ringback refer`: a role passed on with two letters, whom it suggests, and whom it refuses."""

from typing import Any

import pytest

RECRUITERS_TEXT = "Your Kubernetes work stood out."


def refer(run: Any, code: str, *more: str, who: str = "Sam Lee", exit: int = 0) -> Any:
    """Pass an opportunity on."""
    return run("refer", code, "--to", who, "--why", "ran the same migration", *more, code=exit)


def test_the_two_letters(run: Any, inbox: Any) -> None:
    """The friend's holds the recruiter's text unchanged, the recruiter's not one word about the friend."""
    found = refer(run, inbox.dana, "--json").json
    assert list(found) == ["schema", "referral", "letters"]
    referral, letters = found["referral"], found["letters"]
    assert (referral["state"], referral["kind"], referral["mode"]) == ("asked_friend", "given", "forward")
    assert referral["moves"] == ["yes", "no", "stopped"]
    assert referral["name"] == "Sam Lee"
    assert [step["what"] for step in referral["steps"]] == ["asked_friend"]
    assert RECRUITERS_TEXT in letters["friend"]
    assert "ran the same migration" in letters["friend"]
    for word in ("Sam", "Lee", "migration"):
        assert word not in letters["recruiter"]
    assert "Dana Whitfield" in letters["recruiter"]


def test_in_words(run: Any, inbox: Any) -> None:
    """Without --json both letters stand under their titles, and the last line says how to take it back."""
    ran = refer(run, inbox.dana)
    assert ran.out.startswith("to your friend\n  Hi Sam,\n")
    assert "\nto the recruiter\n  Hello Dana Whitfield,\n" in ran.out
    assert ran.out.endswith("Referral to Sam Lee: asked friend · ringback undo takes it back\n")
    run("undo")
    assert run("referrals", "--json").json["items"] == []


def test_whoever_is_not_known_is_added(run: Any, inbox: Any) -> None:
    """A name alone is enough, and makes a person."""
    refer(run, inbox.dana)
    assert run("people").out == "Sam Lee\n"


@pytest.mark.parametrize("who", ["Noor", "noor h", "had noor", "Haddad"])
def test_a_part_of_a_name_is_not_somebody_new(run: Any, inbox: Any, who: str) -> None:
    """Whoever may be meant is named, and nobody is added; --new says that somebody else is meant."""
    run("add", "person", "Noor Haddad")
    ran = refer(run, inbox.dana, who=who, exit=1)
    assert f"Nobody is called {who}; you know Noor Haddad." in ran.err
    assert "--new" in ran.err
    assert [each["name"] for each in run("people", "--json").json["items"]] == ["Noor Haddad"]
    assert refer(run, inbox.dana, "--new", "--json", who=who).json["referral"]["name"] == who


def test_two_that_may_be_meant_are_both_named(run: Any, inbox: Any) -> None:
    """A part inside a word is no part of a name."""
    for name in ("Noor Haddad", "Noor Aziz", "Eleanoor Byrd"):
        run("add", "person", name)
    assert "you know Noor Aziz and Noor Haddad." in refer(run, inbox.dana, who="Noor", exit=1).err
    refer(run, inbox.dana, who="oor")


@pytest.mark.parametrize("why", [(), ("--why", ""), ("--why", "  \n ")], ids=["none", "empty", "blank"])
def test_no_reason_why(run: Any, inbox: Any, why: tuple[str, ...]) -> None:
    """A referral without a reason is refused, and nothing is written."""
    ran = run("refer", inbox.dana, "--to", "Sam Lee", *why, code=2)
    assert "Say in a line why it fits." in ran.err
    assert run("people", "--json").json["items"] == []


@pytest.mark.parametrize("who", ["", "   "])
def test_no_name(run: Any, inbox: Any, who: str) -> None:
    """An empty name is nobody, though there is somebody without an address."""
    run("add", "person", "Sam Lee")
    assert "A person needs a name." in refer(run, inbox.dana, who=who, exit=2).err


@pytest.mark.parametrize("who", ["Dana Whitfield", "dana  whitfield"])
def test_the_recruiter_is_no_friend_to_send(run: Any, inbox: Any, who: str) -> None:
    """Who brought it is not sent into it; a namesake with another address may be."""
    assert "is the recruiter of this one" in refer(run, inbox.dana, who=who, exit=1).err
    run("add", "person", "Dana Whitfield", "--email", "dw@orchard.example")
    refer(run, inbox.dana, who="Dana Whitfield")


def test_two_of_one_name(run: Any, inbox: Any) -> None:
    """It asks which, and takes what it named."""
    run("add", "person", "Sam Lee", "--employer", "Orchard")
    run("add", "person", "Sam Lee", "--email", "sam@millrace.example", "--employer", "Millrace")
    ran = refer(run, inbox.dana, exit=1)
    assert "Sam Lee is the name of 2 people" in ran.err
    assert "Millrace (sam@millrace.example)" in ran.err
    assert refer(run, inbox.dana, "--json", who="sam@millrace.example").json["referral"]["name"] == "Sam Lee"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (("--do-not-refer",), "Sam Lee is not to be referred: asked not to be referred."),
        (("--employer", "Acme Robotics Inc"), "works at Acme Robotics Inc."),
        (("--sensitive",), "Sam Lee is marked as sensitive."),
    ],
    ids=lambda value: str(value)[:20],
)
def test_who_must_not_be_referred(run: Any, inbox: Any, fields: tuple[str, ...], sentence: str) -> None:
    """Each exclusion is a sentence and an exit code, and no referral."""
    run("add", "person", "Sam Lee", *fields)
    assert sentence in refer(run, inbox.dana, exit=1).err
    assert run("referrals", "--json").json["items"] == []


def test_sensitive_takes_a_word_more(run: Any, inbox: Any) -> None:
    """--sensitive says that it is meant."""
    run("add", "person", "Sam Lee", "--sensitive")
    refer(run, inbox.dana, "--sensitive")


def test_not_twice_in_sixty_days(run: Any, inbox: Any, frozen: Any) -> None:
    """The same person waits 60 days."""
    refer(run, inbox.dana)
    assert "less than 60 days ago" in refer(run, inbox.dana, exit=1).err
    frozen.shift(60 * 86400)
    refer(run, inbox.dana)


def test_leave_in_advance_must_be_there_and_cover_it(run: Any, inbox: Any) -> None:
    """Standing mode needs leave that holds, and leave for something else excludes."""
    assert "gave no leave in advance" in refer(run, inbox.dana, "--mode", "standing", exit=1).err
    run("add", "person", "Sam Lee")
    assert "gave no leave in advance" in refer(run, inbox.dana, "--mode", "standing", exit=1).err
    run("people", "Sam Lee", "--consent", "yes", "--scope", "sales")
    assert "the leave covers sales only" in refer(run, inbox.dana, "--mode", "standing", exit=1).err
    run("people", "Sam Lee", "--consent", "yes", "--scope", "sales, platform")
    assert refer(run, inbox.dana, "--mode", "standing", "--json").json["referral"]["state"] == "yes"


def test_withdrawn_leave_stops_what_depends_on_it(run: Any, inbox: Any) -> None:
    """What stands on leave does not go out once that was withdrawn; what forwards a role needs none."""
    run("add", "person", "Sam Lee")
    run("people", "Sam Lee", "--consent", "yes")
    refer(run, inbox.dana, "--mode", "standing")
    refer(run, inbox.dana, who="Mei Tanabe")
    run("people", "Sam Lee", "--consent", "withdrawn")
    code = {each["name"]: each["id"] for each in run("referrals", "--json").json["items"]}
    assert "has withdrawn their leave" in run("referrals", code["Sam Lee"], "--move", "sent", code=1).err
    run("referrals", code["Mei Tanabe"], "--move", "yes")
    run("referrals", code["Mei Tanabe"], "--move", "sent")


def test_a_colleague_is_a_warning(run: Any, inbox: Any) -> None:
    """Somebody at the user's own employer may be referred, and it is said."""
    run("seat", "--employer", "Orchard")
    run("add", "person", "Sam Lee", "--employer", "Orchard Ltd")
    assert "Sam Lee works where you work" in refer(run, inbox.dana).err


@pytest.mark.parametrize("option", ["--mode", "--use-name"])
def test_a_word_that_is_none(run: Any, inbox: Any, option: str) -> None:
    """An unknown mode or leave to name the user is refused with those there are."""
    assert (
        "Modes are forward, both, standing, public" in refer(run, inbox.dana, option, "carrier", exit=2).err
    )


def test_suggestions_with_chips(run: Any, inbox: Any) -> None:
    """Without a name it says who would be glad of it, with the points and what they are for."""
    run("add", "person", "Mei Tanabe", "--title", "Staff Engineer", "--employer", "Glasswing", "--may-move")
    run("add", "person", "Owen Pryce", "--may-move")
    assert run("refer", inbox.dana).out == (
        "3  Mei Tanabe  Staff Engineer · Glasswing  same function, level fits, might move\n"
    )
    (item,) = run("refer", inbox.dana, "--json").json["items"]
    assert (item["name"], item["points"]) == ("Mei Tanabe", 3)
    assert item["chips"] == ["same function", "level fits", "might move"]


def test_nobody_fits(run: Any, inbox: Any) -> None:
    """It says so, and offers to ask around."""
    run("add", "person", "Owen Pryce", "--may-move")
    ran = run("refer", inbox.dana)
    assert (ran.out, ran.err) == (
        "",
        "Nobody fits by two points, one of them about the role. Ask around, or name somebody: --to NAME\n",
    )


def test_the_recruiter_is_not_suggested(run: Any, inbox: Any) -> None:
    """Who brought it would not be glad of it."""
    words = ("--title", "Staff Engineer", "--may-move", "--email", "dana@northgate.example")
    run("add", "person", "Dana Whitfield", *words)
    assert run("refer", inbox.dana, "--json").json["items"] == []


def test_a_recruiter_rated_poor(run: Any, inbox: Any) -> None:
    """It does not ask, and does not refer."""
    run("add", "person", "Mei Tanabe", "--title", "Staff Engineer", "--may-move")
    run("person", inbox.dana, "--relation", "avoid")
    ran = run("refer", inbox.dana)
    assert (ran.out, "You rated Dana Whitfield poor" in ran.err) == ("", True)
    assert run("refer", inbox.dana, "--json").json["items"] == []
    refused = refer(run, inbox.dana, exit=1).err
    assert "You rated Dana Whitfield poor" in refused
    assert 'ringback person "Dana Whitfield" --relation known' in refused
    assert 'ringback person "Dana Whitfield" --relation known' in run("refer", inbox.dana).err
    run("person", "Dana Whitfield", "--relation", "known")
    refer(run, inbox.dana)


def test_a_role_one_cannot_describe(run: Any, inbox: Any) -> None:
    """With fewer than two facts nobody is suggested; whoever is named is, with a warning."""
    assert "Fewer than two facts" in run("refer", inbox.tom).err
    assert "ringback edit" in run("refer", inbox.tom).err
    assert "Fewer than two facts" in refer(run, inbox.tom).err
