"""The inbox: what it shows, where keys lead in it, and what it does while nobody types."""

import pytest

from inbox_support import NARROW, WIDE, fill, inbox, screen_of, shown, text_of
from store import verbs
from store.errors import UsageError
from store.repository import Repository
from store.settings import Settings
from support import a_contact, a_message, ago
from tui.app import RingbackApp

PEOPLE = ("Dana Whitfield", "Priya Nair", "Tom Birch", "Sofia Rossi")
ROLES = ("Staff Platform Engineer", "Engineering Manager", "Senior Python Engineer", "Head of Engineering")


@pytest.fixture
def four(repository: Repository) -> Repository:
    """Have four new mails, Dana's the newest."""
    fill(
        repository,
        *(
            a_message(role, sender=who, at=ago(days=day), body=f"Hello from {who}.", quoted="> old\n> words")
            for day, (who, role) in enumerate(zip(PEOPLE, ROLES, strict=True), 1)
        ),
    )
    return repository


async def test_wide_it_shows_list_and_reader(four: Repository) -> None:
    """From 110 columns on, the reader stands beside the list and follows the cursor."""
    app = inbox(four)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Hello from Dana Whitfield." in shown(app)
        await pilot.press("j")
        assert "Hello from Priya Nair." in shown(app)
        assert "Hello from Dana" not in shown(app)


async def test_narrow_enter_opens_the_reader_over_the_list(four: Repository) -> None:
    """In 80 columns the list stands alone; Enter reads, q and Esc go back to the same row."""
    app = inbox(four)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "Hello from" not in shown(app)
        await pilot.press("j", "enter")
        await pilot.pause()
        assert "Hello from Priya Nair." in shown(app)
        assert "Dana" not in shown(app)
        for key in ("q", "escape"):
            await pilot.press(key)
            await pilot.pause()
            assert "Dana Whitfield" in shown(app)
            assert screen_of(app).row is not None
            assert screen_of(app).row.who == "Priya Nair"  # type: ignore[union-attr]
            await pilot.press("enter")


async def test_opening_marks_read_and_moving_does_not(four: Repository) -> None:
    """The cursor may pass over a mail without a trace; opening one is what reads it."""
    app = inbox(four)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j", "k")
        assert all(row.unread for row in four.index.rows.values())
        await pilot.press("enter")
        assert [row.who for row in four.index.rows.values() if not row.unread] == ["Priya Nair"]


async def test_the_reader_goes_on_to_the_next(four: Repository) -> None:
    """J and K read the next and the one before without going back to the list."""
    app = inbox(four)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("enter", "J")
        await pilot.pause()
        assert "Hello from Priya Nair." in shown(app)
        await pilot.press("K")
        await pilot.pause()
        assert "Hello from Dana Whitfield." in shown(app)


async def test_quotations_are_folded(four: Repository) -> None:
    """What is quoted is one line until Enter unfolds it."""
    app = inbox(four)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "+ 2 quoted lines" in shown(app)
        assert "> old" not in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "> old" in shown(app)


async def test_views_by_number_and_bracket(four: Repository) -> None:
    """1 to 7 and [ ] go to the views, g t to the trash; the bar counts what each list holds."""
    dana = four.index.view("new")[0]
    four.transact("Done", lambda transaction: verbs.done(transaction, [dana]))
    app = inbox(four)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("6")
        assert list(screen_of(app).list.ids) == [dana]
        assert "New 3" in text_of(screen_of(app).bar)[0]
        assert "Done 1" in text_of(screen_of(app).bar)[0]
        await pilot.press("right_square_bracket")
        assert screen_of(app).view == "all"
        await pilot.press("left_square_bracket", "left_square_bracket")
        assert screen_of(app).view == "aside"
        await pilot.press("g", "t")
        assert "The trash is empty." in shown(app)
        await pilot.press("g", "i")
        assert len(screen_of(app).list.ids) == 3


async def test_a_sequence_shows_how_it_goes_on(four: Repository) -> None:
    """After g the bottom line lists what may follow; a key that does not is named."""
    app = inbox(four)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g")
        assert "i inbox" in text_of(screen_of(app).footer)[0]
        await pilot.press("j")
        assert "g j is no key here" in text_of(screen_of(app).footer)[0]
        await pilot.press("escape")
        assert "done" in text_of(screen_of(app).footer)[0]


async def test_what_another_process_adds_appears(four: Repository) -> None:
    """A message written by somebody else is in the list without a restart, the cursor on its row."""
    app = inbox(four)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j")
        with Repository.open(four.path) as other:
            fill(other, a_message("Infrastructure lead", sender="Marcus Lee", at=ago(hours=1)))
        screen_of(app).look_around()
        await pilot.pause()
        assert "Marcus Lee" in text_of(screen_of(app).list)[0]
        assert screen_of(app).row.who == "Priya Nair"  # type: ignore[union-attr]


async def test_an_empty_inbox_says_what_fills_it(repository: Repository) -> None:
    """With nothing in it at all, the inbox tells how to begin."""
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert "Nothing new." in shown(app)
        assert "c captures one by hand" in shown(app)
        await pilot.press("enter", "e", "h", "d", "x", "y", "O", "i", "t", "a", "M", "l", "exclamation_mark")
        assert "There is no opportunity here" in text_of(screen_of(app).footer)[0]


async def test_a_theme_that_does_not_exist_is_a_sentence(repository: Repository) -> None:
    """A misspelt theme names the ones there are, before the screen is taken over."""
    with pytest.raises(UsageError, match="There is no theme 'pink'") as raised:
        inbox(repository, theme="pink")
    assert "ringback-dark" in raised.value.hint


async def test_a_click_into_the_list_ends_the_reading(four: Repository) -> None:
    """Two panes: a click on a row goes there, and keys act in the list again."""
    app = inbox(four)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await pilot.click(offset=(20, 4))
        await pilot.pause()
        assert not screen_of(app).reading
        assert screen_of(app).row.who == "Tom Birch"  # type: ignore[union-attr]


async def test_the_preview_can_be_hidden(four: Repository) -> None:
    """p gives the whole width to the list, and back."""
    app = inbox(four)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert screen_of(app).list.size.width == 120
        await pilot.press("p")
        await pilot.pause()
        assert screen_of(app).list.size.width < 60


async def test_a_narrow_window_keeps_its_preview_for_later(four: Repository) -> None:
    """Where there is no room for two panes, p says so and changes nothing."""
    app = inbox(four)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("p")
        assert "too narrow" in text_of(screen_of(app).footer)[0]
        assert not screen_of(app).has_class("-alone")


async def test_a_strangers_text_never_reaches_the_terminal(repository: Repository) -> None:
    """Escape sequences and markup in every field are drawn as text, in list, reader and dialogs."""
    evil = "\x1b]0;pwned\x07[b]x[/b]\u202e\x9b31m"
    sender = a_contact(f"Eve{evil}", email="eve@bad.example", firm=f"Firm{evil}", phone=f"+1{evil}")
    fill(
        repository, a_message(f"Role{evil}", sender=sender, body=f"Body{evil}\n[/i]", company=evil, pay=evil)
    )
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        for keys in ((), ("i",), ("t",), ("M",), ("y",), ("a",), ("h",), ("exclamation_mark",), ("enter",)):
            await pilot.press(*keys)
            await pilot.pause()
            text = shown(app)
            assert "[b]x[/b]" in text
            assert not [mark for mark in text if mark != "\n" and (mark < " " or "\x7f" <= mark < "\xa0")]
            assert "\u202e" not in text
            await pilot.press("escape")


async def test_q_quits_at_the_top(four: Repository) -> None:
    """q leaves the reader first, and the program from the list."""
    app = inbox(four)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("enter", "q")
        assert app.is_running
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running


async def test_time_wakes_what_was_snoozed(four: Repository, frozen) -> None:  # type: ignore[no-untyped-def]
    """When its time has come, what was snoozed is back in New."""
    dana = four.index.view("new")[0]
    four.transact("Snooze", lambda transaction: verbs.snooze(transaction, [dana], ago(days=-1)))
    app = inbox(four)
    async with app.run_test(size=WIDE) as pilot:
        assert dana not in screen_of(app).list.ids
        frozen.shift(2 * 86_400)
        screen_of(app).let_time_pass()
        await pilot.pause()
        assert dana in screen_of(app).list.ids


async def test_in_ascii_every_mark_is_ascii(four: Repository) -> None:
    """With --ascii nothing of ours needs more than ASCII, in list, reader, bars and dialogs."""
    dana = four.index.view("new")[0]
    four.transact("Star", lambda transaction: verbs.star(transaction, [dana]))
    app = RingbackApp(four, Settings(), plain_text=True, view="new")
    async with app.run_test(size=WIDE) as pilot:
        for keys in (("x", "k"), ("h",), ("escape", "M"), ("escape", "escape", "e"), ("enter", "i")):
            await pilot.press(*keys)
            await pilot.pause()
            assert shown(app).isascii(), [mark for mark in shown(app) if not mark.isascii()]
