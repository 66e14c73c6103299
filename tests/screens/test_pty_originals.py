"""A hostile mail in a real pty: names of files, raw headers and where it lies stay text."""

from pathlib import Path

import pytest

from mails import in_mbox
from originals_support import take_in, with_files
from pty_support import RINGBACK, terminal
from store.repository import Repository

ATTACK = "owned\x1b[31m\x1b]0;x\x07\x9b31m\u202egpj.exe\u2066[/b][@click=app.quit]x[/]"

SHOWN = ("2 attachments", "X-Raw")
"""What tells that the page before the last has come, so that no key is sent to the one before it."""


@pytest.fixture
def hostile(home: Path, tmp_path: Path) -> None:
    """A mail with the attack in its headers, in the name of a file, and in the path of its mailbox."""
    raw = with_files(
        (ATTACK, f"application/{ATTACK}", b"MZ\x1b[31m"), ("cv.pdf", "application/pdf", b"%PDF-")
    )
    head = f"X-Attack: {ATTACK}\n".encode() + b"X-Raw: \x9b31m\x1b]0;x\x07\x85 end\n"
    folder = tmp_path / ATTACK.replace("/", "-")
    folder.mkdir()
    (folder / "box.mbox").write_bytes(in_mbox(head + raw))
    with Repository.open() as repository:
        take_in(repository, folder / "box.mbox")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("V",), "2 attachments"),
        (("V", "\r"), "Not opened"),
        (("V", "s"), "Enter saves it in"),
        (("V", "h"), "X-Raw"),
        (("V", "h", "w"), "The whole mail"),
    ],
    ids=lambda value: "".join(value).strip() if isinstance(value, tuple) else "",
)
def test_no_page_passes_an_attack_on(hostile: None, keys: tuple[str, ...], words: str) -> None:
    """What the terminal gets holds nothing of the mail that it would obey."""
    with terminal(RINGBACK, columns=120, lines=36) as running:
        running.wait_for("Dana Whitfield")
        for key, shown in zip(keys, (*SHOWN[: len(keys) - 1], words), strict=True):
            running.send(key)
            running.wait_for(shown)
        running.send("\x1b")
        running.wait_until(lambda text: words not in text, "the place before")
        drawn = running.raw
    assert b"\x1b]0;x" not in drawn
    assert b"\x1b[31m" not in drawn
    for character in ("\x9b", "\u202e", "\u2066"):
        assert character.encode() not in drawn
