"""The people and the referral log: what they show, what their keys write, and empty pages."""

from collections.abc import Callable
from functools import partial

import pytest

from inbox_support import NARROW, WIDE, fill, inbox, screen_of, shown, text_of
from store import network, passing_on, people, referring
from store.clock import DAY
from store.errors import StoreError
from store.records.person import Consent
from store.repository import Repository
from store.rules.row import Row
from support import NOW, a_contact, a_message, ago
from tui.app import RingbackApp
from tui.screens.inbox import InboxScreen
from tui.screens.list_page import ListPage
from tui.screens.people import PeopleScreen


@pytest.fixture
def role(repository: Repository) -> Row:
    """Have one described role by Dana, and three people who may be glad of it."""
    contact = a_contact(email="dana@northgate.example", firm="Northgate Search")
    text = "Remote, $200k to $230k a year."
    message = a_message(
        sender=contact, role="Staff Engineer", company="Acme", pay="$200-230k", body=text, at=ago(days=1)
    )
    fill(repository, message)
    add(repository, "Sam Lee", title="Senior Engineer", employer="Orchard", would_hire=3, may_move=True)
    add(repository, "Noor Haddad", title="Staff Engineer", employer="Millrace", last_touch=ago(days=40))
    add(repository, "Mei Tanabe", title="Staff Engineer", employer="Acme", may_move=True)
    return next(iter(repository.index.rows.values()))


def add(repository: Repository, who: str, **fields: object) -> int:
    """Add somebody and return their id."""
    return repository.transact("Add", lambda t: network.add_person(t, who, **fields))[1]


def refer(repository: Repository, row: Row, who: str) -> int:
    """Pass a role on and return the referral's id."""
    referral, known, _ = passing_on.prepare(repository, row, who, why="ran the same migration")
    return repository.transact("Refer", lambda t: referring.refer(t, row, referral, known))[1]


async def test_people_are_recruiters_and_those_one_knows(repository: Repository, role: Row) -> None:
    """One list holds both, whoever the user knows first; the one under the cursor is told in full."""
    refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "p")
        await pilot.pause()
        text = shown(app)
        assert "People   4   bench 0 of 5" in text
        assert text.index("Mei Tanabe") < text.index("Sam Lee") < text.index("Dana Whitfield")
        await pilot.press("j", "j")
        await pilot.pause()
        assert "you would hire them at once · may move" in shown(app)
        assert "Sam Lee: sent you 0, you sent them 1" in shown(app)
        await pilot.press("G")
        await pilot.pause()
        assert "1 approach, 0 answered, you owe a reply" in shown(app)
        assert "given · Sam Lee · asked friend" in shown(app)


async def test_the_keys_of_people_write(repository: Repository, role: Row) -> None:
    """c adds, e edits, s says that one spoke, l writes leave, a notes; z takes the last one back."""
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "p", "c", *"Ada Byrd", "ctrl+s")
        await pilot.pause()
        ada = network.must_find(repository.documents, "Ada Byrd")
        await pilot.press("e", *["tab"] * 3, *"Glasswing", "ctrl+s")
        await pilot.pause()
        await pilot.press("s")
        await pilot.press("l", *"platform", "tab", *"1y", "ctrl+s")
        await pilot.pause()
        await pilot.press("a", *"Met at a talk", "enter")
        await pilot.pause()
        found = network.must_find(repository.documents, "Ada Byrd").person
        assert (found.employer, found.last_touch) == ("Glasswing", NOW)
        assert found.consent is not None
        assert (found.consent.scope, found.consent.answer) == ("platform", "yes")
        assert found.consent.until > NOW + 300 * DAY
        assert [note.text for note in network.notes(repository.documents, ada.id)] == ["Met at a talk"]
        await pilot.press("z")
        await pilot.pause()
        assert network.notes(repository.documents, ada.id) == []
        await pilot.press("b")
        await pilot.pause()
        assert "People   5   bench 1 of 5" in shown(app)
        assert "Sam Lee" not in shown(app)


async def test_a_number_that_is_none_is_said_and_kept(repository: Repository, role: Row) -> None:
    """A form with a floor that is no number stays open with its words and a sentence."""
    add(repository, "Ada Byrd")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "p", "e", *["tab"] * 7, *"much", "ctrl+s")
        await pilot.pause()
        assert "floor takes a number, not 'much'." in shown(app)
        assert network.must_find(repository.documents, "Ada Byrd").person.floor is None


async def test_a_filter_looks_in_everything(repository: Repository, role: Row) -> None:
    """/ finds by firm and want; nothing found says so; an empty filter shows all again."""
    add(repository, "Ada Byrd", wants="a quiet team")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "p", "slash", *"quiet", "enter")
        await pilot.pause()
        assert "1 of 5" in shown(app)
        await pilot.press("slash", *"er", "enter")
        await pilot.pause()
        assert "You know no one like that." in shown(app)
        await pilot.press("slash", *["backspace"] * 7, "enter")
        await pilot.pause()
        assert "Ada Byrd" in shown(app)


async def test_a_recruiters_card_opens_over_the_people_and_leads_to_a_role(
    repository: Repository, role: Row
) -> None:
    """Enter opens the card; Enter there goes to the opportunity, past the list."""
    refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "p", "G", "enter")
        await pilot.pause()
        assert "Pitched to you" in shown(app)
        assert "given · Sam Lee · asked friend · Staff Engineer, Acme" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, PeopleScreen)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert _opened(app) == role.id


async def test_forgetting_wants_the_name(repository: Repository, role: Row) -> None:
    """# asks for the name, another word changes nothing, and no z brings somebody forgotten back."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "p", "g", "g", "number_sign", *"yes", "enter")
        await pilot.pause()
        assert network.find(repository.documents, "Mei Tanabe") is not None
        await pilot.press(*["backspace"] * 3, *"mei tanabe", "enter")
        await pilot.pause()
        assert "Mei Tanabe is forgotten, for good" in shown(app)
        await pilot.press("z")
        await pilot.pause()
        assert network.find(repository.documents, "Mei Tanabe") is None


async def test_forgetting_takes_whom_it_shows(repository: Repository, role: Row) -> None:
    """A friend of the recruiter's name stays; one document is said as one; what cannot be kept is said."""
    add(repository, "Dana Whitfield", email="dana@home.example")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "p", "G", "number_sign")
        await pilot.pause()
        assert "1 message would go for good" in shown(app)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(repository, "purge", _no_space)
            await pilot.press(*"dana whitfield", "enter")
            await pilot.pause()
        assert "No space left on device" in shown(app)
        assert len(repository.index.rows) == 1
        await pilot.press("number_sign", *"dana whitfield", "enter")
        await pilot.pause()
        assert not repository.index.rows
        assert network.must_find(repository.documents, "Dana Whitfield").person.email == "dana@home.example"


def _no_space(*_: object, **__: object) -> str:
    raise StoreError("The change could not be kept: No space left on device.")


async def test_a_full_disk_leaves_the_trash_full(repository: Repository, role: Row) -> None:
    """Emptying it fails with a sentence, and the app goes on."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        with pytest.MonkeyPatch.context() as patch:
            await pilot.press("number_sign", "g", "t", "ctrl+p", *"empty the", "enter")
            patch.setattr(repository, "purge", _no_space)
            await pilot.press(*"empty", "enter")
            await pilot.pause()
        assert "No space left on device" in shown(app)
        assert len(repository.index.rows) == 1


async def test_the_trash_is_emptied_after_a_word(repository: Repository, role: Row) -> None:
    """The palette empties the trash, once the word is typed."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("number_sign", "g", "t", "ctrl+p", *"empty the", "enter", *"empty", "enter")
        await pilot.pause()
        assert "gone for good" in shown(app)
        assert not repository.index.rows


async def test_nobody_says_how_people_come_in(repository: Repository) -> None:
    """An empty page names the key and the command that fill it."""
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "p")
        await pilot.pause()
        assert "c adds somebody you know." in shown(app)
        assert "Connections.csv" in shown(app)
        await pilot.press("e", "s", "l", "a", "enter", "j", "G")
        await pilot.pause()
        assert isinstance(app.screen, PeopleScreen)


async def test_the_log_offers_only_what_is_allowed(repository: Repository, role: Row) -> None:
    """m lists the states that may follow; choosing one writes a step, and z takes it back."""
    id = refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r")
        await pilot.pause()
        assert "m brings it to: yes, no, stopped" in shown(app)
        await pilot.press("m")
        await pilot.pause()
        assert "hired" not in shown(app)
        await pilot.press(*"no", "enter")
        await pilot.pause()
        assert state(repository, id) == "no"
        assert "thanks are owed" in shown(app)
        await pilot.press("h")
        await pilot.pause()
        assert "thanks are owed" not in shown(app)
        await pilot.press("z", "z")
        await pilot.pause()
        assert state(repository, id) == "asked_friend"


def _opened(app: RingbackApp) -> int:
    """Return the opportunity that the inbox shows."""
    row = screen_of(app).row
    return row.id if row is not None else 0


def state(repository: Repository, id: int) -> str:
    """Return where a referral stands."""
    return referring.find(repository.documents, str(id), NOW).standing.state


async def test_one_nudge_a_side(repository: Repository, role: Row) -> None:
    """A second nudge of the same side is refused with a sentence, the other side still has its own."""
    id = refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r", "n", *"friend", "enter", "n", *"friend", "enter")
        await pilot.pause()
        assert "The friend was nudged once already" in shown(app)
        await pilot.press("n", *"rec", "enter")
        await pilot.pause()
        nudged = referring.find(repository.documents, str(id), NOW).standing.nudged
        assert nudged == ("friend", "recruiter")


async def test_a_day_to_look_again_is_set(repository: Repository, role: Row) -> None:
    """t takes the words of a snooze and says which day they mean; nothing typed gives it back to its time."""
    id = refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r", "t", *"2w")
        await pilot.pause()
        assert "Mon 30 Nov" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        found = referring.find(repository.documents, str(id), NOW)
        assert NOW + 13 * DAY < found.standing.next_check < NOW + 14 * DAY
        assert "next check Mon 30 Nov" in shown(app)
        await pilot.press("t", *"gibberish", "enter")
        await pilot.pause()
        assert "gibberish" in shown(app)
        await pilot.press("escape", "t", "enter")
        await pilot.pause()
        assert referring.find(repository.documents, str(id), NOW).standing.next_check == NOW + 7 * DAY


async def test_a_received_one_is_added_and_owes_a_word(repository: Repository) -> None:
    """c writes one down; each change raises that its maker is owed a word, w settles it."""
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "r")
        await pilot.pause()
        assert "No referral yet." in shown(app)
        await pilot.press("c", *"Noor Haddad", "tab", *"CTO", "ctrl+s")
        await pilot.pause()
        assert "received" in shown(app)
        await pilot.press("m", *"yes", "enter")
        await pilot.pause()
        assert "you owe Noor a word" in shown(app)
        assert "1 wants a word" in shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert "a word" not in shown(app)


async def test_the_log_is_filtered_and_leads_to_the_opportunity(repository: Repository, role: Row) -> None:
    """/ looks in names and states; Enter goes to the role, where the timeline tells the referral."""
    refer(repository, role, "Sam Lee")
    refer(repository, role, "Noor Haddad")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r", "slash", *"noor", "enter")
        await pilot.pause()
        assert "“noor” 1 of 2" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert _opened(app) == role.id
        assert "passed on to Noor Haddad" in shown(app)
        assert "asked friend" in shown(app)


@pytest.mark.parametrize("where", ["p", "r"])
async def test_escape_clears_the_filter_and_then_leaves(
    repository: Repository, role: Row, where: str
) -> None:
    """The cursor stays on whom it was; a second Esc leaves, and q leaves at once."""
    refer(repository, role, "Noor Haddad")
    refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", where, "slash", *"lee", "enter")
        await pilot.pause()
        assert "Noor Haddad" not in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Noor Haddad" in shown(app)
        page = app.screen
        assert isinstance(page, ListPage)
        (line,) = [each for each in text_of(page.entries) if "▌" in each]
        assert "Sam Lee" in line
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)
        await pilot.press("g", where, "slash", *"lee", "enter", "q")
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)


async def test_a_referral_says_its_role_where_there_is_room(repository: Repository, role: Row) -> None:
    """After the states, in a column of its own, and not where it would be a stump."""
    refer(repository, role, "Sam Lee")
    repository.transact("Add", lambda t: referring.add(t, "received", "Noor Haddad", role="CTO"))
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "r")
        await pilot.pause()
        lines = shown(app).splitlines()
        (sam,) = [each for each in lines if "asked friend  Staff Engineer, Acme" in each]
        (noor,) = [each for each in lines if "offered       CTO" in each]
        assert sam.index("Staff") == noor.index("CTO")
    app = inbox(repository)
    async with app.run_test(size=(50, 24)) as pilot:
        await pilot.press("g", "r")
        await pilot.pause()
        assert [each for each in shown(app).splitlines() if each.endswith("asked friend")]


@pytest.mark.parametrize(("verdict", "asks"), [("N", True), ("L", True), ("C", False)])
async def test_after_a_no_the_next_key_passes_it_on(
    repository: Repository, role: Row, verdict: str, asks: bool
) -> None:
    """f right after a no is about what was declined, although the cursor has gone on."""
    other = a_contact("Tom Birch", firm="Harbor")
    fill(
        repository, a_message("Another", sender=other, role="SRE", company="Ember", pay="$1k", at=ago(days=2))
    )
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("D", "a", "1", "1", verdict, "enter", "ctrl+s")
        await pilot.pause()
        assert ("who would be glad of this?" in shown(app)) is asks
        await pilot.press("f")
        await pilot.pause()
        assert ("Who would be glad of this? · Staff Engineer · Acme" in shown(app)) is asks


async def test_another_key_lets_go_of_what_was_declined(repository: Repository, role: Row) -> None:
    """After moving on, f is about the row under the cursor."""
    other = a_contact("Tom Birch", firm="Harbor")
    fill(
        repository, a_message("Another", sender=other, role="SRE", company="Ember", pay="$1k", at=ago(days=2))
    )
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("D", "a", "1", "1", "N", "enter", "ctrl+s", "j", "f")
        await pilot.pause()
        assert "Who would be glad of this? · SRE · Ember" in shown(app)


async def test_a_distrusted_recruiter_is_not_asked_about(repository: Repository, role: Row) -> None:
    """After a no to somebody whose relation is avoid, nobody is suggested."""
    card = people.card(repository, role)
    repository.transact("Relation", lambda t: people.set_relation(t, card, "avoid"))
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("D", "a", "1", "1", "N", "enter", "ctrl+s")
        await pilot.pause()
        assert "who would be glad" not in shown(app)


@pytest.mark.parametrize("keys", [("g", "p"), ("g", "r")])
@pytest.mark.parametrize("size", [(40, 12), (20, 5), (80, 24), (120, 36)])
async def test_no_size_breaks_a_list(
    repository: Repository, role: Row, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    """Every size draws, and Esc leads back."""
    refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys, "j", "k", "G", "g", "g", "ctrl+d", "ctrl+u", "pagedown", "pageup")
        await pilot.pause()
        assert shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, InboxScreen)


Make = Callable[..., int]


def test_leave_that_ended_is_off_the_bench(repository: Repository) -> None:
    """Standing leave counts until its day, and not when it was withdrawn."""
    first, second, third = (add(repository, who) for who in ("A One", "B Two", "C Three"))
    given = Consent(mode="standing", until=NOW + DAY)
    for id, consent in (
        (first, given),
        (second, Consent(mode="standing", until=NOW)),
        (third, Consent(mode="standing", answer="withdrawn")),
    ):
        repository.transact("Leave", partial(network.set_consent, id=id, consent=consent))
    assert [each.id for each in network.bench(repository.documents, NOW)] == [first]
