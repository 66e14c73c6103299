"""Reading one mail again from where it lies: a file, a mailbox, an archive, or whoever asks a server for it.

What is read counts only if the key that follows from it is the one that the message has, so that nobody is
shown another mail because a file was rewritten since.
"""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from store.errors import UnreachableError
from store.sources.charsets import decode
from store.sources.entries import WITHIN, refused
from store.sources.maildir import under_other_flags
from store.sources.mbox_pieces import MOST_MESSAGE, mail_in
from store.sources.mime import KEY, key_of, open_mail
from store.sources.source import Original
from store.sources.text import place_of
from store.sources.unpacking import DamagedError, Member, Readable, open_zip, tar_members, unpacking

Ask = Callable[[Original], bytes]
"""Asks a server for a mail; raises UnreachableError where it is not to be had."""
_CHUNK = 1024 * 1024
_PULL_AGAIN = "Pull it again: then it is known where its messages lie now."


def raw_of(original: Original, ask: Ask | None = None) -> bytes:
    """Return a mail as it was received; raises UnreachableError with the place and the next step.

    `ask` fetches what lies on a server; without it that counts as out of reach.
    """
    place = where(original)
    if not original.k.startswith(KEY):
        raise UnreachableError(
            f"Only mails can be looked at as they were received; this came in {place}.",
            "Open that file to see it.",
        )
    if original.epoch:
        if ask is None:
            raise UnreachableError(f"It lies on a mail server, in {place}.", "Look at it there.")
        found = mail_in(ask(original))
        if key_of(found) == original.k:
            return found
        raise _changed(place)
    try:
        for data in _readings(original):
            found = mail_in(data)
            if len(found) <= MOST_MESSAGE and key_of(found) == original.k:
                return found
    except FileNotFoundError as error:
        raise UnreachableError(
            f"It was read from {place}, which is not there any more.",
            "Put the file back; or, where it was moved, pull it again from its new place.",
        ) from error
    except (OSError, DamagedError) as error:
        reason = error.strerror or error if isinstance(error, OSError) else error
        raise UnreachableError(
            f"It was read from {place}, which cannot be read now: {reason}.",
            "Check the file and its permissions.",
        ) from error
    raise _changed(place)


def source_text(raw: bytes, *, whole: bool = False) -> str:
    """Return the headers of a mail as text, or all of it: as received, nothing decoded but its bytes."""
    mail = open_mail(raw)
    return decode(mail.raw if whole else mail.raw[: mail.start]).rstrip("\n")


def where(original: Original) -> str:
    """Return where a mail lies, in words: a path, with a member of it and a byte where there are such."""
    path = place_of(Path(original.path)) if not original.epoch else original.path
    member = f": {place_of(Path(original.member))}" if original.member else ""
    if original.epoch:
        return f"{path}{member}, UID {original.offset}"
    # Of a table or a backup it is the line, or what else its reader finds it by.
    is_byte = original.offset and original.k.startswith(KEY)
    return f"{path}{member}" + (f", byte {original.offset}" if is_byte else "")


def _changed(place: str) -> UnreachableError:
    return UnreachableError(
        f"It was read from {place}, but that changed since: the mail is not there any more.", _PULL_AGAIN
    )


def _readings(original: Original) -> Iterator[bytes]:
    """Yield the bytes at each place where a mail may be; raises FileNotFoundError where there is none."""
    path = Path(original.path)
    if original.member:
        yield _of_member(path, original)
        return
    found = False
    for each in (path, *under_other_flags(path)):
        # A pipe that took the place of a file would be waited for.
        if each.is_file():
            found = True
            with each.open("rb") as stream:
                stream.seek(original.offset)
                yield _piece(stream, original.length)
    if not found:
        raise FileNotFoundError(original.path)


def _piece(stream: Readable, length: int) -> bytes:
    """Read so many bytes, all for 0; one byte more than a mail may have tells that it is too long."""
    return stream.read(min(length or MOST_MESSAGE + 1, MOST_MESSAGE + 1))


def _of_member(path: Path, original: Original) -> bytes:
    if not path.is_file():
        raise FileNotFoundError(original.path)
    if zipfile.is_zipfile(path):
        with open_zip(path) as archive:
            return _of_zip(archive, original.member, original)
    for member in tar_members(path):
        if member.name == original.member and member.stream is not None:
            return _at(member.stream, original)
    raise DamagedError("the archive does not hold it any more")


def _of_zip(archive: zipfile.ZipFile, name: str, original: Original) -> bytes:
    """Read from a member of a zip, or of one that lies in it under the first part of the name."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        outer, mark, inner = name.partition(WITHIN)
        if not mark or outer not in archive.namelist():
            raise DamagedError("the archive does not hold it any more") from None
        _check(archive.getinfo(outer))
        with unpacking():
            within = open_zip(archive.open(outer))
        with within:
            return _of_zip(within, inner, original)
    _check(info)
    with unpacking():
        stream = archive.open(info)
    with closing(Member(stream)) as member:
        return _at(member, original)


def _check(info: zipfile.ZipInfo) -> None:
    """Raise DamagedError at a member that no reader of archives touches either."""
    if problem := refused(info):
        raise DamagedError(problem[:1].lower() + problem.rstrip(".")[1:])


def _at(stream: Readable, original: Original) -> bytes:
    """Read a piece of what can only be read forwards."""
    left = original.offset
    while left > 0:
        skipped = len(stream.read(min(left, _CHUNK)))
        if not skipped:
            return b""
        left -= skipped
    return _piece(stream, original.length)
