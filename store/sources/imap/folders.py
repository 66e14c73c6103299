"""Which folders of an account are read, and what each is for."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.sources.folders import Kind, folder_kind
from store.sources.imap.account import Account

_BY_FLAG: dict[bytes, Kind] = {
    b"\\sent": "sent",
    b"\\drafts": "draft",
    b"\\junk": "spam",
    b"\\trash": "trash",
}
_CLOSED = frozenset({b"\\noselect", b"\\nonexistent"})


class Folder(NamedTuple):
    """A folder on the server."""

    name: str
    kind: Kind
    is_all: bool = False
    """Whether it holds all mail, as Gmail's does."""


class Chosen(NamedTuple):
    """Which folders to read, and which that were asked for are not there."""

    folders: list[Folder]
    missing: list[str]


def described(listed: Iterable[tuple[Sequence[bytes], bytes, str]]) -> list[Folder]:
    """Return the folders of a server's list: (flags, separator, name) each."""
    found = []
    for flags, separator, name in listed:
        known = {flag.lower() for flag in flags}
        if _CLOSED & known:
            continue
        last = name.rsplit(separator.decode("ascii", "replace"), 1)[-1] if separator else name
        kind = next((_BY_FLAG[flag] for flag in sorted(known) if flag in _BY_FLAG), folder_kind(last))
        found.append(Folder(name, kind, b"\\all" in known))
    return found


def choose(folders: Sequence[Folder], account: Account) -> Chosen:
    """Choose what is read: the folders that were named, or what holds incoming and sent mail.

    Sent mail comes first: it tells the user's own addresses.
    """
    by_name = {folder.name.casefold(): folder for folder in folders}
    excluded = {name.casefold() for name in account.exclude}
    if account.folders:
        wanted = [name for name in account.folders if name.casefold() not in excluded]
        named = [by_name[name.casefold()] for name in wanted if name.casefold() in by_name]
        missing = [name for name in wanted if name.casefold() not in by_name]
        # A folder of drafts that was named is meant to be read.
        named = [each if each.kind == "sent" else each._replace(kind="") for each in named]
        return Chosen(sorted(named, key=_not_sent), missing)
    everything = [folder for folder in folders if folder.is_all]
    usual = everything or [
        folder for folder in folders if folder.name.upper() == "INBOX" or folder.kind == "sent"
    ]
    chosen = [folder for folder in usual if folder.name.casefold() not in excluded]
    return Chosen(sorted(chosen, key=_not_sent), [])


def _not_sent(folder: Folder) -> bool:
    return folder.kind != "sent"
