"""From a message to the bytes in which it came, where this machine can reach them."""

from collections.abc import Callable
from typing import NamedTuple

from store.errors import UnreachableError
from store.file.places import host
from store.intake.memory import Memory
from store.records.message import Message
from store.repository import Repository
from store.sources.fetching import Ask, raw_of, where
from store.sources.mime import KEY
from store.sources.source import Original

_MOST = 20
"""Places that are tried for one message."""


def originals_of(repository: Repository, message: Message) -> list[Original]:
    """Return where a message lies, as far as this machine knows, the newest place first.

    Raises FileError where what it knows cannot be read.
    """
    if not repository.state_folder.intake.exists():
        return []
    with Memory(repository.state_folder) as memory:
        return memory.originals.find(message.k)


class Reached(NamedTuple):
    """A mail as it came."""

    place: str
    """Where it was read from, in words."""
    raw: bytes


def reach(repository: Repository, message: Message) -> Reached:
    """Return a message as it came, from the first of its places that can be read.

    Raises UnreachableError, or FileError as `originals_of` does.
    """
    return reaching(repository, message)()


def reaching(repository: Repository, message: Message) -> Callable[[], Reached]:
    """Return what does so in any thread: an archive is unpacked up to there, a server is asked."""
    ask = _asking(repository)
    originals = originals_of(repository, message)[:_MOST]
    if not originals:
        raise UnreachableError(*_why_unknown(repository, message))

    def read() -> Reached:
        failed: list[UnreachableError] = []
        for original in originals:
            try:
                return Reached(where(original), raw_of(original, ask))
            except UnreachableError as error:
                failed.append(error)
        raise failed[0]

    return read


def places_of(repository: Repository, message: Message) -> list[str]:
    """Return where a message lies, in words; none where this machine does not know."""
    return [where(original) for original in originals_of(repository, message)[:_MOST]]


def _asking(repository: Repository) -> Ask:
    """Return what fetches a mail from the server of an account that the configuration has."""

    def ask(original: Original) -> bytes:
        from store.intake.configured import configured
        from store.sources.imap.account import Account
        from store.sources.imap.connection import LostError, RefusedError
        from store.sources.imap.source import fetch_original

        accounts = [
            each
            for each in configured(repository.settings, repository.paths)
            if isinstance(each, Account) and each.name == original.path
        ]
        if not accounts:
            raise UnreachableError(
                f"It lies in the account {original.path}, which the configuration does not have any more.",
                "Set that source up again, or look at it there.",
            )
        try:
            return fetch_original(accounts[0], original)
        except (LostError, RefusedError) as error:
            raise UnreachableError(
                f"{where(original)}: {error}", "Look at it in your mail program."
            ) from error

    return ask


def _why_unknown(repository: Repository, message: Message) -> tuple[str, str]:
    """Say why this machine knows no place of a message, and what helps."""
    if message.channel == "pasted" or not message.reader:
        return "It was written or pasted in here: there is nothing that it came in.", ""
    if not message.k.startswith(KEY):
        return "It came in no mail, so it has neither headers nor files that could be looked at.", ""
    others = sorted(
        {
            str(document["name"])
            for _, document in repository.documents.items("machines")
            if document.get("k") != f"machine:{repository.node}" and document.get("name")
        }
    )
    if others:
        return (
            f"Where it lies is not known on this machine ({host()}): it was read on {' or '.join(others)}.",
            "Look at it there, or pull the same source here: nothing is added twice.",
        )
    return (
        f"Where it lies is not known on this machine ({host()}).",
        "Pull its source again: nothing is added twice.",
    )
