"""The messages that an id names: those of an opportunity, or one that was left out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.repository import Repository
    from store.rules.timeline import Entry


def entries_of(repository: "Repository", id: str) -> "list[Entry]":
    """Return a timeline; of a message that was left out, that one alone. Raises NotFoundError."""
    from store.errors import NotFoundError

    try:
        return repository.timeline(repository.index.resolve(id))
    except NotFoundError as error:
        from store.intake.memory import Memory
        from store.intake.screening import find_left
        from store.rules.timeline import Entry

        with Memory.of(repository) as memory:
            try:
                left = find_left(memory, id)
            except NotFoundError:
                raise error from None
        return [Entry(at=left.message.at, kind="message", id=left.id, message=left.message)]
