"""Google Takeout, and other archives of mailboxes: read as a stream, never unpacked."""

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from store.sources.folders import folder_kind
from store.sources.loose import place_of, read_file
from store.sources.mbox import MOST_MESSAGE, Mailbox, read_mailbox
from store.sources.source import Item, Own, Progress, Skipped, Unreadable

MOST_MEMBERS = 2_000
MOST_RATIO = 100
_SMALL = 1024 * 1024
"""Bytes up to which a member may be packed as tightly as it likes."""
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)
_NO_MAIL = (
    "There is no mail in this archive. A Takeout with mail holds Takeout/Mail/…mbox; of one in several "
    "parts, pull each."
)


class ArchiveSource:
    """A zip or tar.gz with mailboxes (or single mails) in it."""

    def __init__(self, path: Path, *, named: bool) -> None:
        self._path = path
        self._named = named
        self.place = place_of(path)

    @property
    def size(self) -> int:
        """How many bytes its mail has, as far as the archive tells without reading it all."""
        try:
            with zipfile.ZipFile(self._path) as archive:
                return sum(member.file_size for member in archive.infolist() if _is_mail(member.filename))
        except _BROKEN:
            pass
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield the mail of its mailboxes, by name for a zip, in order for a tar."""
        known: set[str] = set()
        tally = _Tally(progress)
        try:
            for item in self._items(tally):
                if isinstance(item, Own):
                    if item.email in known:
                        continue
                    known.add(item.email)
                yield item
        except _BROKEN as error:
            yield Unreadable(self.place, f"The archive is damaged or cannot be read: {_words(error)}.")
            return
        if not tally.members:
            yield Unreadable(self.place, _NO_MAIL) if self._named else Skipped(self.place, "not mail")

    def _items(self, tally: "_Tally") -> Iterator[Item]:
        if zipfile.is_zipfile(self._path):
            yield from self._zipped(tally)
            return
        with self._path.open("rb") as stream:
            if stream.read(2) != b"\x1f\x8b":
                raise zipfile.BadZipFile("its end is missing; download it again")
        yield from self._tarred(tally)

    def _zipped(self, tally: "_Tally") -> Iterator[Item]:
        with zipfile.ZipFile(self._path) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                tally.members += 1
                yield Unreadable(
                    self.place,
                    f"The archive holds more than {MOST_MEMBERS} files. Unpack it and pull its Mail folder.",
                )
                return
            for member in sorted(members, key=lambda member: member.filename):
                if member.is_dir() or not _is_mail(member.filename):
                    continue
                tally.members += 1
                place = f"{self.place}: {place_of(Path(member.filename))}"
                problem = _refused(member)
                if problem:
                    yield Unreadable(place, problem)
                    continue
                try:
                    with archive.open(member) as stream:
                        yield from _read_member(stream, place, member.filename, tally)
                except _BROKEN as error:
                    yield Unreadable(place, f"It is damaged from here on: {_words(error)}.")
                tally.base += member.file_size

    def _tarred(self, tally: "_Tally") -> Iterator[Item]:
        with tarfile.open(self._path, mode="r|gz") as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.isfile() and _is_mail(member.name) else None
                if stream is None:
                    continue
                tally.members += 1
                place = f"{self.place}: {place_of(Path(member.name))}"
                yield from _read_member(stream, place, member.name, tally)
                tally.base += member.size


class _Tally:
    """How far reading has come, over several members."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.base = 0
        self.members = 0

    def progress(self, done: int) -> None:
        self._progress(self.base + done)


def _is_mail(name: str) -> bool:
    return name.lower().endswith((".mbox", ".eml")) and not PurePosixPath(name).name.startswith("._")


def _refused(member: zipfile.ZipInfo) -> str:
    """Say why a member is not touched, or nothing."""
    name = member.orig_filename
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name.split("/")[0][1:2]:
        return "Its name points outside the archive, so it was left alone."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "It is a link, so it was left alone."
    if member.file_size > _SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        return "It is packed more tightly than mail can be, so it was left alone."
    return ""


def _read_member(stream: IO[bytes], place: str, name: str, tally: _Tally) -> Iterator[Item]:
    path = PurePosixPath(name)
    kind = folder_kind(path.name)
    if path.suffix.lower() == ".mbox":
        yield from read_mailbox(stream, Mailbox(place, kind), tally.progress)
    else:
        sent = folder_kind(path.parent.name) == "sent"
        yield from read_file(stream.read(MOST_MESSAGE + 1), place, 0, sent=sent, named=False)


def _words(error: BaseException) -> str:
    text = str(error) if not isinstance(error, OSError) else error.strerror or str(error)
    return (text.strip().rstrip(".") or type(error).__name__)[:200]
