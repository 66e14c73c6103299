# ruff: noqa: E501 - what is typed and read stands on a line
"""The commands around sources: what is outreach, why, what was left out, tables, suggestions."""

import re
from pathlib import Path
from typing import Any

import pytest

from mails import a_mail, in_mbox

PITCH = (
    "I came across your profile. My client is hiring a {}. Are you open to a call?\n\nDana\n(415) 555-0132\n"
)


def pitch(number: int, role: str = "Staff Engineer", **headers: str) -> bytes:
    """Return a recruiter's mail."""
    sender = {"From": f"Dana {number} <dana{number}@northgate.example>", **headers}
    return a_mail(PITCH.format(role), message_id=f"<p{number}@northgate.example>", Subject=role, **sender)


def news(number: int) -> bytes:
    """Return a mail that is no outreach."""
    sender = f"Shop {number} <news{number}@shop.example>"
    return a_mail(
        "Our newsletter.", message_id=f"<n{number}@shop.example>", Subject=f"Gardens {number}", From=sender
    )


@pytest.fixture
def pulled(run: Any, frozen: Any, tmp_path: Path) -> Path:
    """Pull a mailbox with one of each outcome."""
    unsure = a_mail(
        "We are hiring for a position.",
        message_id="<u@x.example>",
        From="Una <una@unsure.example>",
        Subject="Hi",
    )
    path = tmp_path / "box.mbox"
    path.write_bytes(in_mbox(pitch(1), news(1), news(2), unsure))
    run("pull", str(path))
    return path


def code_of(run: Any, *words: str) -> str:
    """Return the code of the first item of a list."""
    return str(run(*words, "--json").json["items"][0]["code"])


def test_why(run: Any, pulled: Path) -> None:
    """The weights that are shown add up to the score, of what is in and of what was left out."""
    for words in (("inbox", "--view", "all"), ("screener",), ("left-out",)):
        code = code_of(run, *words)
        found = run("why", code, "--json").json["why"]
        assert list(found) == ["outcome", "because", "messages"]
        (message,) = found["messages"]
        assert message["score"] == sum(reason["weight"] for reason in message["reasons"])
        assert str(message["score"]) in run("why", code).out
    assert (
        "Nothing" in run("why", "zzzzzz", code=1).err or "No opportunity" in run("why", "zzzzzz", code=1).err
    )


def test_saying_what_is_outreach(run: Any, pulled: Path) -> None:
    """Yes brings it into the inbox and no hides it; both are taken back by undo, and why tells."""
    code = code_of(run, "screener")
    run("outreach", code)
    assert run("screener", "--json").json["items"] == []
    assert "You said" in run("why", code).out
    run("undo")
    assert code_of(run, "screener") == code
    run("outreach", code, "--no")
    assert run("screener", "--json").json["items"] == []
    assert code in [item["code"] for item in run("search", "is:other", "--json").json["items"]]
    assert "No outreach" in run("show", code).out


@pytest.mark.parametrize(("scope", "left"), [("this", 1), ("sender", 1), ("domain", 0)])
def test_taking_in_what_was_left_out(run: Any, pulled: Path, scope: str, left: int) -> None:
    """One message, all of its sender, or all of the domain."""
    run("outreach", code_of(run, "left-out"), "--for", scope)
    assert len(run("left-out", "--json").json["items"]) == left


def test_left_out(run: Any, pulled: Path) -> None:
    """The list is filtered by words, limited, and let go of."""
    assert [item["subject"] for item in run("left-out", "gardens", "2", "--json").json["items"]] == [
        "Gardens 2"
    ]
    assert len(run("left-out", "--limit", "1", "--json").json["items"]) == 1
    assert "2 in all" in run("left-out", "--limit", "1").err
    assert run("left-out", "nobody").err == "Nothing that was left out has these words.\n"
    assert run("left-out", "--clear").out == "2 let go.\n"
    assert run("left-out").err == "Nothing was left out.\n"


def test_what_undo_left_out_again(run: Any, tmp_path: Path) -> None:
    """It says that it was taken back, and not that nothing speaks for it."""
    bump = a_mail("Shall we?", message_id="<b@x.example>", References="<p1@northgate.example>")
    for name, mail in (("bump.mbox", bump), ("pitch.mbox", pitch(1))):
        (tmp_path / name).write_bytes(in_mbox(mail))
        run("pull", str(tmp_path / name))
    assert run("left-out", "--json").json["items"] == []
    run("undo")
    (item,) = run("left-out", "--json").json["items"]
    assert item["against"] == "taken back by you"
    assert "You took back what brought it in" in run("why", item["code"]).out


def test_the_inbox_reads_nothing_but_sources(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that left the configuration is no path: what lies under it here is nobody's source."""
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "box.mbox").write_bytes(in_mbox(pitch(1)))
    monkeypatch.chdir(tmp_path)
    assert "There is no source 'drop'" in run("pull", "--progress", "--json", "--", "drop", code=2).err
    assert run("inbox", "--view", "all", "--json").json["items"] == []


def test_a_pull_says_where_old_mail_went_and_how_much_failed(run: Any, frozen: Any, tmp_path: Path) -> None:
    """Nothing in New is no riddle, and failures are in the sum."""
    dates = ("Tue, 10 Jun 2025 09:30:00 +0000", "Wed, 11 Jun 2025 09:30:00 +0000")
    old = [pitch(number, Date=date) for number, date in enumerate(dates)]
    (tmp_path / "box.mbox").write_bytes(in_mbox(*old))
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "gone.eml").symlink_to(tmp_path / "nothing")
    ran = run("pull", str(tmp_path))
    assert "2 of 2 are too old to ask for attention: in Done. · ringback inbox --view done" in ran.out
    assert "2 not read: each is told above with its place." in ran.out
    assert "gone.eml: This link leads to nothing that is there." in ran.err


def test_why_of_a_thread(run: Any, tmp_path: Path) -> None:
    """What is no outreach by itself is told to belong to what is."""
    bump = a_mail("Shall we?", message_id="<b@x.example>", References="<p1@northgate.example>")
    (tmp_path / "box.mbox").write_bytes(in_mbox(pitch(1), bump))
    run("pull", str(tmp_path / "box.mbox"))
    code = code_of(run, "inbox", "--view", "all")
    assert "the others belong to it, by their thread or their sender" in run("why", code).out


def test_a_folder_that_is_not_there_yet(run: Any, tmp_path: Path) -> None:
    """It is added, and that is said."""
    assert "is not there yet" in run("sources", "add", "folder", "drop", str(tmp_path / "drop")).err


def test_a_word_on_many_names_none(run: Any, tmp_path: Path) -> None:
    """It says of how many it was said."""
    (tmp_path / "box.mbox").write_bytes(in_mbox(*map(pitch, range(1, 6))))
    run("pull", str(tmp_path / "box.mbox"))
    codes = [item["code"] for item in run("inbox", "--view", "all", "--json").json["items"]]
    assert re.match(r"Dana \d: no outreach", run("outreach", codes[0], "--no").out)
    assert "4 opportunities: no outreach" in run("outreach", "--no", *codes[1:]).out


def test_all(run: Any, tmp_path: Path) -> None:
    """With --all nothing is judged."""
    path = tmp_path / "box.mbox"
    path.write_bytes(in_mbox(news(1), news(2)))
    assert run("pull", "--all", str(path), "--json").json["report"]["added"] == 2
    assert run("screener", "--json").json["items"] == []


def test_sources(run: Any, home: Path, tmp_path: Path) -> None:
    """A folder is added, read by its name and by no name, and listed with what came of it."""
    assert "No source is set up" in run("sources").err
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "box.mbox").write_bytes(in_mbox(pitch(1)))
    run("sources", "add", "folder", "drop", str(folder))
    assert "never read" in run("sources").out
    assert run("pull", "drop", "--json").json["report"]["added"] == 1
    assert run("pull", "--json").json["report"]["read"] == 0
    (item,) = run("sources", "--json").json["items"]
    assert (item["name"], item["kind"], item["failed"], item["next"]) == ("drop", "folder", 0, None)
    assert "already" in run("sources", "add", "folder", "drop", "/x", code=2).err
    assert "cannot name" in run("sources", "add", "folder", "a b", "/x", code=2).err


def test_a_folder_is_named_from_anywhere(
    run: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path that was given from where somebody stood is the same one from elsewhere; `~` stays as it is."""
    monkeypatch.chdir(tmp_path)
    run("sources", "add", "folder", "here", "drop")
    run("sources", "add", "folder", "home", "~/Recruiters")
    places = [item["place"] for item in run("sources", "--json").json["items"]]
    assert places == [str(tmp_path / "drop"), "~/Recruiters"]


@pytest.mark.parametrize("scope", ["sender", "domain"])
def test_no_by_scope(run: Any, pulled: Path, scope: str) -> None:
    """Said of a domain it hides whoever writes from there, said of a sender nobody else."""
    code = code_of(run, "inbox", "--view", "all")
    run("outreach", code, "--no", "--for", scope)
    path = pulled.parent / "later.mbox"
    path.write_bytes(in_mbox(pitch(1), pitch(2)))
    report = run("pull", str(path), "--json").json["report"]
    assert (report["added"], report["left_out"]) == ((1, 0) if scope == "sender" else (0, 1))


def test_taking_in_is_undone(run: Any, pulled: Path) -> None:
    """What was taken in is listed as left out again, in another process, too."""
    before = run("left-out", "--json").json["items"]
    run("outreach", before[0]["code"])
    assert len(run("left-out", "--json").json["items"]) == 1
    run("undo")
    assert run("left-out", "--json").json["items"] == before
    run("redo")
    assert len(run("left-out", "--json").json["items"]) == 1


def test_no_password_is_written(run: Any, home: Path) -> None:
    """The configuration says where the password is, and nothing else."""
    run(
        "sources",
        "add",
        "imap",
        "work",
        "--host",
        "imap.vale.example",
        "--user",
        "r@vale.example",
        "--password-env",
        "MAIL",
    )
    text = (home / "ringback.toml").read_text()
    assert 'password_env = "MAIL"' in text
    assert "password =" not in text


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('kind = "pop3"', 'kind = "folder" or "imap"'),
        ('kind = "imap"', "missing required field `host`"),
        ('kind = "folder"\npath = "/x"\nfoo = 1', "unknown field `foo`"),
        ('kind = "imap"\nhost = "h"\nuser = "u"\nsince = "soon"', "since is no day"),
        ('kind = "imap"\nhost = "h"\nuser = "u"\npassword = "secret"', "unknown field `password`"),
    ],
)
def test_a_source_that_is_wrong(run: Any, home: Path, table: str, words: str) -> None:
    """It is named with its entry, and the command ends with 2."""
    (home / "ringback.toml").write_text(f"[sources.x]\n{table}\n")
    ran = run("pull", code=2)
    assert words.lower() in ran.err.lower()
    assert "sources.x" in ran.err


def test_what_may_be_one(run: Any, frozen: Any, tmp_path: Path) -> None:
    """The same name on two addresses is suggested with reasons, merged or refused for good."""
    path = tmp_path / "box.mbox"
    same = "Dana Whitfield <dana@{}.example>"
    path.write_bytes(in_mbox(pitch(1, From=same.format("northgate")), pitch(2, From=same.format("other"))))
    run("pull", str(path))
    (item,) = run("join", "--suggest", "--json").json["items"]
    assert "same name" in item["reasons"]
    assert "perhaps one with" in run("show", item["codes"][0]).out
    assert (
        run("show", item["codes"][0], "--json").json["opportunity"]["suggestions"][0]["code"]
        == item["codes"][1]
    )
    run("join", "--not", *item["codes"])
    assert run("join", "--suggest", "--json").json["items"] == []
    run("undo")
    run("join", *item["codes"])
    assert run("join", "--suggest", "--json").json["items"] == []


def test_guesses_are_corrected(run: Any, pulled: Path) -> None:
    """What was lifted is marked, and what the user sets is not."""
    code = code_of(run, "inbox", "--view", "all")
    item = run("show", code, "--json").json["opportunity"]
    assert item["phone"] == "+14155550132"
    assert {"mandate", "phone"} <= set(item["guessed"])
    run("edit", code, "--phone", "+1 415 555 0100", "--mode", "remote", "--location", "Leeds")
    item = run("show", code, "--json").json["opportunity"]
    assert (item["phone"], item["mode"], item["location"]) == ("+1 415 555 0100", "remote", "Leeds")
    assert "phone" not in item["guessed"]


def test_a_page_of_linkedin_is_pasted(run: Any, frozen: Any) -> None:
    """Each message of it is one, with the day and the year that is meant."""
    page = (
        "Dana Whitfield\nDana Whitfield\n· 2nd degree connection\n2nd\nPrincipal Recruiter at Northgate\nMAR 10\n"
        "Dana Whitfield sent the following messages at 9:30 AM\nView Dana’s profile\nDana Whitfield\n9:30 AM\nHi Robin,\n"
        "a role?\nTODAY\nRobin Vale sent the following message at 10:00 AM\nView Robin’s profile\nRobin Vale\n10:00 AM\nThanks\n"
    )
    assert "2 added." in run("pull", "-", given=page).out
    (item,) = run("inbox", "--view", "all", "--json").json["items"]
    timeline = run("show", item["code"], "--json").json["opportunity"]["timeline"]
    assert [(each["direction"], each["at"][:10]) for each in timeline] == [
        ("in", "2026-03-10"),
        ("out", "2026-11-16"),
    ]
    assert (item["who"], item["firm"]) == ("Dana Whitfield", "Northgate")


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\nFrom: {}\nDate: Tue, Mar 10, 2026 at 9:30 AM\nSubject: A role\nTo: r@vale.example\n",
        "-----Original Message-----\nFrom: {}\nSent: Tuesday, March 10, 2026 9:30 AM\nTo: Robin\nSubject: A role\n",
        "Anfang der weitergeleiteten Nachricht:\n\nVon: {}\nDatum: 10. März 2026\nAn: Robin\nBetreff: A role\n",
        "Begin forwarded message:\n\nFrom: {}\nSubject: A role\nDate: 10 March 2026 at 09:30:00 GMT\nTo: Robin\n",
    ],
    ids=["gmail", "outlook", "apple de", "apple"],
)
def test_a_forwarded_mail_is_pasted(run: Any, frozen: Any, head: str) -> None:
    """The mail within counts: its sender, subject and day; what was written above it is kept."""
    text = (
        "Look at this\n\n" + head.format("Dana Whitfield <dana@northgate.example>") + "\nHi Robin, a role.\n"
    )
    run("pull", "-", given=text)
    (item,) = run("inbox", "--view", "all", "--json").json["items"]
    assert (item["email"], item["subject"]) == ("dana@northgate.example", "A role")
    (entry,) = run("show", item["code"], "--json").json["opportunity"]["timeline"]
    assert entry["body"] == "Hi Robin, a role."
    assert "Look at this" in entry["quoted"]
