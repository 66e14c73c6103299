"""The two letters of a referral on the screen, the way to them, and their templates."""

import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from inbox_support import NARROW, WIDE, fill, inbox, shown
from store import letters, network, passing_on, referral_letters, referring
from store.records.letter import Letter
from store.records.person import Consent
from store.repository import Repository
from store.rules.row import Row
from support import NOW, a_contact, a_message, ago
from tui.app import RingbackApp
from tui.screens.inbox import InboxScreen
from tui.screens.letters import LettersScreen
from tui.screens.refer import ReferScreen
from tui.screens.referrals import ReferralsScreen

BODY = "Remote, $200k to $230k. Dear {first_name} \x1b[31m\u202e[/b]"


@pytest.fixture
def role(repository: Repository) -> Row:
    """Have a described role by Dana."""
    contact = a_contact(email="dana@northgate.example", firm="Northgate Search")
    message = a_message(
        sender=contact, role="Staff Engineer", company="Acme", pay="$200-230k", body=BODY, at=ago(days=1)
    )
    fill(repository, message)
    return next(iter(repository.index.rows.values()))


def add(repository: Repository, who: str, **fields: object) -> int:
    """Add somebody and return their id."""
    return repository.transact("Add", lambda t: network.add_person(t, who, **fields))[1]


def refer(repository: Repository, row: Row, who: str, mode: str = "forward") -> int:
    """Pass a role on and return the referral's id."""
    referral, known, _ = passing_on.prepare(repository, row, who, why="ran the same migration", mode=mode)
    return repository.transact("Refer", lambda t: referring.refer(t, row, referral, known))[1]


def letter(repository: Repository, id: int, side: str = "friend") -> Letter:
    """Return a letter as it is kept."""
    return referral_letters.find(repository.documents, id, side)


def referrals(repository: Repository) -> list[referring.Logged]:
    """Return the log."""
    return referring.log(repository.documents, NOW)


def place(app: RingbackApp) -> type:
    """Return which screen lies on top."""
    return type(app.screen)


@pytest.fixture
def app(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> RingbackApp:
    """An inbox whose terminal can be handed to an editor."""
    app = inbox(repository)

    @contextmanager
    def suspend() -> Iterator[None]:
        yield

    monkeypatch.setattr(app, "suspend", suspend)
    monkeypatch.delenv("VISUAL", raising=False)
    return app


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Make a shell script the editor; `$1` is the file."""
    program = folder / "editor"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))


async def test_f_leads_to_the_letters_and_z_back_to_the_choice(repository: Repository, role: Row) -> None:
    """Both stand beside each other as they are kept; after undo somebody else may be chosen."""
    add(repository, "Sam Lee", title="Senior Engineer", would_hire=3, may_move=True)
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", "1", "f")
        await pilot.pause()
        text = shown(app)
        assert "To Sam Lee" in text
        assert "To Dana Whitfield" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        (logged,) = referrals(repository)
        assert BODY in letter(repository, logged.id).text
        await pilot.press("z")
        await pilot.pause()
        assert place(app) is ReferScreen
        assert referrals(repository) == []
        assert "taken back" in shown(app)
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert place(app) is InboxScreen
        assert len(referrals(repository)) == 1


async def test_y_copies_and_s_keeps_the_way_and_the_words(repository: Repository, role: Row) -> None:
    """What is kept as sent is what was copied; both letters can be copied, with shift the second."""
    id = refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r", "l")
        await pilot.pause()
        await pilot.press("Y")
        await pilot.pause()
        assert "Hello Dana Whitfield" in app.clipboard
        assert shown(app).count("Subject: Staff Engineer, Acme") == 2
        assert "Copied the letter to the recruiter · by the terminal (OSC 52)" in shown(app)
        await pilot.press("y")
        await pilot.pause()
        copied = app.clipboard
        assert "\x1b" not in copied
        assert "{first_name}" in copied
        await pilot.press("s")
        await pilot.pause()
        kept = letter(repository, id)
        assert (kept.text, kept.sent_at) == (copied, NOW)
        assert kept.sent_by == "copied"
        assert "OSC" not in shown(app)
        assert "sent Mon 16 Nov · copied" in shown(app)
        assert not letter(repository, id, "recruiter").sent_at
        assert "sent Mon 16 Nov" in shown(app)
        await pilot.press("e")
        await pilot.pause()
        assert "That letter was sent" in shown(app)
        await pilot.press("z", "S")
        await pilot.pause()
        assert not letter(repository, id).sent_at
        assert letter(repository, id, "recruiter").sent_by


async def test_a_program_copies_without_holding_up_the_keys(
    repository: Repository, role: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence names it; the inbox copies the same way."""
    program = tmp_path / "wl-copy"
    program.write_text(f"#!/bin/sh\n/bin/cat > {tmp_path}/got\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    id = refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("y", *"mail", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Copied the e-mail · wl-copy" in shown(app)
        assert (tmp_path / "got").read_text() == "dana@northgate.example"
        await pilot.press("g", "r", "l", "y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Copied the letter to your friend · wl-copy" in shown(app)
        assert "Hi Sam," in (tmp_path / "got").read_text()
        await pilot.press("s")
        await pilot.pause()
        assert letter(repository, id).sent_by == "wl-copy"
        assert not app.clipboard


async def test_m_hands_a_letter_to_the_mail_program(
    repository: Repository, role: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With address, subject and body; the way is kept with what was sent."""
    opened: list[str] = []

    def browse(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", browse)
    add(repository, "Sam Lee", email="sam@orchard.example")
    id = refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r", "l", "m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "is in your mail program" in shown(app)
        await pilot.press("s")
        await pilot.pause()
    parts = urlsplit(opened[0])
    assert parts.path == "sam@orchard.example"
    assert parse_qs(parts.query)["subject"] == ["Staff Engineer, Acme"]
    assert letter(repository, id).sent_by == "mail program"


async def test_without_a_window_the_link_is_copied(
    repository: Repository, role: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As links are."""
    monkeypatch.setattr("sys.platform", "linux")
    refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r", "l", "M")
        await pilot.pause()
        assert app.clipboard.startswith("mailto:dana@northgate.example?subject=")


async def test_an_open_slot_stands_out_and_blocks(repository: Repository, role: Row) -> None:
    """Copy, mail and sent say which slot is open; nothing leaves."""
    words = "Hi {friend}, it pays {pay}."
    repository.transact("Letter", lambda t: letters.set_template(t, "friend", words))
    id = refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "r", "l")
        await pilot.pause()
        assert "not ready: {pay} is open." in shown(app)
        styles = {
            segment.text: segment.style for line in app.screen._compositor.render_strips() for segment in line
        }
        assert str(styles["{pay}"]) != str(styles["Hi Sam, it pays "])
        for key in ("y", "m", "s"):
            await pilot.press(key)
            await pilot.pause()
        assert not app.clipboard
        assert not letter(repository, id).sent_at


async def test_the_introduction_waits_for_the_yes_and_for_leave(repository: Repository, role: Row) -> None:
    """Refused before the yes, free after it, refused again once leave was withdrawn."""
    sam = add(repository, "Sam Lee")
    id = refer(repository, role, "Sam Lee", "both")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r", "l", "Y", "M", "S")
        await pilot.pause()
        assert "Sam Lee has not said yes" in shown(app)
        assert not app.clipboard
        await pilot.press("escape", "m", *"yes", "enter", "l", "Y")
        await pilot.pause()
        assert "introduce you" in app.clipboard
        withdrawn = Consent(mode="both", answer="withdrawn")
        repository.transact("Leave", partial(network.set_consent, id=sam, consent=withdrawn))
        await pilot.press("S")
        await pilot.pause()
        assert not letter(repository, id, "recruiter").sent_at


async def test_e_writes_a_draft_in_the_editor(
    app: RingbackApp, repository: Repository, role: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words come back into the document; an editor that changes nothing writes nothing."""
    id = refer(repository, role, "Sam Lee")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r", "l")
        editor(tmp_path, monkeypatch, "true")
        await pilot.press("e")
        await pilot.pause()
        assert "as it was" in shown(app)
        assert BODY in letter(repository, id).text
        editor(tmp_path, monkeypatch, 'printf "Sam, see below.\\n" > "$1"')
        await pilot.press("e")
        await pilot.pause()
        assert letter(repository, id).text == "Sam, see below.\n"
        assert "Sam, see below." in shown(app)
        editor(tmp_path, monkeypatch, "exit 3")
        await pilot.press("E")
        await pilot.pause()
        assert any("ended with 3" in each.message for each in app._notifications)


async def test_a_referral_without_letters_says_so(repository: Repository) -> None:
    """l on one that was received opens nothing."""
    repository.transact("Add", lambda t: referring.add(t, "received", "Noor Haddad", role="CTO"))
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "r", "l")
        await pilot.pause()
        assert place(app) is ReferralsScreen
        assert "This referral has no letters." in shown(app)


@pytest.mark.parametrize("size", [(40, 12), (20, 5), NARROW, WIDE])
async def test_no_size_breaks_the_letters(repository: Repository, role: Row, size: tuple[int, int]) -> None:
    """Every size draws, scrolls, and leads back."""
    refer(repository, role, "Sam Lee")
    app = inbox(repository)
    async with app.run_test(size=size) as pilot:
        await pilot.press("g", "r", "l", "j", "G", "ctrl+u", "g", "g")
        await pilot.pause()
        assert place(app) is LettersScreen
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert place(app) is InboxScreen


async def test_somebody_sensitive_takes_a_key_more(repository: Repository, role: Row) -> None:
    """f asks, Esc and the same key again refer nobody, Enter means it."""
    add(repository, "Sam Lee", sensitive=True)
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", "t", *"Sam Lee", "enter", *"she ran it", "enter", "f")
        await pilot.pause()
        assert "Sam Lee is marked as sensitive. Refer all the same?" in shown(app)
        await pilot.press("f", "escape")
        await pilot.pause()
        assert referrals(repository) == []
        await pilot.press("f", "enter")
        await pilot.pause()
        assert place(app) is LettersScreen
        assert [each.referral.name for each in referrals(repository)] == ["Sam Lee"]


async def test_two_of_one_name_are_asked_about(repository: Repository, role: Row) -> None:
    """The picker shows title and employer; the one chosen is referred, with or without an address."""
    add(repository, "Sam Lee", title="CTO", employer="Orchard")
    second = add(repository, "Sam Lee", title="Staff Engineer", employer="Millrace")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", "t", *"sam lee")
        await pilot.pause()
        assert "Staff Engineer · Millrace" in shown(app)
        await pilot.press("end", *" millrace", "enter", *"ran it", "enter", "f")
        await pilot.pause()
        assert [each.referral.person for each in referrals(repository)] == [str(second)]


async def test_part_of_a_name_is_whom_one_knows(repository: Repository, role: Row) -> None:
    """`t` lists who fits what is typed; nobody is added for half a name, somebody new is said to be that."""
    noor = add(repository, "Noor Haddad", title="Staff Engineer", employer="Millrace")
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("f", "t", *"noor h")
        await pilot.pause()
        assert "Staff Engineer · Millrace" in shown(app)
        assert "Somebody new: noor h" in shown(app)
        await pilot.press("enter", *"ran it", "enter", "f")
        await pilot.pause()
        assert [each.referral.person for each in referrals(repository)] == [str(noor)]
        await pilot.press("escape", "f", "t", *"Ada Byrd", "enter", *"ran it", "enter", "f")
        await pilot.pause()
        assert {each.referral.name for each in referrals(repository)} == {"Ada Byrd", "Noor Haddad"}


@pytest.mark.parametrize("typed", ["noor", "Noor Haddad"])
async def test_who_must_not_be_referred_is_refused_at_once(
    repository: Repository, role: Row, typed: str
) -> None:
    """Whoever is excluded shows why, cannot be taken, and is not somebody new either."""
    add(repository, "Noor Haddad", do_not_refer=True)
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("f", "t", *typed, "enter")
        await pilot.pause()
        assert "Noor Haddad: asked not to be referred." in shown(app)
        assert "Why does it fit?" not in shown(app)
        if typed == "Noor Haddad":
            await pilot.press("down", "enter")
            await pilot.pause()
            assert "Noor Haddad is not to be referred: asked not to be referred." in shown(app)
            assert "Why does it fit?" not in shown(app)


async def test_a_suggestion_is_the_person_it_shows(repository: Repository, role: Row) -> None:
    """Also where somebody else has the same name."""
    add(repository, "Sam Lee", title="Nurse", employer="Orchard")
    second = add(repository, "Sam Lee", title="Staff Engineer", employer="Millrace", may_move=True)
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("f", "1", "f")
        await pilot.pause()
        assert [each.referral.person for each in referrals(repository)] == [str(second)]


async def test_templates_are_edited_and_reset(
    app: RingbackApp, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The palette leads there; Enter opens the editor, x brings our words back, z the user's."""
    editor(tmp_path, monkeypatch, 'printf "Hello {friend}!\\n" > "$1"')
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+p", *"letters", "enter")
        await pilot.pause()
        assert "Below is" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert letters.template(repository.documents, "friend") == "Hello {friend}!\n"
        assert "1 in your own words" in shown(app)
        await pilot.press("x")
        await pilot.pause()
        assert not letters.is_own(repository.documents, "friend")
        await pilot.press("x")
        await pilot.pause()
        assert "our words already" in shown(app)
        await pilot.press("z")
        await pilot.pause()
        assert letters.is_own(repository.documents, "friend")
