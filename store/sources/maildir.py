"""Maildir: a file a mail in `cur` and `new`, flags in the name; `tmp` holds unfinished ones."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path

from store.records.message import Message
from store.sources.folders import LEFT_OUT, Kind
from store.sources.in_step import Steps
from store.sources.mail_files import read_files
from store.sources.mbox_pieces import MOST_MESSAGE
from store.sources.mime import open_mail, own_addresses, read_mail
from store.sources.source import Item, Original, Own, Progress, Skipped, Unreadable, Wanted
from store.sources.text import place_of

_FLAGS = re.compile(r"[:!;]2,([A-Za-z]*)$")
"""`:2,` and what file systems that forbid the colon get instead."""
_DELIVERED = re.compile(r"(\d{9,10})\.")


def is_maildir(path: Path) -> bool:
    """Whether a folder is a Maildir; one that is closed is none."""
    with suppress(OSError):
        return (path / "cur").is_dir() and ((path / "new").is_dir() or (path / "tmp").is_dir())
    return False


def under_other_flags(path: Path) -> Iterator[Path]:
    """Yield where a mail of a Maildir may lie now: programs rename it with its flags, and out of `new`."""
    if path.parent.name not in ("cur", "new"):
        return
    unique = _unique(path.name)
    for part in ("cur", "new"):
        folder = path.parent.parent / part
        if folder.is_dir():
            yield from sorted(each for each in folder.iterdir() if _unique(each.name) == unique)


def _unique(name: str) -> str:
    """Return what stays of a file's name: neither flags, nor what servers and synchronisers add."""
    return _FLAGS.sub("", name).partition(",")[0]


class MaildirSource:
    """One folder of a Maildir."""

    def __init__(self, path: Path, kind: Kind = "", wanted: Wanted | None = None) -> None:
        self._wanted = wanted
        self._path = path
        self.kind = kind
        self.place = place_of(path)

    @cached_property
    def size(self) -> int:
        """How many bytes its files have when this is first asked."""
        try:
            return sum(entry.stat().st_size for entry in self._files() if entry.is_file())
        except OSError:
            return 0

    def _files(self) -> Iterator[os.DirEntry[str]]:
        for part in ("cur", "new"):
            folder = self._path / part
            if folder.is_dir():
                with os.scandir(folder) as entries:
                    visible = [entry for entry in entries if not entry.name.startswith(".")]
                yield from sorted(visible, key=attrgetter("name"))

    def read(self, progress: Progress) -> Iterator[Item]:
        """Yield its mails in the order of their names."""
        try:
            found = (Path(entry.path) for entry in self._files())
            files = [path for path in found if self._wanted is None or self._wanted(path)]
        except OSError as error:
            yield Unreadable(self.place, f"It cannot be read: {error.strerror or error}.")
            return
        if self.kind in LEFT_OUT:
            yield from (Skipped(place_of(path), LEFT_OUT[self.kind]) for path in files)
            return
        yield from read_files(files, partial(_read_file, kind=self.kind), progress)


def _read_file(path: Path, *, kind: Kind) -> Steps[Item]:
    """Yield what one file holds."""
    place = place_of(path)
    found = _FLAGS.search(path.name)
    flags = found[1] if found else ""
    left_out = "draft" if "D" in flags else "trash" if "T" in flags else ""
    if left_out:
        yield Skipped(place, left_out)
        return
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_MESSAGE + 1)
        delivered = _DELIVERED.match(path.name)
        at = int(delivered[1]) * 1000 if delivered else path.stat().st_mtime_ns // 1_000_000
    except OSError as error:
        yield Unreadable(place, f"It cannot be read: {error.strerror or error}.")
        return
    if len(data) > MOST_MESSAGE:
        yield Unreadable(place, "This mail is longer than 64 MB and was left out.")
        return
    mail = open_mail(data)
    yield None
    sent = kind == "sent"
    for email in own_addresses(mail.headers, sent=sent):
        yield Own(email)
    item = yield from read_mail(mail, place, fallback_at=at, sent=sent, read="S" in flags)
    yield item
    if isinstance(item, Message):
        yield Original(item.k, str(path.absolute()))
