"""Archives: Google Takeout, LinkedIn's export and others, read as a stream and never unpacked to the disk."""

import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path, PurePosixPath

from store.sources.claims import claim
from store.sources.containing import contained
from store.sources.dates import usable
from store.sources.entries import Entry, bytes_entry, guarded, refused, zip_entry
from store.sources.folders import folder_kind
from store.sources.loose import SNIFFED, File, read_file, shape_of
from store.sources.mbox import Mailbox, read_mailbox
from store.sources.mbox_pieces import MOST_MESSAGE
from store.sources.source import Item, Progress, Skipped, Unreadable, once
from store.sources.text import place_of
from store.sources.unpacking import (
    MOST_MEMBERS,
    DamagedError,
    Readable,
    TarMember,
    TooManyError,
    gunzip,
    open_zip,
    tar_members,
    unpacking,
)

_READ = (".mbox", ".eml", ".csv", ".html", ".htm", ".vcf", ".xml", ".ics", ".txt", ".zip")
"""Endings of what may hold messages."""
_MAIL = (".mbox", ".eml")
_TOO_MANY = f"The archive holds more than {MOST_MEMBERS} files. Unpack it and pull the folder."
_TOO_LONG = "It is longer than 64 MB. Unpack the archive and pull the file."
_NOTHING = (
    "There are no messages in this archive. A Takeout with mail holds Takeout/Mail/…mbox; of one in several "
    "parts, pull each."
)


class ArchiveSource:
    """A zip, which may hold another one, a tar.gz, or a mailbox that is packed alone."""

    def __init__(self, path: Path, *, named: bool) -> None:
        self._path = path
        self._named = named
        self.place = place_of(path)

    @property
    def size(self) -> int:
        """How many bytes are to be read, as far as the archive tells without reading it all."""
        try:
            with open_zip(self._path) as archive, unpacking():
                return sum(member.file_size for member in archive.infolist() if _is_read(member.filename))
        except DamagedError:
            pass
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield the messages of its members, by name for a zip, in order for a tar."""
        tally = _Tally(progress)
        try:
            yield from once(self._items(tally))
        except (DamagedError, OSError) as error:
            yield Unreadable(self.place, _why(error))
            return
        if not tally.members:
            yield Unreadable(self.place, _NOTHING) if self._named else Skipped(self.place, "not mail")

    def _items(self, tally: "_Tally") -> Iterator[Item]:
        tally.modified = self._path.stat().st_mtime_ns // 1_000_000
        if zipfile.is_zipfile(self._path):
            with open_zip(self._path) as archive:
                yield from self._zipped(archive, self.place, tally)
            return
        with self._path.open("rb") as stream:
            if stream.read(2) != b"\x1f\x8b":
                raise DamagedError("its end is missing")
        with gunzip(self._path) as unpacked:
            shape = shape_of(unpacked.read(SNIFFED))
        is_mail = shape in ("mbox", "mail", "emlx")
        yield from self._packed(shape, tally) if is_mail else self._tarred(tally)

    def _packed(self, shape: str, tally: "_Tally") -> Iterator[Item]:
        """Yield the mailbox, or the mail, that is all that was packed; it is not looked for again there."""
        tally.members += 1
        ending = ".mbox" if shape == "mbox" else ".eml"
        entry = Entry(self._path.stem.removesuffix(ending) + ending, self.place, lambda: gunzip(self._path))
        yield from guarded(self.place, _read_mail(entry, tally))

    def _zipped(
        self, archive: zipfile.ZipFile, place: str, tally: "_Tally", inside: str = ""
    ) -> Iterator[Item]:
        """Yield what a zip holds; `place` names it. Inside another one it has a name, `inside`."""
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MOST_MEMBERS:  # its end told fewer
            tally.members += 1
            yield Unreadable(place, _TOO_MANY)
            return
        entries: list[Entry] = []
        for member in sorted(members, key=lambda member: member.filename):
            if not _is_read(member.filename):
                continue
            entry = zip_entry(archive, member, place, str(self._path.absolute()), inside=inside)
            if problem := refused(member):
                tally.members += 1
                yield Unreadable(entry.place, problem)
            else:
                entries.append(entry)
        claimed = claim(entries)
        for source in claimed.sources:
            tally.members += 1
            yield from source.read(tally.progress)
            tally.base += source.size
        for entry in claimed.left:
            if entry.ending == ".zip":
                yield from self._inner(archive, entry, inside, tally)
            elif entry.ending in _MAIL:
                tally.members += 1
                yield from guarded(entry.place, _read_mail(entry, tally))
                tally.base += entry.size

    def _inner(self, archive: zipfile.ZipFile, entry: Entry, inside: str, tally: "_Tally") -> Iterator[Item]:
        """Yield what a zip in the zip holds; one that lies in that one is left alone."""
        if inside:
            yield Skipped(entry.place, "a zip in a zip in a zip")
            return
        try:
            with unpacking():
                inner = open_zip(archive.open(entry.member))
        except DamagedError as error:
            tally.members += 1
            yield Unreadable(entry.place, _why(error))
            return
        with inner:
            yield from self._zipped(inner, entry.place, tally, entry.member)

    def _tarred(self, tally: "_Tally") -> Iterator[Item]:
        for number, member in enumerate(tar_members(self._path)):
            if number >= MOST_MEMBERS:
                tally.members += 1
                yield Unreadable(self.place, _TOO_MANY)
                return
            if member.stream is None or not _is_read(member.name):
                continue
            place = f"{self.place}: {place_of(Path(member.name))}"
            try:
                yield from self._tar_member(member, member.stream, place, tally)
            except DamagedError as error:
                tally.members += 1
                yield Unreadable(place, f"It is damaged from here on: {error}.")
                return
            tally.base += member.size

    def _tar_member(self, member: TarMember, stream: Readable, place: str, tally: "_Tally") -> Iterator[Item]:
        at, path = member.modified, str(self._path.absolute())
        if PurePosixPath(member.name).suffix.lower() in _MAIL:
            tally.members += 1
            entry = Entry(
                member.name,
                place,
                lambda: nullcontext(stream),
                size=member.size,
                modified=at,
                path=path,
                member=member.name,
            )
            yield from _read_mail(entry, tally)
            return
        data = stream.read(MOST_MESSAGE + 1)
        if len(data) > MOST_MESSAGE:
            tally.members += 1
            yield Unreadable(place, _TOO_LONG)
            return
        entry = bytes_entry(data, place, member.name, modified=at, path=path, member=member.name)
        for source in claim([entry]).sources:
            tally.members += 1
            yield from source.read(tally.progress)


class _Tally:
    """How far reading has come, over several members."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.base = 0
        self.members = 0
        """Members that hold, or should hold, messages."""
        self.modified = 0
        """When the archive was written; stands in where a member's time is unknown."""

    def progress(self, done: int) -> None:
        self._progress(self.base + done)


def _why(error: DamagedError | OSError) -> str:
    """Say why an archive is not read."""
    if isinstance(error, TooManyError):
        return _TOO_MANY
    reason = error.strerror or error if isinstance(error, OSError) else error
    return f"The archive is damaged or cannot be read: {reason}. Download or copy it again, and pull that."


def _is_read(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in _READ and not path.name.startswith("._")


def _read_mail(entry: Entry, tally: _Tally) -> Iterator[Item]:
    name = PurePosixPath(entry.name)
    at = entry.modified if usable(entry.modified, zone=True) else tally.modified
    with entry.open() as stream:
        if name.suffix.lower() == ".mbox":
            kind = folder_kind(name.name)
            box = Mailbox(entry.place, kind, at, entry.size, entry.path, entry.member)
            yield from read_mailbox(stream, box, tally.progress)
        else:
            sent = folder_kind(name.parent.name) == "sent"
            file = File(entry.place, at, sent, named=False, path=entry.path, member=entry.member)
            data = stream.read(MOST_MESSAGE + 1)
            yield from contained(entry.place, read_file(data, file))
