"""Mail that several processes read gives what one process gives, from every container of mails.

Each case runs in a process of its own, as processes are started only where there are no threads yet.
"""

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mails import a_mail, in_mbox, messages, read_path
from store.records.message import Message
from store.sources.crew import ENOUGH
from store.sources.mime import Mail
from store.sources.source import Skipped, Unreadable

TESTS = Path(__file__).parents[1]
COUNT = 300
SCRIPT = """
import os, sys
from pathlib import Path
from typing import Any
from mails import read_path
from store.sources import crew

together = read_path(Path(sys.argv[1]))
assert crew.ENOUGH < sum(path.stat().st_size for path in Path(sys.argv[1]).rglob("*") if path.is_file())
crew.ENOUGH = sys.maxsize
assert together == read_path(Path(sys.argv[1]))
assert sum(type(item).__name__ == "Message" for item in together) == int(sys.argv[2])
assert sum(type(item).__name__ == "Original" for item in together) == int(sys.argv[2])
"""


def mails() -> list[bytes]:
    """Return mails that are enough to start processes for."""
    words = "Hello Robin, a role in Lisbon. " * (ENOUGH // COUNT // 20)
    return [
        a_mail(f"{words}\n\n{number}", message_id=f"<{number}@northgate.example>") for number in range(COUNT)
    ]


def write(folder: Path, container: str) -> None:
    """Write the mails as one file, or as a file each."""
    if container == "mbox":
        (folder / "all.mbox").write_bytes(in_mbox(*mails()))
        return
    inner = folder / "cur" if container == "maildir" else folder
    for each in {inner, *((folder / "new", folder / "tmp") if container == "maildir" else ())}:
        each.mkdir(exist_ok=True)
    for number, mail in enumerate(mails()):
        name = f"{1_700_000_000 + number}.x:2,S" if container == "maildir" else f"{number:04}.eml"
        (inner / name).write_bytes(mail)


@pytest.mark.parametrize("container", ["mbox", "maildir", "loose"])
def test_several_processes_read_what_one_reads(container: str, tmp_path: Path) -> None:
    """Every message with its place, in the same order, from a mailbox, a Maildir and a folder of mails."""
    folder = tmp_path / "mail"
    folder.mkdir()
    write(folder, container)
    subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), str(COUNT)],
        check=True,
        timeout=60,
        env={"PYTHONPATH": f"{TESTS.parent}:{TESTS}"},
    )


@pytest.mark.parametrize("container", ["mbox", "maildir", "loose"])
def test_a_mail_that_breaks_its_reader_is_the_only_one_missed(
    container: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told with its place, and what stands behind it is read."""
    folder = tmp_path / "mail"
    folder.mkdir()
    write(folder, container)
    module = importlib.import_module(f"store.sources.{container}")
    read = module.read_mail

    def broken(mail: Mail, *words: Any, **more: Any) -> Message | Unreadable | Skipped:
        if b"\n\n7\n" in mail.raw + b"\n":
            raise ZeroDivisionError("division by zero")
        found: Message | Unreadable | Skipped = read(mail, *words, **more)
        return found

    monkeypatch.setattr(module, "read_mail", broken)
    items = read_path(folder)
    (failure,) = [item for item in items if isinstance(item, Unreadable)]
    assert str(folder) in failure.place
    assert failure.place != str(folder)
    assert "ZeroDivisionError: division by zero" in failure.reason
    assert len(messages(items)) == COUNT - 1
