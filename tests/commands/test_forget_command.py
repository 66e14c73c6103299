"""Removing for good on the command line: a person, and what is in the trash."""

from commands.conftest import Inbox, Run


def test_forget_tells_first_and_asks(run: Run, inbox: Inbox) -> None:
    """A dry run only tells; without --yes and nobody to ask, nothing is changed."""
    told = run("forget", "Dana Whitfield", "--dry-run")
    assert told.out == "Dana Whitfield would be forgotten: 1 message.\n"
    refused = run("forget", "Dana Whitfield", code=2)
    assert "--yes says that you mean it" in refused.err
    assert "Dana" in run("inbox").out


def test_forget_removes_for_good(run: Run, inbox: Inbox) -> None:
    """What they sent is gone, undo does not bring it back, and what is out of reach is said."""
    run("note", inbox.dana, "Met at a talk")
    done = run("forget", "dana@northgate.example", "--yes", "--json")
    assert done.json == {
        "schema": 1,
        "forgotten": {
            "name": "Dana Whitfield",
            "done": True,
            "documents": {"messages": 1, "notes": 1, "opportunities": 1},
        },
    }
    assert "Dana" not in run("inbox").out
    assert run("undo", code=1).err == "Nothing to undo.\n"
    assert "Dana" not in run("inbox", "--view", "all").out
    again = run("forget", "dana@northgate.example", "--yes", code=1)
    assert "Nobody here is called" in again.err


def test_forget_says_what_it_cannot_reach(run: Run, inbox: Inbox) -> None:
    """Copies elsewhere and a syncer's history are named."""
    assert "cannot be reached" in run("forget", "Tom Birch", "--yes").err


def test_a_name_of_several_is_asked_about(run: Run, inbox: Inbox) -> None:
    """Two people of one name: which one is meant is asked, and nothing is changed."""
    for address in ("sam@orchard.example", "sam@millrace.example"):
        run("add", "person", "Sam Lee", "--email", address)
    refused = run("forget", "Sam Lee", "--yes", code=1)
    assert "2 people" in refused.err
    run("forget", "sam@orchard.example", "--yes")
    assert "Sam Lee" in run("people").out


def test_a_part_of_a_name_forgets_nobody(run: Run, inbox: Inbox) -> None:
    """Who may be meant is asked, and nothing is changed even with --yes."""
    refused = run("forget", "Dana", "--yes", code=1)
    assert "Did you mean Dana Whitfield?" in refused.err
    assert "Dana" in run("inbox").out


def test_the_trash_is_emptied(run: Run, inbox: Inbox) -> None:
    """Only what is in the trash goes; an empty one says so; ids do not go with it."""
    assert run("trash", "--empty").err == "The trash is empty.\n"
    run("trash", inbox.tom)
    assert "--empty takes everything" in run("trash", inbox.dana, "--empty", code=2).err
    assert "1 in the trash would go" in run("trash", "--empty", code=2).err
    done = run("trash", "--empty", "--yes")
    assert done.out == "The trash is empty: 1 opportunity gone for good\n"
    assert run("inbox", "--view", "trash").out == ""
    run("undo", code=1)
    assert "Tom" not in run("inbox", "--view", "all").out + run("inbox", "--view", "trash").out
