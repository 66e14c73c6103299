"""The files that came with a message: taken out of its original, saved, and made ready to be opened.

Their names, kinds and bytes come from strangers. A name becomes the name of a file only, and a file is opened
only where it is what its name says, and of a kind that shows something and runs nothing.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from store.errors import StoreError, UnreachableError
from store.file import disk
from store.file.places import StateFolder
from store.sources.body import attached, described
from store.sources.mbox_pieces import MOST_MESSAGE
from store.sources.mime import open_mail
from store.sources.parts import read_parts

_LONGEST_NAME = 120
"""Bytes."""
_LONGEST_ENDING = 12
_MOST_COPIES = 1_000
_NOT_IN_NAMES = re.compile(r"""[/\\:*?"<>|]""")
_UNSAID = ("", "application/octet-stream", "application/binary", "binary/octet-stream")
"""Kinds that mail programs write where they know none."""
_ENDINGS = {"text/plain": ".txt", "message/rfc822": ".eml", "text/html": ".html", "application/pdf": ".pdf"}
_MACROS = (b"vbaProject", b"vbaData")


class Kind(NamedTuple):
    """A kind of file that is opened: how mails name it, and what its first bytes are."""

    types: str
    """Beginnings of content types, with a blank between."""
    begins: re.Pattern[bytes]


def _kind(types: str, begins: bytes) -> Kind:
    return Kind(types, re.compile(begins, re.DOTALL))


_OFFICE = _kind("application/vnd.openxmlformats-officedocument. application/zip", rb"PK\x03\x04")
_OPEN_DOCUMENT = _kind("application/vnd.oasis.opendocument. application/zip", rb"PK\x03\x04")
_FILM = _kind("video/ audio/", rb".{4}ftyp")
_TIFF = _kind("image/tiff", rb"II\*\0|MM\0\*")
_JPEG = _kind("image/jpeg image/jpg image/pjpeg", rb"\xff\xd8\xff")
_HEIC = _kind("image/hei", rb".{4}ftyp(?:hei|hev|mif1|msf1)")
OPENED = {
    ".pdf": _kind("application/pdf application/x-pdf", rb"(?:\xef\xbb\xbf)?\s{0,64}%PDF-"),
    ".txt": _kind("text/plain", rb"(?!#!|MZ|\x7fELF)[^\0]*\Z"),
    ".png": _kind("image/png image/x-png", rb"\x89PNG\r\n\x1a\n"),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".gif": _kind("image/gif", rb"GIF8[79]a"),
    ".webp": _kind("image/webp", rb"RIFF.{4}WEBP"),
    ".tif": _TIFF,
    ".tiff": _TIFF,
    ".heic": _HEIC,
    ".heif": _HEIC,
    ".docx": _OFFICE,
    ".xlsx": _OFFICE,
    ".pptx": _OFFICE,
    ".odt": _OPEN_DOCUMENT,
    ".ods": _OPEN_DOCUMENT,
    ".odp": _OPEN_DOCUMENT,
    ".ics": _kind("text/calendar application/ics", rb"(?:\xef\xbb\xbf)?BEGIN:VCALENDAR\r?\n"),
    ".vcf": _kind("text/vcard text/x-vcard text/directory", rb"(?:\xef\xbb\xbf)?BEGIN:VCARD\r?\n"),
    ".mp3": _kind("audio/mp", rb"ID3|\xff[\xe2-\xfe]"),
    ".wav": _kind("audio/", rb"RIFF.{4}WAVE"),
    ".ogg": _kind("audio/ video/ application/ogg", rb"OggS"),
    ".m4a": _FILM,
    ".mp4": _FILM,
    ".mov": _FILM,
}
"""What is opened, by the ending of its name. Everything else is saved only: who opens it means to."""


class Extracted(NamedTuple):
    """One file as it came."""

    name: str
    """Fit to be the name of a file."""
    type: str
    data: bytes


def extract(raw: bytes, index: int) -> Extracted:
    """Return a file of a mail by its place among its attachments, from 0; raises UnreachableError."""
    mail = open_mail(raw)
    files = attached(read_parts(mail.raw, mail.start, mail.headers, MOST_MESSAGE))
    if not 0 <= index < len(files):
        raise UnreachableError(
            "This file is not in the mail as it can be read now.", "Pull its source again."
        )
    part, known = files[index], described(files[index])
    return Extracted(safe_name(known.name, known.type), known.type, part.payload(MOST_MESSAGE))


def safe_name(name: str, type: str = "") -> str:
    """Return a name that is one file's in any folder: no path, not hidden, nothing unseen, 120 bytes.

    A file without a name is called by its kind.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    seen = "".join(" " if category(each) in ("Zs", "Zl", "Zp") else each for each in last)
    plain = "".join(each for each in _NOT_IN_NAMES.sub("-", seen) if category(each)[0] != "C")
    plain = " ".join(plain.split()).lstrip(".-~ ").rstrip(". ")
    if not plain:
        plain = "attachment" + _ENDINGS.get(type, "")
    stem, dot, ending = plain.rpartition(".")
    if not dot or not stem or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = plain, "", ""
    room = _LONGEST_NAME - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip() + dot + ending


def why_not_opened(name: str, type: str, data: bytes | None = None) -> str:
    """Say why a file is only saved, as far as name and kind tell, or its bytes too; nothing where it opens.

    It is the end of a sentence about the file.
    """
    ending = Path(safe_name(name, type)).suffix.lower()
    kind = OPENED.get(ending)
    if kind is None:
        what = f"files that end in {ending}" if ending else "files without an ending"
        return f"{what} may run something or load something, so it is only saved"
    plain = type.lower()
    if plain not in _UNSAID and not plain.startswith(tuple(kind.types.split())):
        return f"its name ends in {ending}, but the mail calls it {plain}, so it is only saved"
    if data is None:
        return ""
    if kind.begins.match(data) is None:
        return f"it is not what its name says, {ending}, so it is only saved"
    if kind is _OFFICE and any(mark in data for mark in _MACROS):
        return "a program hides in it, so it is only saved"
    return ""


def save(folder: Path, file: Extracted) -> Path:
    """Write a file into a folder under its name, or that with a number: nothing is overwritten.

    Only its owner may read it. The folder of downloads is made where it is missing. Raises StoreError, with
    nothing left behind.
    """
    if not folder.is_dir() and folder == downloads():
        _make(folder)
    stem, ending = Path(file.name).stem, Path(file.name).suffix
    for number in range(1, _MOST_COPIES):
        path = folder / (file.name if number == 1 else f"{stem} ({number}){ending}")
        try:
            _write(path, file.data)
        except FileExistsError:
            continue
        except OSError as error:
            raise StoreError(
                f"{path} cannot be written: {disk.reason(error)}.",
                disk.remedy(error) or "Name another folder.",
            ) from error
        return path
    raise StoreError(f"{folder} holds {file.name} a thousand times.", "Name another folder.")


def _write(path: Path, data: bytes) -> None:
    descriptor = disk.create(path)
    try:
        disk.write_all(descriptor, [data])
    except OSError:
        disk.remove(path)
        raise
    finally:
        os.close(descriptor)


def put_by(state: StateFolder, file: Extracted) -> Path:
    """Write a file where only its owner looks, for a program that shows it; it goes after a day.

    Raises StoreError, also for what is not to be opened.
    """
    if reason := why_not_opened(file.name, file.type, file.data):
        raise StoreError(f"{file.name} is not opened: {reason}.", "Save it, and open it yourself.")
    state.clear_opened()
    folder = state.opened / os.urandom(8).hex()
    _make(folder)
    return save(folder, file)


def _make(folder: Path) -> None:
    try:
        disk.private_folder(folder)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {disk.reason(error)}.", disk.remedy(error)) from error


def downloads() -> Path:
    """Return the user's folder for what comes from elsewhere."""
    import platformdirs

    return platformdirs.user_downloads_path()


def folder_named(text: str) -> Path:
    """Return the folder that the user named; raises StoreError where there is none.

    That of downloads counts as there: `save` makes it.
    """
    try:
        folder = Path(text).expanduser().absolute()
    except RuntimeError:
        folder = Path(text)
    if not folder.is_dir() and folder != downloads():
        raise StoreError(f"There is no folder {folder}.", "Name one that is there.")
    return folder
