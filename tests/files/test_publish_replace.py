"""Replacing the published file: whole, durable, and no version lost that another program wrote."""

import errno
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fault_support import DONE, a_state, calls_of, end_of, start_child
from store.errors import NotPublishedError
from store.file import disk, publish
from store.file.journal import Position
from store.file.publish import ChangedError, Published, Signature, leftovers, replace, signature


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Name a data file in a folder of its own."""
    folder = tmp_path / "synced"
    folder.mkdir()
    return folder / "ringback.json"


def first(path: Path, data: bytes = b"first") -> Signature:
    """Publish for the first time."""
    return replace(path, [data], None).signature


def names_in(folder: Path) -> list[str]:
    """List a folder."""
    return sorted(path.name for path in folder.iterdir())


def write_elsewhere(path: Path, data: bytes) -> None:
    """Put another version in place, as a syncer does."""
    temporary = path.with_name(".syncthing.part")
    temporary.write_bytes(data)
    temporary.replace(path)


def before(call: Callable[..., Any], act: Callable[[], object]) -> Callable[..., Any]:
    """Return a call that lets something happen just before it."""

    def wrapped(*arguments: Any, **options: Any) -> Any:
        act()
        return call(*arguments, **options)

    return wrapped


def no_exchange(one: Path, other: Path) -> bool:
    """Stand in for a file system that cannot exchange."""
    return False


def test_a_file_is_made_and_replaced(file: Path) -> None:
    """The bytes arrive whole, nothing else stays in the folder, and the signature is the file's."""
    made = first(file)
    assert made == signature(file)
    replaced = replace(file, [b"one ", memoryview(b"two "), bytearray(b"three")], made)
    assert file.read_bytes() == b"one two three"
    assert replaced == (signature(file), None)
    assert names_in(file.parent) == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600


def test_many_chunks_arrive_in_order(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More chunks than a call takes, and calls that write only a part, give the same bytes."""
    chunks = [b"%d," % number for number in range(5_000)]
    writev = os.writev
    monkeypatch.setattr(os, "writev", lambda descriptor, batch: writev(descriptor, batch[:7]))
    replace(file, iter(chunks), None)
    assert file.read_bytes() == b"".join(chunks)


def test_the_order_survives_a_loss_of_power(file: Path) -> None:
    """The bytes are on the disk before they get the name, and the name before the old bytes go."""
    made = first(file)
    calls = calls_of(lambda: replace(file, [b"second"], made))
    assert [name for name in calls if name not in ("open", "close")] == [
        "writev", "fsync", "exchange", "fsync", "unlink",
    ]  # fmt: skip
    file.unlink()
    calls = calls_of(lambda: first(file))
    assert [name for name in calls if name not in ("open", "close")] == [
        "writev", "fsync", "link", "fsync", "unlink",
    ]  # fmt: skip


def test_another_version_is_not_replaced(file: Path) -> None:
    """What is there and was not merged stays: a changed file, a new one, and one that vanished."""
    made = first(file)
    write_elsewhere(file, b"theirs")
    for expected in (made, None):
        with pytest.raises(ChangedError):
            replace(file, [b"ours"], expected)
    assert file.read_bytes() == b"theirs"
    file.unlink()
    with pytest.raises(ChangedError):
        replace(file, [b"ours"], made)
    assert names_in(file.parent) == []


def test_a_version_that_came_at_the_last_moment_is_handed_back(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replaced between the look and the exchange, their version comes out and is kept."""
    made = first(file)
    monkeypatch.setattr(disk, "exchange", before(disk.exchange, lambda: write_elsewhere(file, b"theirs")))
    replaced = replace(file, [b"ours"], made)
    assert file.read_bytes() == b"ours"
    assert replaced.displaced is not None
    assert replaced.displaced.read_bytes() == b"theirs"
    assert leftovers(file) == [replaced.displaced]


def test_a_file_written_in_place_at_the_last_moment_is_handed_back(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that writes into the file, without replacing it, is seen too."""
    made = first(file)
    monkeypatch.setattr(disk, "exchange", before(disk.exchange, lambda: file.write_bytes(b"theirs")))
    replaced = replace(file, [b"ours"], made)
    assert replaced.displaced is not None
    assert replaced.displaced.read_bytes() == b"theirs"


def test_a_version_that_came_out_stays_when_the_folder_fails(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error after the exchange does not take their version along: it is found as a leftover."""
    made = first(file)

    def fail(folder: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(disk, "exchange", before(disk.exchange, lambda: write_elsewhere(file, b"theirs")))
    monkeypatch.setattr(disk, "sync_folder", fail)
    with pytest.raises(NotPublishedError):
        replace(file, [b"ours"], made)
    assert [path.read_bytes() for path in leftovers(file)] == [b"theirs"]


def test_a_file_that_vanished_at_the_last_moment(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone when the names are exchanged has changed; nothing is made in its place."""
    made = first(file)
    monkeypatch.setattr(disk, "exchange", before(disk.exchange, file.unlink))
    with pytest.raises(ChangedError):
        replace(file, [b"ours"], made)
    assert names_in(file.parent) == []


def test_a_first_save_takes_nobodys_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that appears just before the first save stays, with and without hard links."""
    link = os.link
    monkeypatch.setattr(os, "link", before(link, lambda: file.write_bytes(b"theirs")))
    with pytest.raises(ChangedError):
        first(file)

    def no_links(source: Path, target: Path) -> None:
        file.write_bytes(b"theirs")
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    file.unlink()
    monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(ChangedError):
        first(file)
    assert file.read_bytes() == b"theirs"
    assert names_in(file.parent) == [file.name]


def test_a_first_save_without_hard_links(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick that knows no hard links still gets its file."""

    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(os, "link", no_links)
    assert first(file) == signature(file)
    assert names_in(file.parent) == [file.name]


def test_replacing_without_exchange(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where names cannot be exchanged, the file is looked at once more and then replaced."""
    made = first(file)
    monkeypatch.setattr(disk, "exchange", no_exchange)
    replaced = replace(file, [b"second"], made)
    assert (file.read_bytes(), replaced) == (b"second", (signature(file), None))

    def late(one: Path, other: Path) -> bool:
        write_elsewhere(file, b"theirs")
        return False

    monkeypatch.setattr(disk, "exchange", late)
    with pytest.raises(ChangedError):
        replace(file, [b"third"], replaced.signature)
    assert file.read_bytes() == b"theirs"
    assert names_in(file.parent) == [file.name]


def test_a_symlink_stays_one(file: Path, tmp_path: Path) -> None:
    """The file behind a link is replaced where it lies; leftovers are looked for there."""
    link = tmp_path / "link.json"
    link.symlink_to(file)
    made = first(link)
    replace(link, [b"second"], made)
    assert link.is_symlink()
    assert file.read_bytes() == b"second"
    assert not file.is_symlink()
    left = file.with_name(".~ringback.0123456789abcdef.tmp")
    left.write_bytes(b"left")
    assert leftovers(link) == [left]


@pytest.mark.parametrize("code", [errno.EBUSY, errno.EXDEV])
@pytest.mark.parametrize("data", [b"second, and longer", b"2"])
def test_a_mounted_file_is_written_in_place(
    file: Path, monkeypatch: pytest.MonkeyPatch, code: int, data: bytes
) -> None:
    """A single file that is mounted in its place keeps its inode and gets the bytes."""
    made = first(file)

    def fixed(one: Path, other: Path) -> bool:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(disk, "exchange", fixed)
    replaced = replace(file, [data], made)
    assert file.read_bytes() == data
    assert (replaced.signature, replaced.displaced) == (signature(file), None)
    assert replaced.signature.inode == made.inode
    assert names_in(file.parent) == [file.name]


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="this system cannot reserve space")
def test_a_mounted_file_is_not_begun_without_space(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Space for a longer file is taken before the first byte is overwritten."""
    made = first(file)

    def fixed(one: Path, other: Path) -> bool:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    def full(descriptor: int, offset: int, length: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, "exchange", fixed)
    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(NotPublishedError, match="No space left"):
        replace(file, [b"second, and longer"], made)
    assert file.read_bytes() == b"first"
    assert names_in(file.parent) == [file.name]


def test_leftovers_are_only_ours(file: Path) -> None:
    """Temporaries of other programs, and of other data files, are left alone."""
    ours = file.with_name(".~ringback.00112233445566ff.tmp")
    names = (
        ".~ringback.00112233445566FF.tmp", ".~ringback.0011.tmp", ".~other.00112233445566ff.tmp", "a.tmp",
        ".~ringback.00112233445566ff", ".syncthing.ringback.json.tmp", "~$ringback.json",
    )  # fmt: skip
    for path in (ours, *(file.with_name(name) for name in names)):
        path.touch()
    assert leftovers(file) == [ours]
    assert leftovers(file.parent / "missing" / "ringback.json") == []


def test_a_missing_folder_is_said(file: Path) -> None:
    """No folder is made for the published file: it may be a disk that is not mounted."""
    with pytest.raises(NotPublishedError, match="could not be written") as caught:
        first(file.parent / "missing" / "ringback.json")
    assert "do not repeat" in caught.value.hint
    assert not (file.parent / "missing").exists()


def test_a_full_disk_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real error of a full device gives a sentence with path and reason, and what to do."""
    made = first(file)
    create = disk.create

    def full(path: Path) -> int:
        os.close(create(path))
        return os.open("/dev/full", os.O_RDWR)

    monkeypatch.setattr(disk, "create", full)
    with pytest.raises(NotPublishedError) as caught:
        replace(file, [b"second"], made)
    assert str(file) in caught.value.sentence
    assert "No space left" in caught.value.sentence
    assert "Free some space" in caught.value.hint
    assert file.read_bytes() == b"first"


def test_a_folder_without_permission_is_said(file: Path) -> None:
    """A folder that may not be written to leaves the old file as it was."""
    made = first(file)
    file.parent.chmod(0o500)
    try:
        if os.access(file.parent, os.W_OK):
            pytest.skip("root is denied nothing")
        with pytest.raises(NotPublishedError, match="Permission denied"):
            replace(file, [b"second"], made)
        assert file.read_bytes() == b"first"
    finally:
        file.parent.chmod(0o700)


def test_what_was_published_is_noted(tmp_path: Path) -> None:
    """The note comes back as it was; a missing or damaged one is none."""
    state = a_state(tmp_path)
    assert publish.read_published(state) is None
    note = Published(Signature(1, 2, 3, 2**40), Position("ab", 2, 77, 5))
    publish.write_published(state, note)
    assert publish.read_published(state) == note
    state.published.write_bytes(b"{}")
    assert publish.read_published(state) is None


def test_no_version_of_a_racing_program_is_lost(file: Path) -> None:
    """Beside a program that replaces the file all the time, each of its versions is seen by us."""
    count = 150
    first(file)

    def race() -> None:
        for number in range(count):
            write_elsewhere(file, b"theirs %d" % number)
            mine = file.stat().st_ino
            while number < count - 1 and signature(file) is not None and file.stat().st_ino == mine:
                pass

    child = start_child(race)
    seen: set[bytes] = set()
    ours = 0
    dice = random.Random(7)
    end = time.monotonic() + 60
    while b"theirs %d" % (count - 1) not in seen and time.monotonic() < end:
        here, data = signature(file), file.read_bytes()
        if here is None or signature(file) != here:
            continue
        for _ in range(dice.randrange(300)):
            pass
        try:
            replaced = replace(file, [b"ours %d" % ours], here)
        except ChangedError:
            continue
        ours += 1
        seen.add(data)
        if replaced.displaced is not None:
            seen.add(replaced.displaced.read_bytes())
            replaced.displaced.unlink()
    assert end_of(child) == DONE
    assert {b"theirs %d" % number for number in range(count)} <= seen
