"""`ringback referrals`: listing, one step at a time, what the states do not allow, and the table."""

import csv
import io
from typing import Any

import pytest


@pytest.fixture
def passed(run: Any, inbox: Any) -> str:
    """Pass Dana's role on to Sam Lee and return the referral's short code."""
    run("refer", inbox.dana, "--to", "Sam Lee", "--why", "ran the same migration")
    return str(run("referrals").out.split()[0])


def one(run: Any, code: str) -> Any:
    """Return the shape of one referral."""
    (item,) = run("referrals", code, "--json").json["items"]
    return item


def test_the_list(run: Any, passed: str) -> None:
    """A line says the code, the age, the kind, the person, the state, what is owed and the role."""
    run("add", "referral", "Noor Haddad", "--role", "CTO", "--company", "Fathom")
    newest = one(run, "noor")["id"]
    run("referrals", newest, "--move", "my_yes")
    first, second = sorted(run("referrals").out.splitlines(), key=lambda line: "Sam" in line)
    assert "now  received  Noor Haddad  my yes" in first
    assert "you owe Noor a word" in first
    assert "CTO, Fathom" in first
    assert "given     Sam Lee      asked friend" in second
    assert second.endswith("Staff Platform Engineer, Acme Robotics")


def test_a_day_that_has_come_is_no_next_one(run: Any, passed: str, frozen: Any) -> None:
    """From its day on a referral says since when it wants to be looked after."""
    frozen.shift(7 * 86400)
    assert "look after it since Mon 23 Nov\n" in run("referrals", passed).out
    assert "next check" not in run("referrals", passed).out


def test_one_in_words(run: Any, passed: str) -> None:
    """One referral is told whole: what, why, history, next check, balance, what may follow."""
    assert run("referrals", passed).out == (
        "Sam Lee · asked friend\n"
        "Staff Platform Engineer, Acme Robotics · to Dana Whitfield, Northgate Search\n"
        "why it fits: ran the same migration\n"
        "\n"
        "Mon 16 Nov  asked friend\n"
        "next check Mon 23 Nov\n"
        "\n"
        "Sam Lee: sent you 0, you sent them 1, last word this month\n"
        "may go to yes, no, stopped   --move STATE\n"
    )


def test_a_move_is_dated(run: Any, passed: str, frozen: Any) -> None:
    """Each step goes into the history with its day and its note, and undo takes it back."""
    frozen.shift(86400)
    ran = run("referrals", passed, "--move", "yes", "--note", "glad of it")
    assert ran.out == "Sam Lee: yes · ringback undo takes it back\n"
    assert "glad of it" in run("referrals", passed).out
    assert run("referrals", "glad", "--json").json["items"][0]["name"] == "Sam Lee"
    assert [step["at"][:10] for step in one(run, passed)["steps"]] == ["2026-11-16", "2026-11-17"]
    run("undo")
    assert one(run, passed)["state"] == "asked_friend"


def test_a_move_that_is_not_allowed(run: Any, passed: str) -> None:
    """It is refused with the moves that are, and the state stays."""
    ran = run("referrals", passed, "--move", "hired", code=1)
    assert "A given referral does not go from asked friend to hired." in ran.err
    assert "Allowed now: yes, no, stopped." in ran.err
    ran = run("referrals", passed, "--move", "vanished", code=2)
    assert "States are idea, asked_friend, yes, no, no_answer, sent" in ran.err
    assert one(run, passed)["state"] == "asked_friend"


def test_a_friends_outcome_is_theirs(run: Any, passed: str) -> None:
    """Who writes down that a friend was hired is reminded that it is theirs to tell."""
    for state in ("yes", "sent", "in_touch", "interviewing"):
        run("referrals", passed, "--move", state)
    assert "only if they told you and agree" in run("referrals", passed, "--move", "hired").out


def test_thirty_one_days_without_a_sign(run: Any, passed: str, frozen: Any) -> None:
    """A referral that was sent reads no_response after 31 days, blocks no move, and is due."""
    run("referrals", passed, "--move", "yes")
    run("referrals", passed, "--move", "sent")
    before = run("referrals", passed, "--json").json["items"][0]
    frozen.shift(30 * 86400)
    assert one(run, passed)["state"] == "sent"
    frozen.shift(86400)
    found = one(run, passed)
    assert found["state"] == "no_response"
    assert found["moves"] == [*before["moves"], "closed"]
    assert found["steps"] == before["steps"]
    assert "no response: nothing was heard since" in run("referrals", passed).out
    assert "look after it: no response" in run("due").out
    run("referrals", passed, "--move", "in_touch")
    assert one(run, passed)["state"] == "in_touch"


def test_the_next_check(run: Any, passed: str, frozen: Any) -> None:
    """--check sets the day in the words of a snooze, moving on after it forgets it, none gives it back."""
    ran = run("referrals", passed, "--check", "mon")
    assert ran.out.startswith("Sam Lee: to look after ")
    assert one(run, passed)["next_check"] == "2026-11-23T08:00:00+01:00"
    run("referrals", passed, "--check", "2w")
    assert one(run, passed)["next_check"].startswith("2026-11-30")
    assert "when its time is out" in run("referrals", passed, "--check", "none").out
    assert one(run, passed)["next_check"] == "2026-11-23T10:00:00+01:00"
    run("referrals", passed, "--check", "tomorrow")
    frozen.shift(2 * 86400)
    assert "look after it: asked friend" in run("due").out
    run("referrals", passed, "--move", "yes")
    assert one(run, passed)["next_check"] is None
    assert run("referrals", passed, "--check", "yesterday", code=2).err


def test_one_nudge_a_side(run: Any, passed: str) -> None:
    """Each side is nudged once; a side that is none is refused."""
    assert run("referrals", passed, "--nudge", "friend").out.startswith("Sam Lee: the friend was nudged")
    assert "nudged once already" in run("referrals", passed, "--nudge", "friend", code=1).err
    run("referrals", passed, "--nudge", "recruiter")
    assert one(run, passed)["nudged"] == ["friend", "recruiter"]
    assert "Sides are friend, recruiter." in run("referrals", passed, "--nudge", "boss", code=2).err


def test_an_ending_proposes_thanks(run: Any, passed: str) -> None:
    """After a no, thanks are owed until they were said."""
    run("referrals", passed, "--move", "no")
    assert one(run, passed)["owes_thanks"] is True
    assert run("referrals", passed, "--thanked").out.startswith("Sam Lee: thanked")
    assert one(run, passed)["owes_thanks"] is False


def test_whoever_recommended_one_is_told(run: Any, frozen: Any) -> None:
    """Every change of a received one raises that a word is owed; told settles it until the next."""
    run("add", "referral", "Noor Haddad", "--role", "CTO")
    assert one(run, "noor")["owes_word"] is False
    for state in ("my_yes", "made", "contacted"):
        run("referrals", one(run, "noor")["id"], "--move", state)
        assert one(run, "noor")["owes_word"] is True
        run("referrals", one(run, "noor")["id"], "--told")
        assert one(run, "noor")["owes_word"] is False


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ((), {"Sam Lee", "Noor Haddad", "Ines Carvalho"}),
        (("--kind", "asked"), {"Ines Carvalho"}),
        (("--open",), {"Sam Lee", "Noor Haddad"}),
        (("northgate",), {"Sam Lee"}),
        (("cto", "fathom"), {"Noor Haddad"}),
        (("asked friend",), {"Sam Lee"}),
        (("haddad", "dana"), set()),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_filter_and_search(run: Any, passed: str, words: tuple[str, ...], names: set[str]) -> None:
    """Words look in names, firms, roles and states; kinds and what is open are chosen."""
    run("add", "referral", "Noor Haddad", "--role", "CTO", "--company", "Fathom")
    run("add", "referral", "Ines Carvalho", "--kind", "asked")
    closed = run("referrals", "ines", "--json").json["items"][0]["id"]
    run("referrals", closed, "--move", "declined")
    run("referrals", closed, "--move", "closed")
    assert {each["name"] for each in run("referrals", *words, "--json").json["items"]} == names


def test_none_like_that(run: Any, inbox: Any) -> None:
    """Nothing found says so on stderr, and in JSON as an empty list; an unknown id is an error."""
    ran = run("referrals", "zebra")
    assert (ran.out, ran.err) == (
        "",
        "There is no referral like that. ringback refer ID --to NAME makes one.\n",
    )
    assert run("referrals", "--json").json == {"schema": 1, "items": []}
    assert "No referral has the id zebra." in run("referrals", "zebra", "--told", code=1).err


def test_one_step_of_one_referral(run: Any, passed: str) -> None:
    """A step wants one id, and one step at a time."""
    assert "Name one referral by its id." in run("referrals", "--told", code=2).err
    assert "One step at a time." in run("referrals", passed, "--told", "--thanked", code=2).err


def test_a_step_as_json(run: Any, passed: str) -> None:
    """A step writes the referral as it stands then."""
    found = run("referrals", passed, "--move", "yes", "--json").json
    assert list(found) == ["schema", "referral"]
    assert found["referral"]["state"] == "yes"


def test_a_referral_whose_opportunity_is_gone(run: Any, inbox: Any, passed: str) -> None:
    """The log keeps the role as it was, though the opportunity is in the trash."""
    run("trash", inbox.dana)
    assert one(run, passed)["role"] == "Staff Platform Engineer"
    run("referrals", passed, "--move", "yes")


def test_csv_is_neutralised(run: Any, inbox: Any) -> None:
    """The table has a head and a line each; what a spreadsheet would run begins with a quotation mark."""
    for name in ("=1+1", "+A", "-A", "@A", "\t=A", "\u200b=A", "A, B"):
        run("add", "referral", "--note", "a\nb", "--", name)
    lines = list(csv.DictReader(io.StringIO(run("referrals", "--csv").out)))
    assert sorted(line["name"] for line in lines) == ["'+A", "'-A", "'=1+1", "'=A", "'=A", "'@A", "A, B"]
    assert {line["note"] for line in lines} == {"a b"}
    assert {line["state"] for line in lines} == {"offered"}
