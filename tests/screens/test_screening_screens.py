# ruff: noqa: E501 - what is shown stands on a line
"""The screener, what was left out, why, and the sources: as keys reach them, and with hostile text in a pty."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from inbox_support import NARROW, WIDE, inbox, screen_of, shown
from mails import a_mail, in_mbox
from pty_support import RINGBACK, terminal
from store.intake.pulling import Request, pull
from store.repository import Repository

PITCH = "I came across your profile. My client is hiring a Staff Engineer. Are you open to a call?\n"
ATTACK = "owned\x1b[31m\x1b]0;x\x07\x9b31m\u202egpj.exe\u2066[/b][@click=app.quit]x[/]"


def mail(kind: str, number: int = 1, **headers: str) -> bytes:
    """Return a mail of one of the three outcomes."""
    body = {"outreach": PITCH, "review": "We are hiring for a position.\n", "other": "Our newsletter.\n"}[
        kind
    ]
    named = {
        "From": f"{kind.title()} {number} <{kind}{number}@{kind}.example>",
        "Subject": f"About {kind} {number}",
    }
    return a_mail(
        body,
        message_id=f"<{kind}{number}@x.example>",
        Date="Mon, 16 Nov 2026 08:00:00 +0000",
        **{**named, **headers},
    )


@pytest.fixture
def three(repository: Repository, tmp_path: Path) -> Repository:
    """Pull one mail of each outcome, and another of those to review."""
    path = tmp_path / "box.mbox"
    path.write_bytes(in_mbox(mail("outreach"), mail("review"), mail("review", 2), mail("other")))
    pull(repository, Request(paths=[path]))
    return repository


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds, at most ten seconds."""
    for _ in range(200):
        if holds():
            return
        await pilot.pause(0.05)
    pytest.fail(shown(pilot.app))


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_screener(three: Repository, size: tuple[int, int]) -> None:
    """`+` brings one into the inbox, `-` hides the other, `z` brings that back; New never held them."""
    app = inbox(three)
    async with app.run_test(size=size) as pilot:
        assert "Review" not in shown(app)
        await pilot.press("g", "f")
        assert "Review 1" in shown(app)
        assert "+ outreach" in shown(app)
        await pilot.press("+")
        await pilot.pause()
        assert three.index.counts()["screener"] == 1
        await pilot.press("-")
        await pilot.pause()
        assert three.index.counts()["screener"] == 0
        assert "Nobody waits in the screener." in shown(app)
        await pilot.press("z")
        await pilot.pause()
        assert three.index.counts()["screener"] == 1
        await pilot.press("1")
        assert three.index.counts()["new"] == 2


async def test_what_was_said_already(three: Repository) -> None:
    """Said again nothing is changed, and no key is named that would take back something else."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("+")
        await pilot.pause()
        assert "Outreach 1: outreach · z undoes" in shown(app)
        await pilot.press("+")
        await pilot.pause()
        assert "Outreach 1: outreach" in shown(app)
        assert "undoes" not in shown(app)


async def test_why(three: Repository) -> None:
    """`W` shows every reason with its weight, and the sum."""
    app = inbox(three)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("W")
        await pilot.pause()
        text = shown(app)
        assert "Why · Outreach 1: outreach" in text
        assert "+3  They say they came across your profile" in text
        await pilot.press("escape")
        assert "Why ·" not in shown(app)


async def test_of_whom(three: Repository) -> None:
    """The palette asks of whom it holds: a sender, or everybody at the domain."""
    app = inbox(three)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "f", "ctrl+p", *"No outreach, of", "enter")
        await pilot.pause()
        assert "Whatever comes from @review.example" in shown(app)
        await pilot.press(*"comes from", "enter")
        await pilot.pause()
        assert three.index.counts()["screener"] == 0


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_was_left_out(three: Repository, size: tuple[int, int]) -> None:
    """The page says why, filters, and takes in what is outreach after all."""
    app = inbox(three)
    async with app.run_test(size=size) as pilot:
        await pilot.press("g", "o")
        await pilot.pause()
        assert "Left out   1" in shown(app)
        assert "It reads like a newsletter" in shown(app)
        await pilot.press("/", *"nobody", "enter")
        await pilot.pause()
        assert "Nothing has “nobody” in it." in shown(app)
        await pilot.press("escape", "+")
        await pilot.pause()
        assert "Nothing was left out." in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "About other 1" in shown(app)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_was_left_out_as_it_came(three: Repository, size: tuple[int, int]) -> None:
    """`Enter` shows the mail as it lies in its source, and `w` all of it."""
    app = inbox(three)
    async with app.run_test(size=size) as pilot:
        await pilot.press("g", "o")
        await pilot.pause()
        assert "Enter as it came" in shown(app)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "From: Other 1 <other1@other.example>" in shown(app)
        assert "Our newsletter." not in shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert "Our newsletter." in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Left out   1" in shown(app)


async def test_no_sources_yet(repository: Repository) -> None:
    """An empty page says how a source is added."""
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "s")
        await pilot.pause()
        assert "ringback sources add imap" in shown(app)


def with_folder(home: Path, folder: Path) -> dict[str, object]:
    """Let the configuration name a folder; return the setting."""
    (home / "ringback.toml").write_text(f'[sources.drop]\nkind = "folder"\npath = "{folder}"\n')
    return {"drop": {"kind": "folder", "path": str(folder)}}


async def test_f5_reads_the_sources(repository: Repository, home: Path, tmp_path: Path) -> None:
    """In a process of its own; what came is shown and summed up, and the page tells it with its failures."""
    folder = tmp_path / "drop"
    folder.mkdir()
    sources = with_folder(home, folder)
    repository.settings = repository.settings.__class__(sources=sources)
    app = inbox(repository, sources=sources)
    async with app.run_test(size=WIDE) as pilot:
        (folder / "box.mbox").write_bytes(in_mbox(mail("outreach"), mail("review"), mail("other")))
        (folder / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
        await pilot.press("f5")
        await until(pilot, lambda: "2 new" in shown(app))
        assert "1 to review (g f) · 1 left out (g o) · 1 not read (g s)" in shown(app)
        await until(pilot, lambda: "About outreach 1" in shown(app))
        await pilot.press("g", "s")
        await pilot.pause()
        assert "The archive is damaged" in shown(app)
        assert "cut.zip" in shown(app)


async def test_f5_stops_what_is_being_read(repository: Repository, home: Path, tmp_path: Path) -> None:
    """Pressed again it stops: what was read until then is there and summed up, and the next one has the rest."""
    folder = tmp_path / "drop"
    folder.mkdir()
    count = 6_000
    mails = (mail("outreach", number) for number in range(count))
    (folder / "box.mbox").write_bytes(in_mbox(*mails))
    sources = with_folder(home, folder)
    repository.settings = repository.settings.__class__(sources=sources)
    app = inbox(repository, sources=sources)
    async with app.run_test(size=WIDE) as pilot:
        screen = screen_of(app)
        await pilot.press("f5")
        await until(pilot, lambda: "reading" in shown(app))
        await pilot.press("f5")
        await until(pilot, lambda: not screen.puller.is_busy)
        await until(pilot, lambda: "stopped" in shown(app))
        assert '{"place"' not in shown(app)
        repository.refresh()
        taken = len(list(repository.documents.raw_items("messages")))
        assert 0 < taken < count
        await pilot.press("f5")
        await until(pilot, lambda: f"{count - taken} new" in shown(app))


@pytest.mark.parametrize("key", ["enter", "a"])
async def test_the_page_of_sources_reads_one_thing_at_a_time(
    repository: Repository, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """While something is read its keys begin nothing beside it, and it says so."""
    sources = with_folder(home, tmp_path)
    repository.settings = repository.settings.__class__(sources=sources)
    app = inbox(repository, sources=sources)
    async with app.run_test(size=WIDE) as pilot:
        monkeypatch.setattr(type(screen_of(app).puller), "is_busy", True)
        await pilot.press("g", "s", key)
        await pilot.pause()
        assert "Something is being read already." in shown(app)


async def test_what_no_reader_takes_is_asked_for_once(
    repository: Repository, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that stays new for whatever reason does not start one reading after another."""
    monkeypatch.setattr("tui.screens.inbox_pulling._LOOK_INTO_FOLDERS", 0.02)
    looks: list[int] = []

    def always_new(*given: object) -> list[tuple[str, str, str]]:
        looks.append(1)
        return [("drop", "stubborn", "the same")]

    monkeypatch.setattr("store.intake.watching.new_files", always_new)
    folder = tmp_path / "drop"
    folder.mkdir()
    sources = with_folder(home, folder)
    app = inbox(repository, sources=sources)
    pulled: list[object] = []
    async with app.run_test(size=WIDE) as pilot:
        monkeypatch.setattr(screen_of(app).puller, "pull", pulled.append)
        await until(pilot, lambda: len(looks) > 8)
        assert pulled == [["drop"]]


async def test_what_appears_in_a_folder_is_read(
    repository: Repository, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody presses a key: it is read once it has not changed for a while."""
    monkeypatch.setattr("tui.screens.inbox_pulling._LOOK_INTO_FOLDERS", 0.05)
    folder = tmp_path / "drop"
    folder.mkdir()
    sources = with_folder(home, folder)
    repository.settings = repository.settings.__class__(sources=sources)
    app = inbox(repository, sources=sources)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        (folder / "box.mbox").write_bytes(in_mbox(mail("outreach")))
        await until(pilot, lambda: "About outreach 1" in shown(app))
        screen = screen_of(app)
        await until(pilot, lambda: not screen.puller.is_busy)


@pytest.fixture
def hostile(home: Path, tmp_path: Path) -> None:
    """The attack in every field of a mail of each outcome, and in the name of a file that cannot be read."""
    folder = tmp_path / ATTACK.replace("/", "-")
    folder.mkdir()
    mails = [
        mail(kind, From=f'"{ATTACK}" <a@{kind}.example>', Subject=ATTACK)
        for kind in ("outreach", "review", "other")
    ]
    (folder / "box.mbox").write_bytes(in_mbox(*mails))
    (folder / f"{ATTACK.replace('/', '-')}.zip").write_bytes(b"PK\x03\x04 cut off")
    with Repository.open() as repository:
        pull(repository, Request(paths=[folder]))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("g", "f"), "Screener 1"),
        (("g", "o"), "Left out   1"),
        (("g", "s"), "Sources   1"),
        (("W",), "Why"),
    ],
    ids=["screener", "left out", "sources", "why"],
)
def test_no_page_passes_an_attack_on(hostile: None, keys: tuple[str, ...], words: str) -> None:
    """What the terminal gets holds nothing of a mail or a path that it would obey."""
    with terminal(RINGBACK, columns=120, lines=36) as running:
        running.wait_for("New")
        for key in keys:
            running.send(key)
        running.wait_for(words)
        drawn = running.raw
    assert b"\x1b]0;x" not in drawn
    assert b"\x1b[31m" not in drawn
    for character in ("\x9b", "\u202e", "\u2066"):
        assert character.encode() not in drawn


async def test_closing_the_screener_goes_back_to_the_inbox(repository: Repository) -> None:
    """It is no place at the top, so q leaves it and not the program; there the hint says quit."""
    app = inbox(repository)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("g", "f")
        assert "q back" in shown(app)
        await pilot.press("q")
        assert screen_of(app).view == "new"
        assert "q quit" in shown(app)
