"""What another machine wrote, in a real pty: hostile values, names of machines and of files stay text."""

import os
import shutil
from pathlib import Path

import pytest

from inbox_support import fill
from pty_support import RINGBACK, terminal
from store import verbs
from store.joining import merge_files
from store.repository import Repository
from support import a_contact, a_message

ATTACK = "owned\x1b[31m\x1b]0;x\x07\x9b31m\u202egpj.exe\u2066[/b][@click=app.quit]x[/]"


@pytest.fixture
def hostile(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data file in which a value of another machine, whose name is an attack too, met one of this one."""
    sender = a_contact(ATTACK, email="e@x.example", firm=ATTACK)
    message = a_message(ATTACK, sender=sender, role=ATTACK, company=ATTACK, body=ATTACK)
    with Repository.open() as repository:
        fill(repository, message)
    copy = Path(shutil.copy(repository.path, tmp_path / "copy.json"))
    with monkeypatch.context() as there:
        there.setenv("RINGBACK_STATE", str(tmp_path / "there"))
        there.setattr("store.repository.host", lambda: ATTACK)
        with Repository.open(copy) as other:
            other.transact("Edit", lambda t: verbs.edit(t, list(other.index.rows), pay=f"there {ATTACK}"))
            other.transact("Label", lambda t: verbs.label(t, list(other.index.rows), ATTACK))
    with Repository.open() as repository:
        repository.transact(
            "Edit", lambda t: verbs.edit(t, list(repository.index.rows), pay=f"here {ATTACK}")
        )
        merge_files(repository, [copy])
    assert os.environ["RINGBACK_STATE"] != str(tmp_path / "there")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("g", "x"), "shown now"),
        (("g", "x", "1"), "No edits met."),
        (("g", "e"), "merged"),
        (("g", "x", "?"), "Keys of this place"),
    ],
    ids=lambda value: "".join(value) if isinstance(value, tuple) else "",
)
def test_no_place_passes_an_attack_on(hostile: None, keys: tuple[str, ...], words: str) -> None:
    """What the terminal gets holds nothing from another machine that it would obey."""
    with terminal(RINGBACK, columns=120, lines=36) as running:
        running.wait_for("1 edit met")
        for key in keys:
            running.send(key)
        running.wait_for(words)
        running.send("\x1b")
        running.wait_until(lambda text: words not in text, "the place before")
        drawn = running.raw
    assert b"\x1b]0;x" not in drawn
    assert b"\x1b[31m" not in drawn
    for character in ("\x9b", "\u202e", "\u2066"):
        assert character.encode() not in drawn
