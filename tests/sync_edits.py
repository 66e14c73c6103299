"""What people do in an inbox, and what can be seen of it afterwards, for machines that sync."""

from collections.abc import Callable, Sequence

from store import verbs
from store.file.document import conflicts, value_at
from store.quick_add import QuickAdd, add
from store.repository import Repository
from store.transaction import Transaction


def hear_from(repository: Repository, sender: str, role: str = "Staff Engineer") -> int:
    """Note a message by hand, and return its opportunity."""
    draft = QuickAdd(channel="email", sender=sender, role=role, body=f"Hello from {sender}.", new=True)
    return add(repository, draft).row.id


def note(repository: Repository, id: int, text: str) -> None:
    """Add a note to an opportunity."""
    repository.transact("Note", lambda transaction: verbs.note(transaction, [id], text))


def label(repository: Repository, id: int, name: str) -> None:
    """Put a label on an opportunity."""
    repository.transact("Label", lambda transaction: verbs.label(transaction, [id], name))


def put_into(repository: Repository, id: int, verb: Callable[[Transaction, Sequence[int]], str]) -> None:
    """Give an opportunity another place, by a verb such as `verbs.done`."""
    repository.transact("Place", lambda transaction: verb(transaction, [id]))


def edit(repository: Repository, id: int, **fields: str) -> None:
    """Set fields of an opportunity."""
    repository.transact("Edit", lambda transaction: verbs.edit(transaction, [id], **fields))


def senders(repository: Repository) -> list[str]:
    """Return who wrote, sorted."""
    found = (document.get("sender", {}) for _, document in repository.documents.items("messages"))
    return sorted(str(sender.get("name") or sender.get("email")) for sender in found)


def notes(repository: Repository) -> list[str]:
    """Return the texts of all notes, sorted."""
    return sorted(str(document.get("text")) for _, document in repository.documents.items("notes"))


def labels(repository: Repository, id: int) -> set[str]:
    """Return the labels of an opportunity."""
    return set(repository.index.rows[id].labels)


def values_of(repository: Repository, id: int, path: str) -> list[object]:
    """Return the values of an opportunity's field that are kept: the one shown, then those that met it."""
    document = repository.document("opportunities", id) or {}
    met = conflicts(document).get(path)
    return [value for value, _ in met] if met else [value_at(document, path)[1]]


# A day on which both machines were apart


def work_on_the_train(repository: Repository, shared: int) -> None:
    """Do things of which some meet with `work_at_the_desk` in one opportunity."""
    hear_from(repository, "Kim Osei", "Data Engineer")
    note(repository, shared, "called from the train")
    label(repository, shared, "remote")
    put_into(repository, shared, verbs.later)
    edit(repository, shared, role="Principal Engineer")


def work_at_the_desk(repository: Repository, shared: int) -> None:
    """Do other things, some with the same opportunity."""
    hear_from(repository, "Ravi Menon", "Site Reliability Engineer")
    note(repository, shared, "wrote from the desk")
    label(repository, shared, "well paid")
    put_into(repository, shared, verbs.aside)
    edit(repository, shared, role="Staff Engineer, Platform", pay="120k")


def check_that_both_are_there(repository: Repository, shared: int) -> None:
    """Of what was done apart nothing is lost; what met is kept beside what is shown."""
    assert senders(repository) == ["Dana Whitfield", "Kim Osei", "Ravi Menon"]
    assert notes(repository) == ["called from the train", "wrote from the desk"]
    assert labels(repository, shared) == {"remote", "well paid"}
    assert values_of(repository, shared, "pay") == ["120k"]
    assert set(values_of(repository, shared, "role")) == {"Principal Engineer", "Staff Engineer, Platform"}
    places = values_of(repository, shared, "place")
    assert {place["view"] for place in places if isinstance(place, dict)} == {"later", "aside"}
