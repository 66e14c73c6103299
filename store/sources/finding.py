"""Finding what can be read: at a path that the user named, or on standard input."""

from collections.abc import Iterator
from pathlib import Path

from store.sources.archive import ArchiveSource
from store.sources.calendar import claim as calendar
from store.sources.claims import claim
from store.sources.entries import Entry, bytes_entry, file_entry
from store.sources.folders import Kind, folder_kind
from store.sources.loose import NOT_MAIL, OUTLOOK, SNIFFED, LooseSource, shape_of
from store.sources.maildir import MaildirSource, is_maildir
from store.sources.mbox import MailboxSource, MailboxText
from store.sources.paste.source import PLACE, Given, MailText, PastedSource, reads_as_mail, unwrapped
from store.sources.phone.whatsapp import claim as whatsapp
from store.sources.source import Source, Unreadable, Wanted
from store.sources.table_rows import text_of
from store.sources.text import one_line, place_of

_IMPORT = "ringback import csv FILE reads a table of approaches."
_PROGRAM_FILES = ("dovecot", "maildirfolder", "subscriptions", "courier", "uidvalidity")
_PROGRAM_ENDINGS = (".msf", ".dat", ".index", ".lock", ".emlxpart", ".plist")
_ON_ITS_WAY = (".part", ".crdownload", ".download", ".tmp")


def find(path: Path, wanted: Wanted | None = None) -> Iterator[Source | Unreadable]:
    """Yield what can be read at a path that the user named: a file, or all below a folder."""
    place = place_of(path)
    try:
        if path.is_dir():
            yield from _walk(path, wanted)
        elif path.is_file():
            if wanted is None or wanted(path):
                yield from _named_file(path, place)
        elif path.exists():
            yield Unreadable(place, "This is neither a file nor a folder.")
        else:
            yield Unreadable(place, "There is no such file or folder. Is the name right, and its disk there?")
    except OSError as error:
        yield Unreadable(place, f"It cannot be read: {error.strerror or error}.")


def find_text(data: bytes) -> Source:
    """Return how to read what came on standard input, or was pasted: what a reader knows, else words."""
    data = unwrapped(data)
    entry = bytes_entry(data, PLACE)
    for ask, kind in ((calendar, "a calendar"), (whatsapp, "a chat")):
        if found := ask([entry]).sources:
            return Given(found[0], kind)
    if found := claim([entry]).sources:
        return found[0]
    shape = shape_of(data[:SNIFFED])
    if shape == "mbox":
        return MailboxText(data, PLACE)
    return MailText(data) if shape == "mail" and reads_as_mail(data) else PastedSource(data)


def _named_file(path: Path, place: str) -> Iterator[Source | Unreadable]:
    """Yield how to read a file; since the user named it, every other kind is worth a sentence."""
    claimed = claim([file_entry(path)]).sources
    if claimed:
        yield from claimed
    else:
        yield _mail_file(path, place)


def _mail_file(path: Path, place: str) -> Source | Unreadable:
    shape = shape_of(_head(path))
    if shape in ("zip", "tar"):
        return ArchiveSource(path, named=True)
    if shape == "mbox":
        return MailboxSource(path, place, _sent_only(folder_kind(path.name) or folder_kind(path.parent.name)))
    if shape in ("mail", "emlx"):
        return LooseSource(place, [path], kind=_sent_only(folder_kind(path.parent.name)), named=True)
    if path.suffix.lower() in (".csv", ".tsv"):
        columns = one_line(text_of(_head(path)).partition("\n")[0], 200)
        return Unreadable(
            place, f"This table is no export that is known; its columns are {columns}. {_IMPORT}"
        )
    sentences = {"outlook": OUTLOOK, "empty": "This file is empty."}
    return Unreadable(place, sentences.get(shape, NOT_MAIL))


def _sent_only(kind: Kind) -> Kind:
    """Drop what would leave mail out: a folder of drafts that the user named is meant to be read."""
    return kind if kind == "sent" else ""


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(SNIFFED)


def _walk(root: Path, wanted: Wanted | None) -> Iterator[Source | Unreadable]:
    """Yield the sources below a folder, sorted by name; each folder once, however it is linked to."""
    seen: set[tuple[int, int]] = set()
    stack: list[tuple[Path, Kind]] = [(root, _sent_only(folder_kind(root.name)))]
    while stack:
        folder, kind = stack.pop()
        try:
            status = folder.stat()
            identity = (status.st_dev, status.st_ino)
            if identity in seen:
                continue
            seen.add(identity)
            entries = sorted(folder.iterdir())
            folders = [entry for entry in entries if entry.is_dir()]
            maildir = is_maildir(folder)
        except OSError as error:
            yield Unreadable(place_of(folder), f"It cannot be read: {error.strerror or error}.")
            continue
        files = sorted(set(entries) - set(folders))
        if maildir:
            yield MaildirSource(folder, kind, wanted)
            folders = [entry for entry in folders if entry.name not in ("cur", "new", "tmp")]
        visible = [entry for entry in folders if _is_visible(entry)]
        stack.extend((entry, folder_kind(entry.name) or kind) for entry in reversed(visible))
        yield from _files(folder, files, kind, wanted)


def _is_visible(folder: Path) -> bool:
    """Whether a folder is walked: hidden ones only where they belong to a Maildir."""
    return not folder.name.startswith(".") or is_maildir(folder)


def _files(
    folder: Path, entries: list[Path], kind: Kind, wanted: Wanted | None
) -> Iterator[Source | Unreadable]:
    """Yield exports, mailboxes and archives one by one, and all other files of the folder together."""
    ours = [path for path in entries if not belongs_to_a_program(path.name)]
    plain = [path for path in ours if path.is_file()]
    if wanted is None:
        yield from (_no_file(path) for path in ours if not path.is_file())
    else:
        plain = _new(plain, wanted)
    here: list[Entry] = []
    for path in plain:
        try:
            here.append(file_entry(path))
        except OSError as error:  # it went away meanwhile
            yield Unreadable(place_of(path), f"It cannot be read: {error.strerror or error}.")
    claimed = claim(here)
    yield from claimed.sources
    loose: list[Path] = []
    for path in (Path(entry.path) for entry in claimed.left):
        shape = "mail" if path.suffix.lower() in (".eml", ".emlx") else _shape(path)
        if shape == "mbox":
            yield MailboxSource(path, place_of(path), folder_kind(path.name) or kind)
        elif shape in ("zip", "tar") and path.suffix.lower() in (".zip", ".tgz", ".gz"):
            yield ArchiveSource(path, named=False)
        else:
            loose.append(path)
    if loose:
        yield LooseSource(place_of(folder), loose, kind=kind)


def _no_file(path: Path) -> Unreadable:
    reason = (
        "This link leads to nothing that is there."
        if path.is_symlink()
        else "This is neither a file nor a folder."
    )
    return Unreadable(place_of(path), reason)


def _new(files: list[Path], wanted: Wanted) -> list[Path]:
    """Return the files that are wanted; tables of one export are read together."""
    new = {path for path in files if wanted(path)}
    tables = any(path.suffix.lower() == ".csv" for path in new)
    return [path for path in files if path in new or (tables and path.suffix.lower() == ".csv")]


def belongs_to_a_program(name: str) -> bool:
    """Tell whether a file in a folder is a program's own, hidden, or still being written: nobody reads it."""
    return name.startswith((".", "~", *_PROGRAM_FILES)) or name.lower().endswith(
        _PROGRAM_ENDINGS + _ON_ITS_WAY
    )


def _shape(path: Path) -> str:
    try:
        return shape_of(_head(path))
    except OSError:
        return "other"
