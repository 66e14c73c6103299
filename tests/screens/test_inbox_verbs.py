"""Each verb of the inbox writes what it says, moves on, and can be taken back."""

import pytest

from inbox_support import WIDE, fill, inbox, screen_of, shown, text_of
from store import verbs
from store.changes import Outcome
from store.errors import StoreError
from store.quick_add import QuickAdd, add
from store.repository import Repository
from store.rules.row import Row
from store.rules.views import view_of
from support import NOW, a_contact, a_message, ago
from tui.actions import PLANNED
from tui.app import RingbackApp


@pytest.fixture
def three(repository: Repository) -> Repository:
    """Have three new mails: Dana's, Priya's and Tom's, Dana's the newest."""
    fill(
        repository,
        *(
            a_message(
                role, sender=a_contact(who, email=f"{who[:4].lower()}@northgate.example"), at=ago(days=day)
            )
            for day, (who, role) in enumerate(
                (("Dana Whitfield", "Staff Engineer"), ("Priya Nair", "Data Lead"), ("Tom Birch", "SRE")), 1
            )
        ),
    )
    return repository


def of(repository: Repository, who: str) -> Row:
    """Return the row of a recruiter."""
    return next(row for row in repository.index.rows.values() if row.who == who)


@pytest.mark.parametrize(
    ("key", "view", "sentence"),
    [
        ("e", "done", "Done"),
        ("R", "later", "Reply later"),
        ("S", "aside", "Set aside"),
        ("number_sign", "trash", "In the trash"),
        ("m", "hidden", "Muted"),
    ],
)
async def test_one_key_moves_it_and_goes_on(three: Repository, key: str, view: str, sentence: str) -> None:
    """The opportunity stands elsewhere, the next is under the cursor, and the way back is told."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert view_of(of(three, "Dana Whitfield"), NOW) == view
        assert screen_of(app).row == of(three, "Priya Nair")
        assert text_of(screen_of(app).footer)[0] == f" {sentence} · z undoes"


async def test_undo_and_redo(three: Repository) -> None:
    """z puts it back where it was, under the cursor; Z does it again."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "e", "z")
        await pilot.pause()
        assert view_of(of(three, "Priya Nair"), NOW) == "new"
        assert screen_of(app).row == of(three, "Priya Nair")
        assert "Undone: Done" in text_of(screen_of(app).footer)[0]
        await pilot.press("Z")
        assert view_of(of(three, "Priya Nair"), NOW) == "done"


async def test_undo_means_the_verb_and_not_the_opening_after_it(three: Repository) -> None:
    """Done, then a look at the next one: z brings back what was done."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("e", "enter", "z")
        await pilot.pause()
        assert view_of(of(three, "Dana Whitfield"), NOW) == "new"


async def test_a_verb_acts_on_the_whole_selection_at_once(three: Repository) -> None:
    """Selected opportunities go in one step, which one undo takes back."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("x", "x")
        assert "2 selected" in text_of(screen_of(app).footer)[0]
        await pilot.press("e")
        assert three.index.counts()["done"] == 2
        assert screen_of(app).row == of(three, "Tom Birch")
        await pilot.press("z")
        assert three.index.counts()["done"] == 0


async def test_one_selected_is_the_one_that_is_meant(three: Repository) -> None:
    """Where a key acts on one, the selected one goes before the one under the cursor, and it is said."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("x", "t")
        await pilot.pause()
        assert "Dana Whitfield, Staff Engineer" in shown(app)
        await pilot.press("escape", "y", *"name", "enter")
        await pilot.pause()
        assert app.clipboard == "Dana Whitfield"
        screen_of(app).one_row()
        assert "on the one selected: Dana Whitfield" in text_of(screen_of(app).footer)[0]
        await pilot.press("x")
        assert screen_of(app).one_row() == of(three, "Tom Birch")
        assert "under the cursor: Tom Birch" in text_of(screen_of(app).footer)[0]


async def test_what_has_left_the_list_is_not_acted_on(three: Repository) -> None:
    """A selected row that another process dealt with is out of sight, and no verb reaches it."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("x")
        dana = of(three, "Dana Whitfield").id
        three.transact("Done", lambda transaction: verbs.done(transaction, [dana]))
        screen_of(app).show_list()
        await pilot.press("number_sign")
        assert view_of(of(three, "Dana Whitfield"), NOW) == "done"
        assert view_of(of(three, "Priya Nair"), NOW) == "trash"


async def test_undo_goes_no_further_than_its_failure(
    three: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the opening cannot be taken back, the change before it is left alone, and the reason stays."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("e", "enter", "q")
        undo, failures = three.undo, [StoreError("The disk is full.")]

        def undo_once_failing(*, durable: bool = True) -> Outcome:
            if failures:
                raise failures.pop()
            return undo(durable=durable)

        monkeypatch.setattr(three, "undo", undo_once_failing)
        await pilot.press("z")
        await pilot.pause()
        assert "The disk is full." in text_of(screen_of(app).footer)[0]
        assert view_of(of(three, "Dana Whitfield"), NOW) == "done"


async def test_select_all_none_and_unread(three: Repository) -> None:
    """* and a letter selects; Esc lets go."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("u", "asterisk", "u")
        assert len(screen_of(app).list.selection) == 2
        await pilot.press("asterisk", "a")
        assert len(screen_of(app).list.selection) == 3
        await pilot.press("asterisk", "n")
        assert len(screen_of(app).list.selection) == 0
        await pilot.press("v", "j", "escape")
        assert len(screen_of(app).list.selection) == 0


async def test_star_and_read_turn_round(three: Repository) -> None:
    """s and u set where it is not set, and take away where it is; the cursor stays."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("s", "u")
        dana = of(three, "Dana Whitfield")
        assert (dana.starred, dana.unread) == (True, False)
        assert screen_of(app).row == dana
        await pilot.press("s", "u")
        dana = of(three, "Dana Whitfield")
        assert (dana.starred, dana.unread) == (False, True)


async def test_snooze_shows_the_day_before_it_saves(three: Repository) -> None:
    """The prompt says what the words mean; nonsense stays in it with a sentence; Enter keeps."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("h", *"blub")
        await pilot.press("enter")
        await pilot.pause()
        assert '"blub" is not a time' in shown(app)
        await pilot.press(*["backspace"] * 4, *"tue", "space", *"9am")
        await pilot.pause()
        assert "Tue 17 Nov 09:00" in shown(app)
        assert three.index.counts()["snoozed"] == 0
        await pilot.press("enter")
        await pilot.pause()
        assert three.index.counts()["snoozed"] == 1
        assert "Snoozed until Tue 17 Nov 09:00" in text_of(screen_of(app).footer)[0]
        await pilot.press("4", "H")
        assert three.index.counts()["snoozed"] == 0


async def test_leaving_a_prompt_changes_nothing(three: Repository) -> None:
    """Esc leaves the prompt and the opportunity as it was."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("h", *"2w", "escape")
        await pilot.pause()
        assert three.index.counts()["new"] == 3


async def test_wait_and_answered(three: Repository) -> None:
    """w waits with a nudge in a week unless told otherwise; A notes an answer given elsewhere."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("w", "enter")
        await pilot.pause()
        dana = of(three, "Dana Whitfield")
        assert (dana.place, dana.nudge > NOW) == ("waiting", True)
        await pilot.press("A", *"yesterday", "enter")
        await pilot.pause()
        priya = of(three, "Priya Nair")
        assert 0 < priya.answered_at < NOW
        assert priya.place == "waiting"


async def test_labels_are_picked_or_made(three: Repository) -> None:
    """l makes a new label from what is typed, offers it to the next, and takes it off again."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("l", *"remote", "enter")
        await pilot.pause()
        assert of(three, "Dana Whitfield").labels == ("remote",)
        await pilot.press("j", "l", "enter")
        await pilot.pause()
        assert of(three, "Priya Nair").labels == ("remote",)
        await pilot.press("l", "enter")
        await pilot.pause()
        assert of(three, "Priya Nair").labels == ()


async def test_blocking_a_sender_or_the_whole_firm(three: Repository) -> None:
    """! asks which; the firm takes everybody at its domain out of sight."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("exclamation_mark", "down", "enter")
        await pilot.pause()
        assert three.index.counts()["new"] == 0
        await pilot.press("z")
        assert three.index.counts()["new"] == 3
        await pilot.press("exclamation_mark", "enter")
        await pilot.pause()
        assert three.index.counts()["new"] == 2


async def test_merging_and_splitting(three: Repository) -> None:
    """M picks where it goes by typing; the two read as one until split."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("M", *"birch", "enter")
        await pilot.pause()
        assert three.index.counts()["all"] == 2
        screen_of(app).reveal(of(three, "Tom Birch").id)
        await screen_of(app).fire("split")
        await pilot.pause()
        await pilot.press("enter")
        assert three.index.counts()["all"] == 3


async def test_merging_what_is_selected(three: Repository) -> None:
    """Of several, one is what the others go into; each is told by its day first."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("x", "j", "x", "M")
        await pilot.pause()
        selected = screen_of(app).targets()
        choices = screen_of(app)._merge_choices(selected)
        assert {int(each.value) for each in choices} >= set(selected)
        await pilot.press("enter")
        await pilot.pause()
        assert three.index.counts()["all"] == 2


async def test_splitting_asks_which_message_goes(three: Repository) -> None:
    """The message that is chosen becomes an opportunity of its own, not simply the newest."""
    dana = of(three, "Dana Whitfield")
    for body in ("The second call", "The third call"):
        add(three, QuickAdd(channel="call", sender="Dana Whitfield", body=body, to=three.index.code(dana.id)))
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        screen_of(app).reveal(of(three, "Dana Whitfield").id)
        await screen_of(app).fire("split")
        await pilot.pause()
        await pilot.press(*"second", "enter")
        await pilot.pause()
        alone = [
            row for row in three.index.rows.values() if len(row.messages) == 1 and row.who.startswith("Dana")
        ]
        assert [three.message(row.messages[0]).body for row in alone] == ["The second call"]


async def test_a_note_is_written(three: Repository) -> None:
    """a opens a form; ctrl+s keeps what was written, on the timeline of the row."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", *"ask", "enter", *"pay", "ctrl+s")
        await pilot.pause()
        notes = three.notes(of(three, "Dana Whitfield"))
        assert [note.text for _, note in notes] == ["ask\npay"]
        assert "ask" in shown(app)


async def test_an_empty_note_is_refused_and_the_form_stays(three: Repository) -> None:
    """What the store refuses is said in the form."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("a", "ctrl+s")
        await pilot.pause()
        assert "The note is empty." in shown(app)


async def test_editing_corrects_what_is_known(three: Repository) -> None:
    """t begins with what is known; only what was changed is written."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", *"Northgate", "tab", *"Acme", "ctrl+s")
        await pilot.pause()
        dana = of(three, "Dana Whitfield")
        assert (dana.firm, dana.company) == ("Northgate", "Acme")
        assert three.opportunity(dana.id).role is None


async def test_a_mandate_that_does_not_exist_keeps_every_word(three: Repository) -> None:
    """A refused value is named, and the form stays as it was typed."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t", *"Northgate", *["tab"] * 4, *"maybe", "ctrl+s")
        await pilot.pause()
        assert "There is no mandate 'maybe'" in shown(app)
        assert "Northgate" in shown(app)
        assert of(three, "Dana Whitfield").firm == ""


async def test_verbs_work_from_the_reader_too(three: Repository) -> None:
    """While reading, done shows the next one to be read."""
    app = inbox(three)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "e")
        await pilot.pause()
        assert three.index.counts()["done"] == 1
        assert "Data Lead" in shown(app)
        assert screen_of(app).reading
        assert not of(three, "Priya Nair").unread
        await pilot.press("e", "e")
        await pilot.pause()
        assert not screen_of(app).reading
        assert "Nothing new." in shown(app)


async def test_what_is_not_there_yet_says_what_to_do_meanwhile(three: Repository) -> None:
    """Replying answers with a sentence and a key that helps."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "comes in a later version" in shown(app)
        assert three.index.counts()["new"] == 3


@pytest.mark.parametrize(("key", "place"), PLANNED.items())
async def test_a_place_that_is_not_there_yet_says_so(three: Repository, key: str, place: str) -> None:
    """g and a reserved letter name the place that comes later."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g")
        assert "planned" not in shown(app)
        await pilot.press(key)
        assert text_of(screen_of(app).footer)[0].startswith(f" {place} comes in a later version")


async def test_the_person_card_leads_to_each_opportunity(three: Repository) -> None:
    """i shows who it is, what came from them, and Enter goes there."""
    fill(
        three,
        a_message(
            "VP Engineering", sender=a_contact("Tom Birch", email="tom @northgate.example"), at=ago(60)
        ),
    )
    dana = of(three, "Dana Whitfield")
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "1 approach, 0 answered, you owe a reply." in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert screen_of(app).row == dana


async def test_the_person_card_tells_people_behind_a_relay_apart(repository: Repository) -> None:
    """LinkedIn's address stands for everybody; the card is of the one who wrote."""
    relay = "inmail-hit-reply@linkedin.com"
    fill(
        repository,
        a_message("Data Lead", sender=a_contact("Priya Nair", email=relay), at=ago(1)),
        a_message("SRE", sender=a_contact("Tom Birch", email=relay), at=ago(2)),
        a_message("CTO", sender=a_contact("Priya Nair", email=relay), at=ago(200)),
    )
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert "Data Lead" in shown(app)
        assert "CTO" in shown(app)
        assert "SRE" not in shown(app)


async def test_the_trash_gives_back(three: Repository) -> None:
    """E in the trash view brings an opportunity back to New."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("number_sign", "g", "t", "E")
        await pilot.pause()
        assert three.index.counts()["trash"] == 0
        assert three.index.counts()["new"] == 3


async def test_in_a_list_that_keeps_it_the_cursor_still_goes_on(three: Repository) -> None:
    """In All a done opportunity stays where it is; the cursor goes to the next all the same."""
    app = inbox(three, view="all")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert screen_of(app).row == of(three, "Priya Nair")


@pytest.fixture
def alike(repository: Repository) -> Repository:
    """Have three approaches of one name from three addresses, and another recruiter's."""
    fill(
        repository,
        *(
            a_message(
                "Staff Engineer",
                sender=a_contact("Dana Whitfield", email=f"dana@{day}.example"),
                at=ago(days=day),
            )
            for day in (1, 3, 5)
        ),
        a_message("SRE", sender=a_contact("Tom Birch", email="tom@birch.example"), at=ago(days=9)),
    )
    return repository


def head_of(app: RingbackApp) -> str:
    """Return the reader's text as one line."""
    return " ".join(" ".join(text_of(screen_of(app).reader)).split())


async def test_what_it_may_be_one_with_stands_in_the_head(alike: Repository) -> None:
    """Opened, it says with what, why and what to press; after a no the next is suggested."""
    app = inbox(alike)
    async with app.run_test(size=WIDE) as pilot:
        assert "Perhaps one with" not in head_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert (
            "Dana Whitfield: same name, same role, 2 days apart, and 1 more · M merges, X says no"
            in head_of(app)
        )
        await pilot.press("X")
        await pilot.pause()
        assert "not the same as" in text_of(screen_of(app).footer)[0]
        assert "Dana Whitfield: same name, same role, 4 days apart · M merges, X says no" in head_of(app)
        await pilot.press("X")
        await pilot.pause()
        assert "Perhaps one with" not in head_of(app)
        await pilot.press("X")
        await pilot.pause()
        assert "Nothing is suggested" in text_of(screen_of(app).footer)[0]
        await pilot.press("z")
        await pilot.pause()
        assert "Undone: Not the same" in text_of(screen_of(app).footer)[0]


async def test_merging_begins_with_what_is_likely(alike: Repository) -> None:
    """The first choice of M is the likeliest, with its reasons; Enter makes them one."""
    app = inbox(alike)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("M")
        await pilot.pause()
        choices = screen_of(app)._merge_choices(screen_of(app).targets())
        assert [each.detail for each in choices][:2] == [
            "same name, same role, 2 days apart",
            "same name, same role, 4 days apart",
        ]
        await pilot.press("enter")
        await pilot.pause()
        assert sorted(len(row.messages) for row in alike.index.rows.values()) == [1, 1, 2]


@pytest.mark.parametrize("keys", ["default", "vim", "gmail"])
async def test_no_preset_has_another_use_for_these_keys(alike: Repository, keys: str) -> None:
    """M and X merge and part in every preset."""
    app = inbox(alike, keymap_preset=keys)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("X")
        await pilot.pause()
        assert "not the same as" in text_of(screen_of(app).footer)[0]
        (row, _) = sorted(alike.index.rows.values(), key=lambda row: -row.at)[:2]
        assert alike.index.said(row).unlike
