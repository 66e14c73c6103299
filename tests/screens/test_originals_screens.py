"""The pages of attachments and of raw headers: what they list, open, save, and say."""

import os
from pathlib import Path

import pytest

from inbox_support import NARROW, WIDE, fill, inbox, shown, text_of
from mails import a_mail, in_mbox
from originals_support import PDF, WORDS, take_in, with_files
from store.repository import Repository
from support import a_message
from tui.app import RingbackApp
from tui.screens.attachments import AttachmentsScreen
from tui.screens.headers import HeadersScreen
from tui.widgets.key_footer import KeyFooter
from tui.widgets.picker import Picker
from tui.widgets.text_lines import TextLines

MAIL = with_files(
    ("cv.pdf", "application/pdf", PDF),
    ("run.exe", "application/octet-stream", b"MZ"),
    subject="Staff Platform Engineer at Acme Robotics",
    date="Sun, 15 Nov 2026 09:30:00 +0000",
    x_long="word " * 60,
)


@pytest.fixture
def box(repository: Repository, tmp_path: Path) -> Path:
    """Have a mail with two files in a mailbox."""
    path = tmp_path / "box.mbox"
    path.write_bytes(in_mbox(MAIL))
    take_in(repository, path)
    return path


async def test_where_mails_lie_cannot_be_read(repository: Repository, box: Path) -> None:
    """Both pages say so, and the inbox goes on."""
    repository.state_folder.intake.unlink()
    repository.state_folder.intake.mkdir()
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("V")
        await pilot.pause()
        assert "unable to open database file" in " ".join(shown(app).replace("│", " ").split())
        await pilot.press("s", "enter", "h")
        await pilot.pause()
        assert isinstance(app.screen, HeadersScreen)
        assert "unable to open database file" in " ".join(shown(app).split())


@pytest.fixture
def opened_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a desktop whose program copies what it is given; return the folder of the copies."""
    folder = tmp_path / "opened by the desktop"
    folder.mkdir()
    program = tmp_path / "xdg-open"
    program.write_text(f'#!/bin/sh\n/bin/cp "$1" "{folder}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    return folder


def said(app: RingbackApp) -> str:
    """Return what the bottom line of the page, or a note above it, says."""
    notes = [str(note.message) for note in app._notifications]
    return "\n".join([app.screen.query_one(KeyFooter).sentence, *notes])


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_files_are_listed_in_the_reader_and_on_their_page(
    repository: Repository, box: Path, size: tuple[int, int]
) -> None:
    """The reader tells name, kind and size; V lists them, with where they lie and what is not opened."""
    app = inbox(repository)
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "attached: cv.pdf · application/pdf · 285 bytes" in shown(app)
        await pilot.press("V")
        await pilot.pause()
        assert isinstance(app.screen, AttachmentsScreen)
        assert "2 attachments · Dana Whitfield" in shown(app)
        assert "Its mail lies in" in shown(app)
        assert "Not opened" not in shown(app)
        await pilot.press("j")
        await pilot.pause()
        assert "Not opened: files that end in .exe" in " ".join(shown(app).split())
        await pilot.press("escape")
        await pilot.pause()
        assert "2 attachments" not in shown(app)


async def test_enter_opens_what_is_harmless(repository: Repository, box: Path, opened_files: Path) -> None:
    """The desktop's program gets the document; a program is refused before anything is read."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("V", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Opened cv.pdf" in said(app)
        assert (opened_files / "cv.pdf").read_bytes() == PDF
        await pilot.press("j", "enter")
        await app.workers.wait_for_complete()
        assert "Not opened: files that end in .exe" in said(app)
        assert [path.name for path in opened_files.iterdir()] == ["cv.pdf"]


async def test_the_next_start_removes_what_was_opened(
    repository: Repository, box: Path, opened_files: Path
) -> None:
    """A day later the inbox clears away what it wrote for the desktop's program."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("V", "enter")
        await app.workers.wait_for_complete()
        (folder,) = repository.state_folder.opened.iterdir()
        os.utime(folder, (repository.now() / 1000 - 90_000,) * 2)
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert not folder.exists()


async def test_without_a_window_nothing_is_opened(repository: Repository, box: Path) -> None:
    """A program in the terminal would draw over the inbox: saving is offered instead."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("V", "enter")
        assert "save it instead" in said(app)


async def test_s_saves_into_a_folder(repository: Repository, box: Path, home: Path, tmp_path: Path) -> None:
    """Enter alone means the folder of downloads; a folder that is not there keeps the question open."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("V", "j", "s")
        await pilot.pause()
        assert f"Enter saves it in {home}/Downloads" in shown(app)
        assert not (home / "Downloads").exists()
        await pilot.press("x", "enter")
        await pilot.pause()
        assert f"There is no folder {home}/Downloadsx." in shown(app)
        await pilot.press("backspace", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert (home / "Downloads" / "run.exe").read_bytes() == b"MZ"
        assert f"Saved as {home}/Downloads/run.exe" in said(app)


async def test_a_mail_that_cannot_be_reached(repository: Repository, box: Path) -> None:
    """The place and the next step are said, on either page; nothing is written."""
    box.unlink()
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("V", "s", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert f"{box}, which is not there any more" in said(app)
        await pilot.press("h")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, HeadersScreen)
        assert "which is not there any more" in " ".join(shown(app).split())
        assert "pull it again from its new place" in " ".join(shown(app).split())


async def test_raw_headers(repository: Repository, box: Path) -> None:
    """Lines stand as they came, long ones broken; w shows the whole mail, and the headers again."""
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+p", *"raw headers", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, HeadersScreen)
        lines = text_of(app.screen.query_one(".lines", TextLines))
        assert lines[0] == "From: Dana Whitfield <dana@northgate.example>"
        assert sum(line.startswith(("x-long", "word", "ord", "rd", "d ")) for line in lines) == 4
        assert f"Raw headers · {box}" in shown(app)
        assert "w whole mail" in shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert "w headers" in shown(app)
        assert "The whole mail" in shown(app)
        assert "The description is attached." in shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert "The description is attached." not in shown(app)


async def test_the_mail_is_chosen_where_there_are_several(
    repository: Repository, box: Path, tmp_path: Path
) -> None:
    """A picker lists them, the newest first."""
    later = a_mail(
        message_id="<m2@x.example>",
        in_reply_to="<m1@northgate.example>",
        subject="Any thoughts?",
        date="Mon, 16 Nov 2026 07:30:00 +0000",
    )
    (tmp_path / "later.eml").write_bytes(later)
    take_in(repository, tmp_path / "later.eml")
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+p", *"raw headers", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Picker)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "<m2@x.example>" in shown(app)


async def test_a_mail_that_is_long_is_cut(repository: Repository, tmp_path: Path) -> None:
    """A screen shows the beginning of megabytes, and says how to have all."""
    path = tmp_path / "long.eml"
    path.write_bytes(a_mail(WORDS + "x" * 300_000, date="Sun, 15 Nov 2026 09:30:00 +0000"))
    take_in(repository, path)
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+p", *"raw headers", "enter")
        await app.workers.wait_for_complete()
        await pilot.press("w", "G")
        await pilot.pause()
        assert "ringback headers writes all" in shown(app)


async def test_nothing_came_with_it(repository: Repository) -> None:
    """What was typed in has no files and no headers, and both pages say so."""
    fill(repository, a_message())
    app = inbox(repository)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("V")
        await pilot.pause()
        assert "No file came with it." in shown(app)
        await pilot.press("enter", "s", "h")
        await pilot.pause()
        assert isinstance(app.screen, AttachmentsScreen)
        await pilot.press("escape", "ctrl+p", *"raw headers", "enter")
        await pilot.pause()
        assert "It was written or pasted in here" in shown(app)
