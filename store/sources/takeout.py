"""Google Takeout, and other archives of mailboxes: read as a stream, never unpacked."""

import calendar
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from store.sources.dates import usable
from store.sources.folders import folder_kind
from store.sources.loose import place_of, read_file
from store.sources.mbox import MOST_MESSAGE, Mailbox, read_mailbox
from store.sources.source import Item, Own, Progress, Skipped, Unreadable
from store.sources.unpacking import MOST_RATIO, SMALL, DamagedError, Member, Readable, tar_members, unpacking

MOST_MEMBERS = 2_000
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Other ways to pack unpack without a bound on what comes out at once."""
_TOO_MANY = f"The archive holds more than {MOST_MEMBERS} files. Unpack it and pull its Mail folder."
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
            with unpacking(), zipfile.ZipFile(self._path) as archive:
                return sum(member.file_size for member in archive.infolist() if _is_mail(member.filename))
        except DamagedError:
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
        except (DamagedError, OSError) as error:
            reason = error.strerror or error if isinstance(error, OSError) else error
            yield Unreadable(self.place, f"The archive is damaged or cannot be read: {reason}.")
            return
        if not tally.members:
            yield Unreadable(self.place, _NO_MAIL) if self._named else Skipped(self.place, "not mail")

    def _items(self, tally: "_Tally") -> Iterator[Item]:
        tally.modified = self._path.stat().st_mtime_ns // 1_000_000
        if zipfile.is_zipfile(self._path):
            yield from self._zipped(tally)
            return
        with self._path.open("rb") as stream:
            if stream.read(2) != b"\x1f\x8b":
                raise DamagedError("its end is missing; download it again")
        yield from self._tarred(tally)

    def _zipped(self, tally: "_Tally") -> Iterator[Item]:
        with unpacking():
            archive = zipfile.ZipFile(self._path)
        with archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                tally.members += 1
                yield Unreadable(self.place, _TOO_MANY)
                return
            for member in sorted(members, key=lambda member: member.filename):
                if not member.is_dir() and _is_mail(member.filename):
                    yield from self._zip_member(archive, member, tally)
                    tally.base += member.file_size

    def _zip_member(
        self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, tally: "_Tally"
    ) -> Iterator[Item]:
        tally.members += 1
        place = f"{self.place}: {place_of(Path(member.filename))}"
        problem = _refused(member)
        if problem:
            yield Unreadable(place, problem)
            return
        try:
            with unpacking():
                stream = archive.open(member)
            with stream:
                yield from _read_member(Member(stream), place, member.filename, tally, _zip_time(member))
        except DamagedError as error:
            yield Unreadable(place, f"It is damaged from here on: {error}.")

    def _tarred(self, tally: "_Tally") -> Iterator[Item]:
        for number, member in enumerate(tar_members(self._path)):
            if number >= MOST_MEMBERS:
                tally.members += 1
                yield Unreadable(self.place, _TOO_MANY)
                return
            if member.stream is None or not _is_mail(member.name):
                continue
            tally.members += 1
            place = f"{self.place}: {place_of(Path(member.name))}"
            try:
                yield from _read_member(member.stream, place, member.name, tally, member.modified)
            except DamagedError as error:
                yield Unreadable(place, f"It is damaged from here on: {error}.")
                return
            tally.base += member.size


class _Tally:
    """How far reading has come, over several members."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.base = 0
        self.members = 0
        self.modified = 0
        """When the archive was written; stands in where a member's time is unknown."""

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
    if member.compress_type not in _PLAIN:
        return "It is packed in an unusual way, so it was left alone. Unpack it and pull its Mail folder."
    if member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        return "It is packed more tightly than mail can be, so it was left alone."
    return ""


def _zip_time(member: zipfile.ZipInfo) -> int:
    """Return when a member was written, in milliseconds; 0 where nobody knows. A zip names no zone: UTC."""
    try:
        return 1000 * calendar.timegm(member.date_time) if member.date_time[0] > 1980 else 0
    except ValueError:
        return 0


def _read_member(stream: Readable, place: str, name: str, tally: _Tally, modified: int) -> Iterator[Item]:
    path = PurePosixPath(name)
    kind = folder_kind(path.name)
    at = modified if usable(modified, zone=True) else tally.modified
    if path.suffix.lower() == ".mbox":
        yield from read_mailbox(stream, Mailbox(place, kind, at), tally.progress)
    else:
        sent = folder_kind(path.parent.name) == "sent"
        yield from read_file(stream.read(MOST_MESSAGE + 1), place, at, sent=sent, named=False)
