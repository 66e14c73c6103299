"""What the inbox hands on: links to a browser, text to the clipboard, itself to the shell."""

import webbrowser

import pytest

from inbox_support import WIDE, fill, inbox, screen_of, shown, text_of
from store.repository import Repository
from support import a_contact, a_message

BODY = "Read https://bücher.example/jobs and javascript:alert(1)"


@pytest.fixture
def one(repository: Repository) -> Repository:
    """Have a mail with a link, an address and a number."""
    fill(
        repository,
        a_message(sender=a_contact("Dana Whitfield", email="d@n.example", phone="+14155550132"), body=BODY),
    )
    return repository


async def test_a_link_shows_its_real_host_first(one: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picker names the host in punycode; only Enter opens it, at that very host."""
    opened: list[str] = []

    def browse(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", browse)
    app = inbox(one)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("O")
        await pilot.pause()
        assert "xn--bcher-kva.example" in shown(app)
        assert not opened
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        assert opened == ["https://xn--bcher-kva.example/jobs"]


async def test_without_a_window_system_the_link_is_copied(
    one: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser in the terminal would draw over the inbox, so the link goes to the clipboard."""
    monkeypatch.setattr("sys.platform", "linux")
    app = inbox(one)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("O", "enter")
        await pilot.pause()
        assert app.clipboard == "https://xn--bcher-kva.example/jobs"
        assert "No browser" in text_of(screen_of(app).footer)[0]


async def test_a_link_that_deceives_is_not_opened(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picker says so before, and Enter opens and copies nothing."""
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", opened.append)
    fill(repository, a_message(body="See https://evil.example\\@linkedin.com/jobs"))
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("O")
        await pilot.pause()
        assert "not opened" in shown(app)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        assert "Not opened: its host holds" in shown(app)
        assert not opened
        assert not app.clipboard


@pytest.mark.parametrize(
    ("keys", "copied"),
    [((), "+14155550132"), (("down",), "d@n.example"), ((*"tex",), BODY)],
)
async def test_y_copies_and_says_how(one: Repository, keys: tuple[str, ...], copied: str) -> None:
    """Phone, address, name or text; the sentence names the way."""
    app = inbox(one)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("y", *keys, "enter")
        await pilot.pause()
        assert app.clipboard == copied
        assert "OSC 52" in text_of(screen_of(app).footer)[0]


async def test_help_and_palette_know_this_place(one: Repository) -> None:
    """? lists what the keys do here; the palette does what is chosen."""
    app = inbox(one)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Snooze" in shown(app)
        await pilot.press("escape", "ctrl+p", *"set aside", "enter")
        await pilot.pause()
        assert one.index.counts()["aside"] == 1


async def test_suspending_holds_no_lock(one: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """ctrl+z stops the program while nothing is being published."""
    app = inbox(one)
    async with app.run_test(size=WIDE) as pilot:
        held: list[bool] = []
        publisher = screen_of(app).publisher
        monkeypatch.setattr(app, "action_suspend_process", lambda: held.append(publisher._busy.locked()))
        await pilot.press("ctrl+z")
        assert held == [True]
        assert not publisher._busy.locked()
