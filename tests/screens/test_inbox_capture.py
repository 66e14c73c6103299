"""Capturing by hand: the forms, the paste, and that no typed word is lost."""

import pytest
from textual import events

from inbox_support import WIDE, fill, inbox, screen_of, shown
from store.file.drafts import abandoned
from store.file.places import StateFolder
from store.repository import Repository
from support import NOW, a_message


def left(repository: Repository, form: str) -> dict[str, str]:
    """Return what was left in a form."""
    folder = StateFolder.of(repository.paths.file, repository.paths.state)
    draft = abandoned(folder, form)
    return draft.values if draft is not None else {}


@pytest.mark.parametrize(
    ("keys", "channel"),
    [("e", "email"), ("l", "linkedin"), ("p", "call"), ("v", "voicemail"), ("t", "text")],
)
async def test_c_and_a_letter_capture(repository: Repository, keys: str, channel: str) -> None:
    """Each channel has its form; what it says becomes an opportunity under the cursor."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", keys, *"Dana", "tab", *"Northgate", "tab", *"Chief", "ctrl+s")
        await pilot.pause()
        (row,) = repository.index.rows.values()
        assert (row.who, row.firm, row.role, row.channel) == ("Dana", "Northgate", "Chief", channel)
        assert screen_of(app).row == row
        assert "undoes" in shown(app)


async def test_when_it_happened(repository: Repository) -> None:
    """The form takes a time in words, and refuses nonsense with every word kept."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", "p", *"Dana", *["tab"] * 6, *"blub", "ctrl+s")
        await pilot.pause()
        assert '"blub" is not a time' in shown(app)
        await pilot.press(*["backspace"] * 4, *"yesterday", "ctrl+s")
        await pilot.pause()
        (row,) = repository.index.rows.values()
        assert NOW - 2 * 86_400_000 < row.at < NOW


async def test_nothing_is_not_captured(repository: Repository) -> None:
    """Neither a sender nor a text: the form says so and stays."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", "e", "ctrl+s")
        await pilot.pause()
        assert "There is nothing to add" in shown(app)
        assert not repository.index.rows


async def test_a_paste_is_a_capture_and_never_keys(repository: Repository) -> None:
    """Pasted text opens the form with it; none of its letters act on the list."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.post_message(events.Paste("eeee###\nfrom dana@northgate.example"))
        await pilot.pause()
        assert repository.index.counts()["new"] == 1
        assert "eeee###" in shown(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert repository.index.counts()["all"] == 2


async def test_esc_keeps_the_words_for_the_next_time(repository: Repository) -> None:
    """A form that was left has its words when it is opened again, and none after it was finished."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", "e", *"Dana", "tab", *"Northgate", "escape")
        await pilot.pause()
        assert not repository.index.rows
        await pilot.press("c", "e")
        await pilot.pause()
        assert "Your words from before are here again" in shown(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        (row,) = repository.index.rows.values()
        assert (row.who, row.firm) == ("Dana", "Northgate")
        assert not left(repository, "capture-email")


async def test_a_paste_does_not_mix_with_words_left_before(repository: Repository) -> None:
    """A pasted text opens a form of its own; what was left in the form is there the next time."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", "l", *"Dana", "escape")
        app.post_message(events.Paste("Hello from Priya"))
        await pilot.pause()
        assert "Hello from Priya" in shown(app)
        await pilot.press("ctrl+s", "c", "l")
        await pilot.pause()
        assert "from before" in shown(app)
        assert "Dana" in shown(app)


async def test_every_key_is_on_disk_at_once(repository: Repository) -> None:
    """While the form is open, its words stand in a draft that a crash leaves behind."""
    folder = StateFolder.of(repository.paths.file, repository.paths.state)
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c", "e", *"Dana")
        await pilot.pause()
        (draft,) = folder.drafts.glob("capture-email.*.json")
        assert '"Dana"' in draft.read_text()


async def test_a_form_that_was_only_looked_at_leaves_nothing(repository: Repository) -> None:
    """Opening and leaving the edit form keeps no draft."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", "escape")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        assert "from before" not in shown(app)


PAGE = """Dana Whitfield
TODAY
Dana Whitfield sent the following message at 8:30 AM
Dana Whitfield
8:30 AM
A role at Acme
Dana Whitfield sent the following message at 8:45 AM
Are you there?
"""
FORWARDED = """---------- Forwarded message ---------
From: Tom Reyes <tom@keel.example>
Date: Tue, Nov 10, 2026 at 9:30 AM
Subject: Staff Engineer
To: <robin@vale.example>

Open to a call?
"""


@pytest.mark.parametrize(
    ("text", "told", "who", "messages"),
    [
        (PAGE, "A LinkedIn conversation: 2 messages added", "Dana Whitfield", 2),
        (FORWARDED, "A forwarded mail: 1 message added", "Tom Reyes", 1),
    ],
)
async def test_a_paste_that_is_understood(
    repository: Repository, text: str, told: str, who: str, messages: int
) -> None:
    """It becomes its messages, and it is said what it was taken for; a second time nothing is new."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.post_message(events.Paste(text))
        await pilot.pause()
        (row,) = repository.index.rows.values()
        assert (row.who, len(row.messages)) == (who, messages)
        assert screen_of(app).row == row
        assert told in shown(app)
        app.post_message(events.Paste(text))
        await pilot.pause()
        assert "nothing in it is new" in shown(app)
        await pilot.press("z")
        await pilot.pause()
        assert not repository.index.rows
