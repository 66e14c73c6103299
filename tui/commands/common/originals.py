"""What an id names: an opportunity, or a message that was left out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.intake.left_out import Left
    from store.repository import Repository
    from store.rules.row import Row
    from store.rules.timeline import Entry


def named(repository: "Repository", id: str) -> "Row | Left":
    """Return the opportunity, or the message that was left out, with this id; raises NotFoundError."""
    from store.errors import NotFoundError

    try:
        return repository.index.resolve(id)
    except NotFoundError as error:
        from store.intake.memory import Memory
        from store.intake.screening import find_left

        with Memory.of(repository) as memory:
            try:
                return find_left(memory, id)
            except NotFoundError:
                raise error from None


def entry_of(left: "Left") -> "Entry":
    """Return a message that was left out as an entry of a timeline."""
    from store.rules.timeline import Entry

    return Entry(at=left.message.at, kind="message", id=left.id, message=left.message)


def entries_of(repository: "Repository", id: str) -> "list[Entry]":
    """Return a timeline; of a message that was left out, that one alone. Raises NotFoundError."""
    from store.rules.row import Row

    found = named(repository, id)
    return repository.timeline(found) if isinstance(found, Row) else [entry_of(found)]
