"""Mail that several processes read gives what one process gives, from every container of mails.

They are compared in a process of its own, as more are started only where there are no threads yet.
"""

import pickle
import random
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from mails import a_mail, in_mbox, messages, read_message, read_path
from store.ids import document_id
from store.rules.belonging import kinship_of
from store.sources.appraising import Prepared
from store.sources.crew import ENOUGH
from store.sources.quoting import Split, split
from store.sources.source import Original, Unreadable, pack_items, unpack_items

TESTS = Path(__file__).parents[1]
COUNT = 300
SCRIPT = """
import concurrent.futures, os, sys
from pathlib import Path
from store.sources import crew, identify

def read():
    return [item for source in identify(Path(sys.argv[1])) for item in source.read(lambda done: None)]

started = []
class Counted(concurrent.futures.ProcessPoolExecutor):
    def __init__(self, *words, **more):
        started.append(1)
        super().__init__(*words, **more)
concurrent.futures.ProcessPoolExecutor = Counted

together = read()
assert len(started) == (os.cpu_count() > 1), started
crew.ENOUGH = sys.maxsize
alone = read()
assert len(started) == (os.cpu_count() > 1), started
kinds = [type(item).__name__ for item in alone]
assert (kinds.count("Prepared"), kinds.count("Original")) == (int(sys.argv[2]), int(sys.argv[2])), kinds[:9]
assert together == alone
"""


def mails() -> list[bytes]:
    """Return mails that are enough to start processes for, and hard to pack."""
    chance = random.Random(1)
    return [
        a_mail(
            f"A role in Lisbon: {chance.randbytes(ENOUGH // COUNT).hex(' ', 4)}\n\n{number}",
            message_id=f"<{number}@northgate.example>",
        )
        for number in range(COUNT)
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


def test_what_goes_between_processes_arrives_whole() -> None:
    """The message, its id, by what it finds its kin, and where it lies."""
    (message,) = messages([read_message(mails()[0], "x", fallback_at=0)])
    original = Original(message.k, "/mail/all.mbox", offset=7, length=70)
    sent, place = arrived = unpack_items(pack_items([message, original]))
    assert isinstance(sent, Prepared)
    assert sent.message == message
    assert (sent.kinship, sent.id) == (kinship_of(message), document_id(message.k))
    assert (sent.sender, sent.signals) == (message.sender, message.signals)
    assert place == original
    assert unpack_items(pickle.loads(pickle.dumps(pack_items(arrived)))) == arrived


def test_a_name_that_is_no_text_arrives_whole() -> None:
    """Names of files may hold any bytes."""
    (message,) = messages([read_message(mails()[0], "x", fallback_at=0)])
    original = Original(message.k, "/mail/a\udce9.mbox")
    sent, place = unpack_items(pickle.loads(pickle.dumps(pack_items([message, original]))))
    assert isinstance(sent, Prepared)
    assert sent.message == message
    assert place == original


def pack_up(folder: Path, container: str) -> Path:
    """Put the files of a folder into an archive; return its path."""
    files = sorted(folder.iterdir())
    if container == "zip":
        with zipfile.ZipFile(folder / "all.zip", "w") as archive:
            for file in files:
                archive.write(file, file.name)
        return folder / "all.zip"
    with tarfile.open(folder / "all.tgz", "w:gz") as archive:
        for file in files:
            archive.add(file, file.name)
    return folder / "all.tgz"


@pytest.mark.parametrize("container", ["mbox", "maildir", "loose", "zip", "tgz"])
def test_a_mail_that_breaks_its_reader_is_the_only_one_missed(
    container: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told with its place, and what stands behind it is read."""
    folder = tmp_path / "mail"
    folder.mkdir()
    write(folder, container)
    path = pack_up(folder, container) if container in ("zip", "tgz") else folder

    def broken(text: str) -> Split:
        if text.rstrip().endswith("\n\n7"):
            raise ZeroDivisionError("division by zero")
        return split(text)

    monkeypatch.setattr("store.sources.mime.split", broken)
    items = read_path(path)
    (failure,) = [item for item in items if isinstance(item, Unreadable)]
    assert str(folder) in failure.place
    assert failure.place not in (str(folder), str(path))
    assert "ZeroDivisionError: division by zero" in failure.reason
    assert len(messages(items)) == COUNT - 1
